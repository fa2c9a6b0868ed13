"""What a colleague reads of the person they were asked to write to: exactly that record, only while the request is open.

What interviewers said, what was paid and mails of an application only to those whom HRMS lets read them anyway; HR's own remarks to nobody. Links in mails open nothing for them.
"""

import frappe
from frappe.utils import getdate, nowdate

from referral_hub.referrals.rules import tokens
from referral_hub.talent import states
from referral_hub.talent.archive import reading
from referral_hub.talent.requests.ending import DOCTYPE
from referral_hub.talent.rows import with_values
from referral_hub.talent.rules import requests as rules
from referral_hub.talent.rules.requests import OPEN

RECORD = "Talent Pool Record"
_FIELDS = [
	*(
		"name",
		"record",
		"person_name",
		"asked",
		"asked_by",
		"asked_on",
		"note",
		"state",
		"due_on",
		"closes_on",
	),
	*("subject", "words", "template", "purpose", "company", "answer_words"),
]
_OF_PERSON = [
	*("person_name", "email", "phone", "designation", "reason", "reason_given", "reason_text", "happened_on"),
	*(
		"skills",
		"intention",
		"questions",
		"referrer_name",
		"state",
		"preferred_designation",
		"preferred_location",
	),
]
_PAY = ("pay_from", "pay_to", "currency")


def of(employee: str) -> list[frappe._dict]:
	"""Return the requests this colleague can answer now, the first due first."""
	where = {"asked": employee, "state": OPEN, "closes_on": (">=", nowdate())}
	rows = frappe.get_all(DOCTYPE, where, _FIELDS, order_by="due_on asc, creation asc")
	if not rows or not _works_here(employee):
		return []
	people = [row.record for row in rows]
	called = with_values(RECORD, "name", people, ["name"], state=("not in", sorted(states.NOT_CALLED)))
	names = {row.name for row in called}
	return [row for row in rows if row.record in names]


def find(name: str | None, employee: str) -> frappe._dict | None:
	"""Return a request of this colleague that is open; the same None for another's, a closed one and one that does not exist."""
	row = name and frappe.db.get_value(DOCTYPE, str(name), _FIELDS, as_dict=True)
	return row if row and is_theirs(row, employee) else None


def is_theirs(row, employee: str) -> bool:
	"""Say whether this colleague may read about the person of a request today. Whoever has left is no employee any more."""
	times = rules.Request(row.state, getdate(row.asked_on), getdate(row.due_on), getdate(row.closes_on))
	if row.asked != employee or not rules.is_readable(times, getdate(nowdate())):
		return False
	if not _works_here(employee):
		return False
	return frappe.db.get_value(RECORD, row.record, "state") not in {None, *states.NOT_CALLED}


def _works_here(employee: str) -> bool:
	return frappe.db.get_value("Employee", employee, "status") == "Active"


def archive(record: str, user: str) -> frappe._dict:
	"""Return {"person", "preferences", "applications", "contacts", "mails"} as far as this user may read it."""
	known = reading.of(record, with_words=_may_read("Interview Feedback", user))
	person = frappe.db.get_value(RECORD, record, _OF_PERSON, as_dict=True)
	readable = {doctype: _may_read(doctype, user) for doctype in {mail["of"] for mail in known["mails"]}}
	readable[RECORD] = _may_read("Job Applicant", user)
	about = {"parent": record, "parenttype": RECORD, "parentfield": "preferences"}
	return frappe._dict(
		person=person,
		preferences=frappe.get_all("Talent Pool Preference", about, pluck="preference", order_by="idx asc"),
		applications=[_application(row, user) for row in known["applications"]],
		contacts=[row for row in known["contacts"] if row.direction],
		mails=[
			{**mail, "words": tokens.left_out(mail["words"] or "")}
			for mail in known["mails"]
			if readable[mail["of"]] or (mail["of"] == RECORD and mail["is_with_them"])
		],
	)


def _application(row: dict, user: str) -> dict:
	hidden = () if _may_read("Job Applicant", user) else _PAY
	sees_feedback, sees_terms = _may_read("Interview Feedback", user), _may_read("Job Offer", user)
	rounds = [each if sees_feedback else {**each, "rating": 0, "feedback": []} for each in row["rounds"]]
	offers = [each if sees_terms else {**each, "terms": []} for each in row["offers"]]
	return {**row, **dict.fromkeys(hidden), "rounds": rounds, "offers": offers}


def _may_read(doctype: str, user: str) -> bool:
	return bool(frappe.has_permission(doctype, "read", user=user))
