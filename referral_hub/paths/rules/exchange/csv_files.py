"""A path as a CSV file: its levels, a row for each requirement; the columns of a level may be empty below its first row. Pure."""

import csv
import io

from referral_hub.paths.rules.exchange.fields import (
	COLUMNS,
	MOST_ROWS,
	OF_LEVEL,
	OF_REQUIREMENT,
	PathFile,
	Problem,
	Unreadable,
	Wrong,
	letters,
	plain_number,
	values,
)

NEEDED_COLUMNS = ("code", "designation")
# a spreadsheet takes such a cell for a formula
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


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
	text = letters(text)
	header = text.partition("\n")[0]
	delimiter = max(",;\t", key=header.count)
	try:
		lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
	except csv.Error as error:
		raise Unreadable([Problem(Wrong.NOT_A_TABLE, word=str(error))]) from error
	return lines or [[]]


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
	level = values(row, OF_LEVEL, line, problems)
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
		path.requirements.append({"level": code, **values(row, OF_REQUIREMENT, line, problems)})


def _cell(value) -> str:
	"""Write a value; a text that a spreadsheet would run is marked as text."""
	if value is None or value == "":
		return ""
	if isinstance(value, bool):
		return "1" if value else "0"
	if not isinstance(value, str):
		return str(plain_number(value))
	return f"'{value}" if _is_formula(value) else value


def _uncell(cell: str) -> str:
	cell = cell.strip()
	return cell[1:] if cell.startswith("'") and _is_formula(cell) else cell


def _is_formula(text: str) -> bool:
	return text.lstrip("'").startswith(_FORMULA)


def _column(name: str) -> str:
	return name.strip().casefold().replace(" ", "_")
