"""Who calls the API."""

import frappe
from frappe import _

from referral_hub.portal import page


def employee() -> frappe._dict:
	"""Return the caller's active Employee: name, employee_name, first_name, company, department, designation.

	Raises PermissionError.
	"""
	return page.load_employee() or frappe.throw(
		_("No active employee record is linked to your account. Please ask HR to link it."),
		frappe.PermissionError,
	)
