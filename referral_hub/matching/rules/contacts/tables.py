"""Rows of CSV and XLSX files with their lines, whatever stands before the header, however the text is coded.

Pure: bytes in, rows out. A quote that is opened and never closed costs its own row, not the rest of the file.
"""

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from openpyxl import load_workbook

from referral_hub.matching.rules.contacts.columns import is_header, mapping_of
from referral_hub.referrals.rules.refusal import Refused

MOST_ROWS = 100_000
# a sheet may have some empty lines, and columns of which few are of use
_MOST_EMPTY, _MOST_COLUMNS = 1000, 200
# an export says a few sentences before its header
_MOST_NOTES = 30
# so many lines may a note within quotes have
_LONGEST_RECORD = 40
_DELIMITERS = ",;\t|"
_OF_CHINA = "gb18030"
_ENCODINGS = ("utf-8-sig", _OF_CHINA, "cp1252")
_LONE_SIGN, _SIGNS = re.compile(r"[A-Za-z][㐀-鿿][a-z]"), re.compile(r"[㐀-鿿]{2,}")
_MARKS_OF_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class UnreadableFile(Refused):
	"""No row can be read of a file."""


@dataclass(frozen=True)
class Row:
	line: int
	cells: tuple[str, ...]
	# a quote was opened here and never closed
	broken: bool = False


@dataclass(frozen=True)
class Table:
	header: Row
	rows: tuple[Row, ...]

	@property
	def mapping(self) -> dict[int, str]:
		return mapping_of(self.header.cells)


def decoded(data: bytes) -> str:
	"""Return text in whatever it was saved: UTF-8 or UTF-16 with or without a mark, as Excel saves in China, in Western Europe."""
	if data.startswith(_MARKS_OF_UTF_16):
		return data.decode("utf-16", errors="replace")
	for encoding in _ENCODINGS:
		try:
			text = data.decode(encoding)
		except UnicodeDecodeError:
			continue
		if encoding != _OF_CHINA or not _is_western(text):
			return text
	return data.decode("utf-8-sig", errors="replace")


def _is_western(text: str) -> bool:
	"""Whether bytes read as Chinese were Western: ü and the letter behind it make one sign between letters (M黮ler), and hardly ever two in a row."""
	return len(_LONE_SIGN.findall(text)) > len(_SIGNS.findall(text))


def of_csv(data: bytes) -> Table:
	text = decoded(data).replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
	lines = text.split("\n")
	found = [table for delimiter in _DELIMITERS if (table := _csv_table(lines, delimiter))]
	if not found:
		raise UnreadableFile("no_header")
	return max(found, key=lambda table: len(table.mapping))


def _csv_table(lines: list[str], delimiter: str) -> Table | None:
	for at, line in enumerate(lines[:_MOST_NOTES]):
		header = Row(at + 1, tuple(_cells(line, delimiter)))
		if is_header(header.cells):
			rows = _records(lines, at + 1, delimiter, len(header.cells))
			return _table(header, rows)
	return None


def _records(lines: list[str], at: int, delimiter: str, columns: int) -> Iterator[Row]:
	"""Yield the records of a file: a record goes on over lines while a quote is open, if it then has the columns it should have."""
	while at < len(lines):
		size = _size_of_record(lines, at)
		# over lines only what is written properly: two open quotes would else make one record of all between them
		cells = _cells("\n".join(lines[at : at + size]), delimiter, strict=size > 1)
		if (size > 1 and len(cells) != columns) or (not cells and lines[at].strip()):
			size = 0
		if not size:
			yield Row(at + 1, (lines[at],), broken=True)
		elif any(cell.strip() for cell in cells):
			yield Row(at + 1, tuple(cells))
		at += size or 1


def _size_of_record(lines: list[str], at: int) -> int:
	"""Return over how many lines a record goes; 0 where its quote is never closed."""
	quotes = 0
	for size, line in enumerate(lines[at : at + _LONGEST_RECORD], 1):
		quotes += line.count('"')
		if quotes % 2 == 0:
			return size
	return 0


def _cells(record: str, delimiter: str, *, strict: bool = False) -> list[str]:
	try:
		return next(csv.reader(io.StringIO(record), delimiter=delimiter, strict=strict), [])
	except csv.Error:
		return []


def of_xlsx(data: bytes) -> Table:
	"""Return the first sheet that has a header."""
	try:
		with warnings.catch_warnings():
			warnings.simplefilter("ignore")  # of styles and dates nobody needs here
			book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
			found = next(filter(None, map(_sheet_table, book.worksheets)), None)
	except (zipfile.BadZipFile, KeyError, ValueError, OSError, SyntaxError, TypeError, IndexError) as error:
		raise UnreadableFile("no_workbook") from error
	if not found:
		raise UnreadableFile("no_header")
	return found


def _sheet_table(sheet) -> Table | None:
	filled = _filled(sheet)
	for row in filled:
		if is_header(row.cells):
			table = _table(row, filled)
			# a column without a heading is one all the same
			wide = max(len(one.cells) for one in (row, *table.rows))
			heads = row.cells + ("",) * (wide - len(row.cells))
			return Table(Row(row.line, heads), table.rows)
		if row.line > _MOST_NOTES:
			break
	return None


def _filled(sheet) -> Iterator[Row]:
	"""Yield the rows in which something stands. How large a sheet says it is counts for nothing: it may say a million times sixteen thousand."""
	sheet.reset_dimensions()
	for line, cells in enumerate(sheet.iter_rows(max_col=_MOST_COLUMNS, values_only=True), 1):
		if line > MOST_ROWS + _MOST_EMPTY:
			raise UnreadableFile("too_many_rows", most=MOST_ROWS)
		if cells.count(None) == len(cells):
			continue
		written = list(map(_written, cells))
		while written and not written[-1].strip():
			written.pop()
		if written:
			yield Row(line, tuple(written))


def _table(header: Row, rows: Iterator[Row]) -> Table:
	found = []
	for row in rows:
		if len(found) == MOST_ROWS:
			raise UnreadableFile("too_many_rows", most=MOST_ROWS)
		found.append(row)
	return Table(header, tuple(found))


def _written(value: object) -> str:
	"""Return a cell as text: a phone that Excel made a number is a phone again."""
	if isinstance(value, datetime | date):
		return f"{value:%Y-%m-%d}"
	if isinstance(value, float) and value.is_integer():
		return str(int(value))
	return "" if value is None else str(value)
