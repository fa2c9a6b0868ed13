"""Takes a person out of what others wrote: in every text of the records about them a number stands in the person's place.

Which records those are is asked of the DocTypes: whatever links to a Referral or to a Job Applicant, with its child tables, so that a
DocType added tomorrow is covered. Written below the controllers: what is append-only keeps its rows and its order.
"""

import frappe

from referral_hub.forgotten.spellings import Spellings
from referral_hub.referrals.erasure.person import APPLICANT, FORM, RECORD, Person

TEXT_TYPES = frozenset(
	{
		*("Data", "Small Text", "Text", "Long Text", "Text Editor", "HTML Editor", "Markdown Editor"),
		*("Code", "JSON", "Attach", "Attach Image"),
	}
)
OURS = "Referral Hub"


def replace(person: Person, number: str, with_hrms: bool) -> None:
	"""Write `number` wherever a record about the person names them."""
	spellings = person.spellings
	for doctype, fields in _linking(with_hrms).items():
		for name in _rows(doctype, fields, person):
			replace_in(doctype, name, spellings, number)
	for referral in person.referrals:
		replace_in("Referral", referral, spellings, number)


def replace_in(doctype: str, name: str, spellings: Spellings, number: str) -> None:
	meta = frappe.get_meta(doctype)
	texts = [
		field.fieldname for field in meta.fields if field.fieldtype in TEXT_TYPES and not field.is_virtual
	]
	row = frappe.db.get_value(doctype, name, texts, as_dict=True) if texts else None
	changed = {
		field: said for field, text in (row or {}).items() if (said := _said(text, spellings, number)) != text
	}
	if changed:
		frappe.db.set_value(doctype, name, changed, update_modified=False)
	for table in meta.get_table_fields():
		children = {"parent": name, "parenttype": doctype, "parentfield": table.fieldname}
		for child in frappe.get_all(table.options, children, pluck="name"):
			replace_in(table.options, child, spellings, number)


def linking_rows(person: Person, with_hrms: bool) -> list[tuple[str, str]]:
	"""Return (DocType, name) of every record that links to one about the person."""
	return [
		(doctype, name)
		for doctype, fields in _linking(with_hrms).items()
		for name in _rows(doctype, fields, person)
	]


def _said(text: object, spellings: Spellings, number: str) -> object:
	if not isinstance(text, str):
		return text
	return spellings.replace(text, number)


def _linking(with_hrms: bool) -> dict[str, list[tuple[str, str]]]:
	"""Return {DocType: [(field, what it links to)]} of what links to a person's records and is ours, or HR's to empty."""
	field, custom, doctype = (frappe.qb.DocType(name) for name in ("DocField", "Custom Field", "DocType"))
	of_people = ["Referral", APPLICANT, FORM, RECORD]
	rows = [
		*frappe.qb.from_(field).select(field.parent, field.fieldname, field.options)
		.where((field.fieldtype == "Link") & field.options.isin(of_people)).run(),
		*frappe.qb.from_(custom).select(custom.dt, custom.fieldname, custom.options)
		.where((custom.fieldtype == "Link") & custom.options.isin(of_people)).run(),
	]  # fmt: skip
	single_or_child = frappe.qb.from_(doctype).select(doctype.name)
	single_or_child = single_or_child.where(
		(doctype.issingle == 1) | (doctype.istable == 1) | (doctype.is_virtual == 1)
	)
	left_out = {*single_or_child.run(pluck=True), "Referral", APPLICANT, FORM, "Employee"}
	ours = set(frappe.get_all("DocType", {"module": OURS}, pluck="name"))
	found: dict[str, list[tuple[str, str]]] = {}
	for parent, fieldname, linked in rows:
		if parent not in left_out and (with_hrms or parent in ours):
			found.setdefault(parent, []).append((fieldname, linked))
	return found


def _rows(doctype: str, fields: list[tuple[str, str]], person: Person) -> list[str]:
	about = {
		"Referral": person.referrals,
		APPLICANT: person.applicants,
		FORM: person.forms,
		RECORD: person.records,
	}
	names: set[str] = set()
	for fieldname, linked in fields:
		if about[linked]:
			names |= set(frappe.get_all(doctype, {fieldname: ("in", sorted(about[linked]))}, pluck="name"))
	return sorted(names)
