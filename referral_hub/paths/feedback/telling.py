"""Who hears what of a question. No message holds what was written: it stands on the pages of those who may read it.

Employees open the portal; who of HR is no employee, or was not asked themselves, the form in the desk.
"""

from urllib.parse import urlsplit

import frappe

from referral_hub.messages import service as messages
from referral_hub.paths.rules.feedback import Told
from referral_hub.people.employments import record_now
from referral_hub.permissions import employee_of, is_hr

PAGE = "/referrals/feedback"
_EVENTS = {
	Told.REMINDED: "feedback_reminder",
	Told.REMINDED_AGAIN: "feedback_reminder",
	Told.ESCALATED: "feedback_overdue",
}


def asked(row, entry) -> None:
	"""Tell whose question it is now: asked, handed on or back, or asked again. `entry`: the line that keeps that."""
	_tell(
		"feedback_asked",
		row,
		row.answerer,
		f"{row.round_number}:{row.answerer}:{entry.seq}",
		asked_by=row.employee_name,
		due_on=row.due_on,
	)


def waits(row, told: Told, users: tuple[str, ...]) -> None:
	"""Remind who answers, or tell HR that the time is over."""
	facts = {"asked_by": row.employee_name, "due_on": row.due_on, "answerer": name_of(row.answerer)}
	for user in users:
		_tell(_EVENTS[told], row, user, f"{row.round_number}:{told.value}", **facts)


def answered(row) -> None:
	facts = {"answerer": name_of(frappe.session.user), "link": f"{PAGE}/{row.name}"}
	messages.tell(
		"feedback_answered", record_now(row.employee), key=f"{row.name}:{row.round_number}", **facts
	)


def word_to_asker(row, entry) -> None:
	facts = {"said_by": name_of(frappe.session.user), "link": f"{PAGE}/{row.name}"}
	messages.tell("feedback_word", record_now(row.employee), key=f"{row.name}:{entry.seq}", **facts)


def word_to_answerer(row, entry, user: str | None) -> None:
	_tell("feedback_word", row, user, f"{entry.seq}", said_by=row.employee_name)


def name_of(user: str | None) -> str:
	return (user and frappe.db.get_value("User", user, "full_name")) or user or ""


def _tell(event: str, row, user: str | None, key: str, **facts) -> None:
	if user:
		facts["link"] = _link(row, user)
		messages.tell_user(event, user, key=f"{row.name}:{key}", of_company=row.company, **facts)


def _link(row, user: str) -> str:
	on_portal = employee_of(user) and (user == row.answerer or not is_hr(user))
	return (
		f"{PAGE}/{row.name}"
		if on_portal
		else urlsplit(frappe.utils.get_url_to_form(row.doctype, row.name)).path
	)
