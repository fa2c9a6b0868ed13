"""Contacts outlive neither the employment of whom they belong to nor the employee's record, nor their wish; nor does a file that brings more of them in."""

import frappe
from frappe.utils.html_utils import sanitize_html

from referral_hub.background import start_after_commit
from referral_hub.matching.contacts import keeping, service
from referral_hub.matching.contacts.files import importing
from referral_hub.people import employments

_MERGED = "referral_hub_contacts_follow_a_merge"


def without_employee() -> list[str]:
	"""Return the employees who left, or are no more, and still have contacts, or a file of them."""
	return frappe.db.sql_list(
		"""select owned.employee from (select employee from `tabReferral Contact`
			union select employee from `tabReferral Contact Import`) owned
		left join `tabEmployee` employee on employee.name = owned.employee
		where ifnull(employee.status, 'Left') = 'Left'"""
	)


def part(employee: str) -> None:
	"""HR sets somebody to Left: their contacts are deleted with it, and follow to another record in a job, which the night does for it.

	A fault of it is none of HR's, and would write what it held into a log.
	"""
	now = employments.record_now(employee)
	if now == employee:
		delete_all(employee)
	else:
		start_after_commit("referral_hub.tasks.follow_contacts", "long", old=employee, new=now)


def end(employee: str) -> None:
	"""Delete the contacts of somebody who left; whoever was transferred, or renamed, keeps them under their new record."""
	now = employments.record_now(employee) if frappe.db.exists("Employee", employee) else _renamed(employee)
	if now == employee:
		delete_all(employee)
	else:
		service.follow_rename(employee, now)


def _renamed(employee: str) -> str:
	"""Return whose these are where there is no record: a deletion takes contacts along at once, so somebody was renamed and the job that follows was lost.

	Frappe has noted it on the record, in the transaction that renamed. Who has the login they were kept under now says nothing: logins are handed on.
	"""
	found = frappe.db.sql(
		"""select employee.name from `tabComment` note join `tabEmployee` employee on employee.name = note.reference_name
		where note.reference_doctype = 'Employee' and note.comment_type = 'Edit' and locate(%s, note.content)
		order by note.creation desc limit 1""",
		sanitize_html(frappe.bold(employee)),
	)
	return found[0][0] if found else employee


def merge(old: str, new: str) -> None:
	"""HR merges an employee into another: what was kept under the login of the one who stays, or, where they have none, of the other, follows in the job of a rename.

	What another login kept is deleted with the record: it would hide the contacts of the one who stays.
	"""
	login = frappe.db.get_value("Employee", new, "user_id") or frappe.db.get_value("Employee", old, "user_id")
	service.delete_some(old, keeping.of_another_login(old, login or ""))
	file = importing.of_employee(old)
	if file and file.owner != login:
		importing.forget_all(old)
	frappe.flags[_MERGED] = old


def forget_employee(employee: str) -> None:
	"""A record is deleted: contacts go with it, save those that follow a merge, which deletes it as well."""
	if frappe.flags.pop(_MERGED, None) != employee:
		delete_all(employee)


def delete_all(employee: str) -> int:
	"""Delete every contact of an employee, and stop and forget the file that is being read; return how many contacts there were."""
	importing.forget_all(employee)
	return service.delete_all(employee)
