"""When the time of a question is over: from the Holiday List and the shifts of who answers to the moments of rules/worktime.py.

Times in the database are those of the system's wall; the rules count real time.
"""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import frappe
from frappe.utils import cint, get_datetime, get_system_timezone, get_time

from referral_hub.paths.rules import worktime
from referral_hub.paths.rules.feedback import Standing, State
from referral_hub.paths.rules.worktime import ALL_DAY, HALF, MOST, SHARES, WHOLE, Assignment, Roster, Shift
from referral_hub.people.workdays import read_calendar, read_list
from referral_hub.permissions import employee_of

FIELDS = {HALF: "half_on", MOST: "most_on", WHOLE: "due_on"}
DEFAULT_HOURS = 24
_OF_EMPLOYEE = ["name", "company", "holiday_list", "default_shift"]


def started(user: str | None, company: str | None, now: datetime) -> dict:
	"""Return the columns of a clock that begins now."""
	due = worktime.moments(roster_of(user, company), aware(now), _allowed())
	return {"clock_from": now, "told_up_to": 0, **{FIELDS[share]: naive(due[share]) for share in SHARES}}


def hours_between(user: str | None, company: str | None, since: datetime, until: datetime) -> float:
	"""Return how many working hours passed."""
	passed = worktime.passed(roster_of(user, company), aware(since), aware(until))
	return round(passed / timedelta(hours=1), 1)


def standing_of(row) -> Standing:
	due = {share: aware(row.get(field)) for share, field in FIELDS.items() if row.get(field)}
	return Standing(State(row.state), due, cint(row.told_up_to))


def roster_of(user: str | None, company: str | None) -> Roster:
	"""Return when somebody works; of who is no employee what the company and the settings say."""
	employee = user and employee_of(user)
	row = frappe.db.get_value("Employee", employee, _OF_EMPLOYEE, as_dict=True) if employee else None
	own_list = row and row.holiday_list
	kind = _shift_of(row.default_shift) if row and row.default_shift else None
	return Roster(
		zone=_zone(),
		calendar=read_list(own_list) if own_list else read_calendar(row.company if row else company),
		usual=kind.shift if kind else _usual(),
		assignments=_assignments(employee) if employee else (),
		usual_calendar=kind and kind.calendar,
	)


def aware(moment: datetime | str) -> datetime:
	return get_datetime(moment).replace(tzinfo=_zone())


def naive(moment: datetime) -> datetime:
	return moment.astimezone(_zone()).replace(tzinfo=None)


def _assignments(employee: str) -> tuple[Assignment, ...]:
	given = {"employee": employee, "docstatus": 1, "status": "Active"}
	rows = frappe.get_all("Shift Assignment", given, ["shift_type", "start_date", "end_date"])
	return tuple(_assigned(row) for row in rows)


def _assigned(row) -> Assignment:
	kind = _shift_of(row.shift_type)
	return Assignment(kind.shift, row.start_date, row.end_date, kind.calendar)


def _shift_of(shift_type: str) -> frappe._dict:
	row = frappe.db.get_value(
		"Shift Type", shift_type, ["start_time", "end_time", "holiday_list"], as_dict=True
	)
	calendar = read_list(row.holiday_list) if row.holiday_list else None
	return frappe._dict(shift=Shift(_time(row.start_time), _time(row.end_time)), calendar=calendar)


def _usual() -> Shift:
	settings = frappe.get_cached_doc("Referral Hub Settings")
	begins, ends = settings.feedback_works_from, settings.feedback_works_to
	return Shift(_time(begins), _time(ends)) if begins and ends else ALL_DAY


def _allowed() -> timedelta:
	hours = cint(frappe.get_cached_doc("Referral Hub Settings").feedback_hours)
	return timedelta(hours=hours or DEFAULT_HOURS)


def _time(value) -> time:
	return get_time(value).replace(microsecond=0) if value is not None else time(0)


def _zone() -> ZoneInfo:
	return ZoneInfo(get_system_timezone())
