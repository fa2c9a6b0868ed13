"""Contacts outlive neither the employment of whom they belong to nor the employee's record, nor their wish; nor does a file that brings more of them in."""

import frappe

from referral_hub.matching.contacts import service
from referral_hub.matching.contacts.files import importing
from referral_hub.people import employments


def without_employee() -> list[str]:
	"""Return the employees who left, or are no more, and still have contacts."""
	return frappe.db.sql_list(
		"""select distinct contact.employee from `tabReferral Contact` contact
		left join `tabEmployee` employee on employee.name = contact.employee
		where ifnull(employee.status, 'Left') = 'Left'"""
	)


def end(employee: str) -> None:
	"""Delete the contacts of somebody who left; whoever was transferred keeps them under their new record."""
	now = employments.record_now(employee)
	if now == employee:
		delete_all(employee)
	else:
		service.follow_rename(employee, now)


def delete_all(employee: str) -> int:
	"""Delete every contact of an employee, and stop and forget the file that is being read; return how many contacts there were."""
	importing.forget_all(employee)
	return service.delete_all(employee)
