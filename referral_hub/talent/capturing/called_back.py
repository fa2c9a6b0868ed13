"""Keeps with an application that it followed the pool: a record names its newest application, and forgets it in the end."""

import frappe
from frappe.model.document import Document


def mark_new(record: Document, applicant: str) -> None:
	"""Mark an application that matches somebody of the pool; not the one their record names already, which was only opened again."""
	if applicant != record.job_applicant:
		mark(applicant)


def mark(applicant: str | None) -> None:
	"""Say of this application that its person was in the pool when it was made."""
	if applicant:
		values = {"referral_hub_called_back": 1}
		frappe.db.set_value("Job Applicant", applicant, values, update_modified=False)
