"""Tells HR what a candidate decided and somebody has to act on: a ToDo with a date, without the person's name."""

import frappe

from referral_hub.permissions import allowed_companies


def give_task(referral, words: str, due=None) -> None:
	"""Give the recruiter of the opening, else every HR Manager of the company, the same ToDo, once while it is open."""
	for user in _people(referral):
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


def _people(referral) -> list[str]:
	opening = {"job_opening": referral.job_opening}
	recruiter = referral.job_opening and frappe.db.get_value("Opening Profile", opening, "recruiter")
	if recruiter and frappe.db.get_value("User", recruiter, "enabled"):
		return [recruiter]
	return _managers(referral.company) or ["Administrator"]


def _managers(company: str | None) -> list[str]:
	named = frappe.get_all("Has Role", {"role": "HR Manager", "parenttype": "User"}, pluck="parent")
	enabled = {"name": ("in", named or [""]), "enabled": 1}
	users = frappe.get_all("User", enabled, pluck="name", order_by="name asc")
	return [user for user in users if user != "Administrator" and _works_for(user, company)]


def _works_for(user: str, company: str | None) -> bool:
	companies = allowed_companies(user, "Referral")
	return not companies or company in companies
