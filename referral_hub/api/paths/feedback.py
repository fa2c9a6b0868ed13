"""What the form of a newcomer's question asks of the server, beside the methods of the document. For HR alone."""

import frappe
from frappe.query_builder import DocType
from pypika.terms import ExistsCriterion

from referral_hub import permissions
from referral_hub.paths.feedback import book, routing


@frappe.whitelist()
@frappe.validate_and_sanitize_search_inputs
def who_may_take(
	doctype: str, txt: str, searchfield: str, start: int, page_len: int, filters: dict | None = None
) -> list:
	"""Find the users who may be handed a question, by name or address; for HR alone, else PermissionError.

	HR, and colleagues who work here where not only HR may see the question.

	:param txt: what was typed; empty finds everybody
	:param filters: {"question": its number}; DoesNotExistError where there is none
	"""
	frappe.only_for(permissions.HR_ROLES)
	question = frappe.get_doc(book.DOCTYPE, (filters or {}).get("question"))
	question.check_permission("read")
	user, role, employee = DocType("User"), DocType("Has Role"), DocType("Employee")
	is_hr = ExistsCriterion(
		frappe.qb.from_(role)
		.select(role.name)
		.where((role.parent == user.name) & role.role.isin(sorted(permissions.HR_ROLES)))
	)
	works_here = ExistsCriterion(
		frappe.qb.from_(employee)
		.select(employee.name)
		.where((employee.user_id == user.name) & (employee.status == "Active"))
	)
	rows = (
		frappe.qb.from_(user)
		.select(user.name, user.full_name)
		.where(user.enabled == 1)
		.where(user.name.notin(["Administrator", "Guest", question.answerer or ""]))
		.where(user.name.like(f"%{txt}%") | user.full_name.like(f"%{txt}%"))
		.where(is_hr if question.only_hr else is_hr | works_here)
		.orderby(user.full_name)
		.limit(int(page_len))
		.offset(int(start))
		.run()
	)
	return [row for row in rows if routing.may_take(question, row[0])]
