"""Stops what a colleague has not confirmed yet: nobody is to write to this person any more. Imports no other part of the pool.

That it is to stop is kept (*Stopping*) and asked for until WeCom takes it (*Stopped*): a job that is lost, or a WeCom that is away, changes
nothing. Number and company of the task stay for that long, after an erasure too: they say nothing of who the person is.
"""

import frappe
from frappe.utils import add_days, now_datetime

from referral_hub.background import start_after_commit
from referral_hub.messages import service as messages

CONTACT = "Talent Interaction"
ASKED, STOPPING, STOPPED, UNKNOWN = "Asked", "Stopping", "Stopped", "Unknown"
# how long somebody may take to confirm
LOOKED_AT_DAYS = 14
_LATE = "A message in WeCom could not be called off yet"


def call_off(record: str) -> int:
	"""Let WeCom hand nothing on that still waits to be confirmed; return how many that are. The caller has locked the record."""
	# read with a lock: what was sent while the caller waited for the record counts too
	where = {"record": record, "wecom_state": ASKED}
	waiting = frappe.db.get_values(CONTACT, where, "name", for_update=True, pluck=True)
	for contact in waiting:
		frappe.db.set_value(CONTACT, contact, "wecom_state", STOPPING, update_modified=False)
		start_after_commit("referral_hub.tasks.call_off_wecom", queue="short", contact=contact)
	return len(waiting)


def stopping() -> list[str]:
	"""Return the contacts that WeCom has not stopped yet."""
	return frappe.get_all(CONTACT, {"wecom_state": STOPPING}, pluck="name", order_by="happened_on asc")


def stop(contact: str) -> str | None:
	"""Ask WeCom to hand this on no more; return where it stands by now, *Unknown* where WeCom took it in two weeks not once."""
	fields = ["wecom_corp", "wecom_task", "wecom_state", "happened_on"]
	row = frappe.db.get_value(CONTACT, contact, fields, as_dict=True)
	if not row or row.wecom_state != STOPPING:
		return row and row.wecom_state
	refused = messages.why_not_called_off(row.wecom_corp, row.wecom_task)
	if refused:
		_log_once(contact, refused)
		if row.happened_on > add_days(now_datetime(), -LOOKED_AT_DAYS):
			return STOPPING
	state = UNKNOWN if refused else STOPPED
	# not locked while WeCom was asked: an erasure need not wait for it
	_write_where(contact, STOPPING, {"wecom_state": state, "wecom_task": None, "wecom_corp": None})
	return state


def forget(record: str) -> None:
	"""Let the numbers of tasks go that need not be called off any more."""
	over = {"record": record, "wecom_state": ("!=", STOPPING)}
	frappe.db.set_value(CONTACT, over, {"wecom_task": None, "wecom_corp": None}, update_modified=False)


def _write_where(contact: str, state: str, values: dict) -> None:
	frappe.db.set_value(CONTACT, {"name": contact, "wecom_state": state}, values, update_modified=False)


def _log_once(contact: str, why: str) -> None:
	"""Log the first refusal: the others, an hour later each, would say the same."""
	about = {"reference_doctype": CONTACT, "reference_name": contact}
	if not frappe.db.exists("Error Log", {"method": _LATE, **about}):
		frappe.log_error(_LATE, why, **about)
