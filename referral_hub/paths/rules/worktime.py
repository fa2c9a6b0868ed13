"""A clock that runs while people work: when so many working hours are over, and how many have passed. Pure.

Who has to answer works by a Holiday List and, where HRMS knows them, by shifts. A shift that ends before it begins ends on the next
morning and belongs to the day it began on: a night shift before a holiday is worked, the one that would begin on it is not. Times are
those of the wall in one zone; what passes is real time, so the night on which clocks go back is an hour longer.
Whoever knows no shift passes `ALL_DAY`: the clock then runs around the clock on working days and stands still on holidays.
Called by the questions of newcomers, which say what time it is.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from referral_hub.referrals.rules.sla import WorkCalendar

# when people are reminded, and when it is escalated, as shares of the time there is
HALF, MOST, WHOLE = 50, 80, 100
SHARES = (HALF, MOST, WHOLE)
# A calendar without any working time in more than a year says nothing about when people work.
_LONGEST_PAUSE = timedelta(days=400)
_DAY = timedelta(days=1)

Window = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Shift:
	"""From one time of the wall to another; to the same one is a whole day."""

	begins: time = time(0)
	ends: time = time(0)


ALL_DAY = Shift()


@dataclass(frozen=True, slots=True)
class Assignment:
	"""A shift somebody was given for some days; its own calendar, where the shift has a Holiday List."""

	shift: Shift
	starts_on: date
	ends_on: date | None = None
	calendar: WorkCalendar | None = None

	def covers(self, day: date) -> bool:
		return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True)
class Roster:
	"""When somebody works: by their assignments, on other days by their usual shift."""

	zone: tzinfo
	calendar: WorkCalendar = field(default_factory=WorkCalendar)
	usual: Shift = ALL_DAY
	assignments: tuple[Assignment, ...] = ()
	# where the usual shift has a Holiday List of its own
	usual_calendar: WorkCalendar | None = None

	def shifts_of(self, day: date) -> tuple[Shift, ...]:
		given = [one for one in self.assignments if one.covers(day)]
		if not given:
			return (self.usual,) if (self.usual_calendar or self.calendar).is_working(day) else ()
		return tuple(one.shift for one in given if (one.calendar or self.calendar).is_working(day))


def moment(roster: Roster, start: datetime, allowed: timedelta) -> datetime:
	"""Return the first moment at which `allowed` working time has passed since `start`, in UTC."""
	left, reached = max(allowed, timedelta()), _utc(start)
	for begins, ends in windows(roster, start):
		if not left or ends - begins >= left:
			return begins + left if left else reached
		left, reached = left - (ends - begins), ends
	return reached + left


def passed(roster: Roster, start: datetime, now: datetime) -> timedelta:
	"""Return the working time between two moments; nothing when the second is not later."""
	total, reached, until = timedelta(), _utc(start), _utc(now)
	for begins, ends in windows(roster, start, until):
		total, reached = total + min(ends, until) - begins, ends
	if reached < until and next(windows(roster, reached), None) is None:
		total += until - reached
	return total


def moments(roster: Roster, start: datetime, allowed: timedelta) -> dict[int, datetime]:
	"""Return when half, most and all of the time will be over."""
	return {share: moment(roster, start, allowed * share / WHOLE) for share in SHARES}


def reached(due: dict[int, datetime], now: datetime) -> tuple[int, ...]:
	"""Return the shares whose moment has come."""
	return tuple(share for share in SHARES if share in due and due[share] <= _utc(now))


def windows(roster: Roster, start: datetime, until: datetime | None = None) -> Iterator[Window]:
	"""Yield the spans of work from `start` on, in UTC, in order, none over another; none after a silence of a year."""
	covered = _utc(start)
	for begins, ends in _spans(roster, covered, until):
		if begins - covered > _LONGEST_PAUSE or (until and max(begins, covered) >= until):
			return
		if ends > covered:
			yield max(begins, covered), ends
			covered = ends


def _spans(roster: Roster, since: datetime, until: datetime | None) -> Iterator[Window]:
	"""Yield each shift, also those of the day before, which may last into this one."""
	day, quiet_since = since.astimezone(roster.zone).date() - _DAY, since
	while _wall(roster, day, time(0)) <= (until or quiet_since + _LONGEST_PAUSE):
		for begins, ends in sorted(_span(roster, day, shift) for shift in roster.shifts_of(day)):
			quiet_since = max(quiet_since, ends)
			yield begins, ends
		day += _DAY


def _span(roster: Roster, day: date, shift: Shift) -> Window:
	last_day = day if shift.ends > shift.begins else day + _DAY
	begins, ends = _wall(roster, day, shift.begins), _wall(roster, last_day, shift.ends)
	# a shift that begins in the hour that clocks leave out may begin after its end: nobody works it
	return begins, max(begins, ends)


def _wall(roster: Roster, day: date, at: time) -> datetime:
	return datetime.combine(day, at, roster.zone).astimezone(UTC)


def _utc(at: datetime) -> datetime:
	if at.tzinfo is None:
		raise ValueError("A moment needs its time zone")
	return at.astimezone(UTC)
