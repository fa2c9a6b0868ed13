"""Spares a new document the look-ups of what it names, where whoever makes it has just read or written all of that.

The platform reads every linked document again and copies fields of some. So its check is left out only when each link is
known to hold and none would bring a field along; else the platform checks all of them. Writes nothing. Called by
`referrals.making` and `rewards.paying`.
"""

from collections.abc import Collection

import frappe
from frappe.model.document import Document

# small masters that the platform's cache holds
_MASTERS = ("Country", "Currency", "Job Applicant Source")


def holds_all(
	document: Document, known: Collection[tuple[str, str | None]], filled: Collection[str] = ()
) -> bool:
	"""Say whether every link of a new document leads to one of these (DocType, name), or to a master that is there.

	`filled`: the fields which the caller has filled as the links would have.
	"""
	if any(document.get(field.fieldname) for field in document.meta.get_table_fields()):
		return False
	# looked through once: the platform's filters of them are slow, and this runs for each payout
	fields = document.meta.fields
	links = [(field, field.options) for field in fields if field.fieldtype == "Link"]
	links += [(field, document.get(field.options)) for field in fields if field.fieldtype == "Dynamic Link"]
	named = [(field, doctype) for field, doctype in links if document.get(field.fieldname)]
	return not any(_brings_fields(document, field, filled) for field, _doctype in named) and all(
		(doctype, document.get(field.fieldname)) in known
		or _is_master(doctype, document.get(field.fieldname))
		for field, doctype in named
	)


def _brings_fields(document: Document, link, filled: Collection[str]) -> bool:
	fetched = [
		field for field in document.meta.get_fields_to_fetch(link.fieldname) if field.fieldname not in filled
	]
	return any(not field.fetch_if_empty or not document.get(field.fieldname) for field in fetched)


def _is_master(doctype: str, name: str) -> bool:
	return doctype in _MASTERS and frappe.get_cached_value(doctype, name, "name") == name
