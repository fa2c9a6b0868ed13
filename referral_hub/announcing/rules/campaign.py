"""The life of an announcement: written, scheduled, out, over. Pure; it takes the moment."""

from datetime import datetime
from enum import StrEnum

# fewer people than this are nobody's to be counted
LEAST = 5
HIDDEN, FEW, NEARLY_ALL = "hidden", "few", "nearly all"


class State(StrEnum):
	DRAFT = "Draft"
	SCHEDULED = "Scheduled"
	OUT = "Out"
	OVER = "Over"


_STEPS = {
	State.DRAFT: {State.SCHEDULED, State.OUT},
	State.SCHEDULED: {State.DRAFT, State.OUT},
	State.OUT: {State.OVER},
	State.OVER: frozenset(),
}


def may_move(state: str, to: str) -> bool:
	return State(to) in _STEPS[State(state)]


def told(count: int, meant: int) -> int | str:
	"""Return how many of those it is for did something, as far as HR is told: in a small audience that would say who.

	The number where at least LEAST did and LEAST did not; else in words which it is.
	"""
	if meant < 2 * LEAST:
		return HIDDEN
	if count < LEAST:
		return FEW
	return count if count <= meant - LEAST else NEARLY_ALL


def due_state(state: str, starts_on: datetime | None, ends_on: datetime | None, now: datetime) -> State:
	"""Return where an announcement stands by the clock; a draft waits for HR, what is over stays over."""
	state = State(state)
	if state == State.SCHEDULED and (not starts_on or starts_on <= now):
		state = State.OUT
	if state == State.OUT and ends_on and ends_on <= now:
		return State.OVER
	return state
