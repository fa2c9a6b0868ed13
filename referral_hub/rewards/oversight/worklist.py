"""What waits for a person: rewards to approve, what is missing before they can be paid, what employees owe or have beyond a reward,
and what is to be paid back to them.

Rows are scoped by `frappe.get_list`, which obeys permissions.py. Reads only; a constant number of queries.
"""

import json

import frappe
from frappe import _
from frappe.utils import flt, fmt_money

from referral_hub.rewards import kinds, promises
from referral_hub.rewards.explain import milestone_in_words
from referral_hub.rewards.money import currency_handed_over, kept_beyond, kept_uncounted, to_give_back
from referral_hub.rewards.reasons import in_words
from referral_hub.rewards.recovery import beyond, giving_back, records
from referral_hub.rewards.rules import states
from referral_hub.rewards.rules.terms import CASH, POINTS

WAITING = (states.APPROVAL, states.ON_HOLD, states.OWED)
FIELDS = (
	*(
		"name",
		"employee",
		"employee_name",
		"company",
		"referral",
		"milestone",
		"after_months",
		"kind",
		"details",
	),
	*("amount", "currency", "paid_currency", "state", "decided_by", "due_on", "owed_amount", "explanation"),
	*("attempt", "modified"),
)


def rows(filters: dict) -> list[frappe._dict]:
	"""Return what waits, what waits longest first."""
	common = {field: filters[field] for field in ("company", "employee", "kind") if filters.get(field)}
	if filters.get("state") in WAITING:
		found = _listed(common | {"state": filters["state"]})
	else:
		found = _listed(common | {"state": ("in", WAITING)}) + _beyond(common) + _to_pay_back(common)
		found = [*{row.name: row for row in found}.values()]
	found.sort(key=lambda row: (row.modified, row.name))
	waiting = _asked_back({row.name: row for row in found if row.state == states.OWED})
	return [_row(row, waiting.get(row.name, 0)) for row in found]


def _listed(asked: dict) -> list[frappe._dict]:
	return frappe.get_list(promises.DOCTYPE, asked, FIELDS, order_by="name asc", limit_page_length=0)


def _beyond(common: dict) -> list[frappe._dict]:
	"""Return the rewards that stand while the employee has more of them than they pay, with how much."""
	names = beyond.names()
	found = _listed(common | {"name": ("in", names)}) if names else []
	found = [row for row in found if beyond.is_there(row) or kept_uncounted(row)]
	return [row.update(owed_amount=flt(kept_beyond(row))) or row for row in found]


def _to_pay_back(common: dict) -> list[frappe._dict]:
	"""Return the rewards that hold something of the employee's, whatever became of them since."""
	names = giving_back.names()
	found = _listed(common | {"name": ("in", names)}) if names else []
	return [row for row in found if to_give_back(row)]


def _row(row, asked_back: float) -> frappe._dict:
	reason = json.loads(row.explanation or "{}").get("reason")
	is_known = kinds.is_known(row.kind)
	return frappe._dict(
		row,
		reward=row.name,
		to_do=_to_do(row, asked_back),
		why=in_words(reason["code"], reason["values"]) if reason else "",
		what=milestone_in_words(row.milestone, row.after_months),
		amount_in_words=kinds.amount_in_words(row) if is_known else f"{row.amount:g} {row.kind}",
		asked_back=asked_back,
	)


def _to_do(row, asked_back: float) -> str:
	if waits := kept_uncounted(row):
		words = _("Enter exchange rates to {0} in Currency Exchange: {1} that was kept waits to be counted")
		kept = ", ".join(fmt_money(amount, currency=currency) for currency, amount in waits.items())
		return words.format(currency_handed_over(row), kept)
	if back := to_give_back(row):
		words = _("Pay {0} back to the employee, and note it: it came back of what nothing pays any more")
		return words.format(giving_back.in_words(back))
	if row.state == states.APPROVAL:
		return _("Approve it, or void it")
	if row.state == states.OWED:
		if row.kind == POINTS:
			return _("Nothing: later points are netted, unless you write it off")
		if row.kind != CASH:
			return _("Note it as given back, or write it off")
		if asked_back >= row.owed_amount:
			return _("Nothing: payroll deducts it")
		return _("Ask it back, or write it off")
	if row.state in states.HANDED_OVER:
		return _("Ask back what is too much, or let the employee keep it")
	return (
		_("Release it, or void it")
		if row.decided_by
		else _("Mend what is missing; it is paid by itself then")
	)


def _asked_back(rewards: dict[str, frappe._dict]) -> dict[str, float]:
	"""Add up what payroll is to deduct of each of these; what an earlier attempt asks back is beside what is owed."""
	sums: dict[str, float] = {}
	waiting = {"reward": ("in", [*rewards]), "state": records.WAITING}
	fields = ["reward", "amount", "attempt"]
	for row in frappe.get_all(records.DOCTYPE, waiting, fields) if rewards else ():
		if not records.is_of_before(rewards[row.reward], row):
			sums[row.reward] = sums.get(row.reward, 0) + row.amount
	return sums
