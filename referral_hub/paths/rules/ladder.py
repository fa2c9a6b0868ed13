"""The ladder of a designation: levels, branches, what each needs, how far somebody is and what is missing. Pure.

A path is a tree: it starts at one level, and each other level follows one that exists; where two follow the same, the path branches
(expert, manager). A level is reached by designation and, where it names one, by grade; HRMS keeps old designations as words, so a
renamed one is found through the company's aliases. What is not known is said to be unknown: it is neither met nor missing. Referrals
are shown beside a path and never count here.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Source(StrEnum):
	"""Where the value of a requirement comes from."""

	GOAL = "Goal"
	GOAL_PROGRESS = "Goal Progress"
	TIMESHEET = "Timesheet"
	DOCUMENTS = "Documents"
	BY_HAND = "By Hand"


class Counted(StrEnum):
	"""From when on things count."""

	SINCE_LEVEL = "Since This Level"
	LAST_YEAR = "Last 12 Months"
	EVER = "Ever"


@dataclass(frozen=True, slots=True)
class Requirement:
	"""What is measured; `at_most` for what has to be low, such as complaints."""

	key: str
	target: Decimal
	weight: Decimal = Decimal(1)
	at_most: bool = False


@dataclass(frozen=True, slots=True)
class Level:
	code: str
	designation: str
	grade: str | None = None
	follows: str | None = None
	branch: str | None = None
	usual_months: int | None = None
	requirements: tuple[Requirement, ...] = ()


@dataclass(frozen=True, slots=True)
class Ladder:
	levels: tuple[Level, ...]

	def level(self, code: str | None) -> Level | None:
		return next((level for level in self.levels if level.code == code), None)

	def after(self, code: str) -> tuple[Level, ...]:
		return tuple(level for level in self.levels if level.follows == code)

	def starts(self) -> tuple[Level, ...]:
		return tuple(level for level in self.levels if not level.follows)


class Flaw(StrEnum):
	"""Why a path can't be used; each is said with the code of its level, and of its requirement."""

	NO_LEVELS = "no_levels"
	NO_CODE = "no_code"
	SAME_CODE = "same_code"
	UNKNOWN_LEVEL = "unknown_level"
	SEVERAL_STARTS = "several_starts"
	CIRCLE = "circle"
	SAME_PLACE = "same_place"
	NO_TARGET = "no_target"
	NO_WEIGHT = "no_weight"
	SAME_REQUIREMENT = "same_requirement"


def flaws(ladder: Ladder) -> list[tuple[Flaw, str, str]]:
	"""Return everything that is wrong, in the order of the levels: what, at which level, at which requirement."""
	if not ladder.levels:
		return [(Flaw.NO_LEVELS, "", "")]
	codes = Counter(level.code for level in ladder.levels)
	places = Counter(_place(level) for level in ladder.levels)
	circle = _in_circle(ladder) if max(codes.values()) == 1 else set()
	first = next(iter(ladder.starts()), None)
	found = [flaw for level in ladder.levels for flaw in _flaws_of(level, codes, places, circle, first)]
	return list(dict.fromkeys(found))


def _flaws_of(
	level: Level, codes: Counter, places: Counter, circle: set[str], first: Level | None
) -> Iterator[tuple[Flaw, str, str]]:
	wrong = (
		(Flaw.NO_CODE, not level.code),
		(Flaw.SAME_CODE, codes[level.code] > 1),
		(Flaw.UNKNOWN_LEVEL, bool(level.follows) and level.follows not in codes),
		(Flaw.SEVERAL_STARTS, not level.follows and level is not first),
		(Flaw.CIRCLE, level.code in circle),
		(Flaw.SAME_PLACE, places[_place(level)] > 1),
	)
	yield from ((flaw, level.code, "") for flaw, is_wrong in wrong if is_wrong)
	keys = Counter(requirement.key for requirement in level.requirements)
	for requirement in level.requirements:
		wrong = (
			(Flaw.NO_TARGET, requirement.target < 0 or (not requirement.target and not requirement.at_most)),
			(Flaw.NO_WEIGHT, requirement.weight <= 0),
			(Flaw.SAME_REQUIREMENT, keys[requirement.key] > 1),
		)
		yield from ((flaw, level.code, requirement.key) for flaw, is_wrong in wrong if is_wrong)


def _in_circle(ladder: Ladder) -> set[str]:
	"""Return the levels from which no start is reached because they follow each other."""
	above = {level.code: level.follows for level in ladder.levels}
	return {code for code in above if _comes_back(code, above)}


def _comes_back(code: str, above: Mapping[str, str | None]) -> bool:
	seen, at = set(), above[code]
	while at in above and at not in seen:
		if at == code:
			return True
		seen.add(at)
		at = above[at]
	return False


# where somebody is, and what comes next


def level_of(
	ladder: Ladder,
	designation: str | None,
	grade: str | None = None,
	aliases: Mapping[str, str] | None = None,
) -> Level | None:
	"""Return the level of a designation and grade; one that names the grade goes before one that names none."""
	now_called = current_name(designation, aliases or {})
	same = [level for level in ladder.levels if _word(level.designation) == _word(now_called)]
	exact = [level for level in same if level.grade and _word(level.grade) == _word(grade)]
	return next(iter(exact or [level for level in same if not level.grade]), None)


