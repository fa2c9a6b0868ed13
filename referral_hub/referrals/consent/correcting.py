"""The candidate corrects their name or contact: the Referral and the Job Applicant follow, and the keys gain the new contact.

Says nothing about who else is known: where another referral owns the new contact the candidate sees the same answer, and HR a
task. An application that was closed is not changed any more.
"""

import frappe
from frappe import _
from frappe.utils import getdate, nowdate

from referral_hub.referrals import errors, policy, throwaway
from referral_hub.referrals.closing import NotOpen
from referral_hub.referrals.consent import office
from referral_hub.referrals.deriving import corrections, own_contacts
from referral_hub.referrals.making import ownership
from referral_hub.referrals.rules.contacts import InvalidCandidate
from referral_hub.referrals.rules.outcomes import Outcome
from referral_hub.referrals.rules.ownership import Candidate, normalise
from referral_hub.referrals.rules.refusal import Refused


def correct(referral: str, typed: Candidate) -> bool:
	"""Take over what the candidate typed; say whether anything was different.

	Raises InvalidCandidate, and NotOpen for what was closed or is to be deleted, perhaps in another tab meanwhile.
	"""
	row = frappe.get_doc("Referral", referral, for_update=True)
	if row.outcome != Outcome.OPEN or row.erased_on or row.erasure_asked_on:
		frappe.throw(
			_("{0} is not open any more: {1}.").format(row.name, _(row.outcome, context="Referral")),
			exc=NotOpen,
		)
	candidate = _normal(typed, row.company)
	known = Candidate(row.candidate_name, row.candidate_email, row.candidate_phone)
	if candidate == known:
		return False
	if keeps_an_email(row) and not candidate.email:
		errors.refuse(InvalidCandidate("email_kept"))
	said = _("The candidate corrected their details on their own page.")
	corrections.hand_to_applicant(row, candidate, said, is_complete=True)
	row.db_set(
		{
			"candidate_name": candidate.name,
			"candidate_email": candidate.email,
			"candidate_phone": candidate.phone,
		},
		notify=True,
	)
	if owners := ownership.gain(row.name, ownership.keys_of(candidate), getdate(nowdate())):
		words = _(
			"The candidate of {0} corrected their contact to one that belongs to {1}. Is it the same person?"
		)
		office.give_task(row, words.format(row.name, ", ".join(filter(None, owners))))
	own_contacts.look(row.name, candidate)
	return True


def keeps_an_email(row) -> bool:
	"""Say whether the e-mail can be another one but not none: HRMS names applicants by it, and it would come back from there."""
	return bool(row.job_applicant and row.candidate_email)


def _normal(typed: Candidate, company: str | None) -> Candidate:
	try:
		candidate = normalise(typed, policy.region_of(company))
		throwaway.ask_for_another(candidate.email)
		return candidate
	except Refused as refusal:
		errors.refuse(refusal)
