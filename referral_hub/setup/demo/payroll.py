"""The payroll pieces that cash rewards need: a salary structure for the demo's people, and a component for the money."""

import frappe
from frappe.utils import add_days, today

from referral_hub.setup.demo import cast, company

COMPONENT = "Demo Referral Bonus"
STRUCTURE = "Referral Hub Demo Salary"
SETTINGS = "Referral Hub Settings"


def make_payroll() -> str | None:
	"""Make it all; return the component if it was put into the settings, which name one for the whole site."""
	_component("Demo Basic", "DB")
	_component(COMPONENT, "DRB")
	structure = frappe.get_doc(
		doctype="Salary Structure",
		name=STRUCTURE,
		company=cast.COMPANY,
		currency=company.company_currency(),
		is_active="Yes",
		payroll_frequency="Monthly",
		earnings=[{"salary_component": "Demo Basic", "amount": 5000}],
	)
	structure.insert(ignore_permissions=True, set_name=STRUCTURE)
	structure.submit()
	for employee in company.employees():
		_assign(employee)
	return _put_in_settings()


def _component(name: str, abbreviation: str) -> None:
	frappe.get_doc(
		doctype="Salary Component",
		salary_component=name,
		salary_component_abbr=abbreviation,
		type="Earning",
		depends_on_payment_days=0,
	).insert(ignore_permissions=True)


def _assign(employee: str) -> None:
	frappe.get_doc(
		doctype="Salary Structure Assignment",
		employee=employee,
		salary_structure=STRUCTURE,
		company=cast.COMPANY,
		currency=company.company_currency(),
		from_date=add_days(today(), -500),
		base=5000,
	).insert(ignore_permissions=True).submit()


def _put_in_settings() -> str | None:
	if frappe.db.get_single_value(SETTINGS, "cash_salary_component"):
		return None
	frappe.db.set_single_value(SETTINGS, "cash_salary_component", COMPONENT, update_modified=False)
	return COMPONENT
