"""Performance Paths out to files and in again. A file brings in nothing a form would refuse: it is saved as a document, by its reader.

Called by the API of the desk.
"""

from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document

from referral_hub.paths.rules.exchange import csv_files, fields, json_files
from referral_hub.paths.rules.exchange.fields import PathFile, Problem, Unreadable, Wrong
from referral_hub.paths.rules.ladder import Counted

CSV, JSON = "csv", "json"
_READERS = {CSV: csv_files.from_csv, JSON: json_files.from_json}
_WRITERS = {CSV: csv_files.to_csv, JSON: json_files.to_json}
# far beyond any path; the rules count the rows
LONGEST_FILE = 1_000_000
MOST_PROBLEMS_SAID = 20


class UnreadableFile(frappe.ValidationError):
	"""The file is no path; the message says what is wrong in which line."""


def written(path: Document, kind: str) -> str:
	return _known(_WRITERS, kind)(_file_of(path))


def taken(path: Document, text: str, kind: str) -> Document:
	"""Put the rows of a file in the place of this path's own and save it, as whoever asks."""
	reader = _known(_READERS, kind)
	if len(text or "") > LONGEST_FILE:
		frappe.throw(_("This file is too large for a path."), UnreadableFile)
	try:
		file = reader(text or "")
	except Unreadable as refused:
		frappe.throw("<br>".join(_said(refused.problems)), UnreadableFile)
	path.set("levels", file.levels)
	path.set("requirements", [_with_defaults(row) for row in file.requirements])
	if kind == JSON:
		path.set("former_names", file.former_names)
	return path.save()


def _with_defaults(row: dict) -> dict:
	return {**row, "weight": row["weight"] or 1, "counted": row["counted"] or Counted.SINCE_LEVEL.value}


def _file_of(path: Document) -> PathFile:
	def rows(table: str, names) -> list[dict]:
		return [{name: _plain(row.get(name), row, name) for name in names} for row in path.get(table)]

	return PathFile(
		levels=rows("levels", fields.OF_LEVEL),
		requirements=rows("requirements", ("level", *fields.OF_REQUIREMENT)),
		former_names=rows("former_names", fields.OF_FORMER_NAME),
		path_name=path.path_name,
	)


def _plain(value, row: Document, name: str):
	if row.meta.get_field(name).fieldtype == "Check":
		return bool(value)
	if isinstance(value, float) and value.is_integer():
		return int(value)
	if isinstance(value, date):
		return value.isoformat()
	return "" if value is None else value


def _known(by_kind: dict, kind: str):
	if kind not in by_kind:
		frappe.throw(_("A path is a CSV or a JSON file."), UnreadableFile)
	return by_kind[kind]


def _said(problems: list[Problem]) -> list[str]:
	words = _words()
	escape = frappe.utils.escape_html
	said = [words[one.wrong].format(escape(one.where), escape(one.word)) for one in problems]
	more = len(said) - MOST_PROBLEMS_SAID
	return said[:MOST_PROBLEMS_SAID] + ([_("And {0} more.").format(more)] if more > 0 else [])


def _words() -> dict[Wrong, str]:
	return {
		Wrong.NOT_A_TABLE: _("This is no table: {1}"),
		Wrong.NOT_A_PATH: _("This is no performance path of format 1. {0}"),
		Wrong.OTHER_LETTERS: _("Some letters of this file can't be read. Please save it as UTF-8."),
		Wrong.TOO_MANY_CELLS: _(
			"Row {0} has more cells than there are columns. Put words with a comma in quotation marks."
		),
		Wrong.TOO_LONG: _("A path has no more than {1} rows."),
		Wrong.MISSING_COLUMN: _("The column {1} is missing."),
		Wrong.UNKNOWN_COLUMN: _("{0} The column {1} is not known, or comes twice."),
		Wrong.NO_LEVEL: _("Row {0}: the code of the level is missing."),
		Wrong.NOT_A_NUMBER: _("Row {0}: {1} is no number that can be used here."),
		Wrong.NOT_YES_OR_NO: _("Row {0}: {1} is neither yes nor no."),
		Wrong.UNKNOWN_SOURCE: _("Row {0}: nothing is measured by {1}."),
		Wrong.OTHER_VALUE: _("Row {0}: the level has another {1} above."),
	}
