"""Looks at every open request once a day: closes what is over or whose colleague has left, reminds before and after the day, then HR.

Each is said once for a due date: the request is locked, and keeps the day on which it was said.
"""

import frappe
from frappe import _
from frappe.utils import cint, getdate, nowdate

from referral_hub.fulfilment import assigning
from referral_hub.people.workdays import read_calendar
from referral_hub.talent import states
from referral_hub.talent.requests import ending, telling
from referral_hub.talent.rules import requests as rules
from referral_hub.talent.rules.requests import EXPIRED, OPEN, WITHDRAWN, Request, Step

DOCTYPE = ending.DOCTYPE
_SAID = {
	Step.AHEAD: ("reminded_on", telling.ahead),
	Step.OVERDUE: ("overdue_on", telling.overdue),
	Step.ESCALATED: ("escalated_on", telling.escalated),
}


def open_requests() -> list[str]:
	return frappe.get_all(DOCTYPE, {"state": OPEN}, pluck="name", order_by="due_on asc, name asc")


def look(name: str) -> None:
	"""Do what is due for one request."""
	row, today = ending.lock(name), getdate(nowdate())
	if row.state != OPEN:
		return
	times = Request(row.state, getdate(row.asked_on), getdate(row.due_on), getdate(row.closes_on))
	if not _can_answer(row.asked):
		_end(row, WITHDRAWN, _("The colleague does not work here any more, or has no user account."))
	elif not _is_called(row.record):
		ending.close(row, WITHDRAWN, _("This person is not called any more."))
		telling.withdrawn(row)
	elif rules.is_over(times, today):
		_end(row, EXPIRED, _("Nobody answered in time."))
	else:
		_remind(row, times, today)


def _remind(row, times: Request, today) -> None:
	days = cint(frappe.get_cached_doc("Referral Hub Settings").sla_escalation_days)
	for step in rules.steps_due(times, today, days, read_calendar(row.company)):
		field, tell = _SAID[step]
		if not row.get(field):
			ending.write(row, **{field: today})
			tell(row)


def _end(row, state: str, why: str) -> None:
	ending.close(row, state, why)
	telling.ended(row)


def _is_called(record: str) -> bool:
	return frappe.db.get_value("Talent Pool Record", record, "state") not in {None, *states.NOT_CALLED}


def _can_answer(asked: str) -> bool:
	status, user = frappe.db.get_value("Employee", asked, ["status", "user_id"]) or (None, None)
	return status == "Active" and assigning.is_enabled(user)
