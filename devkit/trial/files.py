"""Reads what people hand to `./dev try`, and names what is wrong by file and line. Formats: docs/what-if.md."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

from devkit.shell import Problem

EARLIEST, LATEST = date(1900, 1, 1), date(2200, 1, 1)
LARGEST, FINEST = 15, -15  # powers of ten: all money there is, and no figure that takes pages to write
OTHER_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "upright strokes"}
YES, NO = frozenset({"yes", "y", "1", "true", ""}), frozenset({"no", "n", "0", "false"})


class Wrong(Exception):
	"""One thing of a row or rule that can't be read; its text says what."""


@dataclass(frozen=True)
class Row:
	"""A line of a CSV file under the names of its columns."""

	line: int
	values: dict[str, str]

	def text(self, name: str) -> str | None:
		return self.values.get(name) or None

	def needed(self, name: str) -> str:
		if not (found := self.text(name)):
			raise Wrong(f"{name} is missing")
		return found

	def day(self, name: str) -> date | None:
		return as_day(self.text(name), name)

	def moment(self, name: str) -> datetime:
		text = self.needed(name)
		try:
			found = datetime.fromisoformat(text).replace(tzinfo=None)
		except ValueError:
			raise Wrong(f"{name} is no date: {text!r} (write 2026-01-31 or 2026-01-31 09:30)") from None
		_in_our_times(found.date(), name)
		return found

	def number(self, name: str) -> Decimal | None:
		return as_number(self.text(name), name)

	def one_of(self, name: str, known) -> str | None:
		text = self.text(name)
		if text and text not in known:
			raise Wrong(f"{name} is {text!r}, it can be: {', '.join(known)}")
		return text

	def is_yes(self, name: str) -> bool:
		text = (self.text(name) or "").lower()
		if text not in YES | NO:
			raise Wrong(f"{name} is {text!r}, it can be: yes, no")
		return text in YES


def as_day(value, name: str) -> date | None:
	try:
		found = date.fromisoformat(value) if value else None
	except (TypeError, ValueError):
		raise Wrong(f"{name} is no date: {value!r} (write 2026-01-31)") from None
	return _in_our_times(found, name) if found else None


def _in_our_times(day: date, name: str) -> date:
	if not EARLIEST <= day <= LATEST:
		raise Wrong(f"{name} is {day}: neither before {EARLIEST.year} nor after {LATEST.year}")
	return day


def as_number(value, name: str) -> Decimal | None:
	if value in (None, ""):
		return None
	try:
		found = Decimal(str(value))
	except InvalidOperation:
		raise Wrong(f"{name} is no number: {value!r}") from None
	if not found.is_finite() or isinstance(value, bool):
		raise Wrong(f"{name} is no number: {value!r}")
	if not found:
		return Decimal(0)
	if found.adjusted() > LARGEST or found.as_tuple().exponent < FINEST:
		raise Wrong(f"{name} is too large or too fine a number")
	return found


def read_text(path: Path) -> str:
	"""Return what a file says, every line ending in the same way."""
	try:
		data = path.read_bytes()
		text = data.decode("utf-8-sig")
	except OSError as refused:
		raise Problem(f"{path}: {refused.strerror or refused}") from None
	except UnicodeDecodeError as wrong:
		line = data.count(b"\n", 0, wrong.start) + 1
		raise Problem(f"{path}:{line}: not UTF-8. In a spreadsheet choose 'CSV UTF-8' when saving.") from None
	return text.replace("\r\n", "\n").replace("\r", "\n")


def read_rows(path: Path, known: frozenset[str], needed: tuple[str, ...]) -> Iterator[Row | str]:
	"""Yield each row of a CSV file, or what is wrong with it, in words that name file and line."""
	rows = _cells([f"{line}\n" for line in read_text(path).split("\n")])
	head = next(rows, (1, []))[1]
	if isinstance(head, str):
		raise Problem(f"{path}:1: {head}")
	names = [name.strip().lower() for name in head]
	_refuse_other_separators(path, names)
	if unknown := [name or "(empty)" for name in names if name not in known]:
		raise Problem(
			f"{path}:1: unknown columns: {', '.join(unknown)}. There are: {', '.join(sorted(known))}"
		)
	if missing := [name for name in needed if name not in names]:
		raise Problem(f"{path}:1: the columns {', '.join(missing)} are needed")
	if repeated := sorted({name for name in names if names.count(name) > 1}):
		raise Problem(f"{path}:1: more than one column {', '.join(repeated)}")
	for line, cells in rows:
		if isinstance(cells, str):
			yield f"{path}:{line}: {cells}"
		elif len(cells) > len(names):
			yield f"{path}:{line}: {len(cells)} values for {len(names)} columns"
		elif any(cell.strip() for cell in cells):
			yield Row(line, {name: cell.strip() for name, cell in zip(names, cells, strict=False)})


def _cells(lines: list[str]) -> Iterator[tuple[int, list[str] | str]]:
	"""Yield the line where each row begins, and its values or what is wrong with it.

	After a wrong row the next line begins a row again: a quotation mark that nobody closed costs one row, not all that follow.
	"""
	begins = 0
	while begins < len(lines):
		first = begins
		reader = csv.reader((lines[place] for place in range(first, len(lines))), strict=True)
		try:
			for cells in reader:
				yield begins + 1, cells
				begins = first + reader.line_num
		except csv.Error as wrong:
			yield begins + 1, _why_no_row(wrong)
			begins += 1


def _why_no_row(wrong: csv.Error) -> str:
	if "field limit" in str(wrong):
		return f"a value of more than {csv.field_size_limit()} characters, or a quotation mark that is not closed"
	return 'a quotation mark that is not closed, or stands inside a value (write "Li ""Nana"" Na")'


def _refuse_other_separators(path: Path, names: list[str]) -> None:
	found = [word for mark, word in OTHER_SEPARATORS.items() if len(names) == 1 and mark in names[0]]
	if found:
		raise Problem(f"{path}:1: the values are set apart by {found[0]}. Save the file with commas.")


def read_json(path: Path) -> dict:
	try:
		found = json.loads(read_text(path), parse_float=Decimal, object_pairs_hook=_once)
		json.dumps(found, ensure_ascii=False, default=str).encode()
	except json.JSONDecodeError as wrong:
		raise Problem(f"{path}:{wrong.lineno}: {wrong.msg}") from None
	except RecursionError:
		raise Problem(f"{path}: lists in lists in lists, deeper than anybody reads") from None
	except ValueError as wrong:
		raise Problem(f"{path}: {wrong}") from None
	if isinstance(found, list):
		found = {"rules": found}
	if not isinstance(found, dict):
		raise Problem(f"{path}:1: a list of rules, or an object with 'rules', is expected")
	return found


def _once(pairs: list[tuple[str, object]]) -> dict:
	"""Refuse a word that is twice in the same braces: one of the two would be lost."""
	found = dict(pairs)
	if len(found) < len(pairs):
		names = [name for name, _value in pairs]
		twice = next(name for name in names if names.count(name) > 1)
		raise ValueError(f"{twice!r} is twice in the same braces: which of the two counts?")
	return found
