"""Those who held a level in a period, and what follows of them: the promotion rate, months, pay, scores. Pure.

Each spell is looked at once, where its level and its department meet. Larger groups are put together of these: of everybody in a big
company that takes a third of the time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import chain
from statistics import median

from referral_hub.paths.rules.evidence import (
	NOTHING,
	Figure,
	Period,
	Record,
	Spell,
	days_of,
	months_of,
	percent,
	to_step,
)

Scores = Mapping[str, list[tuple[date, Decimal]]]


@dataclass(frozen=True, slots=True)
class Held:
	"""What is known of a group of people in a period."""

	# who held a level from which one can rise, and who of them rose
	could_rise: Collection[Record] = frozenset()
	rose: Collection[Record] = frozenset()
	# how many days each of these had held it
	days: Collection[int] = ()
	# by what share the pay of each grew; of who rose, the last score before that
	growth: Mapping[Record, Decimal] = field(default_factory=dict)
	scores: Mapping[Record, Decimal] = field(default_factory=dict)
	# of who rose since when they had held it, and until when
	facts: Mapping[Record, str] = field(default_factory=dict)


def held_in(
	period: Period,
	spells: Iterable[Spell],
	lower: Collection[str],
	growth: Mapping[str, Decimal] | None = None,
	scores: Scores | None = None,
) -> Held:
	"""Look at spells that touch a period; from the `lower` levels one can rise."""
	could_rise, rose, days, grown, scored, facts = set(), set(), [], {}, {}, {}
	growth, scores = growth or {}, scores or {}
	last, eve = period.last, period.eve
	for person, level, began_on, ended_on, rose_to in spells:
		if person in growth:
			grown[person, ""] = growth[person]
		if level not in lower:
			continue
		record = (person, level)
		could_rise.add(record)
		if rose_to is not None and eve <= ended_on < last:
			rose.add(record)
			days.append(days_of(began_on, ended_on))
			facts[record] = f"{facts.get(record, '')} {began_on}..{ended_on}"
			if person in scores and (score := _last_before(scores[person], ended_on)) is not None:
				scored[record] = score
	return Held(could_rise, rose, days, grown, scored, facts)


def together(parts: Collection[Held]) -> Held:
	"""Put groups together; who is in several of them counts once."""
	growth, scores, facts = {}, {}, {}
	for part in parts:
		growth |= part.growth
		scores |= part.scores
		facts |= part.facts
	return Held(
		set().union(*(part.could_rise for part in parts)),
		set().union(*(part.rose for part in parts)),
		list(chain.from_iterable(part.days for part in parts)),
		growth,
		scores,
		facts,
	)


def promotion_rate(held: Held) -> Figure:
	"""Return the share, in percent, of those who held the level in the period that rose within it."""
	if not held.could_rise:
		return NOTHING
	return Figure(percent(len(held.rose), len(held.could_rise)), frozenset(held.could_rise))


def median_months(held: Held) -> Figure:
	"""Return how many months those who rose in the period had held the level, in halves of a month."""
	if not held.days:
		return NOTHING
	return Figure(to_step(months_of(median(held.days)), Decimal("0.5")), frozenset(held.rose))


def pay_growth(held: Held) -> Figure:
	"""Return by how many whole percent the pay of the middle one grew; whose growth is not known is left out."""
	if not held.growth:
		return NOTHING
	return Figure(to_step(100 * median(held.growth.values()), Decimal(1)), frozenset(held.growth))


def score_before(held: Held) -> Figure:
	"""Return the middle appraisal score of those who rose in the period: of each the last before that day, to a tenth."""
	if not held.scores:
		return NOTHING
	return Figure(to_step(median(held.scores.values()), Decimal("0.1")), frozenset(held.scores))


def _last_before(scores: list[tuple[date, Decimal]], day: date) -> Decimal | None:
	before = [one for one in scores if one[0] <= day]
	return max(before, key=lambda one: one[0])[1] if before else None
