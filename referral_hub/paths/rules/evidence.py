"""What others reached on a path: how many were promoted, how long it took, how pay grew; and what may be shown to whom. Pure.

Every figure says how many people it rests on. Of everybody who held a level on some day of a period, or rose from it on the first,
the promotion rate is the share that rose within the period: somebody who came late counts in full, so the figure errs downwards. Periods that are published
are whole years that are over and share no day: a figure of today less one of yesterday says nothing of a single person.

Small groups stay hidden outside HR, and so does what could be worked out by adding up and taking away what is shown: `publishable` says
which figures may be shown beside each other.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from itertools import pairwise
from statistics import median

# as few people may be told apart in a figure that outsiders see
SMALLEST_GROUP = 5
_DAYS_OF_A_MONTH = Decimal("30.4375")


# a person, at a level: who rises twice in a year is told of twice; without a level what is known of the person alone
Record = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Period:
	"""From the first day to the last, both counted."""

	first: date
	last: date

	def holds(self, day: date) -> bool:
		return self.first <= day <= self.last


@cache
def _day_after(day: date) -> date:
	"""There are few days and many people."""
	return date.fromordinal(day.toordinal() + 1)


@dataclass(frozen=True, slots=True)
class Spell:
	"""The days somebody held a level: until the day before the next; without an end while they hold it."""

	person: str
	level: str
	began_on: date
	ended_on: date | None = None
	# the level they rose to on the day after; None where they went elsewhere, or left
	rose_to: str | None = None

	@property
	def record(self) -> Record:
		return self.person, self.level

	@property
	def rose_on(self) -> date | None:
		if self.rose_to is None or self.ended_on is None:
			return None
		return _day_after(self.ended_on)

	def touches(self, period: Period) -> bool:
		"""Say whether they held the level in the period, or rose from it on its first day."""
		is_over = self.ended_on is not None and self.ended_on < period.first
		return self.began_on <= period.last and (not is_over or self.rose_on == period.first)

	def rose_in(self, period: Period) -> bool:
		return self.rose_on is not None and period.holds(self.rose_on)


@dataclass(frozen=True, slots=True)
class Pay:
	"""What somebody is paid from a day on."""

	person: str
	from_day: date
	amount: Decimal
	currency: str


@dataclass(frozen=True, slots=True)
class Figure:
	"""A number and the records it rests on, each of a person at a level; None where there is nobody."""

	value: Decimal | None
	records: frozenset[Record]

	@property
	def number(self) -> int:
		return _persons(self.records)


NOTHING = Figure(None, frozenset())


def years_over(today: date, number: int, month: int = 1) -> tuple[Period, ...]:
	"""Return the last whole years that are over, newest first; a year may begin in another month than January."""
	begins = date(today.year, month, 1)
	newest = today.year if begins <= today else today.year - 1
	starts = [date(newest - back, month, 1) for back in range(number + 1)]
	return tuple(
		Period(earlier, date.fromordinal(later.toordinal() - 1)) for later, earlier in pairwise(starts)
	)


def promotion_rate(spells: Iterable[Spell], period: Period) -> Figure:
	"""Return the share, in percent, of those who held the level in the period that rose within it."""
	within = [spell for spell in spells if spell.touches(period)]
	records = frozenset(spell.record for spell in within)
	if not records:
		return NOTHING
	rose = {spell.record for spell in within if spell.rose_in(period)}
	return Figure(_percent(len(rose), len(records)), records)


def median_months(spells: Iterable[Spell], period: Period) -> Figure:
	"""Return how many months those who rose in the period had held the level, in halves of a month."""
	rose = [spell for spell in spells if spell.rose_in(period)]
	if not rose:
		return NOTHING
	months = median(_months(spell.began_on, spell.ended_on) for spell in rose)
	return Figure(_to(months, Decimal("0.5")), frozenset(spell.record for spell in rose))


def pay_growth(growth: Mapping[str, Decimal], people: Iterable[str]) -> Figure:
	"""Return by how many whole percent the pay of the middle one of these people grew; whose growth is not known is left out."""
	known = {person: growth[person] for person in people if person in growth}
	if not known:
		return NOTHING
	return Figure(_to(100 * median(known.values()), Decimal(1)), frozenset((person, "") for person in known))


def by_person(pays: Iterable[Pay]) -> dict[str, list[Pay]]:
	rows: dict[str, list[Pay]] = defaultdict(list)
	for pay in pays:
		rows[pay.person].append(pay)
	return rows


def growth_in(paid: Mapping[str, list[Pay]], period: Period) -> dict[str, Decimal]:
	"""Return by what share the pay of each person grew from the first day to the last.

	Who was not paid on both days, or in another currency on the last, is left out.
	"""
	grown = ((person, _growth(pays, period)) for person, pays in paid.items())
	return {person: growth for person, growth in grown if growth is not None}


def score_before(
	spells: Iterable[Spell], scores: Mapping[str, list[tuple[date, Decimal]]], period: Period
) -> Figure:
	"""Return the middle appraisal score of those who rose in the period: of each the last before that day, to a tenth."""
	known: dict[Record, Decimal] = {}
	for spell in spells:
		if not spell.rose_in(period):
			continue
		before = [one for one in scores.get(spell.person, ()) if one[0] <= spell.ended_on]
		if before:
			known[spell.record] = max(before, key=lambda one: one[0])[1]
	if not known:
		return NOTHING
	return Figure(_to(median(known.values()), Decimal("0.1")), frozenset(known))


def _growth(pays: list[Pay], period: Period) -> Decimal | None:
	before, after = _paid_on(pays, period.first), _paid_on(pays, period.last)
	if before is None or after is None or before.currency != after.currency or before.amount <= 0:
		return None
	return after.amount / before.amount - 1


def _paid_on(pays: list[Pay], day: date) -> Pay | None:
	return max((pay for pay in pays if pay.from_day <= day), key=lambda pay: pay.from_day, default=None)


# from HRMS's promotions to spells


@dataclass(frozen=True, slots=True)
class Move:
	"""On this day somebody came to a level; None where they came to none of this path, or left."""

	person: str
	on: date
	level: str | None


def spells_of(moves: Iterable[Move], above: Mapping[str, str | None]) -> list[Spell]:
	"""Return who held which level from when until when; `above` says for each level which one it follows.

	Several moves of one day are one: the last that was entered. A move to the level somebody holds is none.
	"""
	of_person: dict[str, dict[date, Move]] = defaultdict(dict)
	for move in moves:
		of_person[move.person][move.on] = move
	return [spell for person in sorted(of_person) for spell in _spells(_changes(of_person[person]), above)]


def _changes(by_day: Mapping[date, Move]) -> list[Move]:
	changes: list[Move] = []
	for day in sorted(by_day):
		if by_day[day].level != (changes[-1].level if changes else None):
			changes.append(by_day[day])
	return changes


def _spells(changes: list[Move], above: Mapping[str, str | None]) -> list[Spell]:
	found = []
	for at, move in enumerate(changes):
		if move.level is None:
			continue
		after = changes[at + 1] if at + 1 < len(changes) else None
		ended = date.fromordinal(after.on.toordinal() - 1) if after else None
		rose = after.level if after and _is_above(after.level, move.level, above) else None
		found.append(Spell(move.person, move.level, move.on, ended, rose))
	return found


def _is_above(upper: str | None, lower: str, above: Mapping[str, str | None]) -> bool:
	"""Say whether the one level is reached from the other, perhaps over levels in between."""
	seen: set[str] = set()
	while upper in above and upper not in seen:
		seen.add(upper)
		upper = above[upper]
		if upper == lower:
			return True
	return False


# what may be shown


@dataclass(frozen=True, slots=True)
class Group:
	"""The records that a figure rests on."""

	key: str
	records: frozenset[Record]


def publishable(
	groups: Iterable[Group], smallest: int = SMALLEST_GROUP, told: frozenset[str] = frozenset()
) -> frozenset[str]:
	"""Return the groups whose figures give nobody away, also together; those told already first, then the largest.

	The groups that are shown cut all records into parts: those that are in the same of them. A group is shown only if no part is of
	few people by it. Whatever is added up or taken away of what is shown then rests on whole parts: on nobody, or on enough people.
	It holds for any groups, within each other or across: paths, levels, departments.
	"""
	part_of: dict[Record, int] = {}
	parts: list[set[Record]] = [set()]
	shown: set[str] = set()
	for group in sorted(groups, key=lambda one: (one.key not in told, -len(one.records), one.key)):
		inside: dict[int, set[Record]] = defaultdict(set)
		for record in group.records:
			inside[part_of.get(record, _NO_PART)].add(record)
		if not inside or _cuts_small(inside, parts, smallest):
			continue
		shown.add(group.key)
		for part, records in inside.items():
			parts[part] -= records
			parts.append(records)
			part_of.update(dict.fromkeys(records, len(parts) - 1))
	return frozenset(shown)


# what is in none of the groups shown: nobody is told how many they are
_NO_PART = 0


def _cuts_small(inside: Mapping[int, set[Record]], parts: list[set[Record]], smallest: int) -> bool:
	if any(_persons(records) < smallest for records in inside.values()):
		return True
	left = (parts[part] - records for part, records in inside.items() if len(parts[part]) > len(records))
	return any(_persons(records) < smallest for records in left)


def _persons(records: Iterable[Record]) -> int:
	return len({person for person, _level in records})


def _percent(part: int, whole: int) -> Decimal:
	return _to(Decimal(100 * part) / whole, Decimal(1))


def whole_months(spell: Spell) -> int:
	"""Return how long somebody held a level they hold no more, to the month, one at least."""
	return max(int(_to(_months(spell.began_on, spell.ended_on), Decimal(1))), 1)


def _months(began_on: date, ended_on: date) -> Decimal:
	return ((ended_on - began_on).days + 1) / _DAYS_OF_A_MONTH


def _to(value: Decimal, step: Decimal) -> Decimal:
	return (value / step).quantize(Decimal(1), ROUND_HALF_UP) * step
