"""Takes every mention of this app's records out of other apps' tables, when the app is uninstalled.

Frappe drops our tables and leaves the rest of the site pointing at them. Which columns can point is read from
the site's own metadata, so a DocType of an app we never heard of is covered too. What only exists because of
ours (comments, permissions, shares, log lines) goes; a business document of another app stays and is unlinked.
Called by `uninstall.py`; `module_records.py` uses its parts.
"""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import frappe

from referral_hub.messages.channels.wecom_sign_in import PROVIDER

APP = "referral_hub"
MODULE = "Referral Hub"

# Frappe's own DocTypes whose rows are more than a remark about one of our records
UNLINKED = frozenset({"Email Account", "IMAP Folder", "User Type", "Event"})


def our_doctypes() -> list[str]:
	"""Read the names from the package, so that they are known when the tables are already gone."""
	folder = Path(frappe.get_app_path(APP)) / APP / "doctype"
	return sorted(json.loads(path.read_text())["name"] for path in folder.glob("*/*.json"))


def forget_records_of(doctypes: list[str]) -> None:
	"""Delete or unlink every row that names one of these DocTypes, or a record of one."""
	delete_files_attached_to({"attached_to_doctype": ("in", doctypes)})
	forget_sent_webhooks(doctypes)
	for holder, type_field, name_field in pointers():
		if holder not in doctypes:
			_forget(holder, type_field, name_field, doctypes)
	for holder, type_field, name_field in pointers():
		if holder not in doctypes and name_field:
			forget_named(holder, type_field, name_field, "DocType", doctypes)
	_forget_in_singles(doctypes)
	_forget_unlinked_names(doctypes)
	_turn_links_of_the_site_into_text(doctypes)


def forget_sent_webhooks(doctypes: list[str]) -> None:
	"""Delete what was sent of our records: the log keeps it as text, and names none of our DocTypes."""
	sending = frappe.get_all("Webhook", {"webhook_doctype": ("in", doctypes)}, pluck="name")
	if sending:
		frappe.db.delete("Webhook Request Log", {"webhook": ("in", sending)})


def forget_ways_in() -> None:
	"""Delete who is linked to which WeCom account: no later installation may open a login by it unasked."""
	of_others = frappe.get_all("Social Login Key", pluck="name")
	for row in frappe.get_all(
		"User Social Login", {"provider": ("like", f"{PROVIDER}%")}, ["name", "provider"]
	):
		if row.provider not in of_others:
			frappe.db.delete("User Social Login", {"name": row.name})


def delete_files_attached_to(records: dict) -> None:
	for name in frappe.get_all("File", filters=records, pluck="name"):
		frappe.delete_doc("File", name, force=True, ignore_permissions=True, delete_permanently=True)


def pointers() -> Iterator[tuple[str, str, str | None]]:
	"""Yield (DocType, field that holds a DocType's name, field that holds a record's name or None)."""
	fields = _link_fields()
	paired = {(field.parent, field.options) for field in fields if field.fieldtype == "Dynamic Link"}
	for field in fields:
		if field.fieldtype == "Dynamic Link":
			yield field.parent, field.options, field.fieldname
		elif (field.parent, field.fieldname) not in paired:
			yield field.parent, field.fieldname, None


def _link_fields() -> list[frappe._dict]:
	found = []
	for source, parent in (("DocField", "parent"), ("Custom Field", "dt")):
		table = frappe.qb.DocType(source)
		rows = (
			frappe.qb.from_(table)
			.select(table[parent].as_("parent"), table.fieldname, table.fieldtype, table.options)
			.where(
				(table.fieldtype == "Dynamic Link")
				| ((table.fieldtype == "Link") & (table.options == "DocType"))
			)
		).run(as_dict=True)
		found += [row for row in rows if has_columns(row)]
	return found


def has_columns(field: frappe._dict) -> bool:
	needed = {field.fieldname, field.options} if field.fieldtype == "Dynamic Link" else {field.fieldname}
	return frappe.db.table_exists(field.parent) and needed <= set(frappe.db.get_table_columns(field.parent))


def _forget(
	holder: str, type_field: str, name_field: str | None, values: list[str], also: dict | None = None
) -> None:
	filters = {type_field: ("in", values), **(also or {})}
	if belongs_to_frappe(holder) and holder not in UNLINKED:
		frappe.db.delete(holder, filters)
		delete_orphans_of(holder)
	elif frappe.db.exists(holder, filters):
		unlinked = {type_field: None, **({name_field: None} if name_field else {})}
		frappe.db.set_value(holder, filters, unlinked, update_modified=False)


