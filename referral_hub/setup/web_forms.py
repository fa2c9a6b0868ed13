"""The question "Who told you about us?" on HRMS's own application form, while HR has named colleagues asked.

A standard web form is imported again when HRMS changes it, so each migrate looks; other web forms on Job Applicant are HR's:
they get the question by adding the field. Called by install, uninstall and Referral Hub Settings.
"""

import frappe
from frappe.utils import cint

FORM, FIELD, AFTER = "job-application", "referral_hub_told_by", "resume_link"
LABEL = "Who told you about us?"
HINT = "A colleague's whole name, if somebody told you. We ask only them whether it is so."
_CHILD = "Web Form Field"


def ask_or_not(named_referrer_days: int | None = None) -> None:
	"""Put the question on the form or take it away, as the settings say."""
	if named_referrer_days is None:
		named_referrer_days = frappe.db.get_single_value("Referral Hub Settings", "named_referrer_days")
	if cint(named_referrer_days) > 0:
		put_question()
	else:
		remove_question()


def put_question() -> None:
	if not frappe.db.exists("Web Form", FORM) or _questions():
		return
	after = frappe.db.get_value(_CHILD, {**_of_form(), "fieldname": AFTER}, "idx")
	idx = after or frappe.db.count(_CHILD, _of_form())
	_move(idx, 1)
	frappe.get_doc(
		{
			"doctype": _CHILD,
			**_of_form(),
			"parentfield": "web_form_fields",
			"idx": idx + 1,
			"fieldname": FIELD,
			"fieldtype": "Data",
			"label": LABEL,
			"description": HINT,
			"max_length": 140,
		}
	).db_insert()
	frappe.clear_document_cache("Web Form", FORM)


def remove_question() -> None:
	for name, idx in _questions():
		frappe.db.delete(_CHILD, {"name": name})
		_move(idx, -1)
	frappe.clear_document_cache("Web Form", FORM)


def _questions() -> list[tuple[str, int]]:
	return frappe.get_all(_CHILD, {**_of_form(), "fieldname": FIELD}, ["name", "idx"], as_list=True)


def _move(after: int, by: int) -> None:
	table = frappe.qb.DocType(_CHILD)
	later = (table.parent == FORM) & (table.parenttype == "Web Form") & (table.idx > after)
	frappe.qb.update(table).set(table.idx, table.idx + by).where(later).run()


def _of_form() -> dict:
	return {"parent": FORM, "parenttype": "Web Form"}
