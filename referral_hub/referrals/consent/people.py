"""Who a link is about: the Referral as its candidate may know it."""

import frappe

from referral_hub import tokens
from referral_hub.referrals.rules.tokens import Purpose
from referral_hub.tokens import Subject
from referral_hub.wording import openings

_FIELDS = (
	"name",
	"candidate_name",
	"candidate_email",
	"candidate_phone",
	"submitted_on",
	"referrer",
	"referrer_name",
	"job_opening",
	"designation",
	"company",
	"stage",
	"outcome",
	"stage_changed_on",
	"next_interview_on",
	"joined_on",
	"resume_name",
	"job_applicant",
	"invited_until",
	"consent_state",
	"consent_on",
	"consent_text",
	"consent_withdrawn_on",
	"erasure_asked_on",
	"erasure_due_on",
	"erased_on",
)


def subject_of(referral: str) -> Subject:
	return Subject("Referral", referral)


def opened_by(token: object) -> frappe._dict | None:
	"""Return the referral a candidate's link opens, None for every link that opens nothing."""
	subject = tokens.read(Purpose.CANDIDATE, token)
	row = subject and frappe.db.get_value("Referral", subject.name, list(_FIELDS), as_dict=True)
	if not row or row.erased_on:
		return None
	row.opening_title = _title_of(row) or row.designation
	return row


def _title_of(row) -> str | None:
	return openings.title_of(openings.moved_to(row) or row.job_opening)