def forget_named(holder: str, type_field: str, name_field: str, kind: str, names: list[str]) -> None:
	"""Delete rows that name one of our DocTypes as a record: a shortcut of a workspace, a link card."""
	_forget(holder, name_field, type_field, names, also={type_field: kind})


def belongs_to_frappe(doctype: str) -> bool:
	module = frappe.db.get_value("DocType", doctype, "module", cache=True)
	return frappe.db.get_value("Module Def", module, "app_name", cache=True) == "frappe"


def delete_orphans_of(doctype: str) -> None:
	for field in frappe.get_meta(doctype).get_table_fields():
		if not frappe.db.table_exists(field.options):
			continue
		child, parent = frappe.qb.DocType(field.options), frappe.qb.DocType(doctype)
		(
			frappe.qb.from_(child)
			.delete()
			.where(child.parenttype == doctype)
			.where(child.parent.notin(frappe.qb.from_(parent).select(parent.name)))
		).run()


def _forget_in_singles(doctypes: list[str]) -> None:
	frappe.db.delete("Singles", {"doctype": ("in", doctypes)})
	singles = frappe.get_all("DocType", filters={"issingle": 1}, pluck="name")
	for source, parent in (("DocField", "parent"), ("Custom Field", "dt")):
		for field in frappe.get_all(
			source,
			filters={parent: ("in", singles), "fieldtype": "Link", "options": "DocType"},
			fields=[parent, "fieldname"],
		):
			frappe.db.delete(
				"Singles", {"doctype": field[parent], "field": field.fieldname, "value": ("in", doctypes)}
			)


def _forget_unlinked_names(doctypes: list[str]) -> None:
	"""Delete what keeps a DocType's name as plain text."""
	for holder, field in (
		("Custom DocPerm", "parent"),
		("Deleted Document", "deleted_doctype"),
		("List View Settings", "name"),
		("__UserSettings", "doctype"),
		("__global_search", "doctype"),
		("__Auth", "doctype"),
	):
		frappe.db.delete(holder, {field: ("in", doctypes)})
	frappe.db.delete("Deleted Document", {"deleted_doctype": "DocType", "deleted_name": ("in", doctypes)})
	frappe.db.delete("Block Module", {"module": MODULE})
	forget_ways_in()
	_forget_number_series()


def _forget_number_series() -> None:
	for series in _series_in_use():
		frappe.db.delete("Series", {"name": series})


def _series_in_use() -> Iterable[str]:
	"""Return the rows of the number series that our naming rules wrote, such as REF-2026-."""
	patterns = [_series_pattern(rule) for rule in _naming_series()]
	names = frappe.db.sql("select name from `tabSeries`", pluck=True)
	return [name for name in names if any(re.fullmatch(pattern, name) for pattern in patterns)]


def _naming_series() -> list[str]:
	folder = Path(frappe.get_app_path(APP)) / APP / "doctype"
	rules = [json.loads(path.read_text()).get("autoname") or "" for path in folder.glob("*/*.json")]
	return [rule for rule in rules if "#" in rule]


def _series_pattern(rule: str) -> str:
	dates = {"YYYY": r"\d{4}", "YY": r"\d{2}", "MM": r"\d{2}", "DD": r"\d{2}"}
	return "".join(dates.get(part, re.escape(part)) for part in rule.split(".") if "#" not in part)


def _turn_links_of_the_site_into_text(doctypes: list[str]) -> None:
	"""A field the site itself made as a link to our DocType keeps its values, as plain text that fetches nothing."""
	links = {"fieldtype": "Link", "options": ("in", doctypes)}
	for source, parent in (("DocField", "parent"), ("Custom Field", "dt")):
		of_the_site = {parent: ("not in", doctypes), **links}
		for field in frappe.get_all(source, of_the_site, ["name", "fieldname", f"{parent} as form"]):
			frappe.db.set_value(source, field.name, {"fieldtype": "Data", "options": None})
			for table, form in (("DocField", "parent"), ("Custom Field", "dt")):
				fetched = {form: field.form, "fetch_from": ("like", f"{field.fieldname}.%")}
				frappe.db.set_value(table, fetched, "fetch_from", None, update_modified=False)
			frappe.clear_cache(doctype=field.form)
