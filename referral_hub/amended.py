"""Documents of HRMS that HR cancels and amends: which one stands for another now. Reads only."""

import frappe

CANCELLED = 2  # docstatus


def standing_for(doctype: str, name: str | None, for_update: bool = True) -> str | None:
	"""Return the document that stands for one now: itself, or what HR amended it to; None when it is gone.

	`for_update`: read what is committed, and lock it; who only looks locks nothing.
	"""
	while name and frappe.db.get_value(doctype, name, "docstatus", for_update=for_update) in (
		None,
		CANCELLED,
	):
		name = frappe.db.get_value(doctype, {"amended_from": name}, "name")
	return name


def who_ended(doctype: str, name: str) -> str | None:
	"""Return who cancelled a document, or who deleted it as far as Frappe remembers."""
	deleted = {"deleted_doctype": doctype, "deleted_name": name}
	return frappe.db.get_value(doctype, name, "modified_by") or frappe.db.get_value(
		"Deleted Document", deleted, "owner"
	)
