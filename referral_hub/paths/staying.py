"""Reads who came, how, and who has left, for the report on retention; as far as the reader may see Employees. Writes nothing.

Referred is whose Employee record, or its applicant, belongs to a referral; recalled is whose application followed the talent pool.
"""

from collections.abc import Collection
from datetime import date

import frappe
from frappe.utils import add_months, getdate

from referral_hub.paths.rules import retention
from referral_hub.paths.rules.retention import Contract, Hire
from referral_hub.people import employments, places, transfers

BY = ("Way", "Department", "Source", "Questions")
ASKED, SILENT = "Asked", "Silent"
WITHDRAWN = "Withdrawn"
_FIELDS = [
	*("name", "date_of_joining", "relieving_date", "status", "company", "department", "job_applicant"),
	"employee_name",
]


def stays(
	since: date, until: date, company: str | None, today: date
) -> tuple[list[Hire], dict[str, frappe._dict]]:
	"""Return the stays that began between two days, and the Employee rows they began with."""
	rows = {
		row.name: row
		for row in frappe.get_list(
			"Employee",
			{"date_of_joining": ("is", "set")} | places.filters("Employee"),
			_FIELDS,
			limit_page_length=0,
		)
	}
	persons, days = employments.persons(), transfers.first_days()
	for row in rows.values():  # what follows speaks of when somebody came, not of when they were moved
		row.date_of_joining = days.stays_since(row.name, row.date_of_joining)
	absent = _no_shows({row.job_applicant for row in rows.values() if row.status == "Inactive"} - {None, ""})
	contracts = [
		Contract(row.name, persons.get(row.name, row.name), row.date_of_joining, _ended(row))
		for row in rows.values()
		if row.status != "Inactive" or row.job_applicant not in absent
	]
	found = [
		hire
		for hire in retention.hires(contracts, today)
		if since <= hire.joined_on <= until and company in (None, "", rows[hire.first].company)
	]
	return found, {hire.first: rows[hire.first] for hire in found}


def comparable(by: str, stays: list[Hire], today: date) -> list[Hire]:
	"""Return the stays whose groups are fair: of questions asked in the first month only those that lasted so long.

	Who left earlier had less time to ask, and who is asked about has stayed until then (a landmark analysis: Anderson, Cain and
	Gelber, Journal of Clinical Oncology 1, 1983, 710-719).
	"""
	if by != "Questions":
		return stays
	return [stay for stay in stays if _month_after(stay.joined_on) <= (stay.left_on or today)]


def groups(by: str, rows: dict[str, frappe._dict]) -> dict[str, str]:
	"""Return the group of each record a stay began with; "" for none."""
	if by == "Department":
		return {name: row.department or "" for name, row in rows.items()}
	if by == "Source":
		source = _sources({row.job_applicant for row in rows.values() if row.job_applicant})
		return {name: source.get(row.job_applicant) or "" for name, row in rows.items()}
	if by == "Questions":
		asked = _asked(rows)
		return {name: ASKED if name in asked else SILENT for name in rows}
	referred, recalled = (
		_referred(rows),
		_recalled({row.job_applicant for row in rows.values() if row.job_applicant}),
	)
	return {
		name: retention.way_of(name in referred, row.job_applicant in recalled).value
		for name, row in rows.items()
	}


def _ended(row) -> date | None:
	return row.relieving_date if row.status == "Left" else None


def _referred(rows: dict[str, frappe._dict]) -> set[str]:
	applicants = {row.job_applicant: name for name, row in rows.items() if row.job_applicant}
	found = set(_chunked("Referral", "hired_employee", rows, "hired_employee"))
	return found | {
		applicants[name] for name in _chunked("Referral", "job_applicant", applicants, "job_applicant")
	}


def _asked(rows: dict[str, frappe._dict]) -> set[str]:
	"""Return who asked a question in their first month, of those questions the reader may see; one taken back is none."""
	return {
		name
		for name, asked_on, state in _chunked(
			"Path Feedback", "employee", rows, "employee", "asked_on", "state", read=frappe.get_list
		)
		if state != WITHDRAWN
		and rows[name].date_of_joining <= getdate(asked_on) < _month_after(rows[name].date_of_joining)
	}


def _month_after(day: date) -> date:
	return getdate(add_months(day, 1))


def _recalled(applicants: Collection[str]) -> set[str]:
	"""Return those that followed the pool, by their own mark or that of their referral; the pool moves on and forgets."""
	marked = _chunked("Job Applicant", "name", applicants, "name", among={"referral_hub_called_back": 1})
	credited = _chunked(
		"Referral", "job_applicant", applicants, "job_applicant", among={"channel": "Talent Pool"}
	)
	return {*marked, *credited}


def _no_shows(applicants: Collection[str]) -> set[str]:
	"""Return those of whom HR said that they did not come: an Inactive Employee alone may be on a long leave."""
	referred = _chunked(
		"Referral", "job_applicant", applicants, "job_applicant", among={"outcome": "No-show"}
	)
	said = {"reason": "No-show", "state": ("not in", ("Proposed", "Closed"))}
	kept = _chunked("Talent Pool Record", "job_applicant", applicants, "job_applicant", among=said)
	return {*referred, *kept}


def _sources(applicants: Collection[str]) -> dict[str, str]:
	return dict(_chunked("Job Applicant", "name", applicants, "name", "source"))


def _chunked(
	doctype: str,
	field: str,
	names: Collection[str],
	*fields: str,
	size: int = 5000,
	read=None,
	among: dict | None = None,
) -> list:
	"""Return these fields of the rows that name one of many, some thousands in a query.

	All of them, unless `read` says which the reader may see, or `among` which are meant.
	"""
	ordered, found = sorted(names), []
	for begin in range(0, len(ordered), size):
		where = {field: ("in", ordered[begin : begin + size]), **(among or {})}
		rows = (read or frappe.get_all)(doctype, where, list(fields), as_list=True, limit_page_length=0)
		found += [row[0] for row in rows] if len(fields) == 1 else rows
	return found
