"""What becomes of a referral when its Employee Referral is cancelled, amended, rejected or deleted.

HR's applicant is never touched: once HR acted on the person the referral goes on, whatever becomes of the form.
"""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, nowdate

from referral_hub.referrals import policy
from referral_hub.referrals.closing import close, reopen
from referral_hub.referrals.deriving import corrections, own_contacts
from referral_hub.referrals.making import ownership
from referral_hub.referrals.rules.outcomes import Outcome
from referral_hub.referrals.rules.ownership import Candidate, normalise, owned_until
from referral_hub.referrals.rules.refusal import Refused
from referral_hub.referrals.rules.sources.native import REJECTED, can_be_taken_back, candidates_of
from referral_hub.referrals.rules.stages import Stage

FORM = "Employee Referral"


def follow(name: str) -> None:
	"""Close the referral of a form that was cancelled, or rejected before there was an applicant."""
	form = frappe.db.get_value(FORM, name, ["name", "docstatus", "status"], as_dict=True, for_update=True)
	referral = form and _referral_of(name)
	if not referral or referral.outcome != Outcome.OPEN:
		return
	if form.docstatus == 2:
		_take_back(form, referral)
	elif form.status == REJECTED and referral.stage == Stage.INVITED:
		close(referral.name, Outcome.INELIGIBLE)


def go_on_as(form: Document) -> str | None:
	"""Let the referral of the form this one amends go on as this one's; None where there is none."""
	earlier = form.amended_from and _referral_of(form.amended_from)
	if not earlier:
		return None
	frappe.db.set_value("Referral", earlier.name, "employee_referral", form.name)
	if earlier.job_applicant:
		frappe.db.set_value("Job Applicant", earlier.job_applicant, "employee_referral", form.name)
	if earlier.closed_as == Outcome.INELIGIBLE:
		reopen(earlier.name)
	_know_by_new_contacts(earlier, form)
	return earlier.name


def forget(name: str) -> None:
	"""The form is deleted; its referral stays."""
	frappe.db.set_value("Referral", {"employee_referral": name}, "employee_referral", None)


def missed() -> list[str]:
	"""Return cancelled forms whose referral still stands as if they were not."""
	Form, Referral = frappe.qb.DocType(FORM), frappe.qb.DocType("Referral")
	return (
		frappe.qb.from_(Referral)
		.inner_join(Form)
		.on(Form.name == Referral.employee_referral)
		.select(Form.name)
		.where((Form.docstatus == 2) & (Referral.outcome == Outcome.OPEN.value))
		.where(Referral.stage.isin([Stage.INVITED.value, Stage.SUBMITTED.value]))
		.run(pluck=True)
	)


def _take_back(form, referral) -> None:
	if can_be_taken_back(referral.stage, referral.outcome):
		close(referral.name, Outcome.INELIGIBLE)
		return
	words = _(
		"The referral {0} goes on, because HR has acted on the candidate. Close it there if it should not."
	)
	frappe.get_doc(FORM, form.name).add_comment("Comment", words.format(referral.name))


def _referral_of(form: str):
	fields = ["name", "stage", "outcome", "closed_as", "job_applicant", "referrer", "program", "company"]
	return frappe.db.get_value("Referral", {"employee_referral": form}, fields, as_dict=True, for_update=True)


def candidate_of(form: Document, company: str | None) -> Candidate:
	"""Return who a form is about, in normal form, without a phone that nobody can dial. Raises InvalidCandidate."""
	typed, region = candidates_of(form.full_name, form.email, form.contact_no), policy.region_of(company)
	try:
		return normalise(typed[0], region)
	except Refused as refused:
		if not refused.reason.startswith("phone"):
			raise
		return normalise(typed[-1], region)


def _know_by_new_contacts(referral, form: Document) -> None:
	"""Own what was corrected too, and let HRMS's applicant follow; where somebody else owns it HR sees two referrals."""
	try:
		candidate, today = candidate_of(form, referral.company), getdate(nowdate())
		until = owned_until(today, policy.for_program(referral.program).days_owned)
		ownership.keep(ownership.keys_of(candidate), referral.name, referral.referrer, today, until)
	except Refused:
		return
	said = _("The Employee Referral {0} was amended: {1}.").format(form.amended_from, form.name)
	corrections.hand_to_applicant(referral, candidate, said, is_complete=False)
	values = {"candidate_name": candidate.name, "candidate_email": candidate.email}
	if candidate.phone:
		values["candidate_phone"] = candidate.phone
	frappe.db.set_value("Referral", referral.name, values)
	applicant = referral.job_applicant
	is_hired = bool(applicant) and bool(frappe.db.exists("Employee", {"job_applicant": applicant}))
	own_contacts.look(referral.name, candidate, may_work_here=is_hired)
