"""Every figure of a path: by level and department, for each period; and which of them may be shown. Pure.

A level at the top has no rate and no time to the next: nobody rises from there. A department is the one somebody is in today.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from referral_hub.paths.rules import evidence, held
from referral_hub.paths.rules.evidence import Figure, Group, Pay, Period, Record, Spell
from referral_hub.paths.rules.held import Held
from referral_hub.paths.rules.ladder import Ladder


class Kind(StrEnum):
	PROMOTION_RATE = "Promotion Rate"
	MONTHS = "Months to the Next Level"
	PAY_GROWTH = "Pay Growth"
	SCORE = "Appraisal Score"


_FIGURES = {
	Kind.PROMOTION_RATE: held.promotion_rate,
	Kind.MONTHS: held.median_months,
	Kind.PAY_GROWTH: held.pay_growth,
	Kind.SCORE: held.score_before,
}


class Called(NamedTuple):
	"""What HRMS calls a level: the same in every path, which a code is not."""

	designation: str
	# with its grade where several levels of the path have that designation
	level: str


@dataclass(frozen=True, slots=True)
class Row:
	"""A figure of a path: of a level or of all, of a department or of all."""

	path: str
	level: str
	department: str
	kind: Kind
	period: Period
	figure: Figure
	# what HRMS calls the levels of the path, and what each record adds to the figure
	called: Mapping[str, Called] = field(default_factory=dict, compare=False)
	facts: Mapping[Record, object] = field(default_factory=dict, compare=False)

	@property
	def group(self) -> Group:
		"""The records as those of any other path: its codes may be others, and what it counts of the same person may be, too."""
		who, what = set(), set()
		for record in self.figure.records:
			person, level = record
			called = self.called.get(level) or Called(level, level)
			who.add((person, called.designation))
			what.add((person, f"{called.level} {self.facts.get(record, '')}"))
		return Group(self.key, frozenset(who), frozenset(what))

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
	companies: Mapping[str, str | None] | None = None,
) -> list[Row]:
	"""Return every figure that rests on somebody; `spells` by path, and the company of a path that has one."""
	found: list[Row] = []
	everything, company_of = evidence.by_person(known.pays), companies or {}
	companies_of_paths = {company_of.get(path) for path in ladders}
	paid = {company: evidence.paid_by(everything, company) for company in companies_of_paths}
	for period in periods:
		growth = {company: evidence.growth_in(pays, period) for company, pays in paid.items()}
		for path, ladder in ladders.items():
			called = _called(ladder)
			groups = _groups(ladder, spells.get(path, ()), known, growth[company_of.get(path)], period)
			for (level, department), group in groups.items():
				figures = ((kind, figure_of(group)) for kind, figure_of in _FIGURES.items())
				found += (
					Row(path, level, department, kind, period, figure, called, _facts(kind, group))
					for kind, figure in figures
					if figure.records
				)
	return found


@dataclass(frozen=True, slots=True)
class Told:
	"""What was kept of a figure the last time; a value where others were shown it, on how many people it rested then."""

	path: str
	kind: str
	period: Period
	value: float | None = None
	people: int = 0


def shown_anew(rows: Iterable[Row], told: Mapping[str, Told], smallest: int) -> dict[str, bool]:
	"""Return by key what may be shown of the rows that are weighed now; what is not named stays as it was told.

	A period of which nothing was kept is weighed as a whole: the rows of one kind against each other. A path that is new in a known one
	is weighed against what was told of the others, which stays; where that has changed since, it waits: showing it with the figures of
	today would tell of whom the change was. A period that shares days with another of which something was told waits as well: one less
	the other would be about the days between.
	"""
	periods = {one.period for one in told.values()}
	told_of = {one.period for one in told.values() if one.value is not None}
	paths = {(one.path, one.period) for one in told.values()}
	alike: dict[tuple[str, Period], list[Row]] = defaultdict(list)
	for row in rows:
		alike[row.kind.value, row.period].append(row)
	found: dict[str, bool] = {}
	for (kind, period), group in alike.items():
		news = [row for row in group if period not in periods or (row.path, period) not in paths]
		said = {
			key: one
			for key, one in told.items()
			if (one.kind, one.period) == (kind, period) and one.value is not None
		}
		may_fit = news and _still_so(group, said) and not any(map(period.overlaps, told_of - {period}))
		fits = _shown(group, smallest, frozenset(said)) if may_fit else frozenset()
		found |= {row.key: row.key in fits for row in news}
	return found


def _facts(kind: Kind, group: Held) -> Mapping[Record, object]:
	"""Return what each record adds to a figure: for how long somebody held a level counts for the months alone."""
	if kind == Kind.PROMOTION_RATE:
		return dict.fromkeys(group.rose, "rose")
	return group.scores if kind == Kind.SCORE else group.facts


def _shown(rows: Iterable[Row], smallest: int, told: frozenset[str]) -> frozenset[str]:
	return evidence.publishable((row.group for row in rows), smallest, told)


def _still_so(rows: Iterable[Row], said: Mapping[str, Told]) -> bool:
	now = {row.key: (float(row.figure.value), row.figure.number) for row in rows}
	return all(now.get(key) == (one.value, one.people) for key, one in said.items())


def _called(ladder: Ladder) -> dict[str, Called]:
	often = Counter(one.designation for one in ladder.levels)
	return {
		one.code: Called(
			one.designation,
			f"{one.designation} {one.grade}" if often[one.designation] > 1 else one.designation,
		)
		for one in ladder.levels
	}


def _groups(
	ladder: Ladder, spells: Iterable[Spell], known: Known, growth: Mapping[str, Decimal], period: Period
) -> dict[tuple[str, str], Held]:
	"""Return who held what in a period by level and department; of the whole path, and of a level wherever they are, too."""
	lower = {one.follows for one in ladder.levels}
	parts: dict[tuple[str, str], list[Spell]] = defaultdict(list)
	department_of = known.departments.get
	for spell in evidence.touching(spells, period):
		parts[spell.level, department_of(spell.person, "")].append(spell)
	found, of_level = {}, defaultdict(list)
	for (level, department), theirs in parts.items():
		group = held.held_in(period, theirs, lower, growth, known.scores)
		of_level[level].append(group)
		if department:
			found[level, department] = group
	levels = {level: held.together(groups) for level, groups in of_level.items()}
	found |= {(level, ""): group for level, group in levels.items()}
	return found | {("", ""): held.together(levels.values())} if levels else found
