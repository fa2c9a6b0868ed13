"""Whom to remind: the recruiter of an opening, else the one in the settings, else the company's HR; their manager next."""

import frappe

from referral_hub.permissions import allowed_companies
from referral_hub.referrals.policy import settings


def recruiters(opening: str | None, company: str | None) -> list[str]:
	"""Return the users who answer for referrals to this opening."""
	named = opening and frappe.db.get_value("Opening Profile", {"job_opening": opening}, "recruiter")
	return _enabled(named) or _enabled(settings().recruiter) or _with_role("HR User", company)


def managers(company: str | None) -> list[str]:
	"""Return the users who are told when a reminder did not help."""
	return _enabled(settings().hr_manager) or _with_role("HR Manager", company)


def recruiters_of(openings: list[str]) -> dict[str, str]:
	"""Return the named recruiter of each opening that has one: one query."""
	filters = {"job_opening": ("in", openings or [""]), "recruiter": ("is", "set")}
	return dict(frappe.get_all("Opening Profile", filters, ["job_opening", "recruiter"], as_list=True))


def _enabled(user: str | None) -> list[str]:
	return [user] if user and frappe.db.get_value("User", user, "enabled") else []


def _with_role(role: str, company: str | None) -> list[str]:
	"""Return the enabled users with this role who may work for the company."""
	users = frappe.get_all(
		"Has Role", {"role": role, "parenttype": "User", "parent": ("!=", "Administrator")}, pluck="parent"
	)
	enabled = frappe.get_all(
		"User", {"name": ("in", users or [""]), "enabled": 1}, pluck="name", order_by="name asc"
	)
	return [user for user in enabled if _works_for(user, company)]


def _works_for(user: str, company: str | None) -> bool:
	companies = allowed_companies(user, "Referral")
	return not companies or company in companies
