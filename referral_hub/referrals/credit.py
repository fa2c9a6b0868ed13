"""HR moves the credit of a referral to another employee: the candidate's keys, the applicant and all that follows.

Kept for ever as a Referral Event of its own kind, which lets rewards follow (`flow/rewards.py`): what the former referrer was
promised or paid is taken back by reversal, and what was reached is earned anew by the one who is credited now.
"""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime

from referral_hub.people import employments
from referral_hub.referrals import policy
from referral_hub.referrals.deriving import timeline
from referral_hub.referrals.making import situation
from referral_hub.referrals.programs import judging
from referral_hub.referrals.rules.moves import Kind, Move
from referral_hub.referrals.rules.ownership import Candidate
from referral_hub.referrals.rules.stages import Outcome, Stage


class CreditNotMoved(frappe.ValidationError):
	"""The credit can't go to this employee."""


def move_credit(referral: Document | str, to_employee: str, reason: str) -> None:
	"""Credit another employee with a referral, for a reason that is kept."""
	name = referral if isinstance(referral, str) else referral.name
	row = frappe.get_doc("Referral", name, for_update=True)
	reason = (reason or "").strip()
	_check(row, to_employee, reason)
	former = row.referrer
	row.db_set(_values(row, to_employee), notify=True)
	frappe.db.set_value("Candidate Key", {"referral": name}, "referrer", to_employee)
	if row.job_applicant and not row.applicant_deleted:
		frappe.db.set_value("Job Applicant", row.job_applicant, "source_name", to_employee)
	timeline.record(name, row.last_event_seq - 1, [_credit(row, former, reason)])
	if isinstance(referral, Document):
		referral.reload()


def _check(row: Document, to_employee: str, reason: str) -> None:
	if not reason:
		frappe.throw(_("Please say why the credit moves; it is kept with the referral."), CreditNotMoved)
	if employments.are_one(to_employee, row.referrer):
		frappe.throw(_("This employee is credited already."), CreditNotMoved)
	became = row.hired_employee and employments.are_one(to_employee, row.hired_employee)
	if became or _is_the_candidate(row, to_employee):
		frappe.throw(_("Nobody can be credited with referring themselves."), CreditNotMoved)
	if frappe.db.get_value("Employee", to_employee, "status") != "Active":
		frappe.throw(_("Only an employee who works here now can be credited."), CreditNotMoved)


def _is_the_candidate(row: Document, employee: str) -> bool:
	"""Compare the contacts as when somebody is referred: the hire may not be there yet."""
	candidate = Candidate(row.candidate_name, row.candidate_email, row.candidate_phone)
	return situation.is_theirs(employee, candidate, policy.region_of(row.company))


def _values(row: Document, to_employee: str) -> dict:
	"""Return what the referral says from now on; the special cases are those of the new referrer."""
	return {
		"referrer": to_employee,
		"referrer_name": frappe.db.get_value("Employee", to_employee, "employee_name"),
		"last_event_seq": (row.last_event_seq or 0) + 1,
		**judging.judge(row, to_employee).values(),
	}


def _credit(row: Document, former: str, reason: str) -> Move:
	facts = {"from": former, "to": row.referrer, "reason": reason, "by": frappe.session.user}
	return Move(Kind.CREDIT, Stage(row.stage), Outcome(row.outcome), now_datetime(), facts=facts)
