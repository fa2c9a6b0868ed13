"""The words a site compares by: the shipped tables with its own rows (Skill Synonym) added. Made once in a process, and again when a row changes.

One small query tells whether a row changed, so that no process goes on with old words.
"""

from collections import defaultdict

import frappe
from frappe.query_builder.functions import Count, Max

from referral_hub.matching.rules.synonyms import TABLES, Own, merged
from referral_hub.matching.rules.vocabulary import Vocabulary
from referral_hub.vocabulary import shipped

DOCTYPE = "Skill Synonym"
_READ = ["name", "kind", "word", "word_zh", "others", "replaces_shipped"]
# site -> (what its rows were known by, the words made of them)
_made: dict[str, tuple[tuple, Vocabulary]] = {}


def vocabulary() -> Vocabulary:
	"""Return the words in use."""
	site, stamp = frappe.local.site, _stamp()
	if not stamp[0]:
		return shipped.vocabulary()
	known = _made.get(site)
	if not known or known[0] != stamp:
		known = _made[site] = stamp, _build()
	return known[1]


def rows(filters: dict) -> dict[str, list[Own]]:
	"""Return the site's rows by their table, oldest first."""
	found: dict[str, list[Own]] = defaultdict(list)
	for row in frappe.get_all(DOCTYPE, filters, _READ, order_by="creation asc, name asc"):
		found[TABLES[row.kind]].append(own(row))
	return found


def own(row) -> Own:
	return Own.of(row.name or "", row.word or "", row.word_zh, row.others, row.replaces_shipped)


def _stamp() -> tuple:
	table = frappe.qb.DocType(DOCTYPE)
	return frappe.qb.from_(table).select(Count("*"), Max(table.modified)).run()[0]


def _build() -> Vocabulary:
	mine = rows({"enabled": 1})
	return Vocabulary.of({table: merged(shipped.shipped(table), mine[table]) for table in TABLES.values()})
