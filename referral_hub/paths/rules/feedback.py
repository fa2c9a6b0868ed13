"""A newcomer's question: who answers it, who is reminded when, and what each side may do next. Pure.

The clock runs while a question is open; an answer stops it, a question that comes back gets a new one. A reminder is said once, and
who was not reminded in time is not reminded twice at once: the latest counts. A question that only HR may see never reaches a manager,
not even when it is overdue. Nobody answers their own. When the moments are, `worktime` says.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from referral_hub.paths.rules import worktime

BEST = 5


class State(StrEnum):
	OPEN = "Open"
	ANSWERED = "Answered"
	RESOLVED = "Resolved"
	WITHDRAWN = "Withdrawn"


class Side(StrEnum):
	"""Who acts: the one who asked, the one who answers (HR always may), or time."""

	ASKER = "Asker"
	ANSWERER = "Answerer"
	TIME = "Time"


class Act(StrEnum):
	SAY = "say"
	ANSWER = "answer"
	HAND_ON = "hand_on"
	SETTLE = "settle"
	REOPEN = "reopen"
	WITHDRAW = "withdraw"
	CLOSE = "close"


# what is possible, and what follows; everything else is refused
_NEXT: dict[tuple[State, Act, Side], State] = {
	(State.OPEN, Act.SAY, Side.ASKER): State.OPEN,
	(State.OPEN, Act.SAY, Side.ANSWERER): State.OPEN,
	(State.OPEN, Act.ANSWER, Side.ANSWERER): State.ANSWERED,
	(State.OPEN, Act.HAND_ON, Side.ANSWERER): State.OPEN,
	(State.OPEN, Act.WITHDRAW, Side.ASKER): State.WITHDRAWN,
	(State.ANSWERED, Act.SAY, Side.ASKER): State.ANSWERED,
	(State.ANSWERED, Act.SAY, Side.ANSWERER): State.ANSWERED,
	(State.ANSWERED, Act.SETTLE, Side.ASKER): State.RESOLVED,
	(State.ANSWERED, Act.REOPEN, Side.ASKER): State.OPEN,
	(State.ANSWERED, Act.CLOSE, Side.TIME): State.RESOLVED,
}
ENDED = frozenset({State.RESOLVED, State.WITHDRAWN})


def after(state: State, act: Act, side: Side) -> State | None:
	"""Return the state that follows; None when this side can't do this now."""
	return _NEXT.get((state, act, side))


def possible(state: State, side: Side) -> tuple[Act, ...]:
	"""Return what a side may do, in the order a page offers it."""
	return tuple(act for act in Act if (state, act, side) in _NEXT)


def starts_a_clock(act: Act) -> bool:
	"""Neither a further word nor another hand gives more time: the newcomer waits all the same."""
	return act is Act.REOPEN


def is_rating(given: int | None) -> bool:
	"""A rating is a choice: from 1 to 5, or none."""
	return given is None or 1 <= given <= BEST


# who answers


@dataclass(frozen=True, slots=True)
class Route:
	"""Who answers first, and who is told when it is overdue; users, each once."""

	answerer: str | None
	escalates_to: tuple[str, ...]


def route(
	asker: Iterable[str],
	manager: str | None,
	hr: Iterable[str],
	heads: Iterable[str],
	*,
	only_hr: bool = False,
	manager_first: bool = True,
) -> Route:
	"""Return whose question it is.

	`asker` are all users of the one who asks, and whoever else never answers this; `hr` answers when there is no manager, or when only HR may see it; `heads` of HR, and HR
	itself where a manager was first, hear of what is overdue. A manager who is of HR, too, is left out of what only HR may see. Where
	nobody is left, nobody answers: the page says so before it is sent.
	"""
	own = {*asker, manager} if only_hr else set(asker)
	to_manager = [] if only_hr else [manager]
	to_hr, to_heads = list(hr), list(heads)
	line = [*to_manager, *to_hr] if manager_first else [*to_hr, *to_manager]
	everybody = _each_once([*line, *to_heads], own)
	if not everybody:
		return Route(None, ())
	first = everybody[0]
	beyond = [*to_hr, *to_heads] if first == manager else to_heads
	not_again = own | {first}
	return Route(first, _each_once(beyond, not_again) or _each_once(to_hr, not_again))


def _each_once(users: Iterable[str | None], without: set[str]) -> tuple[str, ...]:
	return tuple(dict.fromkeys(user for user in users if user and user not in without))


# the clock


class Told(StrEnum):
	"""What is said when a share of the time is over."""

	REMINDED = "reminded"
	REMINDED_AGAIN = "reminded_again"
	ESCALATED = "escalated"


TOLD_AT: Mapping[int, Told] = {
	worktime.HALF: Told.REMINDED,
	worktime.MOST: Told.REMINDED_AGAIN,
	worktime.WHOLE: Told.ESCALATED,
}


@dataclass(frozen=True, slots=True)
class Standing:
	"""A question as it stands: its state, its moments, and the share up to which people were told in this round."""

	state: State
	due: Mapping[int, datetime]
	told_up_to: int = 0


def to_tell(standing: Standing, now: datetime) -> tuple[int, Told] | None:
	"""Return the share that is to be kept as told, and what is said; None when nothing is due."""
	if standing.state is not State.OPEN:
		return None
	come = worktime.reached(dict(standing.due), now)
	latest = max(come, default=0)
	return (latest, TOLD_AT[latest]) if latest > standing.told_up_to else None


def is_overdue(standing: Standing, now: datetime) -> bool:
	end = standing.due.get(worktime.WHOLE)
	return standing.state is State.OPEN and end is not None and end <= now


def was_in_time(answered_on: datetime, due: Mapping[int, datetime]) -> bool:
	"""The last moment is in time."""
	return answered_on <= due[worktime.WHOLE]


# who sees it


def may_read(
	user: str, asker: Iterable[str], answerer: str | None, escalated: Iterable[str], is_hr: bool
) -> bool:
	"""A manager reads what was handed to them, by the route or by hand; nothing else of their people."""
	return is_hr or user in {*asker, answerer, *escalated}
