"""What the terms ask the hire to be: a designation, a grade, a type of employment. Whether that is so is read from HRMS's Employee.

Asked is what they were hired as: what HRMS's first promotion or transfer says they were before it, else what they are.
HR may fill it in after the first day at work, and no referral moves by that: the save of the Employee is a hint to look at its
promises again, and the daily task heals what a lost job left undone.
"""

import frappe
from frappe.query_builder.functions import Coalesce
from frappe.utils import add_days, getdate, nowdate

from referral_hub.people import employments
from referral_hub.rewards.promising import rename_notes
from referral_hub.rewards.promising.rulebook import HIRE_FIELDS
from referral_hub.rewards.rules.documents import SUBMITTED
from referral_hub.rewards.rules.terms import Terms, load

FIELDS = tuple(HIRE_FIELDS.values())
MOVED_BY = {"Employee Promotion": "promotion_date", "Employee Transfer": "transfer_date"}
DAYS_LOOKED_BACK = 7


def differs(referral, terms: Terms) -> bool:
	"""Say whether the one who was hired is not what the terms ask for."""
	if not terms.hire or not referral.hired_employee:
		return False
	wanted = dict(terms.hire)
	found = _hired_as(referral, list(wanted))
	differing = {name: value for name, value in wanted.items() if found.get(name) != value}
	return any(found.get(name) != _now_named(name, value) for name, value in differing.items())


def _hired_as(referral, fields: list[str]) -> dict:
	"""Return what somebody was hired as. What HR corrects in the form of the Employee itself, no promotion or transfer changed."""
	now = frappe.db.get_value("Employee", referral.hired_employee, fields, as_dict=True) or {}
	return now | _before_moved(employments.records_of(referral.hired_employee), fields, referral.joined_on)


def _before_moved(records: list[str], fields: list[str], since) -> dict[str, str | None]:
	"""Return what the first promotion or transfer of this stay that changed a field says it was before."""
	changes = sorted(
		change
		for doctype, day in MOVED_BY.items()
		for change in _changes(doctype, day, records, fields, since)
	)
	# words as they were written on that day: they follow no rename
	return {
		field: _now_named(field, before) if before else None
		for _day, _made, field, before in reversed(changes)
	}


def _changes(doctype: str, day: str, records: list[str], fields: list[str], since):
	moved, detail = frappe.qb.DocType(doctype), frappe.qb.DocType("Employee Property History")
	query = frappe.qb.from_(moved).inner_join(detail)
	query = query.on((detail.parent == moved.name) & (detail.parenttype == doctype))
	query = query.where(moved.employee.isin(records) & (moved.docstatus == SUBMITTED))
	query = query.where(detail.fieldname.isin(fields))
	query = query.where(moved[day] >= since) if since else query
	return query.select(moved[day], moved.creation, detail.fieldname, Coalesce(detail.current, "")).run()


def is_changed(employee) -> bool:
	"""Say whether a save of an Employee changed what terms may ask of a hire; one who was not hired by an application is no hire."""
	before = employee.get_doc_before_save()
	if not before or not employee.get("job_applicant"):
		return False
	return any(before.get(field) != employee.get(field) for field in FIELDS)


def referrals_of(employee: str) -> list[str]:
	"""Return the referrals whose terms ask what the hire with this record is."""
	return _asking({"hired_employee": employee})


def referrals_of_changed(today=None) -> list[str]:
	"""Return those of hires whose record somebody has changed lately."""
	since = add_days(getdate(today or nowdate()), -DAYS_LOOKED_BACK)
	hires = {"modified": (">=", since), "job_applicant": ("is", "set")}
	changed = frappe.get_all("Employee", hires, pluck="name")
	return _asking({"hired_employee": ("in", changed)}) if changed else []


def _asking(filters: dict) -> list[str]:
	reached = {"stage": ("in", ["Joined", "Confirmed"])}
	rows = frappe.get_all("Referral", reached | filters, ["name", "terms"], order_by="name asc")
	return [row.name for row in rows if _asks(load(row.terms))]


def _asks(terms: Terms | None) -> bool:
	return bool(terms and (terms.hire or (terms.counting and terms.counting.hire)))


def _now_named(field: str, value: str) -> str:
	"""Return what terms ask for by the name it has now: they may not have followed a rename yet."""
	return rename_notes.now_named(frappe.get_meta("Employee").get_field(field).options, value)
