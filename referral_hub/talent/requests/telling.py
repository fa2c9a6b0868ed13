"""Who hears what of a request. No message names the person: who it is stands on the pages of those who may know.

The colleague is told as any employee; HR is whoever asked, and the HR Manager where they are gone or nothing happens.
"""

from urllib.parse import urlsplit

import frappe

from referral_hub.fulfilment import assigning
from referral_hub.messages import service as messages
from referral_hub.permissions import is_hr

DOCTYPE = "Recall Request"
PAGE = "/referrals/requests"


def asked(row) -> None:
	_tell_colleague("recall_asked", row, row.name, asked_by=frappe.utils.get_fullname(row.asked_by))


def moved(row) -> None:
	"""HR gave the colleague more time."""
	_tell_colleague("recall_reminder", row, f"{row.name}:moved:{row.due_on}")


def ahead(row) -> None:
	_tell_colleague("recall_reminder", row, f"{row.name}:{row.due_on}")


def overdue(row) -> None:
	_tell_colleague("recall_overdue", row, f"{row.name}:{row.due_on}")


def withdrawn(row) -> None:
	facts = {"designation": _designation_of(row), "link": PAGE}
	messages.tell("recall_withdrawn", row.asked, key=row.name, **facts)


def answered(row, answer: str, key: str) -> None:
	"""Tell whoever asked; `answer` is Wrote, Not Me, Knows Better or Note."""
	for user in _askers(row):
		_tell_hr("recall_answered", row, user, f"{row.name}:{key}", answer=answer)


def escalated(row) -> None:
	for user in dict.fromkeys([*_askers(row), *assigning.managers(row.company)]):
		_tell_hr("recall_unanswered", row, user, f"{row.name}:{row.due_on}", due_on=row.due_on)


def ended(row) -> None:
	"""Tell HR that nobody has answered, and nobody will: the end has passed, or the colleague is gone."""
	for user in _askers(row):
		_tell_hr("recall_ended", row, user, f"{row.name}:{row.closes_on}")


def _tell_colleague(event: str, row, key: str, **facts) -> None:
	facts |= {"designation": _designation_of(row), "due_on": row.due_on, "link": f"{PAGE}/{row.name}"}
	messages.tell(event, row.asked, key=key, of_company=row.company, **facts)


def _tell_hr(event: str, row, user: str, key: str, **facts) -> None:
	facts["asked_name"] = frappe.db.get_value("Employee", row.asked, "employee_name") or row.asked
	facts["link"] = urlsplit(frappe.utils.get_url_to_form(DOCTYPE, row.name)).path
	messages.tell_user(event, user, key=f"{key}:{user}", **facts)


def _askers(row) -> list[str]:
	is_here = assigning.is_enabled(row.asked_by) and is_hr(row.asked_by)
	return [row.asked_by] if is_here else assigning.managers(row.company)


def _designation_of(row) -> str | None:
	return frappe.db.get_value("Talent Pool Record", row.record, "designation")
