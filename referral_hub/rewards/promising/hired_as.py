"""What the terms ask the hire to be: a designation, a grade, a type of employment. Whether that is so is read from HRMS's Employee.

HR may fill it in after the first day at work, and no referral moves by that: the save of the Employee is a hint to look at its
promises again, and the daily task heals what a lost job left undone.
"""

import frappe
from frappe.utils import add_days, getdate, nowdate

from referral_hub.rewards.promising import rename_notes
from referral_hub.rewards.promising.rulebook import HIRE_FIELDS
from referral_hub.rewards.rules.terms import Terms, load

FIELDS = tuple(HIRE_FIELDS.values())
DAYS_LOOKED_BACK = 7


def differs(referral, terms: Terms) -> bool:
	"""Say whether the one who was hired is not what the terms ask for."""
	if not terms.hire or not referral.hired_employee:
		return False
	wanted = dict(terms.hire)
	found = frappe.db.get_value("Employee", referral.hired_employee, list(wanted), as_dict=True) or {}
	differing = {name: value for name, value in wanted.items() if found.get(name) != value}
	return any(found.get(name) != _now_named(name, value) for name, value in differing.items())


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
