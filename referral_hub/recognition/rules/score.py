"""How good somebody is at referring, from 0 to 100, with the parts it is made of. Pure.

Little is known of who has referred one person: the share of hires is smoothed as if some referrals of the usual quality
had been made before (the mean of a Beta prior), so that 1 of 1 is less than 18 of 20. The other parts begin at nothing
and come closer to the whole with each referral, hire and month. So another hire never lowers a score.
"""

from dataclasses import dataclass
from fractions import Fraction

from referral_hub.recognition.rules.done import Done

VOLUME, HIRES, STAYING, SPEED = "volume", "hires", "staying", "speed"
PARTS = (VOLUME, HIRES, STAYING, SPEED)
HIGHEST = 100
MOST_EXPECTED = 50  # of 100: beyond it one of one could beat eighteen of twenty


@dataclass(frozen=True, slots=True)
class Weights:
	"""What counts how much. `expected`: hires of 100 referrals usual here, `strength`: how many referrals that weighs as."""

	volume: Fraction = Fraction(20)
	hires: Fraction = Fraction(40)
	staying: Fraction = Fraction(25)
	speed: Fraction = Fraction(15)
	expected: Fraction = Fraction(10)
	strength: int = 5
	# days from the referral to the first day at work: full credit, and none any more
	quick_days: int = 30
	slow_days: int = 120

	def of(self, part: str) -> Fraction:
		return getattr(self, part)

	@property
	def total(self) -> Fraction:
		return sum((self.of(part) for part in PARTS), Fraction(0))


@dataclass(frozen=True, slots=True)
class Part:
	"""One part of a score: what it brings, of how much."""

	name: str
	brings: Fraction
	of: Fraction


def parts(done: Done, weights: Weights) -> tuple[Part, ...]:
	"""Return what each part brings, of the whole of 100; nothing for who has done nothing."""
	total = weights.total
	if done.is_nothing or not total:
		return tuple(Part(name, Fraction(0), _share(weights, name, total)) for name in PARTS)
	reached = {
		VOLUME: _towards_whole(Fraction(done.referrals), weights.strength),
		HIRES: _smoothed(done.hires, done.ended, weights),
		STAYING: Fraction(done.stayed, done.stayed + done.left_early + weights.strength),
		SPEED: _towards_whole(
			sum((_quick(days, weights) for days in done.took_days), Fraction(0)), weights.strength
		),
	}
	return tuple(
		Part(name, reached[name] * _share(weights, name, total), _share(weights, name, total))
		for name in PARTS
	)


def score(done: Done, weights: Weights) -> Fraction:
	"""Return the exact score, 0 to 100; it is shown to one decimal by `shown`."""
	return sum((part.brings for part in parts(done, weights)), Fraction(0))


def shown(value: Fraction) -> float:
	"""Round to one decimal, halves up: the same figure everywhere."""
	return int(value * 10 + Fraction(1, 2)) / 10


def _share(weights: Weights, name: str, total: Fraction) -> Fraction:
	return HIGHEST * weights.of(name) / total if total else Fraction(0)


def _towards_whole(amount: Fraction, strength: int) -> Fraction:
	return amount / (amount + strength)


def _smoothed(hires: int, ended: int, weights: Weights) -> Fraction:
	"""A hire known before its referral counts as ended is one of those that ended."""
	before = weights.expected / 100 * weights.strength
	return (hires + before) / (max(ended, hires) + weights.strength)


def _quick(days: int, weights: Weights) -> Fraction:
	span = max(1, weights.slow_days - weights.quick_days)
	return min(Fraction(1), max(Fraction(0), Fraction(weights.slow_days - days, span)))
