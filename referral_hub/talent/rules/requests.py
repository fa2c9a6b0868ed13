"""When a colleague who was asked to write to somebody of the pool may read about them, and who is reminded when. Pure.

Working days are those of the company (referrals/rules/sla.py): what is due on a day is overdue from the next working day on.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from referral_hub.referrals.rules import sla
from referral_hub.referrals.rules.sla import WorkCalendar

OPEN, ANSWERED, WITHDRAWN, EXPIRED = "Open", "Answered", "Withdrawn", "Expired"
WROTE, NOT_ME, KNOWS_BETTER = "Wrote", "Not Me", "Knows Better"
REPLIED, APPLIED, HIRED = "Replied", "Applied Again", "Hired"
# working days: whoever may wait longer is not asked, and nobody reads about a person for years
MOST_DAYS = 90
# what came of a message, the furthest last
_OUTCOMES = (None, REPLIED, APPLIED, HIRED)


class Step(StrEnum):
	"""Who hears of a day that comes or is over, one after the other."""

	AHEAD = "Ahead"
	OVERDUE = "Overdue"
	ESCALATED = "Escalated"


@dataclass(frozen=True, slots=True)
class Request:
	"""What the clock of one request depends on."""

	state: str
	asked_on: date
	due_on: date
	closes_on: date


def due_on(calendar: WorkCalendar, asked_on: date, days: int) -> date:
	"""Return the day of the answer; at least the next working day."""
	return sla.after_working_days(calendar, asked_on, max(days, 1))


def closes_on(calendar: WorkCalendar, due: date, open_days: int) -> date:
	return sla.after_working_days(calendar, due, max(open_days, 0))


def is_readable(request: Request, today: date) -> bool:
	"""Say whether the colleague may read about the person: while the request is open and its end has not passed."""
	return request.state == OPEN and today <= request.closes_on


def is_over(request: Request, today: date) -> bool:
	"""Say whether nobody has answered in time, and the request is to be closed."""
	return request.state == OPEN and today > request.closes_on


def steps_due(
	request: Request, today: date, escalation_days: int, calendar: WorkCalendar
) -> tuple[Step, ...]:
	"""Return what is to be said by today: before the day while it is not over, then that it is over, then to HR."""
	if not is_readable(request, today) or not calendar.is_working(today):
		return ()
	if today <= request.due_on:
		is_near = request.asked_on < today and _working_day_before(calendar, request.due_on) <= today
		return (Step.AHEAD,) if is_near else ()
	if today < sla.after_working_days(calendar, request.due_on, 1):
		return ()
	is_late = today >= sla.told_to_manager_on(request.due_on, escalation_days, calendar)
	return (Step.OVERDUE, Step.ESCALATED) if is_late else (Step.OVERDUE,)


def further(outcome: str | None, other: str) -> bool:
	"""Say whether the other outcome goes further than the one that is known."""
	return _OUTCOMES.index(other) > _OUTCOMES.index(outcome or None)


def _working_day_before(calendar: WorkCalendar, day: date) -> date:
	"""Return the working day before a day; without any in a month, the day itself."""
	before = (day - timedelta(days=back) for back in range(1, 32))
	return next((each for each in before if calendar.is_working(each)), day)
