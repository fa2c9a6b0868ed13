"""What a requirement may count: documents of a kind, by whose they are and by plain filters; nothing that a form does not show.

Whoever saves a path can count only documents they may read themselves, so that a path is no way to ask about others. Called when a path is
saved, and again before anything is counted, because other apps come and go.
"""

import json

import frappe
from frappe import _

from referral_hub.paths.rules.ladder import Source

COMPARISONS = frozenset({"=", "!=", ">", "<", ">=", "<=", "in", "not in", "is"})
STANDARD_FIELDS = frozenset({"name", "owner", "creation", "modified", "docstatus"})
DATES = frozenset({"Date", "Datetime"})
SECRET = frozenset({"Password"})
MOST_FILTERS = 10


def tidy(row) -> None:
	"""Take out what the chosen source does not use: it would look as if it were."""
	used = {
		Source.GOAL: ("kra",),
		Source.GOAL_PROGRESS: ("kra",),
		Source.TIMESHEET: ("activity_type",),
		Source.DOCUMENTS: ("document_type", "employee_field", "date_field", "filters"),
	}.get(row.source, ())
	every = ("kra", "activity_type", "document_type", "employee_field", "date_field", "filters")
	for field in every:
		row.set(field, (row.get(field) or "").strip() or None if field in used else None)


def problems(row) -> list[str]:
	"""Say in words what can't be counted so, for whoever saves the path."""
	if row.source != Source.DOCUMENTS:
		return []
	if found := problem_of(row):
		return [found]
	if not frappe.has_permission(row.document_type, "read"):
		return [_("You may not read {0}, so you can't have them counted.").format(_(row.document_type))]
	return []


def problem_of(row) -> str | None:
	"""Return the first thing that stands against counting these documents."""
	if not row.document_type or not frappe.db.exists("DocType", row.document_type, cache=True):
		return _("Which documents are counted is missing.")
	meta = frappe.get_meta(row.document_type)
	if meta.issingle or meta.istable or meta.get("is_virtual"):
		return _("{0} can't be counted.").format(_(row.document_type))
	if not names_employees(row) and not _names_users(row, meta):
		return _("{0} has no field {1} that links to an Employee or a User.").format(
			_(row.document_type), _safe(row.employee_field)
		)
	if row.date_field and not _is_date(row.date_field, meta):
		return _("{0} has no date {1}.").format(_(row.document_type), _safe(row.date_field))
	return _problem_of_filters(row, meta)


def names_employees(row) -> bool:
	field = frappe.get_meta(row.document_type).get_field(row.employee_field or "")
	return bool(field and field.fieldtype == "Link" and field.options == "Employee")


def filters_of(row) -> list[list]:
	return json.loads(row.filters) if row.filters else []


def _names_users(row, meta) -> bool:
	field = meta.get_field(row.employee_field or "")
	return row.employee_field == "owner" or bool(
		field and field.fieldtype == "Link" and field.options == "User"
	)


def _is_date(name: str, meta) -> bool:
	field = meta.get_field(name)
	return name in ("creation", "modified") or bool(field and field.fieldtype in DATES)


def _problem_of_filters(row, meta) -> str | None:
	try:
		filters = filters_of(row)
	except ValueError:
		filters = None
	if not isinstance(filters, list) or len(filters) > MOST_FILTERS:
		return _("The filters are no list as in the example.")
	for one in filters:
		if not (isinstance(one, list) and len(one) == 3 and one[1] in COMPARISONS and _is_value(one[2])):
			return _("The filters are no list as in the example.")
		if not _may_filter(one[0], meta):
			return _("{0} has no field {1} to filter by.").format(_(row.document_type), _safe(one[0]))
	return None


def _may_filter(name, meta) -> bool:
	if name in STANDARD_FIELDS:
		return True
	field = meta.get_field(name) if isinstance(name, str) else None
	return bool(
		field
		and not field.permlevel
		and field.fieldtype not in SECRET
		and field.fieldtype not in frappe.model.no_value_fields
		and not field.get("is_virtual")
	)


def _is_value(value) -> bool:
	plain = str | int | float | bool
	return isinstance(value, plain) or (
		isinstance(value, list) and len(value) <= 100 and all(isinstance(one, plain) for one in value)
	)


def _safe(word) -> str:
	return frappe.utils.escape_html(str(word or ""))
