"""HR finds an opening for somebody who was referred without one. The applicant stays the same; the referrer too."""

import frappe
from frappe import _
from frappe.model.document import Document

from referral_hub.referrals.making import situation
from referral_hub.referrals.rules.outcomes import Outcome


class CantBeMatched(frappe.ValidationError):
	"""The referral is closed, has an opening already, or the opening takes nobody."""


def waits(referral: str | None) -> bool:
	"""Say whether this referral is open and for no opening yet."""
	row = referral and frappe.db.get_value("Referral", referral, ["outcome", "job_opening"], as_dict=True)
	return bool(row) and row.outcome == Outcome.OPEN and not row.job_opening


def match(referral: str, opening: str) -> Document:
	"""Let an open referral without an opening go on for this one; return it."""
	row = frappe.get_doc("Referral", referral, for_update=True)
	if row.outcome != Outcome.OPEN:
		frappe.throw(_("{0} is not open any more: {1}.").format(row.name, _(row.outcome)), CantBeMatched)
	if row.job_opening:
		frappe.throw(_("{0} is for {1} already.").format(row.name, row.job_opening), CantBeMatched)
	seen = situation.opening(opening)
	if not seen.exists or seen.status != "Open":
		frappe.throw(_("This opening is closed. Please choose another one."), CantBeMatched)
	fields = ("designation", "department", "company")
	place = frappe.db.get_value("Job Opening", opening, fields, as_dict=True)
	row.db_set({"job_opening": opening, **place})
	_tell_applicant(row.job_applicant, opening, place.designation)
	return row


def _tell_applicant(applicant: str | None, opening: str, designation: str | None) -> None:
	"""HRMS's applicant is for this opening too, unless HR has chosen another one for them."""
	if applicant and not frappe.db.get_value("Job Applicant", applicant, "job_title"):
		values = {"job_title": opening, "designation": designation}
		frappe.db.set_value("Job Applicant", applicant, values)
