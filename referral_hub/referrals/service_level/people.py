"""Who in the company answers for a referral: the recruiter of its opening, else the one in the settings, else HR.

Asked by the reminders, the questions of employees, the tasks candidates give HR, and the queue (`queue.py` says the same in SQL).
"""

import frappe

from referral_hub.permissions import allowed_companies
from referral_hub.referrals.policy import settings


def named_recruiter(opening: str | None) -> str | None:
	"""Return the recruiter HR has named for this opening, else for all openings; None when neither can sign in."""
	of_opening = opening and frappe.db.get_value("Opening Profile", {"job_opening": opening}, "recruiter")
	return _enabled(of_opening) or general_recruiter()


def general_recruiter() -> str | None:
	return _enabled(settings().recruiter)


def recruiters(opening: str | None, company: str | None) -> list[str]:
	"""Return the users who answer for referrals to this opening."""
	named = named_recruiter(opening)
	return [named] if named else _with_role("HR User", company)


def managers(company: str | None) -> list[str]:
	"""Return the users who are told when a reminder did not help."""
	named = _enabled(settings().hr_manager)
	return [named] if named else _with_role("HR Manager", company)


def _enabled(user: str | None) -> str | None:
	return user if user and frappe.db.get_value("User", user, "enabled") else None


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
