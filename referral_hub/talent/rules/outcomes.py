"""What calling people back comes to: how many answered and came back, and how sure one can be of it. Pure.

A rate of few people says little: it is given with the Wilson score interval of 95 % (E. B. Wilson, "Probable Inference, the Law of
Succession, and Statistical Inference", Journal of the American Statistical Association 22, 1927), which never leaves 0 to 100 % and
says something also where nobody, or everybody, answered.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from math import sqrt

# the normal distribution holds 95 % within so many standard deviations
Z_95 = 1.959963984540054
REPLIED, INTERESTED, APPLIED, HIRED, RETAINED = "Replied", "Interested", "Applied Again", "Hired", "Retained"
# in this order: whoever was hired had applied, and whoever applied was interested and had answered
OUTCOMES = (REPLIED, INTERESTED, APPLIED, HIRED, RETAINED)


@dataclass(frozen=True, slots=True)
class Call:
	"""One contact we made: by what and whom, at which step; what came of it is in the order of OUTCOMES."""

	person: str
	at: datetime
	reason: str = ""
	template: str = ""
	sender: str = ""
	step: str = ""


@dataclass(frozen=True, slots=True)
class Life:
	"""The moments at which a person reached each outcome; one that was never reached is not there."""

	reached: dict[str, tuple[datetime, ...]]


@dataclass(frozen=True, slots=True)
class Rate:
	"""How many of how many, and between which two shares the true one lies with 95 %; None where nobody was called."""

	count: int
	of: int
	low: float | None
	high: float | None

	@property
	def share(self) -> float | None:
		return self.count / self.of if self.of else None


def rate(count: int, of: int) -> Rate:
	if not 0 <= count <= of:
		raise ValueError(f"{count} of {of}")
	if not of:
		return Rate(0, 0, None, None)
	share, square = count / of, Z_95**2
	middle = (share + square / (2 * of)) / (1 + square / of)
	half = Z_95 / (1 + square / of) * sqrt(share * (1 - share) / of + square / (4 * of * of))
	# at the ends the interval is exact in theory and off by rounding in floats
	low = 0.0 if count == 0 else max(0.0, middle - half)
	high = 1.0 if count == of else min(1.0, middle + half)
	return Rate(count, of, low, high)


def rates(
	calls: Iterable[Call], lives: dict[str, Life], by: Callable[[Call], str]
) -> dict[str, dict[str, Rate]]:
	"""Return {group: {outcome: Rate}}: of the people called in each group, how many reached each outcome after that."""
	return {
		group: {outcome: rate(len(reached(people, lives, outcome)), len(people)) for outcome in OUTCOMES}
		for group, people in called(calls, by).items()
	}


def called(calls: Iterable[Call], by: Callable[[Call], str]) -> dict[str, dict[str, datetime]]:
	"""Return {group: {person: the first call in it}}.

	A person counts once in a group, from that call; what came before it, on the same morning too, is nobody's success.
	"""
	first: dict[str, dict[str, datetime]] = defaultdict(dict)
	for call in calls:
		known = first[by(call)]
		known[call.person] = min(call.at, known.get(call.person, call.at))
	return dict(first)


def reached(people: dict[str, datetime], lives: dict[str, Life], outcome: str) -> list[str]:
	"""Return who of the people called, each since their first call, came to an outcome."""
	return [person for person, since in people.items() if _reached(lives.get(person), outcome, since)]


def _reached(life: Life | None, outcome: str, since: datetime) -> bool:
	"""Whoever went further has been there."""
	if life is None:
		return False
	further = OUTCOMES[OUTCOMES.index(outcome) :]
	return any(moment >= since for each in further for moment in life.reached.get(each, ()))
