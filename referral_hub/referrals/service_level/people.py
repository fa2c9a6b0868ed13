"""Who in the company answers for a referral: the recruiter of its opening, else the one in the settings, else HR.

Asked by the reminders, the questions of employees, the tasks candidates give HR, and the queue (`queue.py` says the same in SQL).
"""

import frappe

from referral_hub.people.hr import enabled, with_role
from referral_hub.referrals.policy import settings


def named_recruiter(opening: str | None) -> str | None:
	"""Return the recruiter HR has named for this opening, else for all openings; None when neither can sign in."""
	of_opening = opening and frappe.db.get_value("Opening Profile", {"job_opening": opening}, "recruiter")
	return enabled(of_opening) or general_recruiter()


def general_recruiter() -> str | None:
	return enabled(settings().recruiter)


def recruiters(opening: str | None, company: str | None) -> list[str]:
	"""Return the users who answer for referrals to this opening."""
	named = named_recruiter(opening)
	return [named] if named else with_role("HR User", company)


def managers(company: str | None) -> list[str]:
	"""Return the users who are told when a reminder did not help."""
	named = enabled(settings().hr_manager)
	return [named] if named else with_role("HR Manager", company)
