"""Who answers a question, and who hears that it is overdue: read from Employee, roles and settings; decided by rules/feedback.py."""

import frappe

from referral_hub.paths.rules import feedback as rules
from referral_hub.paths.rules.feedback import Route
from referral_hub.people import hr
from referral_hub.people.employments import record_now, records_of, users_of
from referral_hub.permissions import employee_of, is_hr

SETTINGS = "Referral Hub Settings"


def route(employee: str, only_hr: bool, kept_from: str | None = None, company: str | None = None) -> Route:
	"""Return whose question this is now.

	`kept_from` was the manager when it was asked, `company` the one it was asked in: HR of it answers, also after a transfer.
	"""
	row = frappe.db.get_value("Employee", record_now(employee), ["company", "reports_to"], as_dict=True)
	manager, company = manager_of(row.reports_to), company or row.company
	without = managers_of(employee) | {kept_from} if only_hr else set()
	return rules.route(
		users_of(employee) | without,
		manager,
		_named("feedback_hr", company, only_hr, without) or hr.with_role("HR User", company),
		_named("hr_manager", company, only_hr, without) or hr.with_role("HR Manager", company),
		only_hr=only_hr,
		manager_first=not _settings("feedback_hr_first"),
	)


def again(row, only_hr: bool = False) -> Route:
	"""Return whose a question is that was asked before; of HR alone where only HR may see it, or is to have it."""
	return route(row.employee, only_hr or bool(row.only_hr), row.kept_from, row.company)


def managers_of(employee: str) -> set[str]:
	"""Return the users of whoever a person reports to, by any of their records."""
	managers = frappe.get_all("Employee", {"name": ("in", records_of(employee))}, pluck="reports_to")
	return set(filter(None, map(manager_of, managers)))


def manager_of(reports_to: str | None) -> str | None:
	"""Return the user of a manager who works here and can sign in."""
	manager = {"name": reports_to, "status": "Active"}
	return hr.enabled(frappe.db.get_value("Employee", manager, "user_id")) if reports_to else None


def may_take(row, user: str) -> bool:
	"""Say whether a question can be handed to this user: HR of its company, or a colleague where not only HR may see it; never
	the one who asked, nor their manager, now or then, where only HR may see it."""
	if not hr.enabled(user) or user in users_of(row.employee):
		return False
	if row.only_hr and (user == row.kept_from or user in managers_of(row.employee)):
		return False
	if is_hr(user) and hr.works_for(user, row.company):
		return True
	return not row.only_hr and bool(employee_of(user))


def can_still_answer(row) -> bool:
	return bool(row.answerer) and may_take(row, row.answerer)


def _named(field: str, company: str, only_hr: bool, without: set[str]) -> list[str]:
	"""Return who of HR the settings name, where they work for the company and may read what only HR may see."""
	user = hr.enabled(_settings(field))
	fits = user and user not in without and hr.works_for(user, company) and (is_hr(user) or not only_hr)
	return [user] if fits else []


def _settings(field: str):
	return frappe.get_cached_doc(SETTINGS).get(field)
