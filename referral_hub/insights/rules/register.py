"""Where rewards stand, and what they come to, told apart by what was handed over, what is to come and what went back. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from referral_hub.rewards.rules import states


class Phase(StrEnum):
	TO_COME = "to_come"
	PAID = "paid"
	CONFIRMED = "confirmed"
	OWED = "owed"
	CLAWED_BACK = "clawed_back"
	VOID = "void"


_STATES = {
	Phase.TO_COME: states.UNPAID,
	Phase.PAID: frozenset({states.PAID}),
	Phase.CONFIRMED: frozenset({states.CONFIRMED}),
	Phase.OWED: frozenset({states.OWED}),
	Phase.CLAWED_BACK: frozenset({states.CLAWED_BACK}),
	Phase.VOID: frozenset({states.VOID}),
}


@dataclass(frozen=True, slots=True)
class Sum:
	"""How many rewards of a group and kind are in a state, and what they come to in one currency ("": points, days, pieces)."""

	group: str
	kind: str
	currency: str
	state: str
	number: int
	amount: float


@dataclass(frozen=True, slots=True)
class Line:
	group: str
	kind: str
	currency: str
	numbers: dict[Phase, int]
	amounts: dict[Phase, float]

	@property
	def handed_over(self) -> float:
		return self.amounts[Phase.PAID] + self.amounts[Phase.CONFIRMED]


def states_of(phase: Phase) -> frozenset[str]:
	return _STATES[phase]


def lines(sums: Iterable[Sum]) -> list[Line]:
	"""Return a line for each group, kind and currency: nothing is added up that is not the same."""
	grouped: dict[tuple[str, str, str], list[Sum]] = defaultdict(list)
	for one in sums:
		grouped[one.group, one.kind, one.currency].append(one)
	return [_line(key, grouped[key]) for key in sorted(grouped)]


def by_currency(found: Iterable[Line]) -> dict[str, float]:
	"""Return what was handed over in each currency."""
	summed: dict[str, float] = defaultdict(float)
	for line in found:
		if line.currency and line.handed_over:
			summed[line.currency] += line.handed_over
	return dict(sorted(summed.items()))


def _line(key: tuple[str, str, str], sums: list[Sum]) -> Line:
	within = {phase: [one for one in sums if one.state in states_of(phase)] for phase in Phase}
	return Line(
		*key,
		{phase: sum(one.number for one in found) for phase, found in within.items()},
		{phase: sum(one.amount for one in found) for phase, found in within.items()},
	)
