"""Requests to colleagues: until when they may read, and who is reminded on which day. Sundays and Saturdays are days off."""

from datetime import date, timedelta

import pytest

from referral_hub.referrals.rules.sla import WorkCalendar
from referral_hub.talent.rules import requests as rules
from referral_hub.talent.rules.requests import Request, Step, further, is_over, is_readable, steps_due

CALENDAR = WorkCalendar()
FRIDAY, MONDAY = date(2026, 11, 6), date(2026, 11, 9)
AHEAD, LATE = (Step.AHEAD,), (Step.OVERDUE,)


def request(state=rules.OPEN, asked_on=FRIDAY, due_on=date(2026, 11, 13), closes_on=date(2026, 11, 27)):
	return Request(state, asked_on, due_on, closes_on)


@pytest.mark.parametrize(
	("asked_on", "days", "due"), [(FRIDAY, 1, MONDAY), (FRIDAY, 5, date(2026, 11, 13)), (FRIDAY, 0, MONDAY)]
)
def test_days_are_working_days_and_never_today(asked_on, days, due):
	assert rules.due_on(CALENDAR, asked_on, days) == due


@pytest.mark.parametrize(("open_days", "closes"), [(0, MONDAY), (5, date(2026, 11, 16)), (-3, MONDAY)])
def test_it_closes_some_working_days_after_the_day(open_days, closes):
	assert rules.closes_on(CALENDAR, MONDAY, open_days) == closes


@pytest.mark.parametrize(
	("state", "day", "readable", "over"),
	[
		(rules.OPEN, 27, True, False),
		(rules.OPEN, 28, False, True),
		(rules.ANSWERED, 10, False, False),
		(rules.WITHDRAWN, 10, False, False),
		(rules.EXPIRED, 28, False, False),
	],
)
def test_it_is_read_while_it_is_open_until_its_last_day(state, day, readable, over):
	today = date(2026, 11, day)
	assert (is_readable(request(state), today), is_over(request(state), today)) == (readable, over)


@pytest.mark.parametrize(
	("day", "said"),
	[
		(11, ()),
		(12, AHEAD),
		(13, AHEAD),
		(14, ()),
		(15, ()),
		(16, LATE),
		(18, LATE),
		(19, (Step.OVERDUE, Step.ESCALATED)),
		(28, ()),
		(30, ()),
	],
)
def test_before_the_day_after_it_and_to_hr_on_working_days(day, said):
	assert steps_due(request(), date(2026, 11, day), 3, CALENDAR) == said


def test_a_day_after_a_weekend_is_announced_before_it():
	monday = request(asked_on=date(2026, 11, 2), due_on=MONDAY)
	assert steps_due(monday, FRIDAY, 3, CALENDAR) == AHEAD


def test_nobody_is_reminded_on_the_day_they_were_asked():
	tomorrow = request(asked_on=date(2026, 11, 12))
	assert steps_due(tomorrow, date(2026, 11, 12), 3, CALENDAR) == ()
	assert steps_due(tomorrow, date(2026, 11, 13), 3, CALENDAR) == AHEAD


def test_nobody_is_reminded_of_what_is_closed():
	assert steps_due(request(rules.WITHDRAWN), date(2026, 11, 16), 3, CALENDAR) == ()


def test_where_nobody_works_the_day_itself_is_announced():
	never = WorkCalendar(
		holidays=frozenset(FRIDAY - timedelta(days) for days in range(60)), weekly_off=frozenset()
	)
	due = request(asked_on=date(2026, 10, 1), due_on=FRIDAY + timedelta(1))
	assert steps_due(due, FRIDAY + timedelta(1), 3, never) == AHEAD


@pytest.mark.parametrize(
	("known", "other", "goes_on"),
	[
		(None, "Replied", True),
		("", "Hired", True),
		("Replied", "Hired", True),
		("Hired", "Replied", False),
		("Applied Again", "Applied Again", False),
	],
)
def test_the_furthest_outcome_stays(known, other, goes_on):
	assert further(known, other) is goes_on
