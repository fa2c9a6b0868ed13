"""Which rows were added since: in every table of the site, and away with them.

A table of which count and checksum of the names are the same as before is not read again: most of the nearly nine
hundred never change.
"""

import frappe

_known: dict[str, tuple[tuple, frozenset]] = {}


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
	"""Of each table how many names it has, and a sum over them."""
	each = (
		f"select '{table}', count(*), sum(crc32(name)), sum(crc32(reverse(name))) from `{table}`"
		for table in _tables_with_names()
	)
	return {table: tuple(mark) for table, *mark in frappe.db.sql(" union all ".join(each))}


def _names(table: str) -> list:
	return [row[0] for row in frappe.db.sql(f"select name from `{table}`")]


def _tables_with_names() -> list[str]:
	return [
		row[0]
		for row in frappe.db.sql(
			"""select table_name from information_schema.columns
			where table_schema = database() and column_name = 'name' and table_name like 'tab%%'
			and table_name != 'tabSeries'"""
		)
	]
