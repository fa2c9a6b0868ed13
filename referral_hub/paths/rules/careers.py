"""Who held which designation and grade from when on, put together from what HRMS keeps of it. Pure.

HRMS keeps old values as words: of a promotion or transfer the word before and the word after, of the internal work history the
designation and its first day. A promotion says it best; the history fills the days of which no promotion tells. What was typed over on
the Employee's form has no day and is no move. A day before the record's own first day was copied from another record: it is left out.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import NamedTuple

from referral_hub.paths.rules import evidence
from referral_hub.paths.rules.evidence import Spell
from referral_hub.paths.rules.ladder import Ladder, Level, level_of

DESIGNATION, GRADE = "designation", "grade"
_DAY = itemgetter(0)


class Record(NamedTuple):
	"""An Employee as they are today; `person` stands for all records of one person."""

	name: str
	person: str
	designation: str | None
	grade: str | None
	joined_on: date
	left_on: date | None = None
	company: str | None = None
	department: str | None = None


class Change(NamedTuple):
	"""From this day on another designation or grade."""

	on: date
	field: str
	before: str | None
	after: str | None


class Position(NamedTuple):
	"""What somebody was from a day on; with neither designation nor grade once they are gone."""

	on: date
	designation: str | None
	grade: str | None = None


def career(
	record: Record, changes: Iterable[Change] = (), history: Iterable[tuple[date, str]] = ()
) -> list[Position]:
	"""Return the positions of a record, oldest first; changes of one day in the order they were entered."""
	joined = record.joined_on
	known = [one for one in changes if one.on >= joined]
	noted = sorted((day, word) for day, word in history if day >= joined and word) if history else ()
	if noted:
		told = {one.on for one in known if one.field == DESIGNATION}
		known += [Change(day, DESIGNATION, None, word) for day, word in noted if day not in told]
	known.sort(key=_DAY)
	begun = _begun(known)
	designation = begun.get(DESIGNATION) or (noted[0][1] if noted else None) or record.designation
	grade = begun.get(GRADE, record.grade)
	by_day = {joined: Position(joined, designation, grade)}
	for on, field, _before, after in known:
		if field == DESIGNATION:
			designation = after or None
		else:
			grade = after or None
		by_day[on] = Position(on, designation, grade)
	return _until_gone(list(by_day.values()), record.left_on)


def _begun(changes: list[Change]) -> dict[str, str | None]:
	"""Return what was before the first change of each field; of the history only the word after is known."""
	found: dict[str, str | None] = {}
	for _on, field, before, _after in changes:
		if field not in found:
			found[field] = before or None
	return found


def _until_gone(positions: list[Position], left_on: date | None) -> list[Position]:
	"""Who leaves on a day is still there on it."""
	if left_on is None:
		return positions
	gone = date.fromordinal(left_on.toordinal() + 1)
	return [*(one for one in positions if one.on < gone), Position(gone, None)]


Career = tuple[Record, list[Position]]


def by_person(careers: Iterable[Career]) -> Iterator[tuple[str, list[Position]]]:
	"""Yield what each person was from when on, from all their records: who leaves one while another goes on is not gone."""
	held: dict[str, list[Career]] = defaultdict(list)
	for one in careers:
		held[one[0].person].append(one)
	for person, theirs in held.items():
		yield person, theirs[0][1] if len(theirs) == 1 else _of_all_records(theirs)


def _of_all_records(careers: list[Career]) -> list[Position]:
	found = [
		_held_elsewhere(position, record, careers) if _is_gone(position, record) else position
		for record, positions in careers
		for position in positions
	]
	return sorted(found, key=lambda one: (one.on, one.designation is not None))


def _held_elsewhere(gone: Position, left: Record, careers: list[Career]) -> Position:
	"""Return what somebody is by another record on the day they are gone from one; of several by the one they joined last."""
	goes_on = [
		(record.joined_on, positions)
		for record, positions in careers
		if record is not left
		and record.joined_on <= gone.on
		and (not record.left_on or record.left_on >= gone.on)
	]
	if not goes_on:
		return gone
	_joined_on, positions = max(goes_on, key=lambda one: one[0])
	held = max((one for one in positions if one.on <= gone.on), key=lambda one: one.on)
	return Position(gone.on, held.designation, held.grade)


def _is_gone(position: Position, record: Record) -> bool:
	return record.left_on is not None and position.on > record.left_on


# one company of several

# when a record went from which company to which, oldest first
Moves = Sequence[tuple[date, str, str]]


def within(one: Career, company: str, moves: Moves) -> Career | None:
	"""Return what somebody was while their record was of a company; None where it never was.

	On the day they go they are of both, as with a record made for the new company: the old one ends on that day, the new one begins.
	"""
	record, positions = one
	if not moves:
		return one if record.company == company else None
	here = _days_in(company, record, moves)
	if not here:
		return None
	(since, _until), (_since, until) = here[0], here[-1]
	left_on = record.left_on if until is None else until
	held = [position for days in here for position in _between(positions, *days)]
	return record._replace(joined_on=since, left_on=left_on), held


def _days_in(company: str, record: Record, moves: Moves) -> list[tuple[date, date | None]]:
	"""Return from when until when a record was of a company; of today its Employee says it."""
	begun = {record.joined_on: moves[0][1]}
	for on, _before, after in moves:
		begun[max(on, record.joined_on)] = after
	days = [*begun]
	begun[days[-1]] = record.company
	found: list[tuple[date, date | None]] = []
	for since, until in zip(days, [*days[1:], None], strict=True):
		if begun[since] != company:
			continue
		if found and found[-1][1] == since:
			since = found.pop()[0]
		found.append((since, until))
	return found


def _between(positions: list[Position], since: date, until: date | None) -> list[Position]:
	held = [one for one in positions if one.on <= since][-1:]
	found = [one._replace(on=since) for one in held]
	found += [one for one in positions if since < one.on and (until is None or one.on <= until)]
	return _until_gone(found, until)


# renamed designations


@dataclass(frozen=True, slots=True)
class FormerName:
	"""A word for a designation that is called otherwise today; with a day where the word has a new meaning since."""

	word: str
	designation: str
	until: date | None = None


class Names:
	"""What the words of a day are called today."""

	def __init__(self, rows: Iterable[FormerName]):
		self._lasting: dict[str, str] = {}
		self._dated: list[FormerName] = []
		for row in rows:
			if row.until is None:
				self._lasting.setdefault(key(row.word), row.designation)
			else:
				self._dated.append(row)

	@property
	def are_lasting(self) -> bool:
		"""Say whether every word means the same on every day."""
		return not self._dated

	def today(self, word: str | None, on: date) -> str | None:
		"""Follow a word to the designation of today; words that lead in a circle end where they begin again."""
		renamed = self._as_of(on)
		if not renamed:
			return word
		seen: set[str] = set()
		while word and key(word) in renamed and key(word) not in seen:
			seen.add(key(word))
			word = renamed[key(word)]
		return word

	def _as_of(self, on: date) -> Mapping[str, str]:
		dated = {key(row.word): row.designation for row in self._dated if on <= row.until}
		return {**self._lasting, **dated} if dated else self._lasting


def spells(
	people: Iterable[tuple[str, list[Position]]], ladder: Ladder, names: Names
) -> dict[str, list[Spell]]:
	"""Return by person who held which level of a ladder from when until when; of one day a level goes before none, then the last."""
	finder = levels_by_place(ladder, names)
	up = evidence.ways_up({level.code: level.follows for level in ladder.levels})
	found: dict[str, list[Spell]] = {}
	for person, positions in people:
		by_day: dict[date, str | None] = {}
		for position in positions:
			level = finder(position)
			if level is not None or by_day.get(position.on) is None:
				by_day[position.on] = level
		found[person] = evidence.spells_of_one(person, by_day.items(), up)
	return found


def levels_by_place(ladder: Ladder, names: Names) -> Callable[[Position], str | None]:
	"""Return what finds the code of a position's level; places that come again are not looked up again."""
	found: dict[tuple, str | None] = {}

	def code_of(position: Position) -> str | None:
		place = (
			position[1:]
			if names.are_lasting
			else (names.today(position.designation, position.on), position.grade)
		)
		if place not in found:
			found[place] = _code(ladder, names.today(position.designation, position.on), position.grade)
		return found[place]

	return code_of


def _code(ladder: Ladder, word: str | None, grade: str | None) -> str | None:
	level: Level | None = level_of(ladder, word, grade) if word else None
	return level.code if level else None


def key(word: str) -> str:
	return word.strip().casefold()
