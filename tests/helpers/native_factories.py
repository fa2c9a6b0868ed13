"""Fills in HRMS's own Employee Referral form, and finds what became of it here."""

import frappe
import site_factories as hr
from frappe.utils import nowdate

FORM = "Employee Referral"


def make_form(referrer=None, submit: bool = True, **fields):
	"""What an employee or HR fills in on HRMS's own form."""
	form = frappe.new_doc(FORM)
	form.update(
		{
			"first_name": hr.unique("Mei"),
			"last_name": "Lin",
			"email": hr.unique_email("native"),
			"date": nowdate(),
			"for_designation": fields.pop("for_designation", None) or hr.make_designation().name,
			"referrer": (referrer or hr.make_employee()).name,
			**fields,
		}
	)
	form.insert()
	if submit:
		form.submit()
	return form


def referral_of(form):
	name = frappe.db.get_value("Referral", {"employee_referral": form.name})
	return frappe.get_doc("Referral", name) if name else None


def applicants_of(form) -> list[str]:
	return frappe.get_all("Job Applicant", {"employee_referral": form.name}, pluck="name")