def begins_at(ladder: Ladder, designation: str) -> Level | None:
	"""Return the lowest level of a designation: that of somebody whose grade nobody has said yet."""
	same = [level for level in ladder.levels if _word(level.designation) == _word(designation)]
	return min(same, key=lambda level: len(way(ladder, level.code)), default=None)


def current_name(designation: str | None, aliases: Mapping[str, str]) -> str | None:
	"""Follow renamed designations to the name of today; names that lead in a circle end where they begin again."""
	renamed = {_word(old): new for old, new in aliases.items()}
	seen: set[str] = set()
	while designation and _word(designation) in renamed and _word(designation) not in seen:
		seen.add(_word(designation))
		designation = renamed[_word(designation)]
	return designation


def way(ladder: Ladder, code: str) -> tuple[Level, ...]:
	"""Return the levels from the start to this one; of a circle each once."""
	found: list[Level] = []
	level = ladder.level(code)
	while level and level not in found:
		found.append(level)
		level = ladder.level(level.follows)
	return tuple(reversed(found))


def usual_months(ladder: Ladder, code: str) -> int | None:
	"""Return how long it usually takes from the start to reach this level; None where one step is not said."""
	before = [level.usual_months for level in way(ladder, code)[:-1]]
	return None if None in before else sum(before)


# progress


@dataclass(frozen=True, slots=True)
class Progress:
	"""One requirement; without a value nothing is known of it."""

	requirement: Requirement
	value: Decimal | None
	share: Decimal
	missing: Decimal | None

	@property
	def is_met(self) -> bool:
		return self.missing is not None and not self.missing


@dataclass(frozen=True, slots=True)
class Step:
	"""The way to one next level."""

	level: Level
	progress: tuple[Progress, ...]
	# whole percents, rounded down: 100 only when all is met
	percent: int
	# months at the level so far, and how many are usual
	months: int | None = None
	usual_months: int | None = None

	@property
	def met(self) -> int:
		return sum(one.is_met for one in self.progress)

	@property
	def missing(self) -> tuple[Progress, ...]:
		return tuple(one for one in self.progress if one.missing)

	@property
	def unknown(self) -> tuple[Progress, ...]:
		return tuple(one for one in self.progress if one.value is None)


def progress(requirement: Requirement, value: Decimal | None) -> Progress:
	if value is None:
		return Progress(requirement, None, Decimal(0), None)
	beyond = value - requirement.target if requirement.at_most else requirement.target - value
	if beyond <= 0:
		return Progress(requirement, value, Decimal(1), Decimal(0))
	# above what is allowed there is no part of the way: it is met or it is not
	share = Decimal(0) if requirement.at_most else max(value, Decimal(0)) / requirement.target
	return Progress(requirement, value, share, beyond)


def ahead(
	ladder: Ladder, code: str, values: Mapping[tuple[str, str], Decimal | None], months: int | None = None
) -> tuple[Step, ...]:
	"""Return the way to each level that follows; `values` by level and requirement."""
	here = ladder.level(code)
	usual = here.usual_months if here else None
	return tuple(_step(level, values, months, usual) for level in ladder.after(code))


def _step(level: Level, values: Mapping, months: int | None, usual: int | None) -> Step:
	found = tuple(progress(one, values.get((level.code, one.key))) for one in level.requirements)
	weight = sum((one.requirement.weight for one in found), Decimal(0))
	reached = sum((one.share * one.requirement.weight for one in found), Decimal(0))
	percent = int(100 * reached / weight) if weight else 0
	return Step(level, found, percent, months, usual)


# the diagram


@dataclass(frozen=True, slots=True)
class Box:
	"""Where a level is drawn: how many steps from the start, and in which lane."""

	code: str
	column: int
	lane: int


def drawn(ladder: Ladder) -> tuple[Box, ...]:
	"""Place each level of a path without flaws: the first that follows stays in the lane, others open one below."""
	following: dict[str | None, list[Level]] = defaultdict(list)
	for level in ladder.levels:
		following[level.follows or None].append(level)
	boxes: list[Box] = []
	lanes = 0
	# those that wait: the next one last; a path may have more levels than calls may be nested
	waiting = [(level, 0, None) for level in reversed(following[None])]
	while waiting:
		level, column, lane = waiting.pop()
		if lane is None:
			lane, lanes = lanes, lanes + 1
		boxes.append(Box(level.code, column, lane))
		first_and_others = enumerate(following[level.code])
		after = [(follower, column + 1, None if number else lane) for number, follower in first_and_others]
		waiting += reversed(after)
	return tuple(boxes)


def _place(level: Level) -> tuple[str, str]:
	return _word(level.designation), _word(level.grade)


def _word(name: str | None) -> str:
	"""Compare names as the database does: neither case nor blanks around them make two of one."""
	return (name or "").strip().casefold()


def aliases_of(rows: Iterable[tuple[str, str]]) -> dict[str, str]:
	"""Return old names and what each is called now, from rows of the alias table."""
	return {old: new for old, new in rows if old and new and _word(old) != _word(new)}
