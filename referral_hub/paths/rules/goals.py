"""Goals agreed before joining: what may be done when, until when each is to be reached, and what has become of it. Pure.

A plan goes Draft -> Proposed -> (Commented ->) Agreed -> Under Way -> Over. Whoever agrees agrees to what they saw: `fingerprint` tells
whether it is still that. `paths.goals` holds the documents.
"""

import json
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256

MOST_MONTHS = 12
# where a goal's day is moved later: nobody is a newcomer for longer
LONGEST_MONTHS = 24
# percentage points a goal may lag behind an even pace before it is said
SLACK = 25


class State(StrEnum):
	DRAFT = "Draft"
	PROPOSED = "Proposed"
	COMMENTED = "Commented"
	AGREED = "Agreed"
	UNDER_WAY = "Under Way"
	OVER = "Over"
	CANCELLED = "Cancelled"


class Step(StrEnum):
	PROPOSE = "propose"
	COMMENT = "comment"
	ACCEPT = "accept"
	START = "start"
	END = "end"
	CANCEL = "cancel"


_MAY = {
	Step.PROPOSE: {State.DRAFT, State.PROPOSED, State.COMMENTED},
	Step.COMMENT: {State.PROPOSED, State.COMMENTED},
	Step.ACCEPT: {State.PROPOSED, State.COMMENTED},
	Step.START: {State.AGREED},
	Step.END: {State.UNDER_WAY},
	Step.CANCEL: {State.DRAFT, State.PROPOSED, State.COMMENTED, State.AGREED, State.UNDER_WAY},
}
# what is proposed or agreed and then changed is a draft again
_ON_THE_TABLE = frozenset({State.PROPOSED, State.COMMENTED, State.AGREED})
FIXED = frozenset({State.UNDER_WAY, State.OVER, State.CANCELLED})


@dataclass(frozen=True, slots=True)
class Goal:
	"""One goal as it is proposed: what, how it is seen, within how many months of the first day."""

	words: str
	measure: str
	months: int


@dataclass(frozen=True, slots=True)
class Actual:
	"""What HRMS says of a goal by now."""

	words: str
	progress: Decimal
	status: str
	ends_on: date | None


class Course(StrEnum):
	REACHED = "reached"
	ON_COURSE = "on course"
	BEHIND = "behind"
	LATE = "late"
	SET_ASIDE = "set aside"
	DELETED = "deleted"


class Change(StrEnum):
	WORDS = "words"
	DAY = "day"


@dataclass(frozen=True, slots=True)
class Standing:
	"""Where a goal stands: how far, how far an even pace would be, and how it differs from what was agreed."""

	course: Course
	progress: Decimal
	expected: int
	changes: tuple[Change, ...]

	@property
	def deviates(self) -> bool:
		return self.course not in (Course.REACHED, Course.ON_COURSE) or bool(self.changes)


def may(step: Step, state: State) -> bool:
	return state in _MAY[step]


def after_change(state: State) -> State:
	"""Return the state of a plan whose goals were changed."""
	return State.DRAFT if state in _ON_THE_TABLE else state


def fingerprint(goals: Iterable[Goal]) -> str:
	"""Return what is the same for the same goals in the same order, and different for any others."""
	rows = [[goal.words, goal.measure, goal.months] for goal in goals]
	return sha256(json.dumps(rows).encode()).hexdigest()


def ends_on(joining: date, months: int) -> date:
	"""Return the same day some months later, or the last of that month where there is none."""
	years, month = divmod(joining.month - 1 + months, 12)
	year, month = joining.year + years, month + 1
	return date(year, month, min(joining.day, monthrange(year, month)[1]))


def standing(goal: Goal, joining: date, actual: Actual | None, today: date) -> Standing:
	"""Say where a goal stands that was agreed for somebody who joined on this day."""
	agreed_end = ends_on(joining, goal.months)
	if actual is None:
		return Standing(Course.DELETED, Decimal(0), 0, ())
	end = actual.ends_on or agreed_end
	expected = _expected(joining, end, today)
	changes = ((Change.WORDS, actual.words != goal.words), (Change.DAY, end != agreed_end))
	changed = tuple(change for change, is_so in changes if is_so)
	return Standing(_course(actual, end, expected, today), actual.progress, expected, changed)


def last_month(joining: date, ends: Iterable[date]) -> int:
	"""Return the month within which the last goal is to be reached, by the days the goals have now."""
	last = max(ends)
	return next(
		(month for month in range(1, LONGEST_MONTHS) if ends_on(joining, month) >= last), LONGEST_MONTHS
	)


def check_in_due(joining: date, last_month: int, asked: int, today: date) -> int | None:
	"""Return the month whose talk is due and was not asked for yet: the latest, so that what was missed is not caught up."""
	due = [month for month in range(1, last_month + 1) if ends_on(joining, month) <= today]
	return due[-1] if due and due[-1] > asked else None


def is_moved_ahead(before: date, now: date, today: date) -> bool:
	"""Say whether a first day was moved that has not come yet: what happened is not counted anew."""
	return before != now and today < max(before, now)


def is_over(joining: date, last_month: int, today: date) -> bool:
	"""Say whether a month has passed since the last goal was to be reached."""
	return today > ends_on(joining, last_month + 1)


def _expected(joining: date, end: date, today: date) -> int:
	days = (end - joining).days
	if days <= 0:
		return 100
	return max(0, min(100, 100 * (today - joining).days // days))


def _course(actual: Actual, end: date, expected: int, today: date) -> Course:
	if actual.status in ("Archived", "Closed"):
		return Course.SET_ASIDE
	if actual.progress >= 100:
		return Course.REACHED
	if today > end:
		return Course.LATE
	return Course.BEHIND if expected - actual.progress > SLACK else Course.ON_COURSE
