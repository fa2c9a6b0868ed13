"""Who answers a question, and who hears that it is overdue: read from Employee, roles and settings; decided by rules/feedback.py."""

import frappe

from referral_hub.paths.rules import feedback as rules
from referral_hub.paths.rules.feedback import Route
from referral_hub.people import hr
from referral_hub.people.employments import users_of
from referral_hub.permissions import employee_of, is_hr

SETTINGS = "Referral Hub Settings"


def route(employee: str, only_hr: bool) -> Route:
	"""Return whose question this is now."""
	row = frappe.db.get_value("Employee", employee, ["company", "reports_to"], as_dict=True)
	named, heads = _settings("feedback_hr"), _settings("hr_manager")
	return rules.route(
		users_of(employee),
		manager_of(row.reports_to),
		[hr.enabled(named)] if hr.enabled(named) else hr.with_role("HR User", row.company),
		[hr.enabled(heads)] if hr.enabled(heads) else hr.with_role("HR Manager", row.company),
		only_hr=only_hr,
		manager_first=not _settings("feedback_hr_first"),
	)


def manager_of(reports_to: str | None) -> str | None:
	"""Return the user of a manager who works here and can sign in."""
	manager = {"name": reports_to, "status": "Active"}
	return hr.enabled(frappe.db.get_value("Employee", manager, "user_id")) if reports_to else None


def may_take(row, user: str) -> bool:
	"""Say whether a question can be handed to this user: HR of its company, or a colleague where not only HR may see it; never the one who asked."""
	if not hr.enabled(user) or user in users_of(row.employee):
		return False
	if is_hr(user):
		return hr.works_for(user, row.company)
	return not row.only_hr and bool(employee_of(user))


def is_here(user: str | None) -> bool:
	"""Say whether somebody can sign in and works here, or is HR."""
	return bool(hr.enabled(user)) and (is_hr(user) or bool(employee_of(user)))


def can_still_answer(row) -> bool:
	return bool(row.answerer) and may_take(row, row.answerer)


def _settings(field: str):
	return frappe.get_cached_doc(SETTINGS).get(field)
