"""Keeps with an application that it followed the pool: a record names its newest application, and forgets it in the end."""

import frappe


def mark(applicant: str | None) -> None:
	"""Say of this application that its person was in the pool when it was made, or opened again."""
	if applicant:
		values = {"referral_hub_called_back": 1}
		frappe.db.set_value("Job Applicant", applicant, values, update_modified=False)
