"""Reads questions for the report of HR, and for the few figures a manager sees of their people. The counting is rules/feedback_trends.py."""

from datetime import date

import frappe
from frappe.utils import add_days, add_months, cint, get_first_day, now_datetime, nowdate

from referral_hub.paths.feedback import book
from referral_hub.paths.figures.keeping import smallest_group
from referral_hub.paths.rules import feedback_trends
from referral_hub.paths.rules.feedback import State
from referral_hub.paths.rules.feedback_trends import Case, Line, Outline
from referral_hub.people import employments

BY = ("Topic", "Department", "Month", "Who Answered")
_FIELDS = [
	*("employee", "topic", "department", "asked_on", "answerer", "answered_by", "answered_on", "state"),
	*("in_time", "hours_taken", "rating", "round_number", "due_on", "escalated_on"),
]
MONTHS_OF_MANAGERS = 12


def for_hr(by: str, since: date, until: date, company: str | None) -> list[Line]:
	"""Return every group of questions the reader may see, however small."""
	where = {"asked_on": ("between", (since, until)), "state": ("!=", State.WITHDRAWN.value)}
	where |= {"company": company} if company else {}
	rows = frappe.get_list(book.DOCTYPE, where, _FIELDS, limit_page_length=0)
	return feedback_trends.lines(_cases(rows, by))


def for_manager(employee: str) -> list[Outline]:
	"""Return in outline what a manager's people ask about, in whole months that are over, without what only HR may see and small groups."""
	led = {"reports_to": ("in", employments.records_of(employee))}
	people = frappe.get_all("Employee", led, pluck="name")
	if not people:
		return []
	end = get_first_day(nowdate())
	asked = {"employee": ("in", people), "only_hr": 0, "state": ("!=", State.WITHDRAWN.value)}
	asked["asked_on"] = ("between", (add_months(end, -MONTHS_OF_MANAGERS), add_days(end, -1)))
	rows = frappe.get_all(book.DOCTYPE, asked, _FIELDS, limit_page_length=0)
	return feedback_trends.outlined(_cases(rows, "Topic"), smallest_group())


def _cases(rows: list, by: str) -> list[Case]:
	persons, now = employments.persons(), now_datetime()
	return [
		Case(
			group=_group(row, by),
			person=persons.get(row.employee, row.employee),
			in_time=_in_time(row, now),
			hours=row.hours_taken if row.answered_by else None,
			rating=row.rating or None,
			came_back=cint(row.round_number) > 1,
		)
		for row in rows
	]


def _in_time(row, now) -> bool | None:
	"""The first answer counts; without one a question is late once its time is over."""
	if row.answered_by:
		return bool(row.in_time)
	return False if row.due_on and row.due_on <= now else None


def _group(row, by: str) -> str:
	if by == "Department":
		return row.department or ""
	if by == "Month":
		return row.asked_on.strftime("%Y-%m")
	if by == "Who Answered":
		return row.answered_by or row.answerer or ""
	return row.topic
