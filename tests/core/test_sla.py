"""When the next word is due, and who is reminded: tables."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_hub.referrals.rules import sla
from referral_hub.referrals.rules.sla import Step, Waiting, WorkCalendar

NONE = WorkCalendar()
# works on Saturdays; Sundays off, a week of holidays around the turn of the year
SHOP = sla.calendar_of(
	[
		*((date(2026, 1, 4) + timedelta(weeks=week), True) for week in range(52)),
		(date(2026, 12, 31), False),
		(date(2026, 10, 1), False),
		(date(2026, 10, 2), False),
	],
	date(2026, 1, 1),
	date(2026, 12, 31),
)
EVERY_DAY = sla.calendar_of([], date(2026, 1, 1), date(2026, 12, 31))
NEVER = sla.calendar_of(
	[(date(2026, 1, 1) + timedelta(days=day), True) for day in range(365)],
	date(2026, 1, 1),
	date(2026, 12, 31),
)


@pytest.mark.parametrize(
	("calendar", "start", "days", "expected"),
	[
		# no Holiday List: Saturday and Sunday are off
		(NONE, "2026-11-20", 1, "2026-11-23"),  # Friday -> Monday
		(NONE, "2026-11-20", 5, "2026-11-27"),
		(NONE, "2026-11-21", 1, "2026-11-23"),  # from a Saturday
		(NONE, "2026-11-21", 0, "2026-11-23"),
		(NONE, "2026-11-20", 0, "2026-11-20"),
		# the company's own weekly day off
		(SHOP, "2026-11-20", 1, "2026-11-21"),
		(SHOP, "2026-11-21", 1, "2026-11-23"),
		# holidays in the middle
		(SHOP, "2026-09-30", 1, "2026-10-03"),
		# across the year, past the end of the list: its Sundays stay off, its holidays are over
		(SHOP, "2026-12-30", 1, "2027-01-01"),
		(SHOP, "2026-12-30", 3, "2027-01-04"),
		# before the list begins
		(SHOP, "2025-12-27", 1, "2025-12-29"),
		# a factory that never closes, and a list that never opens
		(EVERY_DAY, "2026-11-21", 1, "2026-11-22"),
		(NEVER, "2026-01-01", 5, "2026-01-06"),
		# a leap day
		(NONE, "2028-02-28", 1, "2028-02-29"),
	],
)
def test_working_days_are_counted_by_the_companys_calendar(calendar, start, days, expected):
	assert sla.after_working_days(calendar, date.fromisoformat(start), days).isoformat() == expected


@given(
	st.dates(date(2025, 6, 1), date(2027, 6, 1)), st.integers(1, 60), st.sampled_from([NONE, SHOP, EVERY_DAY])
)
def test_there_are_exactly_so_many_working_days_until_the_due_date(start, days, calendar):
	due = sla.after_working_days(calendar, start, days)
	assert calendar.is_working(due)
	assert sla.working_days_between(calendar, start, due) == days


MONDAY = date(2026, 11, 16)


@pytest.mark.parametrize(
	("waiting", "expected"),
	[
		(Waiting("Submitted", True, MONDAY), date(2026, 11, 23)),
		(Waiting("Offered", True, MONDAY), date(2026, 11, 30)),
		(Waiting("Invited", True, MONDAY), None),
		(Waiting("Joined", True, MONDAY), None),
		(Waiting("Submitted", False, MONDAY), None),
		(Waiting("Submitted", True, None), None),
		(Waiting("Submitted", True, MONDAY, promised_by=date(2026, 12, 1)), date(2026, 12, 1)),
		(Waiting("Submitted", False, MONDAY, promised_by=date(2026, 12, 1)), None),
	],
)
def test_the_next_word_is_due_while_the_referrer_waits_for_the_company(waiting, expected):
	assert sla.next_word_due(waiting, sla.DEFAULT_LEVELS, NONE) == expected


def test_a_stage_of_zero_days_has_no_clock():
	assert sla.next_word_due(Waiting("Offered", True, MONDAY), {"Offered": 0}, NONE) is None


@pytest.mark.parametrize(
	("moved", "interview_on", "before", "expected"),
	[
		(True, None, date(2026, 11, 2), "2026-11-16"),
		(False, None, date(2026, 11, 2), "2026-11-02"),
		(False, None, None, "2026-11-16"),
		# an interview ahead, whenever it was told
		(True, date(2026, 11, 25), date(2026, 11, 2), "2026-11-25"),
		(False, date(2026, 11, 25), date(2026, 11, 25), "2026-11-25"),
		# it has taken place, nothing else happened
		(False, None, date(2026, 11, 10), "2026-11-10"),
		# it was cancelled
		(False, None, date(2026, 11, 25), "2026-11-16"),
	],
)
def test_the_clock_starts_at_the_last_word_or_at_the_interview_ahead(moved, interview_on, before, expected):
	assert sla.clock_from(MONDAY, moved, interview_on, before).isoformat() == expected


FIRST, ALL = (Step.RECRUITER, Step.REFERRER), (Step.RECRUITER, Step.REFERRER, Step.MANAGER)


@pytest.mark.parametrize(
	("due", "today", "expected"),
	[
		("2026-11-18", "2026-11-17", ()),
		("2026-11-18", "2026-11-18", ()),  # due today is in time
		("2026-11-18", "2026-11-19", FIRST),
		("2026-11-18", "2026-11-20", FIRST),
		("2026-11-18", "2026-11-21", ()),  # nobody is troubled on a Saturday
		("2026-11-18", "2026-11-23", ALL),  # two working days after the reminder
		# due at a weekend, as HR may promise: nobody is troubled before Monday
		("2026-11-21", "2026-11-22", ()),
		("2026-11-21", "2026-11-23", FIRST),
		("2026-11-20", "2026-11-23", FIRST),
		("2026-11-20", "2026-11-25", ALL),
		# a job that did not run for a month tells all at once
		("2026-10-20", "2026-11-23", ALL),
	],
)
def test_who_is_told_when_a_word_is_overdue(due, today, expected):
	assert sla.steps_due(date.fromisoformat(due), date.fromisoformat(today), 2, NONE) == expected


def test_a_stage_nobody_named_days_for_has_no_clock():
	levels = sla.levels_of({"Submitted": 2, "Screening": 0, "Offered": None, "Joined": 5})
	assert levels == {"Submitted": 2, "Screening": 0, "Interviewing": 0, "Selected": 0, "Offered": 0}
