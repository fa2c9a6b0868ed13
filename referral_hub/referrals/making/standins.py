"""Addresses that stand in for an e-mail nobody gave us: made for a phone-only referral, replaced by the real one.

HRMS names an applicant by e-mail. Nothing is ever sent to a stand-in (a global Email Unsubscribe sees to it) and
it does not become the personal e-mail of an employee.
"""

import frappe
from frappe.model.naming import append_number_if_name_exists
from frappe.model.rename_doc import rename_doc

from referral_hub.referrals.rules.contacts import is_reserved, reserved_address


def make() -> str:
	"""Return a new stand-in and tell the platform never to write to it."""
	email = reserved_address(frappe.generate_hash(length=16))
	unsubscribe = frappe.new_doc("Email Unsubscribe")
	unsubscribe.update({"email": email, "global_unsubscribe": 1})
	unsubscribe.insert(ignore_permissions=True)
	return email


def replace(applicant: str, email: str) -> str:
	"""Name an applicant by the address the candidate gave; return the name, which HRMS gives a number where it is taken."""
	frappe.db.set_value("Job Applicant", applicant, "email_id", email)
	return _rename(applicant, email)


def name_referred(referral: str) -> None:
	"""Name the applicant of a referral by the real address once HR typed one; `deriving.corrections` takes it over."""
	applicant = frappe.db.get_value("Referral", referral, "job_applicant")
	if not applicant or not is_reserved(applicant):
		return
	email = frappe.db.get_value("Job Applicant", applicant, "email_id")
	if email and not is_reserved(email):
		_rename(applicant, email)


def can_be_named(applicant) -> bool:
	"""Say whether somebody gave this Job Applicant a real address; asks nothing of the database."""
	return is_reserved(applicant.name) and bool(applicant.email_id) and not is_reserved(applicant.email_id)


def name_by_email(applicant: str) -> str | None:
	"""Name an applicant whom nobody refers, such as one of a job fair, by their real address once there is one."""
	fields = ("email_id", "referral_hub_referral")
	row = frappe.db.get_value("Job Applicant", applicant, fields, as_dict=True, for_update=True)
	if not row or not is_reserved(applicant) or row.referral_hub_referral:
		return None
	return None if not row.email_id or is_reserved(row.email_id) else _rename(applicant, row.email_id)


def without_referral() -> list[str]:
	"""Return the applicants nobody refers who have a real address and are still named by a stand-in."""
	Applicant, StandIn = frappe.qb.DocType("Job Applicant"), frappe.qb.DocType("Email Unsubscribe")
	return (
		frappe.qb.from_(StandIn)
		.inner_join(Applicant)
		.on(Applicant.name == StandIn.email)
		.select(Applicant.name)
		.where(StandIn.email.like(reserved_address("%")) & (Applicant.email_id != Applicant.name))
		.where(Applicant.referral_hub_referral.isnull() | (Applicant.referral_hub_referral == ""))
		.run(pluck=True)
	)


def keep_out_of_employee(employee) -> None:
	"""Leave the personal e-mail empty rather than filled with an address that reaches nobody."""
	if is_reserved(employee.personal_email):
		employee.personal_email = None


def _rename(old: str, email: str) -> str:
	new = email
	if frappe.db.exists("Job Applicant", new):
		new = append_number_if_name_exists("Job Applicant", new)
	rename_doc(
		"Job Applicant", old, new, ignore_permissions=True, show_alert=False, rebuild_search=False, force=True
	)
	frappe.db.delete("__global_search", {"doctype": "Job Applicant", "name": old})
	frappe.db.delete("Email Unsubscribe", {"email": old})
	return new
