"""What a file of a path holds: the fields of each row with their kinds, and what is wrong with a value. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from referral_hub.paths.rules.ladder import Source

MOST_ROWS = 2000
# digits before the point
LONGEST_NUMBER = 12
_TEXT, _WHOLE, _NUMBER, _YES, _SOURCE = "text", "whole", "number", "yes", "source"
OF_LEVEL = {
	"code": _TEXT,
	"title": _TEXT,
	"designation": _TEXT,
	"grade": _TEXT,
	"follows": _TEXT,
	"branch": _TEXT,
	"usual_months": _WHOLE,
	"pay_from": _NUMBER,
	"pay_to": _NUMBER,
	"currency": _TEXT,
	"bonus_percent": _NUMBER,
	"options_note": _TEXT,
	"brings": _TEXT,
}
OF_MEASURING = dict.fromkeys(
	(
		"counted",
		"kra",
		"activity_type",
		"document_type",
		"employee_field",
		"date_field",
		"filters",
	),
	_TEXT,
)
OF_REQUIREMENT = {
	"requirement": _TEXT,
	"target": _NUMBER,
	"unit": _TEXT,
	"source": _SOURCE,
	"at_most": _YES,
	"weight": _NUMBER,
	**OF_MEASURING,
}
OF_FORMER_NAME = {"former_name": _TEXT, "designation": _TEXT, "renamed_on": _TEXT}
COLUMNS = (*OF_LEVEL, *OF_REQUIREMENT)
_NOTHING = {_TEXT: "", _WHOLE: 0, _NUMBER: Decimal(0), _YES: False, _SOURCE: Source.BY_HAND.value}
_YES_WORDS = {
	"1": True,
	"yes": True,
	"true": True,
	"是": True,
	"0": False,
	"no": False,
	"false": False,
	"否": False,
}


class Wrong(StrEnum):
	NOT_A_TABLE = "not_a_table"
	NOT_A_PATH = "not_a_path"
	OTHER_LETTERS = "other_letters"
	TOO_MANY_CELLS = "too_many_cells"
	TOO_LONG = "too_long"
	MISSING_COLUMN = "missing_column"
	UNKNOWN_COLUMN = "unknown_column"
	NO_LEVEL = "no_level"
	NOT_A_NUMBER = "not_a_number"
	NOT_YES_OR_NO = "not_yes_or_no"
	UNKNOWN_SOURCE = "unknown_source"
	OTHER_VALUE = "other_value"


@dataclass(frozen=True, slots=True)
class Problem:
	"""What can't be read, where: the line of a table, the place in a path; and the word in question."""

	wrong: Wrong
	where: str = ""
	word: str = ""


@dataclass(slots=True)
class PathFile:
	"""The rows of a path, each with the names of its fields; requirements name their level."""

	levels: list[dict] = field(default_factory=list)
	requirements: list[dict] = field(default_factory=list)
	former_names: list[dict] = field(default_factory=list)
	path_name: str = ""


class Unreadable(ValueError):
	"""The file can't be taken; `problems` says all that is wrong with it."""

	def __init__(self, problems: list[Problem]):
		super().__init__("; ".join(f"{one.wrong} {one.where} {one.word}".strip() for one in problems))
		self.problems = problems


def letters(text: str) -> str:
	"""Return the text without the mark some programs put before it; one that was read in another encoding has lost letters."""
	if "\ufffd" in text:
		raise Unreadable([Problem(Wrong.OTHER_LETTERS)])
	return text.lstrip("\ufeff")


def values(
	row: Mapping, kinds: Mapping[str, str], where: str, problems: list[Problem], also: Iterable[str] = ()
) -> dict:
	"""Return each field of a row; in a path, unlike in a table, a row may hold names nobody knows."""
	known = {*COLUMNS, *OF_FORMER_NAME, *also}
	problems += [Problem(Wrong.UNKNOWN_COLUMN, where, str(name)) for name in row if name not in known]
	return {name: _value(row.get(name), kind, where, problems) for name, kind in kinds.items()}


def _value(given, kind: str, where: str, problems: list[Problem]):
	word = "" if given is None else str(given).strip()
	if not word or isinstance(given, list | dict):
		if word:
			problems.append(Problem(Wrong.NOT_A_PATH, where))
		return _NOTHING[kind]
	if kind in (_WHOLE, _NUMBER):
		return _number(word, kind, where, problems)
	if kind == _YES:
		return _known(_YES_WORDS, word, Wrong.NOT_YES_OR_NO, kind, where, problems)
	if kind == _SOURCE:
		sources = {source.value.casefold(): source.value for source in Source}
		return _known(sources, word, Wrong.UNKNOWN_SOURCE, kind, where, problems)
	return word


def _number(word: str, kind: str, where: str, problems: list[Problem]):
	try:
		number = Decimal(word)
	except InvalidOperation:
		number = Decimal("nan")
	# compared by its size, not by abs(), which can't hold every number that can be written
	if (
		not number.is_finite()
		or number.adjusted() >= LONGEST_NUMBER
		or (kind == _WHOLE and number != int(number))
	):
		problems.append(Problem(Wrong.NOT_A_NUMBER, where, word))
		return _NOTHING[kind]
	return int(number) if kind == _WHOLE else number


def _known(words: Mapping, word: str, wrong: Wrong, kind: str, where: str, problems: list[Problem]):
	if word.casefold() not in words:
		problems.append(Problem(wrong, where, word))
		return _NOTHING[kind]
	return words[word.casefold()]


def plain_number(value) -> int | float:
	return int(value) if value == int(value) else float(value)
