"""When a digest goes out, and whether it is time for one: at most one for each period. Pure.

A period begins at the moment the digest is due by the person's own clock and lasts until it is due again. What is told in
a period waits for the next one, so that nothing is told twice and nothing is left out.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from enum import StrEnum

from referral_hub.messages.rules.quiet_hours import moments_at

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Rhythm(StrEnum):
	IMMEDIATELY = "Immediately"
	DAILY = "Daily"
	WEEKLY = "Weekly"


@dataclass(frozen=True)
class Schedule:
	"""How often, at what time of the person's day, and for Weekly on which day (Monday is 0)."""

	rhythm: Rhythm = Rhythm.IMMEDIATELY
	at: time = time(9)
	weekday: int = 0

	@property
	def collects(self) -> bool:
		return self.rhythm != Rhythm.IMMEDIATELY


AT_ONCE = Schedule()


def next_due(after: datetime, schedule: Schedule, zone: tzinfo) -> datetime:
	"""Return the first moment strictly after this one at which the period changes."""
	day = after.astimezone(zone).date()
	while True:
		if schedule.rhythm == Rhythm.DAILY or day.weekday() == schedule.weekday:
			due = due_on(day, schedule.at, zone)
			if due > after:
				return due
		day += timedelta(days=1)


def last_due(now: datetime, schedule: Schedule, zone: tzinfo) -> datetime:
	"""Return the last moment, now at the latest, at which the period changed."""
	due = next_due(now - timedelta(days=8), schedule, zone)
	while (following := next_due(due, schedule, zone)) <= now:
		due = following
	return due


def month_due(now: datetime, at: time, zone: tzinfo) -> datetime:
	"""Return the last first of a month at this time, now at the latest."""
	first = now.astimezone(zone).date().replace(day=1)
	due = due_on(first, at, zone)
	return due if due <= now else due_on((first - timedelta(days=1)).replace(day=1), at, zone)


def due_on(day, at: time, zone: tzinfo) -> datetime:
	"""Return the moment of the digest on this day, also when the clock skips that time."""
	shown = moments_at(day, at, zone)
	return shown[0] if shown else datetime.combine(day, at, zone).astimezone(UTC)


def may_send(last: datetime | None, now: datetime, schedule: Schedule, zone: tzinfo) -> bool:
	"""Say whether this period has had no digest yet."""
	return last is None or next_due(last, schedule, zone) <= now
