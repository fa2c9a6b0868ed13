"""Empties HRMS's own papers about a person: Job Applicant and Employee Referral stay as rows without anybody in them.

Only where HR says so, and never for somebody who works here or did: an Employee is HRMS's to keep. Rows are emptied, not
deleted: interviews, offers and statistics hang on them.
"""

import frappe
from frappe.model.rename_doc import rename_doc

from referral_hub.referrals.erasure import words
from referral_hub.referrals.erasure.person import APPLICANT, FORM, Person, rows_with
from referral_hub.referrals.making import standins
from referral_hub.referrals.rules.contacts import is_reserved


def employee_of(person: Person) -> str | None:
	"""Return the Employee this person became, who is HRMS's to keep: made from an applicant of theirs, or by hand."""
	found = [
		("job_applicant", person.applicants),
		("personal_email", person.emails),
		("company_email", person.emails),
	]
	became = [row.name for column, known in found for row in rows_with("Employee", column, known)]
	return became[0] if became else None


def empty(person: Person, number: str) -> None:
	"""Empty applicants and forms; the applicants get a name that says nobody."""
	for applicant in sorted(person.applicants):
		if frappe.db.exists(APPLICANT, applicant):
			person.applicants.add(_empty_applicant(applicant, number))
	for form in sorted(person.forms):
		if frappe.db.exists(FORM, form):
			_empty(FORM, form, {**_called(number), "email": standins.make()})


def _empty_applicant(applicant: str, number: str) -> str:
	stand_in = applicant if is_reserved(applicant) else standins.make()
	_empty(APPLICANT, applicant, {"applicant_name": number, "email_id": stand_in})
	if applicant == stand_in:
		return applicant
	return rename_doc(
		APPLICANT, applicant, stand_in, force=True, ignore_permissions=True, show_alert=False, rebuild_search=False
	)  # fmt: skip


def _called(number: str) -> dict:
	return {"first_name": number, "last_name": number, "full_name": number}


def _empty(doctype: str, name: str, values: dict) -> None:
	meta, columns = frappe.get_meta(doctype), frappe.db.get_table_columns(doctype)
	texts = [field.fieldname for field in meta.fields if field.fieldtype in words.TEXT_TYPES | {"Currency"}]
	emptied = {field: None for field in texts if field in columns}
	emptied |= {
		field: 0
		for field in columns
		if (docfield := meta.get_field(field)) and docfield.fieldtype == "Currency"
	}
	hidden = {
		field: None
		for field in ("_user_tags", "_comments", "_liked_by", "_assign", "_seen")
		if field in columns
	}
	frappe.db.set_value(doctype, name, {**emptied, **hidden, **values}, update_modified=False)
