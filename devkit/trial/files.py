"""Reads what people hand to `./dev try`, and names what is wrong by file and line. Formats: docs/what-if.md."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

from devkit.shell import Problem

EARLIEST, LATEST = date(1900, 1, 1), date(2200, 1, 1)
LARGEST, FINEST = 15, -15  # powers of ten: all money there is, and no figure that takes pages to write
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
	try:
		return path.read_text(encoding="utf-8-sig")
	except OSError as refused:
		raise Problem(f"{path}: {refused.strerror or refused}") from None
	except UnicodeDecodeError:
		raise Problem(f"{path}: not UTF-8. In a spreadsheet choose 'CSV UTF-8' when saving.") from None


def read_rows(path: Path, known: frozenset[str], needed: tuple[str, ...]) -> Iterator[Row | str]:
	"""Yield each row of a CSV file, or what is wrong with it, in words that name file and line."""
	reader = csv.reader(io.StringIO(read_text(path)))
	names = [name.strip().lower() for name in next(reader, [])]
	if unknown := [name or "(empty)" for name in names if name not in known]:
		raise Problem(
			f"{path}:1: unknown columns: {', '.join(unknown)}. There are: {', '.join(sorted(known))}"
		)
	if missing := [name for name in needed if name not in names]:
		raise Problem(f"{path}:1: the columns {', '.join(missing)} are needed")
	if repeated := sorted({name for name in names if names.count(name) > 1}):
		raise Problem(f"{path}:1: more than one column {', '.join(repeated)}")
	begins = reader.line_num + 1
	try:
		for cells in reader:
			line, begins = begins, reader.line_num + 1
			if len(cells) > len(names):
				yield f"{path}:{line}: {len(cells)} values for {len(names)} columns"
			elif any(cell.strip() for cell in cells):
				yield Row(line, {name: cell.strip() for name, cell in zip(names, cells, strict=False)})
	except csv.Error as wrong:
		raise Problem(f"{path}:{reader.line_num}: {wrong}") from None


def read_json(path: Path) -> dict:
	try:
		found = json.loads(read_text(path), parse_float=Decimal)
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
