"""Scores the people of the pool, a thousand in the same number of queries. What the parts mean is in `rules.likelihood`.

Every night for all who may be called; on the form as it is now.
"""

from collections import defaultdict

import frappe
from frappe.query_builder.functions import Count, Max
from frappe.utils import cint, flt, getdate, nowdate

from referral_hub.talent import signals
from referral_hub.talent.archive.contacts import IN, OUT
from referral_hub.talent.rules.likelihood import PARTS, Likelihood, Standing, Weights, likelihood
from referral_hub.talent.states import NOT_CALLED

DOCTYPE = "Talent Pool Record"
CHUNK = 1000
# reason -> the setting that says how likely it is
CHANCES = {
	"Open Channel": "chance_open_channel",
	"Silver Medal": "chance_silver_medal",
	"Not Selected": "chance_not_selected",
	"Declined Offer": "chance_declined",
	"No-show": "chance_no_show",
	"Withdrawn": "chance_withdrawn",
	"Hand-picked": "chance_hand_picked",
	"Other": "chance_other",
}
_READ = [
	"name",
	"reason",
	"happened_on",
	"designation",
	"preferred_designation",
	"company",
	"likelihood",
	"likelihood_parts",
]


def weights() -> Weights:
	settings = frappe.get_cached_doc("Referral Hub Settings")
	return Weights(
		parts={part: flt(settings.get(f"weight_{part}")) for part in PARTS},
		reasons={reason: flt(settings.get(field)) / 100 for reason, field in CHANCES.items()},
		best_months=cint(settings.best_months),
		last_months=cint(settings.last_months),
	)


def scores_of(records: list[str]) -> dict[str, Likelihood]:
	"""Return how likely each of these people is to come back today, with the parts."""
	return _scores(frappe.get_all(DOCTYPE, {"name": ("in", records or [""])}, _READ))


def shown(record: str) -> dict:
	"""Return {"score", "parts": [{"name", "value", "weight"}]} of one person, as of now."""
	found = scores_of([record])[record]
	return {"score": found.score, "parts": _plain(found)}


def some(after: str = "") -> list[str]:
	"""Return people who may be called, by name, at most a thousand at a time."""
	filters = {"name": (">", after), "state": ("not in", sorted(NOT_CALLED))}
	return frappe.get_all(DOCTYPE, filters, pluck="name", order_by="name asc", limit=CHUNK)


def store(records: list[str]) -> int:
	"""Write the scores that have changed; return how many. `modified` stays: nobody wrote anything about these people."""
	rows = frappe.get_all(DOCTYPE, {"name": ("in", records or [""])}, _READ)
	found, changed = _scores(rows), 0
	for row in rows:
		values = {
			"likelihood": found[row.name].score,
			"likelihood_parts": frappe.as_json(_plain(found[row.name]), indent=None),
		}
		if row.likelihood != values["likelihood"] or row.likelihood_parts != values["likelihood_parts"]:
			frappe.db.set_value(DOCTYPE, row.name, values, update_modified=False)
			changed += 1
	return changed


def _scores(rows: list) -> dict[str, Likelihood]:
	rules, today = weights(), getdate(nowdate())
	names, wanted = [row.name for row in rows], _wanted_designations()
	contacts, seen = _contacts(names), signals.strongest(names)
	return {
		row.name: likelihood(_standing(row, contacts[row.name], wanted, seen.get(row.name)), rules, today)
		for row in rows
	}


def _standing(row, contacts: dict, wanted: set, signal: float | None) -> Standing:
	wishes = {row.preferred_designation or row.designation} - {None, ""}
	fits = any((wish, row.company) in wanted for wish in wishes)
	last = contacts.get("last")
	return Standing(
		reason=row.reason,
		happened_on=row.happened_on,
		contacts_out=contacts.get(OUT, 0),
		contacts_in=contacts.get(IN, 0),
		last_contact_on=getdate(last) if last else None,
		best_opening=float(fits) if wishes else None,
		strongest_signal=signal,
	)


def _contacts(records: list[str]) -> dict[str, dict]:
	table = frappe.qb.DocType("Talent Interaction")
	query = frappe.qb.from_(table).select(table.record, table.direction, Count("*"), Max(table.happened_on))
	query = query.where(table.record.isin(records or [""])).groupby(table.record, table.direction)
	found: dict[str, dict] = defaultdict(dict)
	for record, direction, number, last in query.run():
		if direction:
			found[record][direction] = number
			found[record]["last"] = max(filter(None, (found[record].get("last"), last)))
	return found


def _wanted_designations() -> set[tuple]:
	rows = frappe.get_all(
		"Job Opening", {"status": "Open"}, ["designation", "company"], distinct=True, as_list=True
	)
	return {tuple(row) for row in rows}


def _plain(found: Likelihood) -> list[dict]:
	return [{"name": part.name, "value": round(part.value, 3), "weight": part.weight} for part in found.parts]
