"""Rewards and orders, what is asked back of them and what is taxed, and the Additional Salaries and Salary Slips that do not match them, both ways.

Points are held against their ledger by `hub-verify`, which only an administrator runs; the report says so.
"""

import frappe
from frappe import _

from referral_hub.referral_hub.report.columns import column
from referral_hub.rewards.oversight import reconciliation
from referral_hub.wording.asked_for import in_their_language


@in_their_language
def execute(filters: dict | None = None) -> tuple:
	found = reconciliation.rows(frappe._dict(filters or {}))
	rows = [row | {"state": row.state and _state(row)} for row in found]
	points = _(
		"Points rewards are compared with the points ledger, both ways, by: bench --site SITE hub-verify"
	)
	matching = _("Every reward in payroll, every deduction and every Additional Salary that names one match.")
	return columns(), rows, points if rows else f"{matching} {points}"


def _state(row) -> str:
	return _(row.state, context="Reward Order" if row.reward_order else "Referral Reward")


def columns() -> list[dict]:
	return [
		column("finding", _("What Does Not Match"), "Data", 460),
		column("reward", _("Reward"), "Link", 120, "Referral Reward"),
		column("reward_order", _("Reward Order"), "Link", 120, "Reward Order"),
		column("state", _("State", context="Referral Reward"), "Data", 100),
		column("employee_name", _("Employee"), "Data", 140),
		column("expected", _("Reward Says"), "Data", 130),
		column("paid", _("Additional Salary Says"), "Data", 180),
		column(
			"additional_salary",
			_("Additional Salary", context="Referral Reward"),
			"Link",
			200,
			"Additional Salary",
		),
		column("payroll_date", _("Payroll Date", context="Referral Reward"), "Date", 110),
		column("salary_slip", _("Salary Slip", context="Referral Reward"), "Link", 200, "Salary Slip"),
		column("company", _("Paid by Company"), "Data", 150),
		column("company_of_hire", _("Hired by Company"), "Data", 150),
		column("referral", _("Referral"), "Link", 160, "Referral"),
	]
