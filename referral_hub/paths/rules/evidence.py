"""What others reached on a path: how many were promoted, how long it took, how pay grew; and what may be shown to whom. Pure.

Every figure says how many people it rests on. Of everybody who held a level on some day of a period, the promotion rate is the share
that left it upwards within the period: somebody who came late counts in full, so the figure errs downwards. Periods that are published
are whole years that are over and share no day: a figure of today less one of yesterday says nothing of a single person.

Small groups stay hidden outside HR, and so does what could be worked out: of a figure for all less those that are shown, what remains
must be nobody or a group that is large enough by itself. `publishable` finds this for groups within groups.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from statistics import median

# as few people may be told apart in a figure that outsiders see
SMALLEST_GROUP = 5
_DAYS_OF_A_MONTH = Decimal("30.4375")


@dataclass(frozen=True, slots=True)
class Period:
	"""From the first day to the last, both counted."""

	first: date
	last: date

	def holds(self, day: date) -> bool:
		return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Spell:
	"""The days somebody held a level: until the day before the next; without an end while they hold it."""

	person: str
	level: str
	began_on: date
	ended_on: date | None = None
	# the level they rose to on the day after; None where they went elsewhere, or left
	rose_to: str | None = None

	def touches(self, period: Period) -> bool:
		return self.began_on <= period.last and (self.ended_on is None or self.ended_on >= period.first)

	def rose_in(self, period: Period) -> bool:
		return self.rose_to is not None and self.ended_on is not None and period.holds(self.ended_on)


@dataclass(frozen=True, slots=True)
class Pay:
	"""What somebody is paid from a day on."""

	person: str
	from_day: date
	amount: Decimal
	currency: str


@dataclass(frozen=True, slots=True)
class Figure:
	"""A number and the people it rests on; None where there is nobody."""

	value: Decimal | None
	people: frozenset[str]

	@property
	def number(self) -> int:
		return len(self.people)


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
	people = frozenset(spell.person for spell in within)
	if not people:
		return NOTHING
	rose = {spell.person for spell in within if spell.rose_in(period)}
	return Figure(_percent(len(rose), len(people)), people)


def median_months(spells: Iterable[Spell], period: Period) -> Figure:
	"""Return how many months those who rose in the period had held the level, in halves of a month."""
	rose = [spell for spell in spells if spell.rose_in(period)]
	if not rose:
		return NOTHING
	months = median(_months(spell.began_on, spell.ended_on) for spell in rose)
	return Figure(_to(months, Decimal("0.5")), frozenset(spell.person for spell in rose))


def pay_growth(pays: Iterable[Pay], people: Iterable[str], period: Period) -> Figure:
	"""Return by how many whole percent the pay of the middle one of these people grew from the first day to the last.

	Who was not paid on both days, or in another currency on the last, is left out.
	"""
	rows: dict[str, list[Pay]] = defaultdict(list)
	for pay in pays:
		rows[pay.person].append(pay)
	growth = {person: grown for person in set(people) if (grown := _growth(rows[person], period)) is not None}
	if not growth:
		return NOTHING
	return Figure(_to(100 * median(growth.values()), Decimal(1)), frozenset(growth))


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
	"""People of whom a figure is shown; `within` names the group they are all part of."""

	key: str
	people: frozenset[str]
	within: str | None = None


def publishable(groups: Iterable[Group], smallest: int = SMALLEST_GROUP) -> frozenset[str]:
	"""Return the groups whose figures give nobody away, also together.

	Groups with the same `within` share nobody's record. A group is hidden when it is small; and when what is left of the group around
	it, less all that is shown, would be small, more are hidden, the smallest first. In a hidden group all are hidden.
	"""
	inside: dict[str | None, list[Group]] = defaultdict(list)
	for group in groups:
		inside[group.within].append(group)
	shown: set[str] = set()
	for root in inside[None]:
		if len(root.people) >= smallest:
			_show(root, inside, smallest, shown)
	return frozenset(shown)


def _show(group: Group, inside: Mapping[str | None, list[Group]], smallest: int, shown: set[str]) -> None:
	shown.add(group.key)
	parts = sorted(inside.get(group.key, ()), key=lambda part: (-len(part.people), part.key))
	safe = [part for part in parts if len(part.people) >= smallest]
	while safe and 0 < len(_left(group, parts, safe)) < smallest:
		safe.pop()
	for part in safe:
		_show(part, inside, smallest, shown)


def _left(group: Group, parts: list[Group], safe: list[Group]) -> frozenset[str]:
	"""Return the people of a group whose records are in none of the parts that are shown."""
	hidden = [part.people for part in parts if part not in safe]
	in_no_part = group.people.difference(*(part.people for part in parts))
	return in_no_part.union(*hidden)


def _percent(part: int, whole: int) -> Decimal:
	return _to(Decimal(100 * part) / whole, Decimal(1))


def _months(began_on: date, ended_on: date) -> Decimal:
	return ((ended_on - began_on).days + 1) / _DAYS_OF_A_MONTH


def _to(value: Decimal, step: Decimal) -> Decimal:
	return (value / step).quantize(Decimal(1)) * step
