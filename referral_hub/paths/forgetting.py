"""What paths keep of somebody who is forgotten: links made for them no longer open, what they let others see ends, and their
questions lose their words.

What HR measured of an Employee stays with the Employee, whom HRMS keeps. Called by the flow and when an Employee is deleted.
"""

import frappe

from referral_hub import kept, tokens
from referral_hub.paths import cases, links
from referral_hub.paths.feedback import book
from referral_hub.paths.goals import links as goals
from referral_hub.paths.goals.editing import PLAN
from referral_hub.people.employments import records_of
from referral_hub.tokens import Subject

_KEPT_IN = (cases.DOCTYPE, "Path Measurement")


def forget(applicants: set[str], employee: str | None) -> None:
	"""Forget somebody who applied, and who may have become an Employee."""
	made_for = {"job_applicant": ("in", sorted(applicants))}
	for offer in frappe.get_all(links.OFFER, made_for, pluck="name") if applicants else ():
		tokens.forget(Subject(links.OFFER, offer))
	goals.forget(applicants)
	for record in records_of(employee) if employee else ():
		cases.end_all(record)
		book.forget_words(record)


def held(employee: str | None) -> dict[str, list[str]]:
	"""Return {DocType: names} of what is kept of an Employee, by any of their records."""
	records = sorted(records_of(employee)) if employee else []
	found = {doctype: _names(doctype, "employee", records) for doctype in (*_KEPT_IN, "Path Feedback")}
	return found | {"Path Feedback Entry": _names("Path Feedback Entry", "feedback", found["Path Feedback"])}


def _names(doctype: str, field: str, values: list[str]) -> list[str]:
	known = {field: ("in", values)}
	return frappe.get_all(doctype, known, pluck="name", order_by="creation asc, name asc") if values else []


def forget_applicant(applicant: str) -> None:
	"""Delete the plan of goals of somebody whose application is deleted; of whoever works here it stays."""
	for plan in goals.plans_of({applicant}):
		if not frappe.db.get_value(PLAN, plan, "employee"):
			_delete_plan(plan)


def forget_employee(employee: str) -> None:
	"""Delete what is kept of an Employee who is deleted."""
	for doctype in _KEPT_IN:
		frappe.db.delete(doctype, {"employee": employee})
	book.forget_employee(employee)
	for plan in frappe.get_all(PLAN, {"employee": employee}, pluck="name"):
		_delete_plan(plan)


def _delete_plan(name: str) -> None:
	plan = frappe.get_doc(PLAN, name)
	with kept.writing(plan):
		plan.delete(ignore_permissions=True, force=True, delete_permanently=True)
