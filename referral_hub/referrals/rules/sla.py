"""When the next word to a referrer is due, and who has to be reminded when it is overdue. Pure.

A word is a move of the stage, an interview date, or what HR writes to the referrer. Each stage gives HR some working days
until the next one, counted from the last word (or from the interview, when one lies ahead). Working days are those of the
company's Holiday List. What is due on a day is overdue from the next working day on: a date that falls into a holiday
troubles nobody before work goes on.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

# The stages in which the referrer waits for the company; in the others for the candidate, or for time to pass.
STAGES_WITH_A_CLOCK = ("Submitted", "Screening", "Interviewing", "Selected", "Offered")
DEFAULT_LEVELS = {"Submitted": 5, "Screening": 5, "Interviewing": 10, "Selected": 5, "Offered": 10}
# Without any Holiday List.
SATURDAY_AND_SUNDAY = frozenset({5, 6})
# A Holiday List that leaves no working day within a year says nothing about when people work.
_LONGEST_PAUSE = 366


class Step(StrEnum):
	"""Who is reminded, one after the other."""

	RECRUITER = "Recruiter"
	REFERRER = "Referrer"
	MANAGER = "HR Manager"


@dataclass(frozen=True)
class WorkCalendar:
	"""The days on which a company works. Outside the dates its list covers, its weekly days off go on."""

	holidays: frozenset[date] = frozenset()
	weekly_off: frozenset[int] = SATURDAY_AND_SUNDAY
	starts_on: date | None = None
	ends_on: date | None = None

	def is_working(self, day: date) -> bool:
		if day in self.holidays:
			return False
		return self._is_covered(day) or day.weekday() not in self.weekly_off

	def _is_covered(self, day: date) -> bool:
		if self.starts_on is None or self.ends_on is None:
			return False
		return self.starts_on <= day <= self.ends_on


def calendar_of(
	holidays: Iterable[tuple[date, bool]], starts_on: date | None = None, ends_on: date | None = None
) -> WorkCalendar:
	"""Return the calendar of a Holiday List: each holiday with whether it is a weekly day off."""
	rows = list(holidays)
	return WorkCalendar(
		holidays=frozenset(day for day, _weekly in rows),
		weekly_off=frozenset(day.weekday() for day, weekly in rows if weekly),
		starts_on=starts_on,
		ends_on=ends_on,
	)


@lru_cache(maxsize=4096)
def after_working_days(calendar: WorkCalendar, start: date, days: int) -> date:
	"""Return the working day that is `days` working days after `start`; the start itself does not count."""
	day, left, paused = start, max(days, 0), 0
	while left or not calendar.is_working(day):
		day += timedelta(days=1)
		if calendar.is_working(day):
			left, paused = max(left - 1, 0), 0
		else:
			paused += 1
			if paused > _LONGEST_PAUSE:
				return start + timedelta(days=days)
	return day


def working_days_between(calendar: WorkCalendar, start: date, end: date) -> int:
	"""Return how many working days after `start` come up to and including `end`."""
	span = (end - start).days
	return sum(calendar.is_working(start + timedelta(days=step)) for step in range(1, span + 1))


@dataclass(frozen=True, slots=True)
class Waiting:
	"""What the clock of one referral depends on."""

	stage: str
	is_open: bool
	clock_from: date | None
	promised_by: date | None = None


def next_word_due(waiting: Waiting, levels: dict[str, int], calendar: WorkCalendar) -> date | None:
	"""Return the day by which the referrer is to hear again; None when nobody owes them a word."""
	days = levels.get(waiting.stage, 0)
	if not waiting.is_open or not days or waiting.clock_from is None:
		return None
	if waiting.promised_by:
		return waiting.promised_by
	return after_working_days(calendar, waiting.clock_from, days)


def clock_from(now: date, moved: bool, interview_on: date | None, before: date | None) -> date | None:
	"""Return the day from which working days count after a look at HRMS.

	An interview ahead starts the clock on its day. One that was cancelled gives the clock back to today.
	"""
	if interview_on is not None and interview_on >= now:
		return interview_on
	if moved or before is None:
		return now
	return min(before, now)


def steps_due(due: date, today: date, escalation_days: int, calendar: WorkCalendar) -> tuple[Step, ...]:
	"""Return who is to know by today that a word is overdue, in the order they are told.

	The recruiter and the referrer on the first working day after the due date, the HR Manager some working days later.
	"""
	if not due < today or not calendar.is_working(today):
		return ()
	reminded_on = after_working_days(calendar, due, 1)
	if today < reminded_on:
		return ()
	steps = (Step.RECRUITER, Step.REFERRER)
	if today >= told_to_manager_on(due, escalation_days, calendar):
		steps += (Step.MANAGER,)
	return steps


def told_to_manager_on(due: date, escalation_days: int, calendar: WorkCalendar) -> date:
	return after_working_days(calendar, due, 1 + max(escalation_days, 0))


def levels_of(days_of_stages: dict[str, int | None]) -> dict[str, int]:
	"""Return the working days of each stage that has a clock; a stage of 0 days has none."""
	return {stage: days_of_stages.get(stage) or 0 for stage in STAGES_WITH_A_CLOCK}
