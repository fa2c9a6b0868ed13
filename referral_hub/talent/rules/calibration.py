"""Whether the likelihood came true: people by the score they had, and how many of them came back. Pure.

A rate of few people says little, so each has the interval of `outcomes.rate`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from referral_hub.talent.rules.outcomes import rate

WIDTH = 20


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


def _band(number: int, people: list[tuple[int, bool]]) -> Band:
	came_back = sum(came for _score, came in people)
	known = rate(came_back, len(people))
	return Band(
		low=number * WIDTH,
		high=(number + 1) * WIDTH,
		people=len(people),
		came_back=came_back,
		expected=sum(score for score, _came in people) / len(people) / 100,
		rate=known.share,
		at_least=known.low,
		at_most=known.high,
	)
