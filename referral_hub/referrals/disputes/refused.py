"""An employee was told that somebody else was first, or that the person is known, and asks HR to look again.

Asked from the form that was refused, so there is a refusal behind every question. HR sees what stands in its way; the employee never
does, and neither sees a person who has not agreed to be referred. Called by the portal.
"""

import frappe
from frappe.model.document import Document
from frappe.utils import getdate, nowdate

from referral_hub.people.employments import records_of
from referral_hub.referrals import policy
from referral_hub.referrals.disputes.asking import OPEN, SHOWN, check_number, checked, insert
from referral_hub.referrals.making import ownership, situation
from referral_hub.referrals.rules.consent import HIDDEN
from referral_hub.referrals.rules.ownership import Candidate, normalise

KIND = "Refused"
# what somebody else's referral or application stands behind; the rest the employee can mend, or a rule says plainly
ASKABLE = frozenset({"owned_by_another", "recent_applicant", "current_employee"})


def ask(employee: str, candidate: Candidate, opening: str | None, known: str, words: str) -> Document:
	"""Open a question about a refusal, which said `known`; the one that is open about the same person is returned again."""
	text = checked(KIND, words)
	frappe.db.get_value("Employee", employee, "name", for_update=True)  # two clicks, one question
	place = _place(employee, opening)
	person = normalise(candidate, policy.region_of(place.company))
	stands = _what_stands(person, place.company)
	same = {"employee": ("in", records_of(employee)), "kind": KIND, "state": OPEN, "known": known}
	same |= {
		field: stands[field] or ("is", "not set") for field in ("standing_referral", "standing_applicant")
	}
	if found := frappe.db.get_value(
		"Referral Dispute", {**same, "job_opening": opening or ("is", "not set")}
	):
		return frappe.get_doc("Referral Dispute", found)
	check_number(employee)
	return insert(employee, place, KIND, text, known, job_opening=place.job_opening, **stands)


def find(name: str | None, employee: str) -> frappe._dict | None:
	"""Return this person's question, or None: the same for another's and for one that does not exist."""
	own = {"name": name, "kind": KIND, "employee": ("in", records_of(employee))}
	return (
		frappe.db.get_value("Referral Dispute", own, [*SHOWN, "known", "job_opening"], as_dict=True)
		if name
		else None
	)


def of_employee(employee: str) -> list[frappe._dict]:
	"""Return this person's questions about refusals, newest first."""
	asked = {"employee": ("in", records_of(employee)), "kind": KIND}
	return frappe.get_all(
		"Referral Dispute",
		asked,
		["name", "state", "asked_on", "due_on", "answered_on", "job_opening"],
		order_by="asked_on desc",
		limit=20,
	)


def _place(employee: str, opening: str | None) -> frappe._dict:
	company = opening and frappe.db.get_value("Job Opening", opening, "company")
	company = company or frappe.db.get_value("Employee", employee, "company")
	return frappe._dict(job_opening=opening or None, company=company)


def _what_stands(person: Candidate, company: str) -> dict:
	"""Return what keeps this person from being referred, and their name where HR may know of them."""
	holder = ownership.holder_of(person, getdate(nowdate()))
	referral = holder and holder.referral
	row = referral and frappe.db.get_value(
		"Referral", referral, ["consent_state", "job_applicant"], as_dict=True
	)
	hidden = bool(row) and row.consent_state in HIDDEN
	applicant = row.job_applicant if row else situation.newest_applicant(person, policy.region_of(company))
	return {
		"standing_referral": referral or None,
		"standing_applicant": None if hidden else applicant or None,
		"candidate_name": None if hidden else person.name,
	}
