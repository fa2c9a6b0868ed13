"""Takes the demo away, whole or half made: every row that the demo's users own or that belongs to its company.

Below the ORM on purpose: append-only rows go too. It is the one exception to append-only, and the ledger records it.
Masters that somebody else has begun to use stay.
"""

import json

import frappe
from frappe.model.delete_doc import check_if_doc_is_dynamically_linked, check_if_doc_is_linked

from referral_hub.points.removal import remove_wallets
from referral_hub.setup.demo import cast

NOTE = "referral_hub_demo"

# Masters without a company, which others may have begun to use
SHARED = ("Designation", "Employee Grade", "Interview Round", "Skill", "Holiday List", "Salary Component")

# DocTypes whose rows belong to the demo when they point at one of its records; before those they point at themselves
POINTED_AT = ("Path Feedback", "Performance Path", "Referral", "Employee", "Job Applicant", "Job Opening")
OUR_MODULES = ("Referral Hub", "HR", "Payroll")


def remove() -> dict[str, int]:
	"""Remove every row of the demo and return how many of each table; the caller commits."""
	owners, note = _owners(), read_note()
	remove_wallets(cast.COMPANY)
	_undo_settings(note)
	removed: dict[str, int] = {}
	_remove_files({"owner": ("in", owners)})
	for doctype, field, names in _rows_that_point_at_the_demo(owners):
		_delete(doctype, frappe.get_all(doctype, {field: ("in", names)}, pluck="name"), removed)
	for doctype in _tables():
		_delete(doctype, _rows_of(doctype, owners), removed)
	_remove_shared_masters(owners, removed)
	_forget_users(owners)
	_forget_series(note)
	frappe.db.delete("DefaultValue", {"parent": "__global", "defkey": NOTE})
	return {doctype: count for doctype, count in removed.items() if count}


def _owners() -> list[str]:
	return frappe.get_all("User", {"name": ("like", f"%@{cast.DOMAIN}")}, pluck="name") or [cast.ACTOR]


def read_note() -> dict:
	"""Return what the demo wrote down about itself."""
	return json.loads(frappe.db.get_global(NOTE) or "{}")


def _undo_settings(note: dict) -> None:
	component = note.get("component")
	current = frappe.db.get_single_value("Referral Hub Settings", "cash_salary_component")
	if component and current == component:
		frappe.db.set_single_value(
			"Referral Hub Settings", "cash_salary_component", None, update_modified=False
		)


def _remove_files(filters: dict) -> None:
	"""Delete files with what is on disk, unless another file has the same content there."""
	for name in frappe.get_all("File", filters, pluck="name"):
		frappe.delete_doc("File", name, force=True, ignore_permissions=True, delete_permanently=True)


def _rows_that_point_at_the_demo(owners: list[str]):
	"""Yield (DocType, field, names): rows that others (a job, HR) wrote about the demo's records."""
	for target in POINTED_AT:
		names = _rows_of(target, owners)
		if not names:
			continue
		for holder, field in _links_to(target):
			meta = frappe.get_meta(holder)
			if meta.module in OUR_MODULES and not meta.issingle and not meta.istable:
				yield holder, field, names


def _links_to(target: str) -> list[tuple[str, str]]:
	"""Return (DocType, field) of each link to this DocType, our fields on HRMS's documents among them."""
	link = {"fieldtype": "Link", "options": target}
	own = frappe.get_all("DocField", link, ["parent", "fieldname"], as_list=True)
	added = frappe.get_all("Custom Field", link, ["dt", "fieldname"], as_list=True)
	return sorted({*own, *added})


def _tables() -> list[str]:
	names = frappe.get_all("DocType", {"issingle": 0, "is_virtual": 0}, pluck="name", order_by="name asc")
	return [name for name in names if name not in SHARED and frappe.db.table_exists(name)]


def _rows_of(doctype: str, owners: list[str]) -> list[str]:
	mine = set(frappe.get_all(doctype, {"owner": ("in", owners)}, pluck="name"))
	meta = frappe.get_meta(doctype)
	if meta.has_field("company") and not meta.istable:
		mine |= set(frappe.get_all(doctype, {"company": cast.COMPANY}, pluck="name"))
	return sorted(map(str, mine))


def _delete(doctype: str, names: list[str], removed: dict[str, int]) -> None:
	if not names:
		return
	_remove_files({"attached_to_doctype": doctype, "attached_to_name": ("in", names)})
	for field in frappe.get_meta(doctype).get_table_fields():
		if frappe.db.table_exists(field.options):
			frappe.db.delete(field.options, {"parenttype": doctype, "parent": ("in", names)})
	frappe.db.delete(doctype, {"name": ("in", names)})
	for remark, type_field, name_field in (
		("Comment", "reference_doctype", "reference_name"),
		("Version", "ref_doctype", "docname"),
		("__global_search", "doctype", "name"),
		("__Auth", "doctype", "name"),
		("Access Token", "subject_doctype", "subject"),
	):
		frappe.db.delete(remark, {type_field: doctype, name_field: ("in", names)})
	removed[doctype] = removed.get(doctype, 0) + len(names)


def _remove_shared_masters(owners: list[str], removed: dict[str, int]) -> None:
	for doctype in SHARED:
		for name in frappe.get_all(doctype, {"owner": ("in", owners)}, pluck="name"):
			doc = frappe.get_doc(doctype, name)
			try:
				check_if_doc_is_linked(doc)
				check_if_doc_is_dynamically_linked(doc)
			except frappe.LinkExistsError:
				frappe.clear_last_message()
			else:
				_delete(doctype, [name], removed)


def _forget_users(users: list[str]) -> None:
	"""Delete what Frappe keeps about users: in the name of whoever made or shared it."""
	for doctype, field in (
		("Notification Settings", "name"),
		("Notification Log", "for_user"),
		("DocShare", "user"),
		("DefaultValue", "parent"),
	):
		frappe.db.delete(doctype, {field: ("in", users)})


def _forget_series(note: dict) -> None:
	"""Delete the number series that the demo began and nobody has gone on with."""
	before = set(note.get("series", []))
	for series in frappe.db.sql("select name from `tabSeries`", pluck=True):
		if before and series not in before and not _is_used(series):
			frappe.db.delete("Series", {"name": series})


def _is_used(series: str) -> bool:
	if not series:
		return _is_counted_without_words()
	named = ("Employee", "Job Opening", "Interview", "Job Offer", "Referral", "Salary Structure Assignment")
	named += ("Referral Dispute", "Additional Salary", "Employee Promotion", "Goal", "Path Feedback")
	return any(frappe.db.exists(doctype, {"name": ("like", f"{series}%")}) for doctype in named)


def _is_counted_without_words() -> bool:
	"""Say whether anything is left that is named by a format: the platform counts all of those, as HRMS's Goals, in one series without a name."""
	named_so = frappe.get_all(
		"DocType", {"autoname": ("like", "format:%#%"), "is_virtual": 0, "issingle": 0}, pluck="name"
	)
	return any(frappe.get_all(doctype, limit=1) for doctype in named_so)
