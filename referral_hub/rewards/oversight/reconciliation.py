"""Holds rewards against payroll, both ways: cash and what pays it, debts and what deducts them, values and what taxes them.

Orders of the points shop have such values too. Reads only, in a constant number of queries. Rewards and orders are scoped by
`frappe.get_list`, and what names none of them too: nobody reads here what their lists hide.
"""

import json

import frappe

from referral_hub.rewards import bearers, promises
from referral_hub.rewards.money import (
	currency_handed_over,
	handed_over,
	kept_beyond,
	kept_uncounted,
	written_off,
)
from referral_hub.rewards.oversight import deductions, in_payroll, mismatches, values
from referral_hub.rewards.paying.salaries import PAYOUT
from referral_hub.rewards.recovery import records
from referral_hub.rewards.rules import documents
from referral_hub.rewards.rules.paying.reconciling import Paid, findings
from referral_hub.rewards.rules.terms import CASH

REWARD_FIELDS = (
	*("name", "referral", "employee", "employee_name", "company", "state", "attempt", "amount"),
	*("currency", "paid_amount", "paid_currency", "paid_on", "payout_name", "explanation"),
	*("taxable_value", "taxable_currency", "taxable_state", "taxable_payout"),
	*("gross_up_amount", "gross_up_payout"),
)
ORDER_FIELDS = (
	*("name", "employee", "employee_name", "company", "state", "currency"),
	*("taxable_value", "taxable_state", "taxable_payout", "taxable_reason"),
)


def rows(filters: dict) -> list[frappe._dict]:
	"""Return one row for each thing that does not match."""
	cash, common = _rewards(filters, {"kind": CASH}), _common(filters)
	return [
		*_of_payments(cash, common),
		*deductions.rows(cash, common),
		*values.rows(_not_money(filters)),
		*(_of_order(row) for row in values.rows(_orders(filters), bearers.ORDER)),
	]


def _of_payments(rewards: list, common: dict) -> list[frappe._dict]:
	names = [reward.name for reward in rewards]
	payroll, found = in_payroll.naming(promises.DOCTYPE, names, common), []
	given_back = records.with_some_back(rewards)
	for reward in rewards:
		differences = findings(_paid(reward, reward.name in given_back), payroll.plain(reward.name))
		found += mismatches.rows(differences, reward, payroll, reward.name, mismatches.of_payment(reward))
	stray = payroll.naming_others(promises.DOCTYPE, set(names))
	return found + [mismatches.row("no_reward", None, salary, payroll, None) for salary in stray]


def _not_money(filters: dict) -> list[frappe._dict]:
	"""Return the rewards that are not cash and that payroll was told something of, by us or by hand."""
	additional, reward = frappe.qb.DocType(PAYOUT), frappe.qb.DocType(promises.DOCTYPE)
	named = frappe.qb.from_(additional).inner_join(reward).on(additional.ref_docname == reward.name)
	named = named.where((additional.ref_doctype == promises.DOCTYPE) & (reward.kind != CASH))
	named = named.where(additional.docstatus != documents.CANCELLED).select(reward.name).distinct()
	told = {"taxable_state": ("is", "set"), "name": ("in", [*named.run(pluck=True), ""])}
	return _rewards(filters, {"kind": ("!=", CASH)}, told)


def _orders(filters: dict) -> list[frappe._dict]:
	"""Return the orders that payroll was told something of, by us or by hand."""
	of_orders = {"ref_doctype": bearers.ORDER.doctype, "docstatus": ("!=", documents.CANCELLED)}
	named = set(filter(None, frappe.get_all(PAYOUT, of_orders, pluck="ref_docname")))
	told = {"taxable_state": ("is", "set"), "name": ("in", [*sorted(named), ""])}
	asked = _common(filters)
	if filters.get("from_date") and filters.get("to_date"):
		asked["delivered_on"] = ("between", [filters["from_date"], filters["to_date"]])
	order = {"order_by": "delivered_on asc, name asc", "limit_page_length": 0}
	return frappe.get_list(bearers.ORDER.doctype, asked, ORDER_FIELDS, or_filters=told, **order)


def _of_order(row: frappe._dict) -> frappe._dict:
	"""Let a row name an order, where the others name a reward."""
	row.update(reward=None, reward_order=row.reward)
	return row


def _rewards(filters: dict, which: dict, or_filters: dict | None = None) -> list[frappe._dict]:
	asked = which | _common(filters)
	if filters.get("from_date") and filters.get("to_date"):
		asked["due_on"] = ("between", [filters["from_date"], filters["to_date"]])
	order = {"order_by": "due_on asc, name asc", "limit_page_length": 0}
	found = frappe.get_list(promises.DOCTYPE, asked, REWARD_FIELDS, or_filters=or_filters, **order)
	hired_by = {"name": ("in", [row.referral for row in found] or [""])}
	companies = dict(frappe.get_all("Referral", hired_by, ["name", "company"], as_list=True))
	for row in found:
		row.company_of_hire = companies.get(row.referral)
	return found


def _common(filters: dict) -> dict:
	return {field: filters[field] for field in ("company", "employee") if filters.get(field)}


def _paid(row, came_back: bool) -> Paid:
	kept = json.loads(row.explanation or "{}")
	earlier = set(kept.get("earlier_payouts") or ()) - set(kept.get("withdrawn_payouts") or ())
	return Paid(
		row.name,
		row.state,
		row.employee,
		handed_over(row),
		currency_handed_over(row),
		row.payout_name,
		tuple(sorted(earlier)),
		is_written_off=written_off(row) > 0,
		is_kept_beyond=kept_beyond(row) > 0 or bool(kept_uncounted(row)),
		came_back=came_back,
	)
