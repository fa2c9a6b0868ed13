"""What we hold about a candidate, for themselves: never what HR or interviewers wrote, nor who else is known."""

import frappe
from frappe.utils import get_datetime_str, now_datetime

from referral_hub.referrals.assessing import assessments


def about(row: frappe._dict, standing: str) -> dict:
	"""Return everything the candidate may have, as plain values with plain names; `standing` is said as on their page."""
	return {
		"number": row.name,
		"company": row.company,
		"position": row.opening_title,
		"recommended_by": row.referrer_name,
		"recommended_on": _said(row.submitted_on),
		"name": row.candidate_name,
		"email": row.candidate_email,
		"phone": row.candidate_phone,
		"resume": resumes_of(row),
		"where_i_stand": standing,
		"next_interview_on": _said(row.next_interview_on),
		"agreement": {
			"state": row.consent_state,
			"answered_on": _said(row.consent_on),
			"words": row.consent_text,
			"taken_back_on": _said(row.consent_withdrawn_on),
		},
		"test_results": [
			{
				"test": each.assessment,
				"agreed_on": _said(each.agreed_on),
				"score": each.score,
				"result": each.result,
				"taken_on": str(each.taken_on) if each.taken_on else None,
			}
			for each in assessments.of_referral(row.name)
		],
		"deletion_asked_on": _said(row.erasure_asked_on),
		"deletion_until": str(row.erasure_due_on) if row.erasure_due_on else None,
		"as_of": _said(now_datetime()),
	}


def resumes_of(row: frappe._dict) -> list[str]:
	"""Return the names of the resumes we have; the platform may have stored the one that was sent under a longer name."""
	sent = [row.resume_name] if row.resume_name else []
	if not row.job_applicant:
		return sent
	attached = {
		"attached_to_doctype": "Job Applicant",
		"attached_to_name": row.job_applicant,
		"attached_to_field": "resume_attachment",
	}
	kept = sorted(filter(None, frappe.get_all("File", attached, pluck="file_name")))
	return sent if sent and len(kept) == 1 else kept


def _said(moment) -> str | None:
	return get_datetime_str(moment)[:19] if moment else None
