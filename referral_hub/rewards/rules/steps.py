"""What must happen to each promise of a referral now. Pure, and the same whatever came before in which order.

Compares what the frozen terms promise and the referral has reached with the rewards that exist. Run twice,
it asks for nothing the second time. A reward that a person in HR voided is left alone.
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from referral_hub.referrals.rules.outcomes import Outcome
from referral_hub.rewards.rules.milestones import (
	NEEDS_THE_HIRE,
	NEVER_COUNTED,
	RETAINED,
	Progress,
	earns_more,
	left_within,
	reached_on,
	retained_on,
)
from referral_hub.rewards.rules.states import PROMISED, STANDING
from referral_hub.rewards.rules.terms import Promise


class Do(Enum):
	NOTHING = "nothing"
	PROMISE = "promise"  # the day it comes true is known and lies ahead
	EARN = "earn"
	UNDO = "undo"


@dataclass(frozen=True)
class Existing:
	"""A reward that exists for a promise."""

	state: str
	earned_on: date | None = None
	decided_by_person: bool = False


@dataclass(frozen=True)
class Step:
	do: Do
	on: date | None = None
	reason: str | None = None


NOTHING = Step(Do.NOTHING)


OTHER_CHOSEN, HIRE_DIFFERS, LEFT_WITHIN = "other_chosen", "hire_differs", "left_within"


def why_barred(promise: Promise, option: str, hire_differs: bool) -> str:
	"""Say why a promise is not earned although its step was reached; empty when nothing bars it."""
	if promise.option not in ("", option):
		return OTHER_CHOSEN
	return HIRE_DIFFERS if hire_differs and promise.milestone in NEEDS_THE_HIRE else ""


def next_step(
	promise: Promise, existing: Existing | None, progress: Progress, today: date, barred: str = ""
) -> Step:
	"""Say what must happen to one promise. What somebody has earned, a later change of the hire's post does not take.

	Nor what is promised for a day to come: the hire was what the terms ask for when they joined.
	"""
	if barred != OTHER_CHOSEN and left_within(promise.back_within, progress):
		barred = LEFT_WITHIN
	if barred in (OTHER_CHOSEN, LEFT_WITHIN):
		stands = existing and existing.state in STANDING
		return Step(Do.UNDO, reason=barred) if stands else NOTHING
	if barred == HIRE_DIFFERS and not (existing and existing.state in STANDING):
		return NOTHING
	reached = reached_on(promise.milestone, promise.after_months, progress, today)
	if reached:
		return _reached(existing, reached, progress)
	expected = retained_on(promise.after_months, progress) if promise.milestone == RETAINED else None
	if expected:
		return _expected(existing, expected)
	if existing and existing.state in STANDING:
		return Step(Do.UNDO, reason=_why_undone(promise, progress))
	return NOTHING


def _reached(existing: Existing | None, reached: date, progress: Progress) -> Step:
	if existing and (existing.decided_by_person or existing.state in STANDING - {PROMISED}):
		return NOTHING
	return Step(Do.EARN, reached) if earns_more(progress) else NOTHING


def _expected(existing: Existing | None, expected: date) -> Step:
	"""Only Retained is promised ahead. A joining date corrected to a later day undoes what came too early."""
	if not existing:
		return Step(Do.PROMISE, expected)
	if existing.state == PROMISED:
		return NOTHING if existing.earned_on == expected else Step(Do.PROMISE, expected)
	if existing.state in STANDING:
		return Step(Do.UNDO, reason="too_early")
	return NOTHING if existing.decided_by_person else Step(Do.PROMISE, expected)


def _why_undone(promise: Promise, progress: Progress) -> str:
	if progress.outcome in NEVER_COUNTED:
		return "not_counted"
	if promise.milestone == RETAINED and progress.outcome == Outcome.LEFT:
		return "left_early"
	return "stage_back"
