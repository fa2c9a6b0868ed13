"""Leave Allocations of HRMS: days added to the one in force or a new one, and taken away as far as they are unused.

Days are added and taken the way HRMS does it for HR: the new leaves of a submitted allocation are changed, and it writes the
difference to the leave ledger. Called by the kind that pays leave, with the reward locked.
"""

from datetime import date
from decimal import Decimal

import frappe
from frappe import _
from frappe.query_builder.functions import Sum
from frappe.utils import add_days, flt, getdate

from referral_hub.people import employments
from referral_hub.rewards.money import to_decimal
from referral_hub.rewards.rules.documents import SUBMITTED
from referral_hub.rewards.rules.paying.leave_year import Days, can_be_taken_within, days_for

ALLOCATION, LEDGER = "Leave Allocation", "Leave Ledger Entry"


def in_force(employee: str, leave_type: str, on: date) -> str | None:
	"""Return the submitted allocation that covers a day."""
	filters = {
		"employee": employee,
		"leave_type": leave_type,
		"docstatus": SUBMITTED,
		"from_date": ["<=", on],
		"to_date": [">=", on],
	}
	return frappe.db.get_value(ALLOCATION, filters, "name")


def add(employee: str, leave_type: str, days: Decimal, today: date, words: str) -> str:
	"""Add days to the allocation in force, or allocate them anew; return the allocation.

	One that ends before they could be taken is left alone, unless HRMS carries on what is left of it.
	"""
	name = in_force(employee, leave_type, today)
	if name:
		allocation = lock(name)
		if _has_room(allocation, days, today):
			return _change(allocation, days, words)
		return add(employee, leave_type, days, _day_after(allocation), words)
	company = frappe.db.get_value("Employee", employee, "company")
	this_year = _leave_period(company, today)
	next_year = _leave_period(company, getdate(add_days(this_year.last, 1))) if this_year else None
	covered = days_for(days, today, this_year, next_year)
	name = in_force(employee, leave_type, covered.first)
	if name:
		return _change(lock(name), days, words)
	return _allocate(employee, leave_type, days, _before_the_next(employee, leave_type, covered), words)


def of_policy_to_come(employee: str, leave_type: str, days: Decimal, today: date) -> str | None:
	"""Return the allocation after which days are for the next one, where a leave policy makes that and has not yet.

	Also one of the record that the person had before a transfer: their policy is assigned to the new record anew.
	HRMS would refuse HR's for the whole year beside one that is there by then.
	"""
	name = in_force(employee, leave_type, today) or _last_begun(employee, leave_type, today)
	fields = ["name", "employee", "leave_type", "to_date", "leave_policy_assignment"]
	found = frappe.db.get_value(ALLOCATION, name, fields, as_dict=True) if name else None
	if not found or not found.leave_policy_assignment:
		return None
	is_over = found.employee != employee or getdate(found.to_date) < today
	if not is_over and _has_room(found, days, today):
		return None
	return None if in_force(employee, leave_type, today if is_over else _day_after(found)) else name


def _last_begun(employee: str, leave_type: str, today: date) -> str | None:
	of_person = {"employee": ["in", employments.records_of(employee)], "leave_type": leave_type}
	begun = {**of_person, "docstatus": SUBMITTED, "from_date": ["<=", today]}
	return frappe.db.get_value(ALLOCATION, begun, "name", order_by="to_date desc")


def _has_room(allocation, days: Decimal, today: date) -> bool:
	"""Say whether days can be taken before an allocation ends, or HRMS carries on what is left of it."""
	left = Days(today, getdate(allocation.to_date))
	return can_be_taken_within(days, left) or bool(_is_carried_forward(allocation.leave_type))


def _day_after(allocation) -> date:
	return getdate(add_days(allocation.to_date, 1))


def lock(name: str):
	return frappe.get_doc(ALLOCATION, name, for_update=True)


def unused(allocation) -> Decimal:
	"""Return what is left of a locked allocation: all that the leave ledger holds within its days now, expiry aside."""
	table = frappe.qb.DocType(LEDGER)
	left = (
		frappe.qb.from_(table)
		.select(Sum(table.leaves))
		.where((table.employee == allocation.employee) & (table.leave_type == allocation.leave_type))
		.where((table.docstatus == SUBMITTED) & (table.is_expired == 0))
		.where((table.from_date >= allocation.from_date) & (table.to_date <= allocation.to_date))
		.for_update()
		.run()
	)[0][0]
	return to_decimal(left)


def is_carried_on(allocation) -> bool:
	"""Say whether a later allocation took over what was left: HRMS then refuses to change this one."""
	later = {
		"employee": allocation.employee,
		"leave_type": allocation.leave_type,
		"docstatus": SUBMITTED,
		"from_date": [">", allocation.to_date],
		"carry_forward": 1,
	}
	return bool(frappe.db.exists(ALLOCATION, later))


def take(allocation, days: Decimal, words: str) -> None:
	"""Take unused days away; an allocation that has nothing else is cancelled, so that HR can make another."""
	is_all = to_decimal(allocation.total_leaves_allocated) == days == unused(allocation)
	if is_all and not _leave_applications_within(allocation):
		allocation.flags.ignore_permissions = True
		allocation.cancel()
		allocation.add_comment("Info", words)
	else:
		_change(allocation, -days, words)


def _change(allocation, days: Decimal, words: str) -> str:
	allocation.flags.ignore_permissions = True
	allocation.new_leaves_allocated = flt(to_decimal(allocation.new_leaves_allocated) + days)
	allocation.save()
	allocation.add_comment("Info", words)
	return allocation.name


def _allocate(employee: str, leave_type: str, days: Decimal, covered: Days, words: str) -> str:
	allocation = frappe.new_doc(ALLOCATION)
	allocation.update(
		{
			"employee": employee,
			"company": frappe.db.get_value("Employee", employee, "company"),
			"leave_type": leave_type,
			"from_date": covered.first,
			"to_date": covered.last,
			"new_leaves_allocated": flt(days),
			"carry_forward": _is_carried_forward(leave_type),
			"description": words,
		}
	)
	allocation.flags.ignore_permissions = True
	allocation.insert()
	allocation.submit()
	return allocation.name


def _is_carried_forward(leave_type: str) -> int:
	return frappe.db.get_value("Leave Type", leave_type, "is_carry_forward")


def _before_the_next(employee: str, leave_type: str, covered: Days) -> Days:
	"""End the day before an allocation that exists already begins."""
	filters = {
		"employee": employee,
		"leave_type": leave_type,
		"docstatus": SUBMITTED,
		"from_date": ["between", [covered.first, covered.last]],
	}
	begins = frappe.db.get_value(ALLOCATION, filters, "from_date", order_by="from_date asc")
	return Days(covered.first, getdate(add_days(begins, -1))) if begins else covered


def _leave_period(company: str, on: date) -> Days | None:
	filters = {"company": company, "is_active": 1, "from_date": ["<=", on], "to_date": [">=", on]}
	found = frappe.db.get_value("Leave Period", filters, ["from_date", "to_date"])
	return Days(getdate(found[0]), getdate(found[1])) if found else None


def _leave_applications_within(allocation) -> bool:
	within = {
		"employee": allocation.employee,
		"leave_type": allocation.leave_type,
		"transaction_type": "Leave Application",
		"from_date": [">=", allocation.from_date],
		"to_date": ["<=", allocation.to_date],
	}
	return bool(frappe.db.exists(LEDGER, within))


def days_in_words(days: Decimal) -> str:
	return _("1 day") if days == 1 else _("{number} days").format(number=f"{days.normalize():f}")
