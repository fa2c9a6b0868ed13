"""Who does a task, by Frappe's own assignments: a ToDo with its date, a notification, and the right to read the task."""

from collections.abc import Callable

import frappe
from frappe import _
from frappe.desk.form import assign_to

from referral_hub.permissions import allowed_companies
from referral_hub.wording import dates, languages

SETTINGS = "Referral Hub Settings"


def responsible(asked: str | None, company: str | None) -> str | None:
	"""Return who is asked for, else who the settings name, else the first HR Manager of the company."""
	settings = frappe.get_cached_doc(SETTINGS)
	named = (user for user in (asked, settings.fulfilment_responsible) if is_enabled(user))
	return next(named, None) or next(iter(managers(company)), None)


def managers(company: str | None) -> list[str]:
	"""Return who is told when a task is late."""
	named = frappe.get_cached_doc(SETTINGS).hr_manager
	if is_enabled(named):
		return [named]
	holders = frappe.get_all("Has Role", {"role": "HR Manager", "parenttype": "User"}, pluck="parent")
	enabled = {"name": ["in", [*holders, ""]], "enabled": 1}
	users = frappe.get_all("User", enabled, pluck="name", order_by="name asc")
	return [user for user in users if user != "Administrator" and _works_for(user, company)]


def is_enabled(user: str | None) -> bool:
	"""Say whether somebody can log in as this user: a task of the platform's Guest would be everybody's to read."""
	return bool(user and user != "Guest" and frappe.db.get_value("User", user, "enabled"))


def assign(row) -> None:
	if row.responsible:
		_add(row, row.responsible, _in_words)


def reassign(row) -> None:
	withdraw(row)
	assign(row)


def move_date(row) -> None:
	"""Let the ToDos say the new day."""
	for name in _open_todos(row):
		frappe.db.set_value("ToDo", name, "date", row.due_on)


def escalate(row) -> None:
	"""Assign a late task to the HR Manager too, and say so on it."""
	for user in managers(row.company):
		_add(row, user, _late_in_words, priority="High")
	row.add_comment("Info", _("Overdue: the HR Manager was told."))


def close(row) -> None:
	assign_to.close_all_assignments(row.doctype, row.name, ignore_permissions=True)


def withdraw(row) -> None:
	assign_to.clear(row.doctype, row.name, ignore_permissions=True)


def _add(row, user: str, say: Callable[..., str], priority: str = "Medium") -> None:
	with languages.speaking_to(user):
		words = say(row)
	task = {
		"assign_to": [user],
		"doctype": row.doctype,
		"name": row.name,
		"description": frappe.utils.escape_html(words),
		"date": row.due_on,
		"priority": priority,
	}
	assign_to.add(task, ignore_permissions=True)
	frappe.clear_last_message() if frappe.message_log else None


def _in_words(row) -> str:
	return _("Hand over to {employee}: {what}").format(employee=row.employee_name, what=row.what)


def _late_in_words(row) -> str:
	return _("Overdue since {date}: {task}").format(date=dates.said(row.due_on), task=_in_words(row))


def _open_todos(row) -> list[str]:
	about = {"reference_type": row.doctype, "reference_name": row.name, "status": "Open"}
	return frappe.get_all("ToDo", about, pluck="name")


def _works_for(user: str, company: str | None) -> bool:
	companies = allowed_companies(user, "Reward Fulfilment")
	return not companies or company in companies
