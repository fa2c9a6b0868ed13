"""The life of an announcement: written, scheduled, out, over. Pure; it takes the moment."""

from datetime import datetime
from enum import StrEnum


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


def due_state(state: str, starts_on: datetime | None, ends_on: datetime | None, now: datetime) -> State:
	"""Return where an announcement stands by the clock; a draft waits for HR, what is over stays over."""
	state = State(state)
	if state == State.SCHEDULED and (not starts_on or starts_on <= now):
		state = State.OUT
	if state == State.OUT and ends_on and ends_on <= now:
		return State.OVER
	return state
