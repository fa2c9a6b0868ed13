"""Whether the likelihood came true: people by the score they had, and how many of them came back. Pure.

A rate of few people says little, so each has its 95 % interval (Wilson's, which is good for few people and for rates near 0 and 1).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

WIDTH = 20
_Z = 1.96


@dataclass(frozen=True, slots=True)
class Band:
	"""People whose score was from `low` up to `high`; rates and `expected`, their mean score, run from 0 to 1."""

	low: int
	high: int
	people: int
	came_back: int
	expected: float
	rate: float
	at_least: float
	at_most: float

	@property
	def is_off(self) -> bool:
		"""Say whether chance alone does not explain the difference."""
		return not self.at_least <= self.expected <= self.at_most


def bands(scored: Iterable[tuple[int, bool]]) -> list[Band]:
	"""Return the bands in which there is anybody, the lowest first; each is (score, came back)."""
	found: dict[int, list[tuple[int, bool]]] = {}
	for score, came_back in scored:
		found.setdefault(min(score, 100 - 1) // WIDTH, []).append((score, came_back))
	return [_band(number, people) for number, people in sorted(found.items())]


def interval(successes: int, trials: int) -> tuple[float, float]:
	"""Return between which rates the true one lies, 19 times in 20."""
	if not trials:
		return 0.0, 1.0
	rate, weight = successes / trials, _Z**2 / trials
	middle = (rate + weight / 2) / (1 + weight)
	half = _Z * sqrt(rate * (1 - rate) / trials + weight / (4 * trials)) / (1 + weight)
	return max(0.0, middle - half), min(1.0, middle + half)


def _band(number: int, people: list[tuple[int, bool]]) -> Band:
	came_back = sum(came for _score, came in people)
	at_least, at_most = interval(came_back, len(people))
	return Band(
		low=number * WIDTH,
		high=(number + 1) * WIDTH,
		people=len(people),
		came_back=came_back,
		expected=sum(score for score, _came in people) / len(people) / 100,
		rate=came_back / len(people),
		at_least=at_least,
		at_most=at_most,
	)
