"""What others reached on a path: how many were promoted, how long it took, how pay grew; and what may be shown to whom. Pure.

Every figure says how many people it rests on. Of everybody who held a level on some day of a period, or rose from it on the first,
the promotion rate is the share that rose within the period: somebody who came late counts in full, so the figure errs downwards. Periods that are published
are whole years, or halves of years, that are over and share no day: a figure of today less one of yesterday says nothing of a single person.

Small groups stay hidden outside HR, and so does what could be worked out by adding up and taking away what is shown: `publishable` says
which figures may be shown beside each other.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

# as few people may be told apart in a figure that outsiders see
SMALLEST_GROUP = 5
_ONE_DAY = timedelta(days=1)
_DAYS_OF_A_MONTH = Decimal("30.4375")


# a person, at a level: who rises twice in a year is told of twice; without a level what is known of the person alone
Record = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Period:
	"""From the first day to the last, both counted."""

	first: date
	last: date
	# the day before
	eve: date = field(init=False, repr=False, compare=False)

	def __post_init__(self):
		object.__setattr__(self, "eve", self.first - _ONE_DAY)

	def overlaps(self, other: "Period") -> bool:
		return self.first <= other.last and other.first <= self.last


def year_of(first: date, last: date) -> str:
	"""Name a year by its number, one that begins in another month by both."""
	return str(first.year) if first.year == last.year else f"{first.year}/{last.year}"


# a tuple, as all of which there are hundreds of thousands: made in a fraction of the time
class Spell(NamedTuple):
	"""The days somebody held a level: until the day before the next; without an end while they hold it."""

	person: str
	level: str
	began_on: date
	ended_on: date | None = None
	# the level they rose to on the day after; None where they went elsewhere, or left
	rose_to: str | None = None

	@property
	def rose_on(self) -> date | None:
		return None if self.rose_to is None or self.ended_on is None else self.ended_on + _ONE_DAY


def touching(spells: Iterable[Spell], period: Period) -> Iterator[Spell]:
	"""Yield the spells of who held a level in the period, or rose from it on its first day."""
	first, last, eve = period.first, period.last, period.eve
	for spell in spells:
		_person, _level, began, ended, rose_to = spell
		if began <= last and (ended is None or ended >= (first if rose_to is None else eve)):
			yield spell


class Pay(NamedTuple):
	"""What somebody is paid from a day on."""

	person: str
	from_day: date
	amount: Decimal
	currency: str
	# who pays it; None: whoever it was, it ends
	company: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
	"""A number and the records it rests on, each of a person at a level; None where there is nobody."""

	value: Decimal | None
	records: frozenset[Record]

	@property
	def number(self) -> int:
		return _persons(self.records)


NOTHING = Figure(None, frozenset())


def periods_over(today: date, years: int, month: int = 1, months: int = 12) -> tuple[Period, ...]:
	"""Return the last periods of so many months that are over, newest first, of so many years; a year may begin in another month than January.

	`months`: 12, or a part of it that goes into a year.
	"""
	newest = _months_of(today) - (_months_of(today) - (month - 1)) % months
	starts = [newest - back * months for back in range(years * 12 // months + 1)]
	return tuple(
		Period(_first_of(earlier), _first_of(later) - _ONE_DAY) for later, earlier in pairwise(starts)
	)


def _months_of(day: date) -> int:
	return day.year * 12 + day.month - 1


def _first_of(months: int) -> date:
	return date(months // 12, months % 12 + 1, 1)


def is_year(first: date, last: date) -> bool:
	return _months_of(last + _ONE_DAY) - _months_of(first) == 12


def by_person(pays: Iterable[Pay]) -> dict[str, list[Pay]]:
	rows: dict[str, list[Pay]] = defaultdict(list)
	for pay in pays:
		rows[pay.person].append(pay)
	return rows


def paid_by(paid: Mapping[str, list[Pay]], company: str | None) -> Mapping[str, list[Pay]]:
	"""Return what a company pays; what another one pays is nothing to its figures. Without a company all of it."""
	if not company:
		return paid
	nothing = {"amount": Decimal(0), "currency": ""}
	return {
		person: [pay if pay.company in (None, company) else pay._replace(**nothing) for pay in pays]
		for person, pays in paid.items()
	}


def growth_in(paid: Mapping[str, list[Pay]], period: Period) -> dict[str, Decimal]:
	"""Return by what share the pay of each person grew from the first day to the last.

	Who was not paid on both days, or in another currency on the last, is left out.
	"""
	grown = ((person, _growth(pays, period)) for person, pays in paid.items())
	return {person: growth for person, growth in grown if growth is not None}


def _growth(pays: list[Pay], period: Period) -> Decimal | None:
	"""Of several of one day the first counts."""
	first, last = period.first, period.last
	before = after = None
	for pay in pays:
		day = pay.from_day
		if day <= last:
			if after is None or day > after.from_day:
				after = pay
			if day <= first and (before is None or day > before.from_day):
				before = pay
	if before is None or before.currency != after.currency or before.amount <= 0:
		return None
	return after.amount / before.amount - 1


# from levels to spells


def spells_of_one(
	person: str, levels: Iterable[tuple[date, str | None]], up: Collection[tuple[str, str]]
) -> list[Spell]:
	"""Return who held which level from when until when, of one person: from the level of each day, the first day first.

	Without a level they came to none of this path, or left. The level somebody holds already is no change. `up` are the `ways_up`.
	"""
	found, since, held = [], None, None
	for on, level in levels:
		if level == held:
			continue
		if held is not None:
			found.append(Spell(person, held, since, on - _ONE_DAY, level if (held, level) in up else None))
		held, since = level, on
	if held is not None:
		found.append(Spell(person, held, since))
	return found


def ways_up(above: Mapping[str, str | None]) -> frozenset[tuple[str, str]]:
	"""Return each level with each that is reached from it, perhaps over levels in between."""
	found: set[tuple[str, str]] = set()
	for upper in above:
		lower = above[upper]
		while lower is not None and (lower, upper) not in found:
			found.add((lower, upper))
			lower = above.get(lower)
	return frozenset(found)


# what may be shown


@dataclass(frozen=True, slots=True)
class Group:
	"""The records that a figure rests on."""

	key: str
	records: frozenset[Record]
	# the same records with what each adds to the figure; empty: the records alone
	facts: frozenset[Record] = frozenset()


def publishable(
	groups: Iterable[Group], smallest: int = SMALLEST_GROUP, told: frozenset[str] = frozenset()
) -> frozenset[str]:
	"""Return the groups whose figures give nobody away, also together; those told already first, then the largest.

	The groups that are shown cut all records into parts: those that are in the same of them. A group is shown only if no part is of
	few people by it. Whatever is added up or taken away of what is shown then rests on whole parts: on nobody, or on enough people.
	It holds for any groups, within each other or across: paths, levels, departments.
	"""
	ways = (_Parts(), _Parts())  # by whom a figure is about, and by what is counted of them
	shown: set[str] = set()
	for group in sorted(
		groups, key=lambda one: (one.key not in told, -len(one.facts or one.records), one.key)
	):
		cuts = [
			(way, way.inside(records))
			for way, records in zip(ways, (group.records, group.facts or group.records), strict=True)
		]
		if not group.records or (
			group.key not in told and any(_cuts_small(inside, way.parts, smallest) for way, inside in cuts)
		):
			continue
		shown.add(group.key)
		for way, inside in cuts:
			way.cut(inside)
	return frozenset(shown)


class _Parts:
	"""The parts into which what is shown cuts all records."""

	def __init__(self) -> None:
		self.part_of: dict[Record, int] = {}
		self.parts: list[set[Record]] = [set()]

	def inside(self, records: frozenset[Record]) -> dict[int, set[Record]]:
		found: dict[int, set[Record]] = defaultdict(set)
		for record in records:
			found[self.part_of.get(record, _NO_PART)].add(record)
		return found

	def cut(self, inside: Mapping[int, set[Record]]) -> None:
		for part, records in inside.items():
			self.parts[part] -= records
			self.parts.append(records)
			self.part_of.update(dict.fromkeys(records, len(self.parts) - 1))


# what is in none of the groups shown: nobody is told how many they are
_NO_PART = 0


def _cuts_small(inside: Mapping[int, set[Record]], parts: list[set[Record]], smallest: int) -> bool:
	if any(_persons(records) < smallest for records in inside.values()):
		return True
	left = (parts[part] - records for part, records in inside.items() if len(parts[part]) > len(records))
	return any(_persons(records) < smallest for records in left)


def _persons(records: Iterable[Record]) -> int:
	return len(set(map(itemgetter(0), records)))


def percent(part: int, whole: int) -> Decimal:
	return to_step(Decimal(100 * part) / whole, Decimal(1))


def number_of(share: Decimal, people: int) -> int | None:
	"""Return how many of these people a share in whole percent is; None where it does not tell, as of more than a hundred."""
	near = int(to_step(share * people / 100, Decimal(1)))
	found = [number for number in range(max(near - 1, 0), near + 2) if percent(number, people) == share]
	return found[0] if len(found) == 1 else None


def whole_months(spell: Spell) -> int:
	"""Return how long somebody held a level they hold no more, to the month, one at least."""
	return max(int(to_step(months_of(days_of(spell.began_on, spell.ended_on)), Decimal(1))), 1)


def days_of(began_on: date, ended_on: date) -> int:
	return (ended_on - began_on).days + 1


def months_of(days: float) -> Decimal:
	return Decimal(days) / _DAYS_OF_A_MONTH


def to_step(value: Decimal, step: Decimal) -> Decimal:
	return (value / step).quantize(Decimal(1), ROUND_HALF_UP) * step
