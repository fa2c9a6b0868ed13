"""What a site may write in its own rows of words. Called by the Skill Synonym; refuses a word that stands in another row already."""

import frappe
from frappe import _

from referral_hub.matching.rules import synonyms
from referral_hub.matching.rules.text import compact
from referral_hub.vocabulary import in_use, shipped


class WordTaken(frappe.ValidationError):
	"""A word stands in another row of the same kind."""


def check(row) -> None:
	"""Refuse a row without a word or with one of another row; say which words shipped rows give up."""
	if not compact(row.word):
		frappe.throw(_("Please write a word with letters or digits."))
	if not row.enabled:
		return
	mine, table = in_use.own(row), synonyms.TABLES[row.kind]
	others = in_use.rows({"enabled": 1, "kind": row.kind, "name": ("!=", row.name or "")})[table]
	if found := synonyms.clash(mine, others):
		_refuse(*found)
	_tell(synonyms.taken(mine, shipped.shipped(table)))


def _refuse(word: str, other: synonyms.Own) -> None:
	link = frappe.utils.get_link_to_form(
		in_use.DOCTYPE, other.key, frappe.utils.escape_html(other.entry.name)
	)
	frappe.throw(
		_(
			"{0} stands in the row {1} already. A word belongs to one row: change that one, or leave it out here."
		).format(frappe.bold(frappe.utils.escape_html(word)), link),
		WordTaken,
		title=_("Word in Two Rows"),
	)


def _tell(taken: list[tuple[str, str]]) -> None:
	if not taken:
		return
	lines = [
		_("{0} was a word for {1}; from now on it belongs to this row.").format(
			frappe.bold(frappe.utils.escape_html(word)), frappe.bold(name)
		)
		for word, name in taken
	]
	frappe.msgprint("<br>".join(lines), title=_("Words of Shipped Rows"), indicator="blue")
