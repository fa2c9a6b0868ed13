"""Lets the next daily task count anew what was promised in another currency than its budget's.

Without an exchange rate such a promise was counted figure for figure once; now it is not counted until there is a rate.
"""

import frappe

from referral_hub.rewards.promising.budgets import MAY_COST


def execute():
	filters = {"budget_amount": [">", 0]}
	for program, currency in frappe.get_all(
		"Referral Program", filters, ["name", "budget_currency"], as_list=True
	):
		_look_again(program, currency)


def _look_again(program: str, currency: str) -> None:
	"""The daily task looks at every referral whose part of a bonus was counted until a day that is over."""
	referral = frappe.qb.DocType("Referral")
	in_another = rf'"(taxable_)?currency": *"(?!{currency}")[A-Z]'
	query = frappe.qb.update(referral).set(referral.budget_part_until, "1900-01-01")
	query = query.where((referral.program == program) & (referral.budget_cost > 0))
	query.where(referral.outcome.isin(MAY_COST) & referral.terms.regexp(in_another)).run()
