"""Finds every string of the app that a person reads, by parsing, without Frappe.

What counts: literals in `_()` and `_lt()` of Python, `_()` of Jinja, `__()` of JavaScript, and the names, labels, options and
descriptions in the JSON of DocTypes, reports, workspaces and their like.
"""

import ast
import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

APP = Path(__file__).resolve().parents[2] / "referral_hub"
CALLS = ("_", "_lt")
PORTAL_CONTEXT = "Referral Hub"  # what `_()` of the portal's templates looks up first
LETTER = re.compile(r"[^\W\d_]")
PLACEHOLDER = re.compile(r"{[^{}]*}|%\w")

STRING = r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\$]|\\.)*`)"""
IN_TEXT = re.compile(
	rf"(?<![\w.])__?\(\s*{STRING}\s*(?:,\s*(?:null|\[[^\]]*\])\s*,\s*{STRING}|,\s*context\s*=\s*{STRING})?",
	re.S,
)

# short words that Frappe, ERPNext or HRMS have in Chinese, well enough for us
LEFT_TO_THE_PLATFORM = frozenset(
	[
		"Access Token",
		"Amount",
		"Balance",
		"Budget",
		"Cash",
		"Channel",
		"Close",
		"Closed",
		"Company",
		"Content",
		"Currency",
		"Date",
		"Department",
		"Disabled",
		"Download",
		"Email Template",
		"Employee",
		"Employee Name",
		"Employee Referral",
		"Employment Type",
		"Enabled",
		"Event",
		"Expired",
		"Failed",
		"Grade",
		"HR Manager",
		"HR User",
		"Invited",
		"Job Applicant",
		"Language",
		"Link",
		"Links",
		"Milestone",
		"Other",
		"Portal",
		"Print",
		"Programs",
		"Reason",
		"Referrer",
		"Reminded",
		"Rule",
		"SMS",
		"Save",
		"Saved",
		"Search",
		"Send",
		"Sent",
		"Settings",
		"Show",
		"Skipped",
		"Source Type",
		"Stage",
		"Status",
		"Subject",
		"Thank you",
		"This month",
		"User",
		"Valid From",
		"Version",
		"yesterday",
	]
)

# JSON keys whose values people read, by the kind of record; DocFields are read with their DocType as context
READ_IN_ANY = (
	"label",
	"description",
	"title",
	"chart_name",
	"number_card_name",
	"report_name",
	"success_message",
	"subtitle",
	"action_label",
	"report_description",
)


@dataclass
class Found:
	"""One string, with the context it is looked up with, and where it stands."""

	text: str
	context: str | None
	places: set[str] = field(default_factory=set)


def all_strings(app: Path = APP, signs_too: bool = False) -> dict[tuple[str, str | None], Found]:
	"""What people read; what is signs alone ("{0}, {1}") need not be translated, but may be."""
	found: dict[tuple[str, str | None], Found] = {}
	for path in sorted(app.rglob("*")):
		place = str(path.relative_to(app))
		for text, context in strings_in(path):
			if text and (signs_too or LETTER.search(text)):
				found.setdefault((text, context), Found(text, context)).places.add(place)
	return found


def strings_in(path: Path) -> Iterator[tuple[str, str | None]]:
	if path.suffix == ".py":
		tree = ast.parse(path.read_text())
		yield from python_strings(tree)
		if path.name == "custom_fields.py":
			yield from custom_field_strings(tree)
	elif path.suffix in (".html", ".js"):
		default = PORTAL_CONTEXT if "portal" in path.parts else None
		yield from text_strings(path.read_text(), default)
	elif path.suffix == ".json" and not {"public", "samples"} & set(
		path.parts
	):  # samples bring their own words
		yield from json_strings(json.loads(path.read_text()))


def python_strings(tree: ast.AST) -> Iterator[tuple[str, str | None]]:
	for call in ast.walk(tree):
		if isinstance(call, ast.Call) and _is_translation(call) and call.args:
			text = call.args[0]
			if isinstance(text, ast.JoinedStr):
				raise AssertionError(f"_() around an f-string in line {call.lineno} can't be translated")
			if isinstance(text, ast.Constant) and isinstance(text.value, str):
				yield text.value, _keyword(call, "context")


def text_strings(source: str, default: str | None = None) -> Iterator[tuple[str, str | None]]:
	for text, js_context, jinja_context in IN_TEXT.findall(source):
		context = js_context or jinja_context
		yield _unquoted(text), _unquoted(context) if context else default


def json_strings(record) -> Iterator[tuple[str, str | None]]:
	if isinstance(record, list):
		for row in record:
			yield from json_strings(row)
	elif isinstance(record, dict) and record.get("doctype") == "DocType":
		yield from doctype_strings(record)
	elif isinstance(record, dict):
		yield from _read_values(record, READ_IN_ANY)
		if record.get("doctype") == "Workspace":
			yield from _workspace_headers(record)


def doctype_strings(record: dict) -> Iterator[tuple[str, str | None]]:
	name = record["name"]
	yield name, None
	yield record["module"], None
	yield record.get("description") or "", None
	for docfield in record["fields"]:
		yield from field_strings(docfield, name)
	for row in record.get("actions", []) + record.get("links", []):
		yield row.get("label") or row.get("group") or "", None


def field_strings(docfield: dict, doctype: str) -> Iterator[tuple[str, str | None]]:
	yield docfield.get("label") or "", doctype
	# the platform says what stands under the heading of a section without saying whose it is
	is_heading = docfield.get("fieldtype") in ("Section Break", "Tab Break")
	yield docfield.get("description") or "", None if is_heading else doctype
	if docfield.get("fieldtype") == "Select":
		for option in (docfield.get("options") or "").split("\n"):
			yield option, doctype


def custom_field_strings(tree: ast.Module) -> Iterator[tuple[str, str | None]]:
	for statement in tree.body:
		if isinstance(statement, ast.Assign) and statement.targets[0].id == "CUSTOM_FIELDS":
			for doctype, fields in ast.literal_eval(statement.value).items():
				for docfield in fields:
					yield from field_strings(docfield, doctype)


def translations(path: Path = APP / "translations" / "zh.csv") -> dict[tuple[str, str | None], str]:
	with path.open(newline="") as lines:
		rows = list(csv.reader(lines))
	assert all(len(row) == 3 for row in rows), "each row is: source, translation, context"
	keys = [(_line_breaks(source), context or None) for source, _translation, context in rows]
	assert len(keys) == len(set(keys)), (
		f"translated twice: {sorted({str(key) for key in keys if keys.count(key) > 1})}"
	)
	return {key: _line_breaks(row[1]) for key, row in zip(keys, rows, strict=True)}


def placeholders(text: str) -> list[str]:
	return sorted(PLACEHOLDER.findall(text))


def _read_values(record: dict, keys: tuple[str, ...]) -> Iterator[tuple[str, str | None]]:
	for key, value in record.items():
		if key in keys and isinstance(value, str):
			yield value, None
		elif isinstance(value, list):
			for row in value:
				if isinstance(row, dict):
					yield from _read_values(row, keys)


def _workspace_headers(record: dict) -> Iterator[tuple[str, str | None]]:
	for block in json.loads(record.get("content") or "[]"):
		if block.get("type") in ("header", "paragraph"):
			yield re.sub(r"<[^>]+>", "", block["data"]["text"]), None


def _is_translation(call: ast.Call) -> bool:
	function = call.func
	name = function.id if isinstance(function, ast.Name) else getattr(function, "attr", None)
	return name in CALLS


def _keyword(call: ast.Call, name: str) -> str | None:
	return next((keyword.value.value for keyword in call.keywords if keyword.arg == name), None)


def _unquoted(literal: str) -> str:
	if literal.startswith("`"):
		return literal[1:-1]
	return ast.literal_eval(literal)


def _line_breaks(text: str) -> str:
	return text.replace("\\n", "\n")
