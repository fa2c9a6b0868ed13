"""Opens requests: HR asks a colleague to write to somebody of the pool, with a draft and a day; takes them back, gives more time.

One open request for a person and a colleague: the record is locked while one is opened.
"""

from collections.abc import Callable

import frappe
from frappe import _
from frappe.utils import cint, getdate, now_datetime, nowdate

from referral_hub.fulfilment import assigning
from referral_hub.people.workdays import read_calendar
from referral_hub.talent import states
from referral_hub.talent.requests import ending, telling
from referral_hub.talent.rules import requests as rules
from referral_hub.talent.rules.requests import MOST_DAYS, OPEN, WITHDRAWN
from referral_hub.talent.templates import writing

DOCTYPE, RECORD = ending.DOCTYPE, "Talent Pool Record"
_LONGEST_NOTE, _LONGEST_SUBJECT, _LONGEST_WORDS = 1000, 140, 10_000


class CantBeAsked(frappe.ValidationError):
	"""This colleague can't be asked about this person, or not now."""


def ask(
	record: str,
	asked: str,
	draft: dict | None = None,
	*,
	note: str = "",
	days: int | None = None,
	promotions: Callable[[str], dict[str, str]] = lambda _language: {},
) -> str:
	"""Ask a colleague to write; return the Recall Request.

	`draft`: {"purpose", "language", "template", "subject", "words"}, each of which may be missing; without words the template that
	fits best is filled, in the colleague's name. `promotions`: as `writing.draft` has it.
	"""
	person, user = states.lock(record), _user_of(asked)
	_check(person, asked)
	row = frappe.new_doc(DOCTYPE)
	row.update({"record": record, "person_name": person.person_name, "company": person.company})
	row.asked_name = frappe.db.get_value("Employee", asked, "employee_name")
	row.update({"asked": asked, "asked_by": frappe.session.user, "asked_on": now_datetime(), "state": OPEN})
	row.update({"note": note.strip()[:_LONGEST_NOTE], **_days(person.company, days)})
	row.update(_words(record, draft or {}, user, promotions))
	ending.write(row)
	telling.asked(row)
	return row.name


def withdraw(name: str, why: str = "") -> None:
	"""Take a request back: the colleague can't read about the person from now on, and is told that nobody needs to write."""
	row = _open(name)
	ending.close(row, WITHDRAWN, why)
	telling.withdrawn(row)


def give_more_time(name: str, due_on: str) -> None:
	"""Ask for the answer by another day; the reminders begin anew."""
	row, day, today = _open(name), getdate(due_on), getdate(nowdate())
	if day <= today:
		frappe.throw(_("Please choose a day to come."), CantBeAsked)
	calendar = read_calendar(row.company)
	if day > rules.due_on(calendar, today, MOST_DAYS):
		_refuse_so_long()
	closes = rules.closes_on(calendar, day, _settings("recall_open_days"))
	ending.write(row, due_on=day, closes_on=closes, reminded_on=None, overdue_on=None, escalated_on=None)
	telling.moved(row)


def hiring_manager(record: str) -> str | None:
	"""Return the manager of the opening a person applied for, an active Employee."""
	opening = frappe.db.get_value(RECORD, record, "applied_for")
	manager = opening and frappe.db.get_value("Opening Profile", {"job_opening": opening}, "hiring_manager")
	return manager if manager and frappe.db.get_value("Employee", manager, "status") == "Active" else None


def _open(name: str):
	row = ending.lock(name)
	if row.state != OPEN:
		frappe.throw(_("This request is closed already."), CantBeAsked)
	return row


def _user_of(asked: str) -> str:
	"""Return the account with which a colleague reads the request."""
	found = frappe.db.get_value("Employee", asked, ["employee_name", "status", "user_id"], as_dict=True)
	if not found or found.status != "Active":
		frappe.throw(
			_("{0} does not work here now.").format(found.employee_name if found else asked), CantBeAsked
		)
	if not assigning.is_enabled(found.user_id):
		words = _(
			"{0} has no user account and can't open the request. Ask somebody else, or log the contact for them."
		)
		frappe.throw(words.format(found.employee_name), CantBeAsked)
	return found.user_id


def _check(person, asked: str) -> None:
	if person.state in states.NOT_CALLED:
		state = _(person.state, context=RECORD)
		frappe.throw(_("This person is not called: {0}.").format(state), CantBeAsked)
	where = {"record": person.name, "asked": asked, "state": OPEN}
	if frappe.db.get_value(DOCTYPE, where, "name", for_update=True):
		name = frappe.db.get_value("Employee", asked, "employee_name")
		frappe.throw(_("{0} is asked about this person already.").format(name), CantBeAsked)


def _days(company: str | None, days: int | None) -> dict:
	if cint(days) > MOST_DAYS:
		_refuse_so_long()
	calendar = read_calendar(company)
	due = rules.due_on(calendar, getdate(nowdate()), cint(days) or _settings("recall_days"))
	return {"due_on": due, "closes_on": rules.closes_on(calendar, due, _settings("recall_open_days"))}


def _words(record: str, draft: dict, user: str, promotions: Callable[[str], dict[str, str]]) -> dict:
	purpose, words = draft.get("purpose") or "Greeting", (draft.get("words") or "").strip()
	if words:
		kept = {
			"subject": (draft.get("subject") or "").strip()[:_LONGEST_SUBJECT],
			"words": words[:_LONGEST_WORDS],
		}
		return {"purpose": purpose, "template": draft.get("template") or None, **kept}
	language, template = draft.get("language"), draft.get("template") or None
	filled = writing.draft(record, purpose, language, template, sender=user, promotions=promotions)
	return {"purpose": purpose, **{field: filled[field] for field in ("template", "subject", "words")}}


def _refuse_so_long() -> None:
	words = _("Ask for an answer within {0} working days at most.")
	frappe.throw(words.format(MOST_DAYS), CantBeAsked)


def _settings(field: str) -> int:
	return min(cint(frappe.get_cached_doc("Referral Hub Settings").get(field)), MOST_DAYS)
