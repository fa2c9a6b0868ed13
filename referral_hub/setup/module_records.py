"""Lets a site go on without our reports, workspaces and number cards, when the app is uninstalled.

`references.py` follows links to our DocTypes; this follows links to the *records* that Frappe removes with our module,
and to what goes with them: a report of the site on one of our DocTypes, a chart of one of our reports. A row that means
nothing without such a record goes too; everything else a site made stays and no longer names it. Called by `uninstall.py`.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import frappe

from referral_hub.setup import references
from referral_hub.setup.references import APP, MODULE

Records = dict[str, set[str]]  # DocType -> names

# Nothing is left of these rows without what they name, though Frappe does not say that it is mandatory
EMPTY_WITHOUT = frozenset(
	{
		("Custom Role", "report"),
		("Custom Role", "page"),
		("Desktop Icon", "_report"),
		("Dashboard Chart Link", "chart"),
		("Number Card Link", "card"),
	}
)


class Text(NamedTuple):
	"""A field in which Frappe keeps the name of a record as plain text."""

	target: str
	holder: str
	field: str
	also: dict
	goes: bool


TEXTS = (
	Text("Report", "Prepared Report", "report_name", {}, goes=True),
	Text("Report", "Report", "reference_report", {"report_type": "Custom Report"}, goes=True),
	Text("Workspace", "Workspace", "parent_page", {}, goes=False),
	Text("Print Format", "Property Setter", "value", {"property": "default_print_format"}, goes=True),
)


def forget(doctypes: list[str]) -> None:
	"""Delete or empty whatever names a record that goes with our module or with one of our DocTypes."""
	going = _going(doctypes)
	workspaces = going.get("Workspace", set())
	pointers = [pointer for pointer in references.pointers() if pointer[2]]
	waiting = [(doctype, names) for doctype, names in going.items()]
	while waiting:
		target, names = waiting.pop()
		for holder, rows in _let_go_of(target, sorted(names), pointers):
			if new := rows - going[holder]:
				going[holder] |= new
				waiting.append((holder, new))
	_forget_in_home_settings({MODULE, *workspaces})
	_forget_app_of_users()


def _going(doctypes: list[str]) -> Records:
	found: Records = defaultdict(set)
	for field in _links_to("Module Def"):
		meta = frappe.get_meta(field.parent)
		if field.parent == "DocType" or meta.istable or meta.issingle:
			continue
		about = [link.fieldname for link in _links_to("DocType", field.parent)]
		for filters in ({field.fieldname: MODULE}, *({name: ("in", doctypes)} for name in about)):
			found[field.parent].update(frappe.get_all(field.parent, filters, pluck="name"))
	return defaultdict(set, {doctype: names for doctype, names in found.items() if names})


def _links_to(target: str, holder: str | None = None) -> list[frappe._dict]:
	found = []
	for source, parent in (("DocField", "parent"), ("Custom Field", "dt")):
		filters = {"fieldtype": "Link", "options": target, **({parent: holder} if holder else {})}
		fields = [f"{parent} as parent", "fieldname", "reqd", "mandatory_depends_on"]
		found += frappe.get_all(source, filters, fields)
	return [field for field in found if references.has_columns(field) or _is_single(field.parent)]


def _is_single(doctype: str) -> bool:
	return bool(frappe.db.get_value("DocType", doctype, "issingle", cache=True))


def _let_go_of(
	target: str, names: list[str], pointers: list[tuple[str, str, str]]
) -> Iterator[tuple[str, set[str]]]:
	"""Empty what names these records; yield the rows that were deleted, as others may name those."""
	references.delete_files_attached_to({"attached_to_doctype": target, "attached_to_name": ("in", names)})
	for field in _links_to(target):
		if _is_single(field.parent):
			named = {"doctype": field.parent, "field": field.fieldname, "value": ("in", names)}
			frappe.db.delete("Singles", named)
		else:
			rows = frappe.get_all(field.parent, {field.fieldname: ("in", names)}, ["*"])
			void = {row.name for row in rows if _is_void_without(field, row)}
			yield field.parent, _delete(field.parent, void)
			_empty(field.parent, field.fieldname, {row.name for row in rows} - void)
	for holder, type_field, name_field in pointers:
		references.forget_named(holder, type_field, name_field, target, names)
	for text in TEXTS:
		if text.target == target:
			filters = {text.field: ("in", names), **text.also}
			rows = set(frappe.get_all(text.holder, filters, pluck="name"))
			yield text.holder, _delete(text.holder, rows if text.goes else set())
			_empty(text.holder, text.field, set() if text.goes else rows)


def _is_void_without(field: frappe._dict, row: frappe._dict) -> bool:
	if not (references.belongs_to_frappe(field.parent) or frappe.get_meta(field.parent).istable):
		return False  # a business document of another app, or the site's own
	bare = (field.parent, field.fieldname) in EMPTY_WITHOUT
	return bool(bare or field.reqd or _holds(field.mandatory_depends_on, row))


def _holds(condition: str | None, row: frappe._dict) -> bool:
	"""Whether a condition such as `eval:doc.type == 'Report'` makes the field mandatory in this row."""
	compared = re.findall(r"doc\.(\w+)\s*===?\s*['\"]([^'\"]*)['\"]", condition or "")
	return bool(compared) and all(row.get(name) == value for name, value in compared)


def _delete(doctype: str, names: set[str]) -> set[str]:
	if names:
		frappe.db.delete(doctype, {"name": ("in", list(names))})
		references.delete_orphans_of(doctype)
	return names


def _empty(doctype: str, field: str, names: Iterable[str]) -> None:
	for name in names:
		frappe.db.set_value(doctype, name, field, None, update_modified=False)


def _forget_in_home_settings(names: set[str]) -> None:
	about_us = {"home_settings": ("like", f"%{MODULE}%")}
	for user in frappe.get_all("User", about_us, ["name", "home_settings"]):
		kept = _without(json.loads(user.home_settings), names)
		frappe.db.set_value("User", user.name, "home_settings", json.dumps(kept), update_modified=False)


def _without(value, names: set[str]):
	"""Take these words out of a JSON value: keys, items of lists, and what a list says about one of them."""
	if isinstance(value, dict):
		return {key: _without(held, names) for key, held in value.items() if key not in names}
	if isinstance(value, list):
		return [_without(item, names) for item in value if not _is_about(item, names)]
	return value


def _is_about(item, names: set[str]) -> bool:
	words = item.values() if isinstance(item, dict) else [item]
	return any(isinstance(word, str) and word in names for word in words)


def _forget_app_of_users() -> None:
	frappe.db.delete("Desktop Icon", {"module_name": MODULE})
	frappe.db.delete("Desktop Icon", {"app": APP})
	for user in frappe.get_all("User", {"default_app": APP}, pluck="name"):
		frappe.db.set_value("User", user, "default_app", None, update_modified=False)
	frappe.db.delete("Singles", {"doctype": "System Settings", "field": "default_app", "value": APP})
