"""Keeps status and payment status of an Employee Referral as HRMS itself would set them.

HRMS follows the applicant's form alone: it misses whom its own code marks as accepted without saving the form, and
what is decided here.
"""

from collections.abc import Callable

import frappe
from frappe.utils import cint

from referral_hub.referrals.rules.outcomes import Outcome
from referral_hub.referrals.rules.sources import native as rules

FORM = "Employee Referral"
READ = ("name", "employee_referral", "job_applicant", "outcome")
_EARNS_ON = (Outcome.OPEN, Outcome.HIRED)


def follow(referral) -> None:
	"""Write the status HRMS should show, where it shows another; a referral of ours alone costs no query."""
	form = referral.get("employee_referral")
	if not form:
		return
	applicant = referral.job_applicant
	status = frappe.db.get_value("Job Applicant", applicant, "status") if applicant else None
	_write(form, "status", rules.status_in_hrms(referral.outcome, status))


def follow_payment(referral: str, count_cash: Callable[[], dict]) -> None:
	"""Let HRMS's payment status follow cash of ours; counted, only where there is a form: what was promised, handed over, waits."""
	fields = ("employee_referral", "outcome")
	form, outcome = frappe.db.get_value("Referral", referral, fields) or (None, None)
	cash = count_cash() if form else {"promised": 0}
	if not cash["promised"]:
		return
	shown = ("referrer", "is_applicable_for_referral_bonus")
	row = frappe.db.get_value(FORM, form, shown, as_dict=True)
	if row and cint(row.is_applicable_for_referral_bonus) and not _is_paid_by_hrms(form, row.referrer):
		counted = rules.CashOfReferral(**cash, can_earn_more=outcome in _EARNS_ON)
		_write(form, "referral_payment_status", rules.payment_status(counted))


def _is_paid_by_hrms(form: str, employee: str) -> bool:
	paid = {"employee": employee, "ref_doctype": FORM, "ref_docname": form, "docstatus": 1}
	return bool(frappe.db.exists("Additional Salary", paid))


def _write(form: str, field: str, value: str) -> None:
	shown = frappe.db.get_value(FORM, form, field)
	if shown is not None and shown != value:
		frappe.db.set_value(FORM, form, field, value)
