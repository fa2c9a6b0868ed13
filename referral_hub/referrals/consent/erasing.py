"""Removes a person from a referral: what stays is a numbered row.

Gone are name, contacts, resume, words about them, messages, tasks and search entries; the stage, the dates, the
referrer and the proof of what was asked stay. Whoever never became an application is removed by the clock or by their own
word; of whom HRMS has an applicant HR decides (`flow.erase_person`).
"""

from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime, nowdate

from referral_hub.messages import service as messages
from referral_hub.referrals import service
from referral_hub.referrals.assessing import assessments
from referral_hub.referrals.consent import asking
from referral_hub.referrals.erasure import hrms, reach, reports, traces, words
from referral_hub.referrals.erasure.person import Person
from referral_hub.referrals.rules.consent import Consent, has_run_out, was_taken_back
from referral_hub.referrals.rules.outcomes import Outcome

_CHUNK = 500
# about the person, in words or in a form that can be compared with one
_PERSONAL = (
	"candidate_email",
	"candidate_phone",
	"note",
	"assessment",
	"relation",
	"resume_name",
	"submission_digest",
	"flags_data",
	"_user_tags",
	"_comments",
	"_liked_by",
)


def erase(referral: Document, keep_keys: bool) -> None:
	"""Remove the person; `keep_keys` leaves the keyed hashes of their contacts taken. The caller has locked the row."""
	messages.forget_candidate(referral.name)
	traces.remove_beside("Referral", referral.name)
	asking.revoke_links(referral.name)
	assessments.forget(referral.name)
	frappe.db.set_value("Referral Link", {"referral": referral.name}, {"message": None, "enabled": 0})
	frappe.db.set_value(
		"Referral Dispute", {"standing_referral": referral.name}, "candidate_name", referral.name
	)
	if not keep_keys:
		frappe.db.delete("Candidate Key", {"referral": referral.name})
	referral.db_set({"candidate_name": referral.name, "disabled": 1, "erased_on": now_datetime(), **_empty()})


def forget(person: Person, with_hrms: bool) -> None:
	"""Remove a person from all their referrals and, where HR says so, from HRMS's own papers; their keys are let go."""
	number = min(person.referrals, default=_("Deleted Person"))
	known = traces.rows_with_answers(reach.rows_about(person, with_hrms))
	claims = [name for doctype, name in words.linking_rows(person, False) if doctype == "Named Referrer"]
	messages.forget_keyed([*claims, *sorted(person.forms)])
	reports.remove_holding(person, with_hrms)
	words.replace(person, number, with_hrms)
	for name in sorted(person.referrals):
		row = frappe.get_doc("Referral", name, for_update=True)
		if not row.erased_on:
			erase(row, keep_keys=False)
		if row.outcome == Outcome.OPEN:
			service.close(row, Outcome.WITHDRAWN)
	for doctype, name in reach.rows_about(person, with_hrms):
		if doctype != "Referral":  # done by `erase`: what its end has told the referrer stays
			traces.remove_beside(doctype, name)
	if with_hrms:
		hrms.empty(person, number)
		for name in person.applicants:
			traces.remove_beside("Job Applicant", name)
		traces.remove_holding(person)
	traces.remove_deleted(known)


def unanswered(after: str = "") -> list[str]:
	"""Return those who were asked and can't answer any more, by number, some at a time."""
	table = frappe.qb.DocType("Referral")
	query = frappe.qb.from_(table).select(table.name).where(table.consent_state == Consent.ASKED.value)
	query = query.where(table.erased_on.isnull() & (table.name > after))
	query = query.where((table.outcome != Outcome.OPEN.value) | (table.invited_until < nowdate()))
	return query.orderby(table.name).limit(_CHUNK).run(pluck=True)


def erase_unanswered(referral: str) -> bool:
	"""Remove somebody who never answered, or no longer can; tell the referrer which, and let others refer them again."""
	row = frappe.get_doc("Referral", referral, for_update=True)
	until, closed_on = _day(row.invited_until), _day(row.closed_on)
	is_open = row.outcome == Outcome.OPEN
	if row.consent_state != Consent.ASKED or row.erased_on:
		return False
	if not has_run_out(until, is_open, frappe.utils.getdate(nowdate())):
		return False
	erase(row, keep_keys=False)
	if is_open:
		service.close(row, Outcome.EXPIRED)
	if row.reload().outcome == Outcome.EXPIRED:
		event = "invitation_taken_back" if was_taken_back(until, closed_on) else "candidate_never_answered"
		messages.tell(event, row.referrer, key=row.name, referral=row.name)
	return True


def _day(moment) -> date | None:
	return frappe.utils.getdate(moment) if moment else None


def _empty() -> dict:
	columns = set(frappe.db.get_table_columns("Referral"))
	return {"resume_bytes": 0} | dict.fromkeys((field for field in _PERSONAL if field in columns), None)
