"""Where referrals fare worse than chance explains, beside the rest of the same company. Pure.

A share is weak when even the upper end of its 95 % interval (Wilson, Journal of the American Statistical Association 22, 1927, 209-212) lies
below the company's own share; a number of referrals when so few would come in fewer than 2.5 of 100 cases were they spread evenly over the
days that openings were open (Poisson). Small groups are therefore rarely named, and nobody is measured against another company.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from math import exp, lgamma, log, sqrt

from referral_hub.referrals.rules.outcomes import NEVER_MEANT, Outcome
from referral_hub.referrals.rules.stages import Stage

FEWEST = 5
_Z = 1.96
_RARE = 0.025
_NO_LONGER_COUNTS = 1e-12

_MEANT = frozenset(Outcome) - NEVER_MEANT
_DECIDED = _MEANT - {Outcome.OPEN, Outcome.EXPIRED}


class Measure(StrEnum):
	INTERVIEWED = "interviewed"
	ACCEPTED = "accepted"
	STAYED = "stayed"
	IN_TIME = "in_time"
	REFERRED = "referred"


@dataclass(frozen=True, slots=True)
class Box:
	"""Referrals at any of these stages with any of these outcomes; `word` keeps to those that wait for one, or not too long."""

	stages: frozenset[Stage]
	outcomes: frozenset[Outcome]
	word: str | None = None


WAITS, NOT_LATE = "waits", "not late"


def _from(first: Stage, last: Stage = Stage.CONFIRMED) -> frozenset[Stage]:
	return frozenset(stage for stage in Stage if first.rank <= stage.rank <= last.rank)


# measure -> (who counts for it, of whom): what is still undecided stands on neither side
SHARES: dict[Measure, tuple[tuple[Box, ...], tuple[Box, ...]]] = {
	Measure.INTERVIEWED: (
		(Box(_from(Stage.INTERVIEWING), _MEANT),),
		(Box(_from(Stage.INTERVIEWING), _MEANT), Box(_from(Stage.SUBMITTED, Stage.SCREENING), _DECIDED)),
	),
	Measure.ACCEPTED: (
		(Box(_from(Stage.JOINED), _MEANT),),
		(Box(_from(Stage.JOINED), _MEANT), Box(_from(Stage.OFFERED, Stage.OFFERED), _DECIDED)),
	),
	Measure.STAYED: (
		(Box(_from(Stage.JOINED), _MEANT - {Outcome.LEFT}),),
		(Box(_from(Stage.JOINED), _MEANT),),
	),
	Measure.IN_TIME: (
		(Box(frozenset(Stage), frozenset({Outcome.OPEN}), NOT_LATE),),
		(Box(frozenset(Stage), frozenset({Outcome.OPEN}), WAITS),),
	),
}


@dataclass(frozen=True, slots=True)
class Share:
	"""`part` of `whole` referrals of a group, in its company."""

	company: str
	group: str
	measure: Measure
	part: int
	whole: int


@dataclass(frozen=True, slots=True)
class Opened:
	"""An opening of a company that was open for so many days of the time, 1 at least, and got so many referrals in it."""

	company: str
	opening: str
	referrals: int
	days: int


@dataclass(frozen=True, slots=True)
class Spot:
	"""A weak spot: what it has, beside what its company has; for a number of referrals both are numbers, else per cent.

	What is usual for an opening is what came to all openings of its company in as many days.
	"""

	company: str
	group: str
	measure: Measure
	part: int
	whole: int
	own: float
	usual: float


def weak_shares(shares: Iterable[Share]) -> list[Spot]:
	"""Return the shares that chance does not explain, the furthest below first."""
	by_company: dict[tuple[str, Measure], list[Share]] = defaultdict(list)
	for share in shares:
		if share.whole:
			by_company[share.company, share.measure].append(share)
	found = [spot for same in by_company.values() for spot in _weak(same)]
	return sorted(found, key=lambda spot: (spot.own - spot.usual, spot.company, spot.group, spot.measure))


def weak_openings(opened: Iterable[Opened]) -> list[Spot]:
	"""Return the openings that get fewer referrals than chance explains for the days they were open."""
	by_company: dict[str, list[Opened]] = defaultdict(list)
	for each in opened:
		by_company[each.company].append(each)
	found = []
	for _company, openings in sorted(by_company.items()):
		a_day = sum(each.referrals for each in openings) / sum(each.days for each in openings)
		found += [
			_few(each, a_day * each.days)
			for each in sorted(openings, key=lambda each: (each.referrals, each.opening))
			if at_most(each.referrals, a_day * each.days) < _RARE
		]
	return found


def _few(opened: Opened, usual: float) -> Spot:
	number = opened.referrals
	return Spot(opened.company, opened.opening, Measure.REFERRED, number, 0, number, round(usual, 1))


def upper_end(part: int, whole: int) -> float:
	"""Return the upper end of Wilson's 95 % interval of a share, between 0 and 1."""
	share, square = part / whole, _Z * _Z
	middle = share + square / (2 * whole)
	spread = _Z * sqrt(share * (1 - share) / whole + square / (4 * whole * whole))
	return min((middle + spread) / (1 + square / whole), 1.0)


def at_most(number: int, mean: float) -> float:
	"""Return how likely it is that no more than so many come where so many come on average (Poisson)."""
	if not mean:
		return 1.0
	if number > mean:
		return 1 - _tail(number + 1, mean, upwards=True)
	return min(_tail(number, mean, upwards=False), 1.0)


def _tail(number: int, mean: float, *, upwards: bool) -> float:
	"""Return how likely exactly so many are, or more, or less: away from the mean, until what is added no longer counts.

	The first chance is taken from its logarithm, because e to the power of minus 746 is 0.
	"""
	total, chance = 0.0, exp(number * log(mean) - mean - lgamma(number + 1))
	while number >= 0 and chance > total * _NO_LONGER_COUNTS:
		total += chance
		chance *= mean / (number + 1) if upwards else number / mean
		number += 1 if upwards else -1
	return total


def _weak(shares: list[Share]) -> list[Spot]:
	part, whole = sum(share.part for share in shares), sum(share.whole for share in shares)
	usual = part / whole
	return [
		Spot(
			share.company,
			share.group,
			share.measure,
			share.part,
			share.whole,
			round(100 * share.part / share.whole, 1),
			round(100 * usual, 1),
		)
		for share in shares
		if share.whole >= FEWEST and upper_end(share.part, share.whole) < usual
	]
