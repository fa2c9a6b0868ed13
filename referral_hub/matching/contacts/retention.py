"""Contacts nobody looks after any more: their employee is told, and a month later they are deleted. Called by the daily task; commits nothing.

The months are in Referral Hub Settings; 0 means until the employee deletes them or leaves. Keeping or changing a contact begins its time anew.
"""

import frappe
from frappe.utils import add_days, add_months, cint, getdate, nowdate

from referral_hub.matching.contacts import keeping, service
from referral_hub.messages import service as messages

EVENT = "contacts_ending"
PAGE = "/referrals/contacts"
DAYS_TO_ANSWER = 30


def to_warn() -> list[str]:
	"""Return the employees with contacts whose time ends within the days they have to answer."""
	return _employees("warned_on is null and touched_on <= %s", _touched_before(DAYS_TO_ANSWER))


def warn(employee: str) -> None:
	"""Tell an employee, once, how many contacts go and when; the message names nobody."""
	keeping.lock(employee)
	condition, values = "warned_on is null and touched_on <= %s", [_touched_before(DAYS_TO_ANSWER)]
	names = keeping.names_where(employee, condition, values)
	keeping.mark(employee, names, warned_on=nowdate())
	ends_on = add_days(nowdate(), DAYS_TO_ANSWER)
	messages.tell(
		EVENT, employee, key=f"{employee}:{nowdate()}", people=len(names), ends_on=ends_on, link=PAGE
	)


def to_end() -> list[str]:
	return _employees("warned_on <= %s", add_days(nowdate(), -DAYS_TO_ANSWER))


def end(employee: str) -> None:
	"""Delete what the employee was told of and did not keep."""
	names = keeping.names_where(employee, "warned_on <= %s", [add_days(nowdate(), -DAYS_TO_ANSWER)])
	if names and _months():
		service.delete_some(employee, names)


def ending(employee: str) -> tuple[int, object]:
	"""Return how many contacts of an employee are about to be deleted, and after which day."""
	count, warned_on = frappe.db.sql(
		"select count(*), min(warned_on) from `tabReferral Contact` where employee = %s and warned_on is not null",
		employee,
	)[0]
	return count, getdate(add_days(warned_on, DAYS_TO_ANSWER)) if warned_on else None


def keep_on(employee: str) -> None:
	"""The employee wants to keep whom they were told of."""
	names = keeping.names_where(employee, "warned_on is not null", [])
	keeping.mark(employee, names, warned_on=None, touched_on=nowdate())


def _employees(condition: str, *values) -> list[str]:
	if not _months():
		return []
	return frappe.db.sql_list(
		f"select distinct employee from `tabReferral Contact` where {condition} order by employee", values
	)


def _touched_before(days_ahead: int):
	return add_days(add_months(nowdate(), -_months()), days_ahead)


def _months() -> int:
	return cint(frappe.get_cached_doc("Referral Hub Settings").contact_months)
