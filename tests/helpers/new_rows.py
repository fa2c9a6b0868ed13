"""Which rows were added since: in every table of the site, and away with them.

A table that was not written to is not read again: most of the nearly nine hundred never change. A server with `userstat`
counts what is written, as that of `./dev` does; of another one, count and checksum of the names are asked.
"""

from collections.abc import Iterable

import frappe

_known: dict[str, tuple[tuple, frozenset]] = {}
_named: dict[str, bool] = {}


def row_names() -> dict[str, frozenset]:
	"""The names in every table; this is a small site."""
	marks = _marks()
	for table, mark in marks.items():
		if table not in _known or _known[table][0] != mark:
			_known[table] = (mark, frozenset(_names(table)))
	return {table: _known[table][1] for table in marks}


def delete_new_rows(before: dict[str, frozenset]) -> None:
	"""Below the ORM on purpose: append-only tables and linked documents must go too."""
	for table, names in row_names().items():
		if added := names - before.get(table, frozenset()):
			places = ", ".join(["%s"] * len(added))
			frappe.db.sql(f"delete from `{table}` where name in ({places})", tuple(added))


def _marks() -> dict[str, tuple]:
	"""Something about each table that is another thing once its names are others."""
	tables = _tables_with_names()
	return _written(tables) if frappe.db.sql("select @@userstat")[0][0] else _sums(tables)


def _written(tables: list[str]) -> dict[str, tuple]:
	"""Of each table how many rows were ever written: by whomever, and if they were taken back too."""
	written = dict(
		frappe.db.sql(
			"""select table_name, rows_changed from information_schema.table_statistics
			where table_schema = database()"""
		)
	)
	return {table: (written.get(table, 0),) for table in tables}


def _sums(tables: list[str]) -> dict[str, tuple]:
	"""Of each table how many names it has, and a sum over them."""
	each = (
		f"select '{table}', count(*), sum(crc32(name)), sum(crc32(reverse(name))) from `{table}`"
		for table in tables
	)
	return {table: tuple(mark) for table, *mark in frappe.db.sql(" union all ".join(each))}


def _names(table: str) -> list:
	return [row[0] for row in frappe.db.sql(f"select name from `{table}`")]


def _tables_with_names() -> list[str]:
	tables = [row[0] for row in frappe.db.sql("show tables like 'tab%%'") if row[0] != "tabSeries"]
	if unknown := set(tables) - set(_named):
		named = _of_those_with_names(unknown)
		_named.update({table: table in named for table in unknown})
	return [table for table in tables if _named[table]]


def _of_those_with_names(tables: Iterable[str]) -> set[str]:
	found = frappe.db.sql(
		"""select table_name from information_schema.columns
		where table_schema = database() and column_name = 'name' and table_name in %s""",
		(tuple(tables),),
	)
	return {row[0] for row in found}
