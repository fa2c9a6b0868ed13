"""What stays after an Employee record is deleted belongs to nobody: the next one may get the same name from the series."""

import frappe

LONGEST = 100  # of a name, so that the whole fits into a Link


def set_aside(employee: str, *doctypes: str) -> None:
	"""Give the rows of a deleted employee a name that no record has; who it was stands beside it. Below the controllers."""
	set_aside_in(employee, *((doctype, "employee") for doctype in doctypes))


def set_aside_in(employee: str, *columns: tuple[str, str]) -> None:
	"""The same for these columns, each (DocType, field): one name in all of them, so that what belongs together still does."""
	nobody = f"{employee[:LONGEST]} (deleted {frappe.generate_hash(length=8)})"
	for doctype, field in columns:
		frappe.db.set_value(doctype, {field: employee}, field, nobody, update_modified=False)
