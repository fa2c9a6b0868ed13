"""Until when people are kept: they agree, are asked again before the end, say no, or want to be forgotten.

Nobody is written to without their consent. What follows for the rest of the app (messages, HR's task, the erasure) is the flow's.
"""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_days, cint, getdate, now_datetime, nowdate

from referral_hub import tokens
from referral_hub.referrals.rules.tokens import Purpose
from referral_hub.talent import states
from referral_hub.talent.capturing.recording import kept_until_now
from referral_hub.talent.rules import retention
from referral_hub.talent.states import ANONYMISED, DO_NOT_CONTACT, HIRED, IN_POOL, MATCHED, RESTING
from referral_hub.tokens import Subject

DOCTYPE = "Talent Pool Record"
GIVEN, WITHDRAWN = "Given", "Withdrawn"
_ASKED_AGAIN = (IN_POOL, RESTING, MATCHED)
_CHUNK = 500
_FIELDS = [
	*("name", "person_name", "email", "phone", "company", "state", "reason", "captured_on", "skills"),
	*("referrer_name", "consent_state", "consent_on", "consent_purpose", "consent_until"),
	*("erasure_asked_on", "erasure_due_on", "job_applicant", "referral", "resume", "questions"),
	*("email_key", "phone_key", "shared_phone_key", "wecom_contact"),
	*("preferred_designation", "preferred_location"),
]


def subject_of(record: str) -> Subject:
	return Subject(DOCTYPE, record)


def link_of(record: str) -> str:
	"""Return the path of a new link to somebody's own page."""
	days = cint(frappe.get_cached_doc("Referral Hub Settings").status_link_days)
	return f"/pool/{tokens.issue(Purpose.POOL, *subject_of(record), days)}"


def opened_by(token: object) -> frappe._dict | None:
	"""Return the record a person's link opens, None for every link that opens nothing."""
	subject = tokens.read(Purpose.POOL, token)
	row = subject and frappe.db.get_value(DOCTYPE, subject.name, _FIELDS, as_dict=True)
	return row if row and row.state != ANONYMISED else None


def agree(record: str, words: str) -> bool:
	"""Keep somebody for another whole time, as they agreed in these words; False where deletion was asked for."""
	row = states.lock(record)
	if row.state == ANONYMISED or row.erasure_asked_on:
		return False
	values = {"consent_state": GIVEN, "consent_on": now_datetime(), "consent_purpose": words}
	row.db_set({**values, "consent_until": kept_until_now()})
	if row.state == DO_NOT_CONTACT:
		states.put(record, IN_POOL)
	return True


def say_no(record: str, why: str) -> None:
	"""Nobody writes to this person any more, and links that were sent to them show nothing; what they agreed to before stays as proof."""
	row = states.lock(record)
	if row.consent_state == GIVEN:
		row.db_set("consent_state", WITHDRAWN)
	tokens.revoke(Purpose.HELLO, subject_of(record))
	if row.state != HIRED:
		states.put(record, DO_NOT_CONTACT, why)


def take_back(record: str) -> None:
	"""HR lets somebody be called again; whoever asked for deletion is not."""
	row = states.lock(record)
	if row.erasure_asked_on:
		frappe.throw(_("This person asked for deletion: nobody calls them."), states.SaidNo)
	states.put(record, IN_POOL)


def start_clock(record: Document, days: int, why: str) -> str:
	"""HR has so many days to delete what is held about somebody who asked; return the last day."""
	due = add_days(nowdate(), days)
	say_no(record.name, why)
	record.db_set({"erasure_asked_on": now_datetime(), "erasure_due_on": due})
	return due


def to_be_asked() -> list[str]:
	"""Return who agreed, may be written to, and whose time is nearly up."""
	days = cint(frappe.get_cached_doc("Referral Hub Settings").pool_renewal_days)
	filters = {
		"consent_state": GIVEN,
		"state": ("in", _ASKED_AGAIN),
		"consent_until": ("between", [nowdate(), add_days(nowdate(), days)]),
	}
	rows = frappe.get_all(
		DOCTYPE, filters, ["name", "consent_until", "renewal_asked_for"], order_by="name asc"
	)
	today = getdate(nowdate())
	return [
		row.name
		for row in rows
		if retention.is_to_be_asked(row.consent_until, row.renewal_asked_for, days, today)
	]


def mark_asked(record: Document) -> None:
	record.db_set("renewal_asked_for", record.consent_until, update_modified=False)


def may_be_asked(record: Document) -> bool:
	return record.consent_state == GIVEN and record.state in _ASKED_AGAIN


def over(after: str = "") -> list[str]:
	"""Return those whose time is up, or whose deletion is overdue, some at a time."""
	table, today = frappe.qb.DocType(DOCTYPE), nowdate()
	query = frappe.qb.from_(table).select(table.name)
	query = query.where((table.state != ANONYMISED) & (table.name > after))
	query = query.where((table.consent_until < today) | (table.erasure_due_on < today))
	return query.orderby(table.name).limit(_CHUNK).run(pluck=True)


def is_over(record: Document) -> bool:
	today = getdate(nowdate())
	return any(
		retention.is_over(getdate(day) if day else None, today)
		for day in (record.consent_until, record.erasure_due_on)
	)
