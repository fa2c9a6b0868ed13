"""Who named a colleague and is deleted in HRMS is forgotten here too: what stays of the question is that it was asked.

A question that became a referral keeps the name as long as the referral does; both are erased together. Called when HR
deletes a Job Applicant, and daily for whoever went unnoticed.
"""

import frappe
from frappe import _
from frappe.utils import now_datetime

from referral_hub.messages import service as messages
from referral_hub.referrals.erasure import traces
from referral_hub.referrals.named.asking import DOCTYPE, LAPSED, UNCLEAR, WAITING

_OPEN = (WAITING, UNCLEAR)
# their own words, and an applicant's name is their e-mail address
_PERSONAL = ("words", "refusal", "job_applicant", "_user_tags", "_comments", "_liked_by", "_assign")


def forget(applicant: str) -> None:
	"""Take this person out of every question that stands without a referral."""
	for claim in frappe.get_all(
		DOCTYPE, {"job_applicant": applicant, "referral": ("is", "not set")}, pluck="name"
	):
		_empty(claim)


def without_applicant(limit: int = 200) -> list[str]:
	"""Return applicants whom questions still name and HRMS has no more."""
	Claim, Applicant = frappe.qb.DocType(DOCTYPE), frappe.qb.DocType("Job Applicant")
	return (
		frappe.qb.from_(Claim)
		.left_join(Applicant)
		.on(Applicant.name == Claim.job_applicant)
		.select(Claim.job_applicant)
		.distinct()
		.where(Applicant.name.isnull() & (Claim.job_applicant != ""))
		.where(Claim.referral.isnull() | (Claim.referral == ""))
		.limit(limit)
		.run(pluck=True)
	)


def _empty(claim: str) -> None:
	row = frappe.get_doc(DOCTYPE, claim, for_update=True)
	messages.forget_keyed([claim])
	traces.remove_beside(DOCTYPE, claim)
	columns = set(frappe.db.get_table_columns(DOCTYPE))
	values = dict.fromkeys((field for field in _PERSONAL if field in columns), None)
	if row.state in _OPEN:
		values |= {"state": LAPSED, "answered_on": now_datetime()}
	row.db_set({"applicant_name": _("Deleted Person"), **values})
