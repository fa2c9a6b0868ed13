"""HR puts *Learn to Refer* into onboarding templates, from the set-up guide; with the caller's own rights."""

import frappe
from frappe import _
from frappe.utils import cint

from referral_hub.announcing import learning


@frappe.whitelist(methods=["GET"])
def templates() -> list[dict]:
	"""Return the onboarding templates the caller may read, and which have the activity: [{"name", "title", "has_it"}]."""
	return learning.templates()


@frappe.whitelist(methods=["POST"])
def put_into_templates(names: str, day: int) -> int:
	"""Add the activity to these templates where it is not; return to how many it was added.

	:param names: JSON list of names of Employee Onboarding Template, each of which the caller may write
	:param day: how many days after an onboarding begins, 0 to 365
	"""
	if not 0 <= cint(day) <= 365:
		frappe.throw(_("Choose a day from 0 to {0}.").format(365))
	return sum(learning.put_into(str(name), cint(day)) for name in frappe.parse_json(names))
