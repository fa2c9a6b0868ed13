"""Titles of our records are told only to who may read the record: the title of many of them is a person.

The platform tells the title of whatever a record links to (on a form, on paper, on a Contact or an Address) to
everybody who knows its name and may link to it. Called by hooks, for records of every app.
"""

import frappe
from frappe.model.document import Document

MODULE = "Referral Hub"


class ReadableTitles(dict):
	"""The titles that an answer carries, by "DocType::name": takes none of a record of ours that the user may not read."""

	def update(self, titles: dict) -> None:
		super().update(readable(titles))


def of_form(_doc: Document, _method: str | None = None) -> None:
	"""Let the answer that opens a form take readable titles alone: the platform fills it after this."""
	response = frappe.local.response
	response["_link_titles"] = ReadableTitles(readable(response.get("_link_titles") or {}))


def of_print(doc: Document, _method: str | None = None, _settings: dict | None = None) -> None:
	"""Take what the reader may not know out of the titles that a print format is filled with."""
	titles = doc.get("__link_titles") or {}
	for key in titles.keys() - readable(titles).keys():
		del titles[key]


def of_contact(doc: Document, _method: str | None = None) -> None:
	"""Keep no title of ours on a Contact or an Address: whoever keeps these reads it, and it would outlive the person."""
	for link in doc.get("links") or ():
		if is_ours(link.link_doctype):
			link.link_title = link.link_name


def readable(titles: dict[str, str]) -> dict[str, str]:
	"""Return those of the titles, by "DocType::name", that the user may know."""
	return {key: title for key, title in titles.items() if may_be_told(*key.split("::", 1))}


def may_be_told(doctype: str | None, name: str) -> bool:
	"""Say whether the user may know what a record is called."""
	if not is_ours(doctype):
		return True
	return bool(frappe.db.exists(doctype, name)) and frappe.has_permission(doctype, "read", name)


def is_ours(doctype: str | None) -> bool:
	return bool(doctype) and frappe.get_meta(doctype).module == MODULE
