"""What the ledger needs to know of its database, whichever driver Frappe uses."""

import frappe


def is_duplicate(error: Exception) -> bool:
	"""Tell a UNIQUE index that refused a row from every other failure."""
	return bool(error.args) and frappe.db.is_duplicate_entry(error)
