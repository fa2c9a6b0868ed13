"""What paths keep of somebody who is forgotten: links made for them no longer open, what they let others see ends, and their
questions lose their words.

What HR measured of an Employee stays with the Employee, whom HRMS keeps. Called by the flow and when an Employee is deleted.
"""

import frappe

from referral_hub import tokens
from referral_hub.paths import cases, links
from referral_hub.paths.feedback import book
from referral_hub.people.employments import records_of
from referral_hub.tokens import Subject


def forget(applicants: set[str], employee: str | None) -> None:
	"""Forget somebody who applied, and who may have become an Employee."""
	made_for = {"job_applicant": ("in", sorted(applicants))}
	for offer in frappe.get_all(links.OFFER, made_for, pluck="name") if applicants else ():
		tokens.forget(Subject(links.OFFER, offer))
	for record in records_of(employee) if employee else ():
		cases.end_all(record)
		book.forget_words(record)


def forget_employee(employee: str) -> None:
	"""Delete what is kept of an Employee who is deleted."""
	for doctype in (cases.DOCTYPE, "Path Measurement"):
		frappe.db.delete(doctype, {"employee": employee})
	book.forget_employee(employee)
