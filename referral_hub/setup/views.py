"""The saved views of the talent pool and the boards that a fresh site starts with, for everybody in HR. Data; HR changes and deletes them as any other.

On the boards nothing is dragged: where a referral stands follows from HRMS, and the platform lets cards move only for who may write the record.
"""

import json

import frappe
from frappe import _

_GREY, _BLUE, _GREEN, _ORANGE = "Gray", "Blue", "Green", "Orange"
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


def boards() -> dict[str, tuple]:
	"""Return name -> (DocType, field of its columns, column -> colour, conditions, fields on a card)."""
	return {
		_("Referrals by Stage"): (
			"Referral",
			"stage",
			{
				"Invited": _GREY,
				"Submitted": _ORANGE,
				"Screening": _BLUE,
				"Interviewing": _BLUE,
				"Selected": _BLUE,
				"Offered": _BLUE,
				"Joined": _GREEN,
				"Confirmed": _GREEN,
			},
			[["Referral", "outcome", "in", ["Open", "Hired"]]],
			["referrer_name", "designation", "submitted_on"],
		),
		_("Questions to HR"): (
			"Referral Dispute",
			"state",
			{"Open": _ORANGE, "Answered": _BLUE, "Closed": _GREEN},
			[],
			["kind", "referral", "due_on"],
		),
		_("Rewards to Hand Over by State"): (
			"Reward Fulfilment",
			"state",
			{"Open": _ORANGE, "Done": _GREEN, "Cancelled": _GREY},
			[],
			["kind", "what", "due_on"],
		),
	}


def make_boards() -> None:
	"""Make the boards, once: called when the app is installed, and by the patch of older sites."""
	for name, (doctype, field, columns, conditions, shown) in boards().items():
		if frappe.db.exists("Kanban Board", name):
			continue
		board = frappe.new_doc("Kanban Board")
		board.update({"kanban_board_name": name, "reference_doctype": doctype, "field_name": field})
		board.update({"private": 0, "show_labels": 1})
		board.update({"filters": json.dumps(conditions), "fields": json.dumps(shown)})
		for column, colour in columns.items():
			board.append("columns", {"column_name": column, "status": "Active", "indicator": colour})
		board.insert(ignore_permissions=True)
