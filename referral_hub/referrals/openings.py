"""What an Opening Profile adds to a Job Opening: its people and its rounds."""

import frappe
from frappe import _
from frappe.utils import cint


def manager_of(job_opening: str) -> str | None:
	"""Return who asked for this opening, from its Job Requisition."""
	requisition = frappe.db.get_value("Job Opening", job_opening, "job_requisition")
	return frappe.db.get_value("Job Requisition", requisition, "requested_by") if requisition else None


def validate_profile(profile) -> None:
	if cint(profile.required_rounds) < 0:
		frappe.throw(_("The number of interview rounds can't be below 0."))
