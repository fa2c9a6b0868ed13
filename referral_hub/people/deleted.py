"""What stays after an Employee record is deleted belongs to nobody: the next one may get the same name from the series."""

import frappe

LONGEST = 100  # of a name, so that the whole fits into a Link


def set_aside(employee: str, *doctypes: str) -> None:
	"""Give the rows of a deleted employee a name that no record has; who it was stands beside it. Below the controllers."""
	nobody = f"{employee[:LONGEST]} (deleted {frappe.generate_hash(length=8)})"
	for doctype in doctypes:
		frappe.db.set_value(doctype, {"employee": employee}, "employee", nobody, update_modified=False)
