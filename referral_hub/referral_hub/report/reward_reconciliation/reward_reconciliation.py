"""Cash rewards and the Additional Salaries and Salary Slips that do not match them, both ways."""

import frappe
from frappe import _

from referral_hub.rewards.oversight import reconciliation


def execute(filters: dict | None = None) -> tuple:
	found = reconciliation.rows(frappe._dict(filters or {}))
	rows = [row | {"state": row.state and _(row.state, context="Referral Reward")} for row in found]
	said = None if rows else _("Every cash reward and every Additional Salary that names one match.")
	return columns(), rows, said


def columns() -> list[dict]:
	return [
		_column("finding", _("What Does Not Match"), "Data", 330),
		_column("reward", _("Reward"), "Link", 120, "Referral Reward"),
		_column("state", _("State", context="Referral Reward"), "Data", 100),
		_column("employee_name", _("Employee"), "Data", 140),
		_column("expected", _("Reward Says"), "Data", 130),
		_column("paid", _("Additional Salary Says"), "Data", 150),
		_column(
			"additional_salary",
			_("Additional Salary", context="Referral Reward"),
			"Link",
			180,
			"Additional Salary",
		),
		_column("payroll_date", _("Payroll Date", context="Referral Reward"), "Date", 110),
		_column("salary_slip", _("Salary Slip", context="Referral Reward"), "Link", 200, "Salary Slip"),
		_column("company", _("Paid by Company"), "Data", 150),
		_column("company_of_hire", _("Hired by Company"), "Data", 150),
		_column("referral", _("Referral"), "Link", 120, "Referral"),
	]


def _column(fieldname: str, label: str, fieldtype: str, width: int, options: str | None = None) -> dict:
	return {
		"fieldname": fieldname,
		"label": label,
		"fieldtype": fieldtype,
		"width": width,
		"options": options,
	}
