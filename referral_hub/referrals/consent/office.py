"""Tells HR what came of a referral that somebody has to act on: a ToDo without the candidate's name, and a flag where it is to be seen."""

import frappe

from referral_hub.referrals.making import decisions
from referral_hub.referrals.service_level import people
from referral_hub.wording import case_words


def show(referral, code: str, facts: dict | None = None, advice: str = "") -> None:
	"""Flag a referral the caller has locked, and give HR a task that says why; the referrer gets none."""
	decisions.flag(referral, code, facts)
	words = f"{referral.name}: {case_words.signal(code, facts or {})} {advice}".strip()
	give_task(referral, words, besides=frappe.db.get_value("Employee", referral.referrer, "user_id"))


def give_task(referral, words: str, due=None, besides: str | None = None) -> None:
	"""Give the named recruiter, else every HR Manager of the company, the same ToDo, once while it is open.

	Nobody gets one about themselves (`besides`).
	"""
	for user in _people(referral, besides):
		task = {
			"reference_type": referral.doctype,
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
