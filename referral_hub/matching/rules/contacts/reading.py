"""A file of contacts as a list of people: CSV, XLSX, vCard, and LinkedIn's "Connections" as it really is.

Pure: bytes and a file's name in; people, bad rows with line and reason, and what each column was taken for, out. Nothing is written and nobody is
written to. The same file gives the same people every time.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from referral_hub.matching.rules.contacts import cards, tables
from referral_hub.matching.rules.contacts.columns import FIELDS
from referral_hub.matching.rules.contacts.contact import Bad, Contact, contact_of, merged
from referral_hub.matching.rules.contacts.tables import Row, Table, UnreadableFile

CSV, XLSX, VCARD = "CSV", "XLSX", "vCard"
_KINDS = {"csv": CSV, "txt": CSV, "tsv": CSV, "xlsx": XLSX, "xlsm": XLSX, "vcf": VCARD, "vcard": VCARD}
_SHOWN = 5


@dataclass(frozen=True)
class Column:
	"""A column as the preview shows it: its heading, what it is taken for, the first values."""

	number: int
	heading: str
	field: str | None
	values: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
	kind: str
	contacts: tuple[Contact, ...]
	bad: tuple[Bad, ...]
	# rows and cards that were read, the bad ones among them
	rows: int

	@property
	def duplicates(self) -> int:
		return self.rows - len(self.bad) - len(self.contacts)


def kind_of(name: str, data: bytes) -> str:
	"""Return what a file is, by what it holds where its name doesn't say."""
	if data.startswith(b"PK"):
		return XLSX
	if b"BEGIN:VCARD" in data[:2000].replace(b"\0", b"").upper():
		return VCARD
	kind = _KINDS.get(name.rpartition(".")[2].casefold())
	if not kind or kind == XLSX:
		raise UnreadableFile("unknown_kind")
	return kind


def preview(data: bytes, name: str) -> list[Column]:
	"""Return the columns of a table, for somebody to say which is what; a vCard needs none, but a card."""
	if kind_of(name, data) == VCARD:
		next(cards.people(data))
		return []
	table = _table(data, name)
	mapping = table.mapping
	return [
		Column(number, heading.strip(), mapping.get(number), _first_values(table, number))
		for number, heading in enumerate(table.header.cells)
	]


def read(
	data: bytes, name: str, *, region: str | None = None, mapping: Mapping[int, str] | None = None
) -> Reading:
	"""Return the people of a file; `mapping` is {column: field} where somebody changed what the preview took them for."""
	kind = kind_of(name, data)
	found = list(_of_cards(data, region) if kind == VCARD else _of_table(_table(data, name), region, mapping))
	people = merged(one for one in found if isinstance(one, Contact))
	return Reading(kind, tuple(people), tuple(one for one in found if isinstance(one, Bad)), len(found))


def _table(data: bytes, name: str) -> Table:
	return tables.of_xlsx(data) if kind_of(name, data) == XLSX else tables.of_csv(data)


def _of_cards(data: bytes, region: str | None) -> Iterable[Contact | Bad]:
	for line, said in cards.people(data):
		yield Bad(line, "broken_card") if said is None else contact_of(line, said, region)


def _of_table(table: Table, region: str | None, mapping: Mapping[int, str] | None) -> Iterable[Contact | Bad]:
	fields = dict(table.mapping if mapping is None else mapping)
	if unknown := set(fields.values()) - set(FIELDS):
		raise UnreadableFile("unknown_field", field=sorted(unknown)[0])
	columns = len(table.header.cells)
	for row in table.rows:
		yield _of_row(row, fields, columns, region)


def _of_row(row: Row, fields: dict[int, str], columns: int, region: str | None) -> Contact | Bad:
	if row.broken:
		return Bad(row.line, "open_quote", row.cells[0][:140])
	if any(cell.strip() for cell in row.cells[columns:]):
		return Bad(row.line, "too_many_columns", " ".join(row.cells)[:140])
	said: dict[str, str] = {}
	for column, field in sorted(fields.items()):
		cell = row.cells[column].strip() if column < len(row.cells) else ""
		said[field] = "; ".join(filter(None, (said.get(field), cell)))
	return contact_of(row.line, said, region)


def _first_values(table: Table, number: int) -> tuple[str, ...]:
	values = (row.cells[number].strip() for row in table.rows[:50] if number < len(row.cells))
	return tuple(value for value in values if value)[:_SHOWN]
