"""Paths as files: CSV for tables, JSON for everything; what was written is read back the same. Pure.

A CSV file holds the levels of one path, a row for each requirement; the columns of a level may be left empty below its first row.
A JSON file (format 1) holds the whole path, each level with its requirements. What can't be read is said with its line or its place,
all at once, and nothing of such a file is taken. Whether levels hang together is for `ladder.flaws` to say. docs/performance-path.md
describes both for people.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from referral_hub.paths.rules.ladder import Source

FORMAT, VERSION = "performance-path", 1
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
NEEDED_COLUMNS = ("code", "designation")
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
# a spreadsheet takes such a cell for a formula
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


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


# CSV


def to_csv(path: PathFile) -> str:
	out = io.StringIO()
	writer = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
	writer.writeheader()
	for level in path.levels:
		needed = [one for one in path.requirements if one["level"] == level["code"]] or [{}]
		for number, requirement in enumerate(needed):
			shown = level if not number else {"code": level["code"]}
			row = {**{name: shown.get(name) for name in OF_LEVEL}, **requirement}
			writer.writerow({name: _cell(row.get(name)) for name in COLUMNS})
	return out.getvalue()


def from_csv(text: str) -> PathFile:
	lines = _table(text)
	problems = _wrong_columns(lines[0])
	if len(lines) > MOST_ROWS:
		problems.append(Problem(Wrong.TOO_LONG, str(len(lines)), str(MOST_ROWS)))
	if problems:
		raise Unreadable(problems)
	names = [_column(name) for name in lines[0]]
	path, of_code = PathFile(), {}
	for line, cells in enumerate(lines[1:], start=2):
		if any(cell.strip() for cell in cells[len(names) :]):
			problems.append(Problem(Wrong.TOO_MANY_CELLS, str(line)))
		row = {name: _uncell(cell) for name, cell in zip(names, cells, strict=False) if name}
		if any(row.values()):
			_take_row(row, str(line), path, of_code, problems)
	if problems:
		raise Unreadable(problems)
	return path


def _table(text: str) -> list[list[str]]:
	text = _letters(text)
	header = text.partition("\n")[0]
	delimiter = max(",;\t", key=header.count)
	try:
		lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
	except csv.Error as error:
		raise Unreadable([Problem(Wrong.NOT_A_TABLE, word=str(error))]) from error
	return lines or [[]]


def _letters(text: str) -> str:
	"""Return the text without the mark some programs put before it; one that was read in another encoding has lost letters."""
	if "\ufffd" in text:
		raise Unreadable([Problem(Wrong.OTHER_LETTERS)])
	return text.lstrip("\ufeff")


def _wrong_columns(header: list[str]) -> list[Problem]:
	names = [_column(name) for name in header]
	missing = [Problem(Wrong.MISSING_COLUMN, word=name) for name in NEEDED_COLUMNS if name not in names]
	unknown = [name for at, name in enumerate(names) if name and (name not in COLUMNS or name in names[:at])]
	return missing + [Problem(Wrong.UNKNOWN_COLUMN, word=name) for name in unknown]


def _take_row(row: dict, line: str, path: PathFile, of_code: dict, problems: list[Problem]) -> None:
	code = row.get("code", "")
	if not code:
		problems.append(Problem(Wrong.NO_LEVEL, line))
		return
	level = _values(row, OF_LEVEL, line, problems)
	if code not in of_code:
		of_code[code] = level
		path.levels.append(level)
	else:
		problems += [
			Problem(Wrong.OTHER_VALUE, line, name)
			for name in OF_LEVEL
			if row.get(name) and level[name] != of_code[code][name]
		]
	if any(row.get(name) for name in OF_REQUIREMENT):
		path.requirements.append({"level": code, **_values(row, OF_REQUIREMENT, line, problems)})


# JSON


def to_json(path: PathFile) -> str:
	levels = [
		{
			**level,
			"requirements": [
				_without(one, "level") for one in path.requirements if one["level"] == level["code"]
			],
		}
		for level in path.levels
	]
	whole = {
		"format": FORMAT,
		"version": VERSION,
		"path_name": path.path_name,
		"levels": levels,
		"former_names": path.former_names,
	}
	return json.dumps(whole, ensure_ascii=False, indent=2, default=_plain_number) + "\n"


def from_json(text: str) -> PathFile:
	whole = _whole(text)
	problems: list[Problem] = []
	path = PathFile(path_name=str(whole.get("path_name") or "").strip())
	for where, level in _rows(whole, "levels", "levels", problems):
		row = _values(level, OF_LEVEL, where, problems, {"requirements"})
		path.levels.append(row)
		for place, needed in _rows(level, "requirements", f"{where}.requirements", problems):
			path.requirements.append(
				{"level": row["code"], **_values(needed, OF_REQUIREMENT, place, problems)}
			)
	for where, name in _rows(whole, "former_names", "former_names", problems):
		path.former_names.append(_values(name, OF_FORMER_NAME, where, problems))
	if len(path.levels) + len(path.requirements) + len(path.former_names) > MOST_ROWS:
		problems.append(Problem(Wrong.TOO_LONG, word=str(MOST_ROWS)))
	if problems:
		raise Unreadable(problems)
	return path


def _whole(text: str) -> dict:
	text = _letters(text)
	try:
		whole = json.loads(text, parse_float=Decimal, parse_constant=str)
	except (ValueError, RecursionError) as error:
		raise Unreadable([Problem(Wrong.NOT_A_PATH)]) from error
	if not isinstance(whole, dict) or (whole.get("format"), whole.get("version")) != (FORMAT, VERSION):
		raise Unreadable([Problem(Wrong.NOT_A_PATH)])
	return whole


def _rows(holder: Mapping, name: str, where: str, problems: list[Problem]) -> Iterator[tuple[str, Mapping]]:
	rows = holder.get(name) or []
	if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
		problems.append(Problem(Wrong.NOT_A_PATH, where))
		return
	yield from ((f"{where}[{at}]", row) for at, row in enumerate(rows))


# one value


def _values(
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


def _cell(value) -> str:
	"""Write a value; a text that a spreadsheet would run is marked as text."""
	if value is None or value == "":
		return ""
	if isinstance(value, bool):
		return "1" if value else "0"
	if not isinstance(value, str):
		return str(_plain_number(value))
	return f"'{value}" if _is_formula(value) else value


def _uncell(cell: str) -> str:
	cell = cell.strip()
	return cell[1:] if cell.startswith("'") and _is_formula(cell) else cell


def _is_formula(text: str) -> bool:
	return text.lstrip("'").startswith(_FORMULA)


def _column(name: str) -> str:
	return name.strip().casefold().replace(" ", "_")


def _plain_number(value) -> int | float:
	return int(value) if value == int(value) else float(value)


def _without(row: Mapping, name: str) -> dict:
	return {key: value for key, value in row.items() if key != name}
