"""What `bench hub-verify` says of rewards: paid twice, counted as paid by what does not pay it, or paid though nothing may pay it.

What merely waits for somebody in payroll (a draft, a slip that passed one over) is in the reconciliation alone. Reads only.
"""

import frappe
from frappe import _

from referral_hub.rewards import promises
from referral_hub.rewards.oversight import reconciliation
from referral_hub.rewards.paying.salaries import PAYOUT
from referral_hub.rewards.rules import states
from referral_hub.rewards.rules.documents import CANCELLED

BROKEN = frozenset(
	{
		*("no_payout", "second", "not_to_be_paid", "other_employee", "deducted", "not_carried"),
		*("carried_twice", "crossed", "no_reward"),
		*("no_deduction", "second_deduction", "deducts_unasked", "still_deducted", "pays_back"),
		*("counted_not_deducted", "deducted_twice", "no_recovery"),
		*("value_missing", "tax_missing", "second_value", "value_left", "not_money", "taxed_not_carried"),
		*("carried_in_other_currency", "carried_otherwise"),
		*("deducted_in_other_currency", "deducted_otherwise"),
	}
)


def findings(filters: dict) -> list[str]:
	"""Return in words what breaks the promise that each reward is paid once. `filters`: company, from_date and to_date of the due day."""
	rows = [row for row in reconciliation.rows(filters) if row.code in BROKEN]
	return [_in_words(row) for row in rows] + _paid_by_what_is_gone(filters.get("company"))


def _in_words(row) -> str:
	named = (row.reward, row.get("reward_order"), row.additional_salary, row.salary_slip)
	return f"{row.finding}: {', '.join(filter(None, named))}"


def _paid_by_what_is_gone(company: str | None) -> list[str]:
	"""Name the rewards that count as paid by a document that is cancelled or deleted; money is held against payroll and the ledger."""
	return [
		_("{0} counts as paid, but {1} {2} does not stand").format(name, _(doctype), payout)
		for doctype in _paying_by()
		for name, payout in _gone(doctype, company)
	]


def _paying_by() -> list[str]:
	reward = frappe.qb.DocType(promises.DOCTYPE)
	query = frappe.qb.from_(reward).groupby(reward.payout_doctype)
	query = query.where(reward.state.isin(sorted(states.HANDED_OVER)) & (reward.payout_doctype != PAYOUT))
	found = query.orderby(reward.payout_doctype).select(reward.payout_doctype).run(pluck=True)
	return [doctype for doctype in found if frappe.db.table_exists(doctype)]


def _gone(doctype: str, company: str | None) -> list[tuple[str, str]]:
	reward, payout = frappe.qb.DocType(promises.DOCTYPE), frappe.qb.DocType(doctype).as_("payout")
	stands = (payout.name == reward.payout_name) & (payout.docstatus != CANCELLED)
	query = frappe.qb.from_(reward).left_join(payout).on(stands).where(payout.name.isnull())
	query = query.where((reward.payout_doctype == doctype) & reward.state.isin(sorted(states.HANDED_OVER)))
	query = query.where(reward.company == company) if company else query
	return query.orderby(reward.name).select(reward.name, reward.payout_name).run()
