"""Tells HR what a candidate decided and somebody has to act on: a ToDo with a date, without the person's name."""

import frappe

from referral_hub.referrals.service_level import people


def give_task(referral, words: str, due=None, besides: str | None = None) -> None:
	"""Give the named recruiter, else every HR Manager of the company, the same ToDo, once while it is open.

	Nobody gets one about themselves (`besides`).
	"""
	for user in _people(referral, besides):
		task = {
			"reference_type": "Referral",
			"reference_name": referral.name,
			"allocated_to": user,
			"description": words,
		}
		if not frappe.db.exists("ToDo", {**task, "status": "Open"}):
			frappe.get_doc(
				doctype="ToDo", date=due, priority="High", assigned_by="Administrator", **task
			).insert(ignore_permissions=True)


def _people(referral, besides: str | None = None) -> list[str]:
	"""Whoever has to act on somebody's wish is known by name; it is not spread over a whole department."""
	named = people.named_recruiter(referral.job_opening)
	if named and named != besides:
		return [named]
	return [user for user in people.managers(referral.company) if user != besides] or ["Administrator"]
