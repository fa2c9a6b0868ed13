"""The saved views of the talent pool that a fresh site starts with, for everybody in HR. Data; HR changes and deletes them as any other."""

import json

import frappe
from frappe import _

_RECORD = "Talent Pool Record"
_CALLED = ["state", "in", ["In Pool", "Resting"]]


def of_the_pool() -> dict[str, list]:
	"""Return name -> conditions (field, operator, value)."""
	return {
		_("No-shows"): [["reason", "=", "No-show"], ["state", "!=", "Anonymised"]],
		_("Declined our offer"): [["reason", "=", "Declined Offer"], _CALLED],
		_("Silver medallists"): [["reason", "=", "Silver Medal"], _CALLED],
		_("Likeliest to come back"): [["likelihood", ">=", 60], _CALLED],
		_("Never contacted"): [["contacts", "=", 0], _CALLED],
		_("Deletion asked for"): [["erasure_due_on", "is", "set"], ["state", "!=", "Anonymised"]],
	}


def make_views() -> None:
	"""Make them for everybody, once: called when the app is installed, and by the patch of older sites."""
	for name, conditions in of_the_pool().items():
		known = {"reference_doctype": _RECORD, "filter_name": name}
		if frappe.db.exists("List Filter", known):
			continue
		filters = [[_RECORD, *condition] for condition in conditions]
		frappe.get_doc(doctype="List Filter", **known, for_user="", filters=json.dumps(filters)).insert(
			ignore_permissions=True
		)
