"""Which level somebody is at: the highest whose mark is reached in its period, this one or the one before. Pure.

A title of a year is held until the next year is over, else everybody would lose theirs on New Year's Day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from referral_hub.recognition.rules.done import Done, Referred, done
from referral_hub.recognition.rules.score import Weights, score, shown
from referral_hub.rewards.rules.periods import ANY_TIME, first_day_of, last_day_of, period_of

SCORE, HIRES = "Score", "Hires"


@dataclass(frozen=True, slots=True)
class Level:
	name: str
	rank: int
	counts: str
	at_least: Fraction
	period: str = ANY_TIME


@dataclass(frozen=True, slots=True)
class Standing:
	"""How far somebody is towards a level: `reached` of its mark, in which period; until when it is held (None: no end)."""

	level: Level
	reached: Fraction
	period: str | None
	held_until: date | None

	@property
	def is_there(self) -> bool:
		return self.reached >= self.level.at_least


def standing(level: Level, people: Iterable[Referred], weights: Weights, today: date) -> Standing:
	"""Return how far somebody is: by this period when its mark is reached there, else by the one before when it was there."""
	people = [*people]
	if level.period == ANY_TIME:
		return Standing(level, _counted(level, done(people), weights), None, None)
	now = _in_period(level, people, weights, today)
	before = _in_period(level, people, weights, first_day_of(today, level.period) - timedelta(days=1))
	return before if before.is_there and not now.is_there else now


def reached(
	levels: Iterable[Level], people: Iterable[Referred], weights: Weights, today: date
) -> Standing | None:
	"""Return the highest level that is reached; None without one."""
	people = [*people]
	there = [each for each in (standing(level, people, weights, today) for level in levels) if each.is_there]
	return max(there, key=_order, default=None) if people else None


def following(
	levels: Iterable[Level], people: Iterable[Referred], weights: Weights, today: date
) -> Standing | None:
	"""Return the next level above the one that is reached."""
	levels, people = [*levels], [*people]
	now = reached(levels, people, weights, today)
	above = [level for level in levels if now is None or level.rank > now.level.rank]
	left = [
		each for each in (standing(level, people, weights, today) for level in above) if not each.is_there
	]
	return min(left, key=_order, default=None)


def _order(each: Standing) -> tuple[int, str]:
	return each.level.rank, each.level.name


def _in_period(level: Level, people: list[Referred], weights: Weights, day: date) -> Standing:
	period = period_of(day, level.period)
	next_one = last_day_of(last_day_of(day, level.period) + timedelta(days=1), level.period)
	return Standing(level, _counted(level, done(people, period, level.period), weights), period, next_one)


def _counted(level: Level, did: Done, weights: Weights) -> Fraction:
	if level.counts == HIRES:
		return Fraction(did.hires)
	return Fraction(str(shown(score(did, weights))))
