"""When somebody of the pool is called again: which step comes next, on which day, and when nobody calls any more. Pure.

One prompt at a time, each step of a time in the pool once, in their order. A step that could not be asked for on its day (a weekend,
an outage, a prompt that was still open, a contact a moment ago) waits and is not lost. Nothing is asked for after an answer, a hire or
a no; too many calls without an answer end it too.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

OPEN, SNOOZED, DONE, SKIPPED, STOPPED = "Open", "Snoozed", "Done", "Skipped", "Stopped"
LIVING = frozenset({OPEN, SNOOZED})


@dataclass(frozen=True, slots=True)
class Step:
	"""So many days after what happened somebody calls; of one reason, or of all that have no steps of their own."""

	after_days: int
	purpose: str = ""
	reason: str | None = None


@dataclass(frozen=True, slots=True)
class Limits:
	"""How often is too often, and on which days nobody works."""

	quiet_days: int = 14
	# calls in a row without an answer; 0: no limit
	most_unanswered: int = 3
	days_off: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Asked:
	"""A prompt there was or is. `after_days` is None for one that somebody set for themselves."""

	after_days: int | None
	state: str
	closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Person:
	"""What is known of somebody today. `prompts`: those of this time in the pool."""

	started_on: date
	# the day they came into the pool; much later than what happened where the history was brought in
	entered_on: date
	may_be_called: bool = True
	has_answered: bool = False
	unanswered: int = 0
	last_contact_on: date | None = None
	prompts: tuple[Asked, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Due:
	"""The next step and the first day on which it may be asked for; `since`: the day it was meant for."""

	step: Step
	on: date
	since: date


def steps_for(reason: str, steps: Iterable[Step]) -> tuple[Step, ...]:
	"""Return the steps of this reason, else those for everybody, in their order and each day once."""
	every = tuple(steps)
	own = [step for step in every if step.reason == reason]
	chosen = own or [step for step in every if not step.reason]
	by_day = {step.after_days: step for step in reversed(chosen) if step.after_days >= 0}
	return tuple(by_day[day] for day in sorted(by_day))


def why_over(person: Person, limits: Limits) -> str | None:
	"""Return why nobody is to call this person any more: "state", "answered", "unanswered"; None where somebody is."""
	if not person.may_be_called:
		return "state"
	if person.has_answered:
		return "answered"
	is_enough = limits.most_unanswered and person.unanswered >= limits.most_unanswered
	return "unanswered" if is_enough else None


def upcoming(person: Person, steps: tuple[Step, ...], limits: Limits) -> Due | None:
	"""Return the next step, None when there is none or another prompt waits to be answered."""
	if why_over(person, limits) or any(asked.state in LIVING for asked in person.prompts):
		return None
	step = next(iter(_left(person, steps)), None)
	if step is None:
		return None
	since = max(person.started_on + timedelta(step.after_days), person.entered_on)
	return Due(step, max(since, _quiet_until(person, limits)), since)


def due(person: Person, steps: tuple[Step, ...], limits: Limits, today: date) -> Due | None:
	"""Return the step somebody is asked for today."""
	found = upcoming(person, steps, limits)
	return found if found and found.on <= today and today not in limits.days_off else None


def wakes(until: date | None, limits: Limits, today: date) -> bool:
	"""Say whether a prompt that was put off comes back today."""
	return (until is None or until <= today) and today not in limits.days_off


def order(likelihood: int, since: date, today: date) -> int:
	"""Return how early in the day's list somebody stands: the likelier the earlier, and a day of waiting counts as one point.

	So nobody waits for ever because others are likelier.
	"""
	return likelihood + max((today - since).days, 0)


def _left(person: Person, steps: tuple[Step, ...]) -> list[Step]:
	"""Leave out what was asked for. Of what was over before the person came into the pool only the last step is asked for."""
	done = max((asked.after_days for asked in person.prompts if asked.after_days is not None), default=-1)
	left = [step for step in steps if step.after_days > done]
	over = [step for step in left if person.started_on + timedelta(step.after_days) < person.entered_on]
	return left[max(len(over) - 1, 0) :]


def _quiet_until(person: Person, limits: Limits) -> date:
	touched = [asked.closed_on for asked in person.prompts if asked.closed_on] + [person.last_contact_on]
	last = max((day for day in touched if day), default=None)
	return last + timedelta(limits.quiet_days) if last else date.min
