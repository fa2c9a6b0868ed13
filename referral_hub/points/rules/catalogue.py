"""Reads the catalogue of a mall, CSV or JSON, row by row: pure. A file with a mistake is refused with its row and what is wrong.

CSV has a first row of names; JSON is a list of objects with the same names. Of a column that is not there nothing is said.
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

TEXTS = {"sku": 140, "name": 140, "name_zh": 140, "description": 2000, "description_zh": 2000, "currency": 3}
COLUMNS = frozenset({*TEXTS, "price", "stock", "taxable_value", "valid_until", "enabled"})
MOST_ROWS, LARGEST_NUMBER = 2_000, 100_000_000
YES, NO = frozenset({"1", "yes", "true", "是"}), frozenset({"0", "no", "false", "否"})


class Wrong(ValueError):
	"""What is wrong with which row; `column`: where, `row` 0: the file as a whole."""

	def __init__(self, row: int, column: str = ""):
		super().__init__(row, column)
		self.row, self.column = row, column


@dataclass(frozen=True)
class Row:
	"""One item of a mall. `stock` None: it never runs out. `said`: the columns that its file has; of others it says nothing."""

	sku: str
	name: str
	price: int
	name_zh: str = ""
	description: str = ""
	description_zh: str = ""
	stock: int | None = None
	taxable_value: Decimal = Decimal(0)
	currency: str = ""
	valid_until: date | None = None
	enabled: bool = True
	said: frozenset[str] = COLUMNS


def read(text: str) -> list[Row]:
	"""Return the rows of a file; each item stands in it once."""
	text = text.lstrip("\ufeff").strip()
	rows = list(_json(text) if text.startswith(("[", "{")) else _csv(text))
	if not 0 < len(rows) <= MOST_ROWS:
		raise Wrong(0)
	found: dict[str, Row] = {}
	for number, cells in rows:
		row = _row(number, cells)
		if row.sku in found:
			raise Wrong(number, "sku")
		found[row.sku] = row
	return list(found.values())


def _csv(text: str) -> Iterator[tuple[int, Mapping]]:
	lines = csv.reader(io.StringIO(text))
	try:
		names = [name.strip().lower() for name in next(lines, [])]
		if not set(names) <= COLUMNS or len(set(names)) < len(names):
			raise Wrong(1, next((name for name in names if name not in COLUMNS), ""))
		for number, cells in enumerate(lines, 2):
			if any(cell.strip() for cell in cells):
				if len(cells) > len(names):
					raise Wrong(number)
				yield number, dict(zip(names, cells, strict=False))
	except csv.Error as error:
		raise Wrong(0) from error


def _json(text: str) -> Iterator[tuple[int, Mapping]]:
	try:
		rows = json.loads(text, parse_float=str, parse_int=str)
	except (ValueError, RecursionError) as error:
		raise Wrong(0) from error
	if not isinstance(rows, list):
		raise Wrong(0)
	for number, row in enumerate(rows, 1):
		if not isinstance(row, Mapping):
			raise Wrong(number)
		if unknown := next((name for name in row if name not in COLUMNS), None):
			raise Wrong(number, unknown)
		yield number, row


def _row(number: int, cells: Mapping) -> Row:
	values = {name: _cell(number, name, cells.get(name)) for name in COLUMNS}
	for needed in ("sku", "name", "price"):
		if not values[needed]:
			raise Wrong(number, needed)
	texts = {name: values[name] for name in TEXTS}
	return Row(
		**texts,
		price=_whole(number, "price", values["price"], least=1),
		stock=_whole(number, "stock", values["stock"]) if values["stock"] else None,
		taxable_value=_money(number, values["taxable_value"]),
		valid_until=_day(number, values["valid_until"]),
		enabled=_yes(number, values["enabled"]),
		said=frozenset(cells),
	)


def _cell(number: int, name: str, value) -> str:
	"""Return what stands in a cell as a tidy text; JSON may hold yes, no and numbers as such."""
	text = {None: "", True: "1", False: "0"}.get(value) if value is None or isinstance(value, bool) else value
	if not isinstance(text, str) or "\x00" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
		raise Wrong(number, name)
	text = text.strip()
	if len(text) > TEXTS.get(name, 40):
		raise Wrong(number, name)
	return text


def _whole(number: int, name: str, text: str, least: int = 0) -> int:
	if not text.isascii() or not text.isdigit() or not least <= int(text) <= LARGEST_NUMBER:
		raise Wrong(number, name)
	return int(text)


def _money(number: int, text: str) -> Decimal:
	try:
		amount = Decimal(text or 0)
	except InvalidOperation as error:
		raise Wrong(number, "taxable_value") from error
	if not amount.is_finite() or not 0 <= amount <= LARGEST_NUMBER:
		raise Wrong(number, "taxable_value")
	return amount


def _day(number: int, text: str) -> date | None:
	try:
		return date.fromisoformat(text) if text else None
	except ValueError as error:
		raise Wrong(number, "valid_until") from error


def _yes(number: int, text: str) -> bool:
	if text.lower() in NO:
		return False
	if text and text.lower() not in YES:
		raise Wrong(number, "enabled")
	return True
