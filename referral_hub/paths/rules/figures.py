"""Every figure of a path: by level and department, for each period; and which of them may be shown. Pure.

A level at the top has no rate and no time to the next: nobody rises from there. A department is the one somebody is in today.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from referral_hub.paths.rules import evidence
from referral_hub.paths.rules.evidence import Figure, Group, Pay, Period, Spell
from referral_hub.paths.rules.ladder import Ladder


class Kind(StrEnum):
	PROMOTION_RATE = "Promotion Rate"
	MONTHS = "Months to the Next Level"
	PAY_GROWTH = "Pay Growth"
	SCORE = "Appraisal Score"


@dataclass(frozen=True, slots=True)
class Row:
	"""A figure of a path: of a level or of all, of a department or of all."""

	path: str
	level: str
	department: str
	kind: Kind
	period: Period
	figure: Figure

	@property
	def key(self) -> str:
		days = f"{self.period.first}..{self.period.last}"
		return "|".join((self.path, self.level, self.department, self.kind, days))


@dataclass(slots=True)
class Known:
	"""What is known of people, whatever their path."""

	departments: Mapping[str, str] = field(default_factory=dict)
	pays: Iterable[Pay] = ()
	scores: Mapping[str, list[tuple[date, Decimal]]] = field(default_factory=dict)


def rows_of(
	ladders: Mapping[str, Ladder],
	spells: Mapping[str, list[Spell]],
	known: Known,
	periods: Iterable[Period],
) -> list[Row]:
	"""Return every figure that rests on somebody; `spells` by path."""
	found: list[Row] = []
	paid = evidence.by_person(known.pays)
	for period in periods:
		growth = evidence.growth_in(paid, period)
		for path, ladder in ladders.items():
			groups = _groups(ladder, spells.get(path, ()), known.departments, period)
			for (level, department), held in groups.items():
				found += (
					Row(path, level, department, kind, period, figure)
					for kind, figure in _figures(ladder, level, held, known, growth, period).items()
					if figure.records
				)
	return found


def shown(rows: Iterable[Row], smallest: int) -> frozenset[str]:
	"""Return the keys of the rows that may be shown: those of one kind and period are weighed against each other."""
	alike: dict[tuple, list[Group]] = defaultdict(list)
	for row in rows:
		alike[row.kind, row.period].append(Group(row.key, row.figure.records))
	return frozenset().union(*(evidence.publishable(groups, smallest) for groups in alike.values()))


def _groups(
	ladder: Ladder, spells: Iterable[Spell], departments: Mapping[str, str], period: Period
) -> dict[tuple[str, str], list[Spell]]:
	found: dict[tuple[str, str], list[Spell]] = defaultdict(list)
	for spell in spells:
		if not spell.touches(period):
			continue
		found["", ""].append(spell)
		found[spell.level, ""].append(spell)
		if department := departments.get(spell.person):
			found[spell.level, department].append(spell)
	return found


def _figures(
	ladder: Ladder,
	level: str,
	spells: list[Spell],
	known: Known,
	growth: Mapping[str, Decimal],
	period: Period,
) -> dict[Kind, Figure]:
	lower = {one.follows for one in ladder.levels}
	rising = [spell for spell in spells if spell.level in lower]
	rose = [spell for spell in rising if spell.rose_in(period)]
	return {
		Kind.PROMOTION_RATE: evidence.promotion_rate(rising, period),
		Kind.MONTHS: evidence.median_months(rose, period),
		Kind.PAY_GROWTH: evidence.pay_growth(growth, {spell.person for spell in spells}),
		Kind.SCORE: evidence.score_before(rose, known.scores, period),
	}
