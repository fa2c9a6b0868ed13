"""What HR does with badges in the desk, and what the form of an Employee says of levels."""

import frappe
from frappe import _

from referral_hub.people import employments
from referral_hub.people.hr import works_for
from referral_hub.recognition import service
from referral_hub.recognition.reading import AWARD, RECOGNITION


@frappe.whitelist(methods=["POST"])
def give_badge(badge: str, employee: str, reason: str) -> str:
	"""Give a badge by hand; return the name of the Recognition Award. Raises NotNow, PermissionError.

	:param badge: name of the Recognition Badge, which the caller may write
	:param employee: name of an active Employee of a company the caller works for
	:param reason: what it is given for; the employee reads it
	"""
	_check(badge, frappe.db.get_value("Employee", employee, "company"))
	return service.give(employee, badge, reason)


@frappe.whitelist(methods=["POST"])
def withdraw_badge(award: str, reason: str) -> None:
	"""Take a badge away that was given by hand or by rule. Raises NotNow, PermissionError.

	:param award: name of the Recognition Award
	:param reason: why; the employee reads it
	"""
	row = frappe.get_doc(AWARD, award)
	row.check_permission("read")
	_check(row.badge, row.company)
	service.withdraw(award, reason)


@frappe.whitelist()
def of_employee(employee: str) -> dict:
	"""Return level, score and perks of an employee, for the form in the desk; empty where there are none to be read.

	:param employee: name of an Employee that the caller may read, with the Referral Recognition
	"""
	frappe.get_doc("Employee", employee).check_permission("read")
	fields = ["name", "level", "score", "held_until", "training_priority", "promotion_priority"]
	named = {"employee": ("in", employments.records_of(employee))}
	rows = frappe.get_list(RECOGNITION, named, fields) if frappe.has_permission(RECOGNITION) else []
	return rows[0] if rows else {}


def _check(badge: str, company: str | None) -> None:
	frappe.get_doc("Recognition Badge", badge).check_permission("write")
	if not company or not works_for(frappe.session.user, company):
		frappe.throw(_("You do not work for the company of this employee."), frappe.PermissionError)
