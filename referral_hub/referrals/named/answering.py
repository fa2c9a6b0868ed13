"""The named employee answers: yes makes the referral of the applicant who is there already, no is told to HR."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime

from referral_hub.people.employments import are_one, record_now, records_of
from referral_hub.referrals import errors
from referral_hub.referrals.making.submitting import submit
from referral_hub.referrals.named.asking import DOCTYPE, WAITING
from referral_hub.referrals.rules.contacts import is_reserved
from referral_hub.referrals.rules.ownership import AlreadyOwned, Candidate

CONFIRMED, DENIED, NOT_COUNTED = "Confirmed", "Denied", "Not Counted"
CHANNEL = "Named by Applicant"
HOW = "Applied on their own and named the referrer."


class NotAsked(frappe.ValidationError):
	"""This question is not for them, or is closed."""


def waiting_for(employee: str) -> list[frappe._dict]:
	"""Return the questions this employee has not answered, oldest first."""
	fields = ["name", "applicant_name", "job_opening", "lapses_on"]
	asked = {"employee": ("in", records_of(employee)), "state": WAITING}
	return frappe.get_all(DOCTYPE, asked, fields, order_by="asked_on asc", limit=20)


def confirm(claim: str, employee: str, relation: str | None = None, note: str = "") -> Document:
	"""Make the referral, or keep why it does not count; return the question as it is then.

	What was typed wrong (a relation, a note) is refused and leaves the question open: InvalidCandidate.
	"""
	row = _lock(claim, employee)
	try:
		referral = _refer(row, relation, note)
	except errors.InvalidCandidate:
		raise
	except errors.ReferralRefused as refused:
		frappe.clear_messages()
		_close(row, NOT_COUNTED, refusal=errors.sentence(refused))
	else:
		_close(row, CONFIRMED, referral=referral)
	return row


def deny(claim: str, employee: str) -> Document:
	row = _lock(claim, employee)
	_close(row, DENIED)
	if frappe.db.exists("Job Applicant", row.job_applicant):
		words = _("{0} says that they did not refer this applicant.").format(row.employee_name)
		frappe.get_doc("Job Applicant", row.job_applicant).add_comment(
			"Comment", frappe.utils.escape_html(words)
		)
	return row


def _lock(claim: str, employee: str) -> Document:
	row = frappe.db.get_value(DOCTYPE, claim, ["employee", "state"], as_dict=True, for_update=True)
	if not row or not are_one(employee, row.employee) or row.state != WAITING:
		frappe.throw(_("This question is closed."), NotAsked)
	return frappe.get_doc(DOCTYPE, claim)


def _refer(row: Document, relation: str | None, note: str) -> str:
	fields = [
		"applicant_name",
		"email_id",
		"phone_number",
		"job_title",
		"designation",
		"referral_hub_referral",
	]
	person = frappe.db.get_value("Job Applicant", row.job_applicant, fields, as_dict=True, for_update=True)
	if not person or person.referral_hub_referral:
		errors.refuse(AlreadyOwned("owned_by_another"))
	email = None if is_reserved(person.email_id) else person.email_id
	for phone in (person.phone_number, None):
		try:
			return _submit(row, Candidate(person.applicant_name, email, phone), person, relation, note)
		except errors.InvalidCandidate as refused:
			if not refused.reason.startswith("phone") or not phone:
				raise
			frappe.clear_messages()
	raise AssertionError("unreachable: the second attempt returns or raises")


def _submit(row: Document, candidate: Candidate, person, relation: str | None, note: str) -> str:
	return submit(
		record_now(row.employee),
		candidate,
		person.job_title,
		note=note,
		relation=relation,
		channel=CHANNEL,
		consent=HOW,
		applicant=row.job_applicant,
		designation=person.designation,
	).name


def _close(row: Document, state: str, **fields) -> None:
	row.db_set({"state": state, "answered_on": now_datetime(), **fields})
