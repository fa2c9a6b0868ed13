"""Two people with one phone, such as a couple: a different name and a different e-mail is another person, not news of the first.

The phone stays owned by whose it was first; the second is owned by e-mail alone. HR is told, on the applicant and by a flag;
the guest reads the same as everybody. Called by `applications` and `careers` where a phone stands in the way.
"""

from dataclasses import replace

import frappe

from referral_hub.referrals.making import decisions
from referral_hub.referrals.rules.contacts import is_reserved
from referral_hub.referrals.rules.deciding.signals import SHARED_PHONE
from referral_hub.referrals.rules.ownership import Candidate, are_two_people
from referral_hub.referrals.sharing import known

# what is said of a person who is somebody's already, or in HRMS already
_IN_THE_WAY = frozenset({"already_yours", "owned_by_another", "recent_applicant"})


def is_of_another(applicant: str | None, candidate: Candidate) -> bool:
	"""Say whether an applicant with the candidate's phone is somebody else."""
	fields = ["applicant_name", "email_id"]
	row = applicant and frappe.db.get_value("Job Applicant", applicant, fields, as_dict=True)
	if not row or is_reserved(row.email_id):
		return False
	return are_two_people(candidate, Candidate(row.applicant_name, row.email_id))


def may_be_why(refused, candidate: Candidate) -> bool:
	"""Say whether somebody nobody knows may have been refused for a phone they share; whose e-mail it is decides then."""
	return refused.reason in _IN_THE_WAY and bool(candidate.phone and candidate.email)


def without(candidate: Candidate) -> Candidate:
	return replace(candidate, phone=None)


def keep(applicant: str, referral: str | None, candidate: Candidate) -> None:
	"""Write the phone where it belongs and tell HR whose it is too."""
	others = [owner.name for owner in known.holding_a_contact(candidate) if owner.name != referral]
	if not frappe.db.get_value("Job Applicant", applicant, "phone_number"):
		frappe.db.set_value("Job Applicant", applicant, "phone_number", candidate.phone)
	known.tell_hr_of_shared_phone(applicant, others)
	if referral:
		row = frappe.get_doc("Referral", referral, for_update=True)
		row.db_set("candidate_phone", candidate.phone)
		decisions.flag(row, SHARED_PHONE)
