"""Follows what is corrected about a candidate's contact: in HRMS, and the Referral shows it and its keys gain it; or here,
by the candidate or an amended form, and HRMS's applicant gets it.

Called by `following` (the Referral row is locked), `reconcile`, `consent.correcting` and `native.changing`; never inside
HR's save of an applicant. The owner stays the same and
keys only grow. Where somebody else owns the new contact, HR reads a comment and has a task: two referrals may be one person.
While an address that stands in for an e-mail is the applicant's name, `standins` has to replace it first.
"""

from functools import partial

import frappe
from frappe import _
from frappe.utils import getdate, nowdate

from referral_hub.referrals import policy
from referral_hub.referrals.consent import office
from referral_hub.referrals.deriving import own_contacts
from referral_hub.referrals.making import ownership, standins
from referral_hub.referrals.rules.contacts import is_reserved
from referral_hub.referrals.rules.corrections import Contact, corrected
from referral_hub.referrals.rules.facts import Facts
from referral_hub.referrals.rules.ownership import Candidate


def adopt(row, facts: Facts) -> bool:
	"""Take over what HR corrected; say whether there was anything. Who was erased stays so, whatever HRMS keeps."""
	if row.erased_on:
		return False
	known = Contact(row.candidate_email, row.candidate_phone)
	now = contact_in(facts, known, row.company)
	if is_reserved(row.job_applicant):
		now = now._replace(email=known.email)
	if now == known:
		return False
	row.db_set({"candidate_email": now.email, "candidate_phone": now.phone}, notify=True)
	candidate = Candidate(row.candidate_name, now.email, now.phone)
	if owners := ownership.gain(row.name, ownership.keys_of(candidate), getdate(nowdate())):
		_tell_hr(row, owners)
	own_contacts.look(row.name, candidate, may_work_here=bool(facts.employees))
	return True


def contact_in(facts: Facts, known: Contact, company: str | None) -> Contact:
	"""Return the contact as HRMS has it; an applicant who is gone, or another's, corrects nothing."""
	applicant = facts.applicant
	if applicant is None or facts.is_credited_elsewhere:
		return known
	typed = Contact(applicant.email, applicant.phone)
	return known if typed == known else corrected(known, typed, partial(policy.region_of, company))


def hand_to_applicant(row, candidate: Candidate, said: str, *, is_complete: bool) -> None:
	"""Write what was corrected here on the Job Applicant too, with a comment; `row` is the Referral before it.

	The e-mail is never emptied: HRMS names applicants by it. A phone is only where the correction is complete.
	"""
	if not row.job_applicant or not frappe.db.exists("Job Applicant", row.job_applicant):
		return
	if candidate.email and is_reserved(row.job_applicant):
		row.job_applicant = standins.replace(row.job_applicant, candidate.email)
	applicant = frappe.get_doc("Job Applicant", row.job_applicant, for_update=True)
	values = {"applicant_name": candidate.name}
	if candidate.email:
		values["email_id"] = candidate.email
	if candidate.phone or is_complete:
		values["phone_number"] = candidate.phone
	changed = {field: value for field, value in values.items() if (applicant.get(field) or None) != value}
	if changed:
		applicant.db_set(changed, notify=True)
		applicant.add_comment("Info", said)


def _tell_hr(row, owners: list[str]) -> None:
	words = _("The contact that was corrected in HRMS belongs to {0}, which keeps it. Is it the same person?")
	row.add_comment("Comment", text=words.format(", ".join(owners)))
	task = _(
		"{0} and {1} may be one person: a contact corrected in HRMS is the other's. Decide who is credited."
	)
	user = frappe.db.get_value("Employee", row.referrer, "user_id")
	office.give_task(row, task.format(row.name, ", ".join(owners)), besides=user)
