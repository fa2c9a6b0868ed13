"""What happens to referrals when HR merges two applicants into one: one hire is credited once."""

import frappe


def credit_one_referral(applicant) -> None:
	"""Let a merged applicant belong to one referral: its own, else the first of those that came with the merge.

	The others then read as Duplicate (`rules/stages.py`), because the applicant names another referral.
	"""
	if applicant.get("referral_hub_referral"):
		return
	first = frappe.get_all(
		"Referral",
		filters={"job_applicant": applicant.name},
		order_by="submitted_on asc, name asc",
		limit=1,
		pluck="name",
	)
	if first:
		applicant.db_set(
			{"referral_hub_referral": first[0], "referral_hub_referred": 1}, update_modified=False
		)
