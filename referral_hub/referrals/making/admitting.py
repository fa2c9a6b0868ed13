"""The invited person applied or agreed: the applicant is made and the referral goes on as any other.

Idempotent, and safe when the form is sent twice at once: the referral's row is locked first. An invitation that ran
out is answered all the same while nobody else refers the person.
"""

from dataclasses import replace

import frappe
from frappe.model.document import Document
from frappe.utils import get_datetime, getdate, nowdate

from referral_hub.referrals import errors, policy
from referral_hub.referrals.deriving.following import refresh
from referral_hub.referrals.making import ownership, records, resumes, situation
from referral_hub.referrals.rules import eligibility
from referral_hub.referrals.rules.consent import Consent
from referral_hub.referrals.rules.eligibility import AlreadyKnown, NotEligible
from referral_hub.referrals.rules.outcomes import Outcome
from referral_hub.referrals.rules.ownership import AlreadyOwned, Candidate, normalise, owned_until
from referral_hub.referrals.rules.refusal import Refused
from referral_hub.referrals.rules.resumes.resume import Resume
from referral_hub.referrals.rules.stages import Stage

_STILL_ANSWERED = (Outcome.OPEN, Outcome.EXPIRED)


def admit(
	referral: Document | str,
	*,
	candidate: Candidate | None = None,
	resume: Resume | None = None,
	consent: str | None = None,
	applicant: str | None = None,
) -> Document:
	"""Let an invited person in; return their Job Applicant, the same one when called again.

	`candidate` is what they typed themselves, `applicant` a Job Applicant they became in HRMS on their own. Raises
	NotEligible (closed meanwhile), AlreadyOwned, AlreadyKnown, InvalidCandidate.
	"""
	name = referral if isinstance(referral, str) else referral.name
	row = frappe.get_doc("Referral", name, for_update=True)
	if row.job_applicant:
		return frappe.get_doc("Job Applicant", row.job_applicant)
	try:
		admitted = _admit(row, candidate, resume, consent, applicant)
	except Refused as refusal:
		errors.refuse(refusal)
	if isinstance(referral, Document):
		referral.reload()
	return admitted


def _admit(row: Document, candidate, resume, consent, applicant) -> Document:
	if row.stage != Stage.INVITED or row.outcome not in _STILL_ANSWERED or row.erased_on:
		raise NotEligible("invitation_closed")
	rules = policy.for_program(row.program)
	candidate = _told_by(row, candidate)
	resumes.check(resume)
	with records.all_or_nothing() as written:
		_own(row, candidate, rules)
		existing = _uncredited(applicant) or _found_themselves(row, candidate, rules)
		_open_again(row, candidate, consent)
		admitted = records.give_applicant(row, candidate, existing)
		resumes.hand_over(row, admitted)
		written.append(resumes.attach(resume, admitted))
		refresh(row.name)
	return admitted


def _told_by(row: Document, typed: Candidate | None) -> Candidate:
	"""Return the candidate as the referrer named them, with what they said themselves instead."""
	named = Candidate(row.candidate_name, row.candidate_email, row.candidate_phone)
	if not typed:
		return named
	typed = normalise(typed, policy.region_of(row.company))
	return replace(typed, email=typed.email or named.email, phone=typed.phone or named.phone)


def _own(row: Document, candidate: Candidate, rules: policy.Policy) -> None:
	"""Keep the person to the end of the protection window, by what the referrer typed and by what they typed."""
	named = Candidate(row.candidate_name, row.candidate_email, row.candidate_phone)
	keys = sorted({*ownership.keys_of(named), *ownership.keys_of(candidate)})
	today = getdate(nowdate())
	until = owned_until(today, rules.days_owned)
	ownership.keep(keys, row.name, row.referrer, today, until)


def _found_themselves(row: Document, candidate: Candidate, rules: policy.Policy) -> str | None:
	"""Return the application they made on their own after they were invited: nobody needs to apply twice."""
	region, today = policy.region_of(row.company), getdate(nowdate())
	colleagues = situation.colleagues(candidate, row.referrer)
	if any(colleague.may_be(candidate, region) for colleague in colleagues):
		raise AlreadyKnown("current_employee")
	days = rules.known_applicant_days
	found = [
		applicant
		for applicant in situation.applicants(candidate, today, days, is_themselves=True)
		if applicant.contact.is_same_person(candidate, region)
	]
	return _their_own(row, found, days)


def _uncredited(applicant: str | None) -> str | None:
	if applicant and frappe.db.get_value(
		"Job Applicant", applicant, "referral_hub_referral", for_update=True
	):
		raise AlreadyOwned("owned_by_another")
	return applicant


def _their_own(row: Document, found: list[eligibility.Applicant], days: int) -> str | None:
	for applicant in found:
		credited = frappe.db.get_value("Job Applicant", applicant.name, "referral_hub_referral")
		if credited or applicant.applied_on < get_datetime(row.submitted_on):
			raise AlreadyKnown("recent_applicant", days=days)
	return found[0].name if found else None


def _open_again(row: Document, candidate: Candidate, consent: str | None) -> None:
	"""Write what is known now; whoever answers late opens the referral again."""
	values = {
		"candidate_name": candidate.name,
		"candidate_email": candidate.email,
		"candidate_phone": candidate.phone,
	}
	if row.outcome == Outcome.EXPIRED:
		values |= {"closed_as": None, "closed_reason": None, "closed_on": None, "closed_by": None}
	if consent or row.consent_state == Consent.ASKED:  # whoever applied on their own is known to HR
		values |= records.consent_fields(False, consent)
	known = row.meta.get_valid_columns()
	row.db_set({field: value for field, value in values.items() if field in known})
