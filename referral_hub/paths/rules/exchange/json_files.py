"""A path as a JSON file (format 1): the whole of it, each level with its requirements. Pure."""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal

from referral_hub.paths.rules.exchange.fields import (
	MOST_ROWS,
	OF_FORMER_NAME,
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

FORMAT, VERSION = "performance-path", 1


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
	return json.dumps(whole, ensure_ascii=False, indent=2, default=plain_number) + "\n"


def from_json(text: str) -> PathFile:
	whole = _whole(text)
	problems: list[Problem] = []
	path = PathFile(path_name=str(whole.get("path_name") or "").strip())
	for where, level in _rows(whole, "levels", "levels", problems):
		row = values(level, OF_LEVEL, where, problems, {"requirements"})
		path.levels.append(row)
		for place, needed in _rows(level, "requirements", f"{where}.requirements", problems):
			path.requirements.append(
				{"level": row["code"], **values(needed, OF_REQUIREMENT, place, problems)}
			)
	for where, name in _rows(whole, "former_names", "former_names", problems):
		path.former_names.append(values(name, OF_FORMER_NAME, where, problems))
	if len(path.levels) + len(path.requirements) + len(path.former_names) > MOST_ROWS:
		problems.append(Problem(Wrong.TOO_LONG, word=str(MOST_ROWS)))
	if problems:
		raise Unreadable(problems)
	return path


def _whole(text: str) -> dict:
	text = letters(text)
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


def _without(row: Mapping, name: str) -> dict:
	return {key: value for key, value in row.items() if key != name}
