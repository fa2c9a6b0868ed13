"""The clock of a question: tables of shifts, holidays, nights and zones, and what holds for all of them.

An independent count (minute by minute, by the wall) says the same as the rule.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referral_hub.paths.rules import worktime
from referral_hub.paths.rules.worktime import ALL_DAY, Assignment, Roster, Shift
from referral_hub.referrals.rules.sla import WorkCalendar, calendar_of

SHANGHAI, BERLIN, NEW_YORK, LORD_HOWE = (
	ZoneInfo(name) for name in ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe")
)
DAY = timedelta(days=1)
OFFICE, LATE, NIGHT = Shift(time(9), time(17)), Shift(time(14), time(22)), Shift(time(22), time(6))
# 2026: the first week of October is free; Saturdays and Sundays too
CHINA = calendar_of(
	[
		*((date(2026, 1, 3) + timedelta(weeks=week), True) for week in range(52)),
		*((date(2026, 1, 4) + timedelta(weeks=week), True) for week in range(52)),
		*((date(2026, 10, day), False) for day in range(1, 8)),
	],
	date(2026, 1, 1),
	date(2026, 12, 31),
)
NEVER = calendar_of(
	[(date(2025, 1, 1) + timedelta(days=day), True) for day in range(1500)],
	date(2025, 1, 1),
	date(2029, 2, 8),
)
EVERY_DAY = calendar_of([], date(2020, 1, 1), date(2035, 1, 1))


def at(text: str, zone: ZoneInfo = SHANGHAI) -> datetime:
	return datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(
	("usual", "start", "hours", "expected"),
	[
		# around the clock on working days
		(ALL_DAY, "2026-11-18T10:00", 24, "2026-11-19T10:00"),
		(ALL_DAY, "2026-11-20T16:00", 24, "2026-11-23T16:00"),  # Friday to Monday
		(ALL_DAY, "2026-11-21T12:00", 24, "2026-11-24T00:00"),  # raised on a Saturday
		(ALL_DAY, "2026-09-30T18:00", 24, "2026-10-08T18:00"),  # over a week of holidays
		(ALL_DAY, "2026-12-31T18:00", 24, "2027-01-01T18:00"),  # past the end of the list
		# only at work
		(OFFICE, "2026-11-18T10:00", 24, "2026-11-23T10:00"),
		(OFFICE, "2026-11-18T10:00", 7, "2026-11-18T17:00"),  # full at the very end of the day
		(OFFICE, "2026-11-18T20:00", 8, "2026-11-19T17:00"),  # raised in the evening
		(OFFICE, "2026-11-20T16:00", 8, "2026-11-23T16:00"),
		# the night that begins on Friday is worked to its end; the next begins on Monday
		(NIGHT, "2026-11-20T23:00", 7, "2026-11-21T06:00"),
		(NIGHT, "2026-11-20T23:00", 8, "2026-11-23T23:00"),
		(NIGHT, "2026-11-21T02:00", 4, "2026-11-21T06:00"),  # raised in the middle of one
		(NIGHT, "2026-10-01T03:00", 3, "2026-10-01T06:00"),  # begun before the holiday
		(NIGHT, "2026-10-01T03:00", 4, "2026-10-08T23:00"),
		# no time at all
		(OFFICE, "2026-11-21T12:00", 0, "2026-11-21T12:00"),
		(OFFICE, "2026-11-21T12:00", -3, "2026-11-21T12:00"),
	],
)
def test_time_runs_while_people_work(usual, start, hours, expected):
	roster = Roster(SHANGHAI, CHINA, usual)
	assert worktime.moment(roster, at(start), timedelta(hours=hours)) == at(expected)


@pytest.mark.parametrize(
	("zone", "usual", "start", "hours", "expected"),
	[
		# 29 March 2026: 02:00 becomes 03:00; 25 October: 03:00 becomes 02:00
		(BERLIN, NIGHT, "2026-03-28T22:00", 7, "2026-03-29T06:00"),
		(BERLIN, NIGHT, "2026-10-24T22:00", 8, "2026-10-25T05:00"),
		(BERLIN, NIGHT, "2026-10-24T22:00", 9, "2026-10-25T06:00"),
		(BERLIN, ALL_DAY, "2026-03-28T12:00", 24, "2026-03-29T13:00"),
		(BERLIN, ALL_DAY, "2026-10-24T12:00", 24, "2026-10-25T11:00"),
		# a shift that begins in the hour that does not exist
		(BERLIN, Shift(time(2, 30), time(10)), "2026-03-29T00:00", 6.5, "2026-03-29T10:00"),
		# and one that would end before it begins is not worked that night
		(BERLIN, Shift(time(2, 30), time(3, 15)), "2026-03-28T12:00", 0.5, "2026-03-30T03:00"),
		(NEW_YORK, NIGHT, "2026-03-07T22:00", 7, "2026-03-08T06:00"),
		(NEW_YORK, NIGHT, "2026-10-31T22:00", 9, "2026-11-01T06:00"),
		# half an hour, in the autumn of the other half of the world
		(LORD_HOWE, NIGHT, "2026-04-04T22:00", 8.5, "2026-04-05T06:00"),
	],
)
def test_what_passes_is_real_time_when_clocks_change(zone, usual, start, hours, expected):
	roster = Roster(zone, EVERY_DAY, usual)
	assert worktime.moment(roster, at(start, zone), timedelta(hours=hours)) == at(expected, zone)


def test_the_time_of_the_asker_is_the_time_of_whoever_answers():
	"""Asked in New York on Friday evening, answered from Shanghai, where it is Saturday."""
	roster = Roster(SHANGHAI, CHINA, OFFICE)
	asked = at("2026-11-20T20:00", NEW_YORK)
	assert worktime.moment(roster, asked, timedelta(hours=1)) == at("2026-11-23T10:00")


ROSTERED = Roster(
	SHANGHAI,
	CHINA,
	OFFICE,
	(
		Assignment(LATE, date(2026, 11, 16), date(2026, 11, 20)),
		Assignment(NIGHT, date(2026, 11, 23), None, EVERY_DAY),
	),
)


@pytest.mark.parametrize(
	("start", "hours", "expected"),
	[
		("2026-11-13T16:00", 1, "2026-11-13T17:00"),  # the usual shift
		("2026-11-13T16:00", 2, "2026-11-16T15:00"),  # then a week of late ones
		("2026-11-20T22:00", 1, "2026-11-23T23:00"),  # nights from Monday on
		("2026-11-28T05:00", 2, "2026-11-28T23:00"),  # whose own list knows no Saturday off
	],
)
def test_assigned_shifts_go_before_the_usual_one(start, hours, expected):
	assert worktime.moment(ROSTERED, at(start), timedelta(hours=hours)) == at(expected)


def test_two_shifts_that_overlap_are_counted_once():
	day = date(2026, 11, 18)
	both = (Assignment(OFFICE, day, day), Assignment(LATE, day, day))
	roster = Roster(SHANGHAI, CHINA, OFFICE, both)
	assert worktime.passed(roster, at("2026-11-18T00:00"), at("2026-11-19T00:00")) == timedelta(hours=13)


def test_a_night_that_runs_into_the_next_shift_is_one_span():
	monday, tuesday = date(2026, 11, 16), date(2026, 11, 17)
	both = (Assignment(NIGHT, monday, monday), Assignment(Shift(time(5), time(12)), tuesday, tuesday))
	roster = Roster(SHANGHAI, CHINA, OFFICE, both)
	assert worktime.moment(roster, at("2026-11-16T22:00"), timedelta(hours=14)) == at("2026-11-17T12:00")


def test_the_shifts_of_a_day_come_in_their_order():
	given = (Assignment(LATE, date(2026, 11, 18)), Assignment(OFFICE, date(2026, 11, 18)))
	roster = Roster(SHANGHAI, CHINA, assignments=given)
	assert worktime.moment(roster, at("2026-11-18T08:00"), timedelta(hours=13)) == at("2026-11-18T22:00")


def test_what_comes_after_a_silence_of_a_year_does_not_count():
	roster, start = Roster(SHANGHAI, NEVER), at("2025-01-06T00:00")
	assert worktime.passed(roster, start, at("2029-03-01T00:00")) == at("2029-03-01T00:00") - start


def test_a_calendar_that_never_opens_stops_nobodys_clock():
	roster = Roster(SHANGHAI, NEVER, OFFICE)
	start = at("2026-11-18T10:00")
	assert worktime.moment(roster, start, DAY) == start + DAY
	assert worktime.passed(roster, start, start + DAY) == DAY


def test_the_moments_of_a_question():
	due = worktime.moments(Roster(SHANGHAI, CHINA), at("2026-11-20T16:00"), DAY)
	assert due == {
		50: at("2026-11-23T04:00"),
		80: at("2026-11-23T11:12"),
		100: at("2026-11-23T16:00"),
	}


@pytest.mark.parametrize(
	("now", "expected"),
	[
		("2026-11-23T03:59", ()),
		("2026-11-23T04:00", (50,)),
		("2026-11-23T11:12", (50, 80)),
		("2026-11-23T15:59", (50, 80)),
		("2026-11-30T00:00", (50, 80, 100)),
	],
)
def test_a_moment_has_come_when_it_is_there(now, expected):
	due = worktime.moments(Roster(SHANGHAI, CHINA), at("2026-11-20T16:00"), DAY)
	assert worktime.reached(due, at(now)) == expected


def test_a_moment_without_a_zone_is_refused():
	with pytest.raises(ValueError, match="needs its time zone"):
		worktime.moment(Roster(SHANGHAI), datetime(2026, 11, 20), DAY)


# what holds for all

zones = st.sampled_from([SHANGHAI, BERLIN, NEW_YORK, LORD_HOWE, ZoneInfo("America/Havana"), UTC])
clock_times = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30]))
shifts = st.builds(Shift, clock_times, clock_times)
# around both changes of the clock, on both halves of the world
near_changes = st.sampled_from([date(2026, 3, 6), date(2026, 3, 27), date(2026, 10, 2), date(2026, 10, 30)])
days = st.builds(lambda day, after: day + timedelta(days=after), near_changes, st.integers(-6, 6))
assignments = st.builds(
	lambda shift, day, length: Assignment(shift, day, day + timedelta(days=length)),
	shifts,
	days,
	st.integers(0, 9),
)
rosters = st.builds(
	Roster,
	zones,
	st.sampled_from([CHINA, EVERY_DAY, WorkCalendar()]),
	shifts,
	st.lists(assignments, max_size=3).map(tuple),
)
starts = st.builds(
	lambda day, minutes: datetime.combine(day, time(0), UTC) + timedelta(minutes=15 * minutes),
	days,
	st.integers(0, 95),
)
quarters = st.integers(0, 120).map(lambda number: timedelta(minutes=15 * number))


def is_at_work(roster: Roster, moment: datetime) -> bool:
	"""Ask the wall: a shift of yesterday or of today whose span holds this moment."""
	today = moment.astimezone(roster.zone).date()
	for day in (today - 2 * DAY, today - DAY, today):
		for shift in roster.shifts_of(day):
			last = day if shift.ends > shift.begins else day + DAY
			begins = datetime.combine(day, shift.begins, roster.zone).astimezone(UTC)
			if begins <= moment < datetime.combine(last, shift.ends, roster.zone).astimezone(UTC):
				return True
	return False


@settings(deadline=None)
@given(rosters, starts, quarters)
def test_counting_by_the_wall_gives_the_same(roster, start, length):
	step, moment, counted = timedelta(minutes=15), start, timedelta()
	while moment < start + length:
		counted += step if is_at_work(roster, moment) else timedelta()
		moment += step
	assert worktime.passed(roster, start, start + length) == counted


@settings(deadline=None)
@given(rosters, starts, quarters)
def test_exactly_what_was_allowed_has_passed_when_it_is_due(roster, start, allowed):
	due = worktime.moment(roster, start, allowed)
	assert due >= start
	assert worktime.passed(roster, start, due) == allowed
	if allowed:
		assert worktime.passed(roster, start, due - timedelta(seconds=1)) < allowed


@settings(deadline=None)
@given(rosters, starts, quarters, quarters)
def test_a_clock_that_is_read_in_between_goes_on_the_same(roster, start, first, second):
	between = worktime.moment(roster, start, first)
	assert worktime.moment(roster, between, second) == worktime.moment(roster, start, first + second)


@settings(deadline=None)
@given(rosters, starts, quarters)
def test_half_comes_before_most_and_most_before_the_end(roster, start, allowed):
	due = worktime.moments(roster, start, allowed)
	assert start <= due[50] <= due[80] <= due[100]
