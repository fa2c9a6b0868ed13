"""The form of a Reward Rule: what it would pay for one opening and one employee, before it is saved. Writes nothing."""

import frappe
from frappe import _

from referral_hub.portal import cards
from referral_hub.referrals.showing import catalogue
from referral_hub.rewards.promising.preview import preview

TABLES = ("milestones", "factors")


class NotTheForm(frappe.ValidationError):
	"""Something that no form of a Reward Rule sends."""


@frappe.whitelist(methods=["POST"])
def try_rule(rule: str, opening: str, employee: str) -> dict:
	"""Try a rule as it stands in the form.

	:param rule: the document as JSON, saved or not
	:param opening: name of a Job Opening the caller may read
	:param employee: name of an Employee the caller may read, as the referrer
	Returns {"pays": sentence, "lines": [sentence], "against": [sentence], "problems": [sentence]}: nothing stands
	against it when "against" is empty; "problems" would stop saving.
	"""
	frappe.has_permission("Reward Rule", "read", throw=True)
	for doctype, name in (("Job Opening", opening), ("Employee", employee)):
		frappe.get_doc(doctype, name).check_permission("read")
	document = frappe.get_doc({**_form(rule), "doctype": "Reward Rule"})
	document.run_method("before_validate")
	row, unpaid = _opening(opening, employee)
	told = preview(document, opening, employee, row.program)
	return told | {"against": told["against"] + ([unpaid] if unpaid else [])}


def _form(rule: str) -> dict:
	"""Return what a form holds: plain values, and rows of them. Raises NotTheForm for anything else."""
	try:
		given = frappe.parse_json(rule)
	except ValueError:
		given = None
	if not isinstance(given, dict) or not all(_is_plain(field, value) for field, value in given.items()):
		frappe.throw(_("This is not the form of a Reward Rule."), NotTheForm)
	return given


def _is_plain(field: str, value) -> bool:
	"""Say whether this is what a form holds in a field; what the desk keeps for itself is not looked at."""
	if field.startswith("__"):
		return True
	if field not in TABLES:
		return not isinstance(value, list | dict)
	if not isinstance(value or [], list) or not all(isinstance(row, dict) for row in value or []):
		return False
	return not any(isinstance(inside, list | dict) for row in value or [] for inside in row.values())


def _opening(opening: str, employee: str):
	"""Return the opening with the program that applies there, and why this employee would not be paid."""
	row = catalogue.find(opening)
	if not row:
		frappe.throw(_("This opening does not accept referrals."))
	return row, cards.offers_for([row], employee)[opening].get("unpaid", "")
