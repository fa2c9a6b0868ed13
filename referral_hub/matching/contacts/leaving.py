"""Contacts outlive neither the employment of whom they belong to nor the employee's record."""

import frappe

from referral_hub.matching.contacts import service


def without_employee() -> list[str]:
	"""Return the employees who left, or are no more, and still have contacts."""
	return frappe.db.sql_list(
		"""select distinct contact.employee from `tabReferral Contact` contact
		left join `tabEmployee` employee on employee.name = contact.employee
		where ifnull(employee.status, 'Left') = 'Left'"""
	)


def end(employee: str) -> None:
	service.delete_all(employee)
