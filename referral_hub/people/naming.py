"""Colleagues who are named to others: kept by their records, named when somebody reads it. Writes nothing."""

import frappe

from referral_hub.people import employments, wishes


def named(rows: list[dict]) -> list[dict]:
	"""Give each row the `name` of its `employee`, None where nobody named one; without who has left or wishes not to be named."""
	listed = {row["employee"] for row in rows if row["employee"]}
	here = {"name": ("in", [*listed]), "status": employments.ACTIVE}
	found = dict(frappe.get_all("Employee", here, ["name", "employee_name"], as_list=True)) if listed else {}
	unnamed = wishes.incognito_among(found.keys())
	names = {None: None} | {record: name for record, name in found.items() if record not in unnamed}
	return [{**row, "name": names[row["employee"]]} for row in rows if row["employee"] in names]
