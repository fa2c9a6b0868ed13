"""Who reads a message: the person as they are now. Owns the question "may and can we reach them?"."""

from dataclasses import dataclass

import frappe

from referral_hub.messages.rules.delivery import first_usable_address


@dataclass(frozen=True)
class Reader:
	"""An active employee, with what is needed to write to them; `user` only when it can sign in."""

	employee: str
	name: str
	user: str | None
	email: str | None
	language: str | None
	time_zone: str | None


def find_reader(employee: str | None) -> Reader | None:
	"""Return the reader, or None for somebody who is not an active employee."""
	row = _employee_and_user(employee) if employee else None
	if not row:
		return None
	addresses = (row.prefered_email, row.company_email, row.user_email, row.personal_email)
	return Reader(
		employee=employee,
		name=row.employee_name,
		user=row.user,
		email=first_usable_address(addresses),
		language=row.language or frappe.db.get_default("lang"),
		time_zone=row.time_zone,
	)


def _employee_and_user(employee: str):
	Employee, User = frappe.qb.DocType("Employee"), frappe.qb.DocType("User")
	rows = (
		frappe.qb.from_(Employee)
		.left_join(User)
		.on((User.name == Employee.user_id) & (User.enabled == 1))
		.select(
			Employee.employee_name,
			Employee.prefered_email,
			Employee.company_email,
			Employee.personal_email,
			User.name.as_("user"),
			User.email.as_("user_email"),
			User.language,
			User.time_zone,
		)
		.where((Employee.name == employee) & (Employee.status == "Active"))
		.run(as_dict=True)
	)
	return rows[0] if rows else None
