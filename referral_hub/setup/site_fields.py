"""Lets the fields a site made itself, and what it changed about others, go on without our fields. Called by `uninstall.py`.

A field that stood behind one of ours stands behind what ours stood behind; a condition or a source that names ours alone
is emptied. A condition that names other fields too is the site's to judge, and stays.
"""

import re

import frappe

from referral_hub.setup.custom_fields import CUSTOM_FIELDS

PREFIX = "referral_hub_"
NAMING = (
	"fetch_from",
	"depends_on",
	"mandatory_depends_on",
	"read_only_depends_on",
	"collapsible_depends_on",
)


def let_go_of_ours() -> None:
	_stand_behind_what_stays()
	_empty_what_names_ours("Custom Field", {"fieldname": ("not like", f"{PREFIX}%")})
	made_by_the_site = frappe.get_all("DocType", {"custom": 1}, pluck="name")
	_empty_what_names_ours("DocField", {"parent": ("in", made_by_the_site)})
	_drop_setters_that_name_ours()


def without_ours(text: str) -> str:
	"""Return what is left of a condition, a source or a list of fields; unchanged where it names others too."""
	if re.fullmatch(r"[\w\s,]+", text):
		return ",".join(name for name in map(str.strip, text.split(",")) if not name.startswith(PREFIX))
	if re.fullmatch(r"\w+\.\w+", text):
		return "" if any(name.startswith(PREFIX) for name in text.split(".")) else text
	named = re.findall(r"\bdoc\.(\w+)", text)
	return "" if named and all(name.startswith(PREFIX) for name in named) else text


def _stand_behind_what_stays() -> None:
	behind_ours = {"insert_after": ("like", f"{PREFIX}%"), "fieldname": ("not like", f"{PREFIX}%")}
	for field in frappe.get_all("Custom Field", behind_ours, ["name", "dt", "fieldname", "insert_after"]):
		stays = _what_stays_before(field)
		frappe.db.set_value("Custom Field", field.name, "insert_after", stays, update_modified=False)


def _what_stays_before(field: frappe._dict) -> str | None:
	"""Go back from one of our fields to the first that is none; a circle ends at the last field of the form."""
	ours = {row["fieldname"]: row["insert_after"] for row in CUSTOM_FIELDS.get(field.dt, ())}
	at, seen = field.insert_after, {field.fieldname}
	while at and at.startswith(PREFIX) and at not in seen:
		seen.add(at)
		placed = frappe.db.get_value("Custom Field", {"dt": field.dt, "fieldname": at}, "insert_after")
		at = placed or ours.get(at)
	others = [row.fieldname for row in frappe.get_meta(field.dt).fields if not row.get("is_custom_field")]
	is_there = at not in seen and frappe.get_meta(field.dt).has_field(at)
	return at if is_there else (others[-1] if others else None)


def _empty_what_names_ours(table: str, rows: dict) -> None:
	for column in NAMING:
		named = {**rows, column: ("like", f"%{PREFIX}%")}
		for row in frappe.get_all(table, named, ["name", column]):
			kept = without_ours(row[column]) or None
			frappe.db.set_value(table, row.name, column, kept, update_modified=False)


def _drop_setters_that_name_ours() -> None:
	named = {"value": ("like", f"%{PREFIX}%"), "property": ("!=", "field_order")}
	for setter in frappe.get_all("Property Setter", named, ["name", "value"]):
		kept = without_ours(setter.value)
		if kept:
			frappe.db.set_value("Property Setter", setter.name, "value", kept, update_modified=False)
		else:
			frappe.db.delete("Property Setter", {"name": setter.name})
