"""What browser and site tests of the portal start from, and the small steps people take on its pages."""

import frappe
import site_factories as hr
from referral_factories import pdf
from reward_factories import make_rule, points


def make_referrer(first_name: str = "Anna", language: str = "en", **fields):
	"""An employee who can sign in, with the portal in their language."""
	employee = hr.make_employee(first_name, user=True, **fields)
	frappe.db.set_value("User", employee.user_id, "language", language)
	return employee


def make_paid_opening(title: str | None = None, *milestones: dict, **fields):
	"""An opening with a rule of its own: 100 points for an interview, 300 on joining, unless told otherwise."""
	opening = hr.make_opening(title, **fields)
	milestones = milestones or (points("Interviewed", 100), points("Joined", 300))
	make_rule(*milestones, designation=opening.designation)
	return opening


def pdf_upload(name: str = "resume.pdf") -> dict:
	return {"name": name, "mimeType": "application/pdf", "buffer": pdf(hr.unique("Resume"))}


def referral_of(candidate_name: str):
	"""The referral of a candidate, as committed by another process; None when there is none."""
	frappe.db.rollback()
	name = frappe.db.get_value("Referral", {"candidate_name": candidate_name})
	return frappe.get_doc("Referral", name) if name else None


def fill_in(page, **values) -> None:
	"""Type into the form's fields by their labels."""
	labels = {"name": "Their name", "email": "E-mail", "phone": "Phone", "note": "Why them?"}
	for field, value in values.items():
		page.get_by_label(labels[field]).fill(value)


def number_of(page) -> str:
	"""The referral's number on its receipt."""
	page.wait_for_url("**/referrals/mine/REF-*")
	return page.locator(".receipt .number").inner_text()
