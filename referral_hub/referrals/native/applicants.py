"""One applicant per Employee Referral, whichever is faster: HRMS's button "Create Job Applicant" or our job."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_link_to_form

from referral_hub.background import start_after_commit
from referral_hub.referrals import errors
from referral_hub.referrals.making.admitting import admit
from referral_hub.referrals.native import taking
from referral_hub.referrals.rules.outcomes import Outcome
from referral_hub.referrals.rules.stages import Stage

JOB = "referral_hub.tasks.follow_employee_referral"
_NOT_AGREED = (Outcome.OPEN, Outcome.WITHDRAWN)


class ApplicantExists(frappe.ValidationError):
	"""This Employee Referral has its Job Applicant already."""


class NotAgreed(frappe.ValidationError):
	"""The program asks the candidate first, and they have not agreed."""


def refuse_second(applicant: Document) -> None:
	"""Refuse a second applicant of the same form, and one of somebody who was asked and has not agreed."""
	form = applicant.employee_referral
	frappe.db.get_value(taking.FORM, form, "name", for_update=True)
	if existing := taking.applicant_of(form):
		link = get_link_to_form("Job Applicant", existing)
		frappe.throw(_("{0} has a Job Applicant already: {1}.").format(form, link), ApplicantExists)
	if not applicant.flags.referral_hub_is_new and _waits_for_the_candidate(form):
		frappe.throw(
			_(
				"The candidate was asked first and has not agreed yet. The Job Applicant is made when they do."
			),
			NotAgreed,
		)


def follow_after_commit(form: str) -> None:
	start_after_commit(JOB, employee_referral=form)


def let_in(form: str) -> None:
	"""Give a referral that waited for its applicant the one HRMS made."""
	referral = taking.referral_of(form)
	if not referral or frappe.db.get_value("Referral", referral, "stage") != Stage.INVITED:
		return
	applicant = taking.applicant_of(form)
	if not applicant:
		return
	try:
		admit(referral, applicant=applicant)
	except errors.ReferralRefused as refused:
		frappe.clear_messages()
		frappe.get_doc(taking.FORM, form).add_comment("Comment", errors.sentence(refused))


def _waits_for_the_candidate(form: str) -> bool:
	"""Only who is asked first has a day to answer by; an imported referral without an applicant has none."""
	asked = {"employee_referral": form, "stage": Stage.INVITED, "invited_until": ("is", "set")}
	return bool(frappe.db.exists("Referral", {**asked, "outcome": ("in", _NOT_AGREED)}))
