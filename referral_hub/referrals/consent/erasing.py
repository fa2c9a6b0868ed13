"""Removes a person from a referral that never became an application: what stays is a numbered row.

Gone are name, contacts, resume, words about them, messages, tasks and search entries; the stage, the dates, the
referrer and the proof of what was asked stay. Whoever has a Job Applicant is left to HR: HRMS holds them too.
"""

import frappe
from frappe.model.document import Document
from frappe.utils import now_datetime, nowdate
from frappe.utils.global_search import delete_for_document

from referral_hub.messages import service as messages
from referral_hub.referrals import service
from referral_hub.referrals.consent import asking
from referral_hub.referrals.rules.consent import Consent, has_run_out
from referral_hub.referrals.rules.outcomes import Outcome

_CHUNK = 500
# about the person, in words or in a form that can be compared with one
_PERSONAL = (
	"candidate_email",
	"candidate_phone",
	"note",
	"relation",
	"resume_name",
	"submission_digest",
	"flags_data",
	"_user_tags",
	"_comments",
	"_liked_by",
)
_ABOUT = {
	"Comment": ("reference_doctype", "reference_name"),
	"Communication": ("reference_doctype", "reference_name"),
	"Email Queue": ("reference_doctype", "reference_name"),
	"Notification Log": ("document_type", "document_name"),
	"Tag Link": ("document_type", "document_name"),
	"ToDo": ("reference_type", "reference_name"),
	"Version": ("ref_doctype", "docname"),
}


def erase(referral: Document, keep_keys: bool) -> None:
	"""Remove the person; `keep_keys` leaves the keyed hashes of their contacts taken. The caller has locked the row."""
	_remove_files(referral.name)
	_remove_traces(referral.name)
	messages.forget_candidate(referral.name)
	asking.revoke_links(referral.name)
	frappe.db.set_value("Referral Link", {"referral": referral.name}, {"message": None, "enabled": 0})
	if not keep_keys:
		frappe.db.delete("Candidate Key", {"referral": referral.name})
	referral.db_set(
		{"candidate_name": referral.name, "disabled": 1, "erased_on": now_datetime(), **_empty(referral)}
	)
	delete_for_document(referral)


def unanswered(after: str = "") -> list[str]:
	"""Return those who were asked and can't answer any more, by number, some at a time."""
	table = frappe.qb.DocType("Referral")
	query = frappe.qb.from_(table).select(table.name).where(table.consent_state == Consent.ASKED.value)
	query = query.where(table.erased_on.isnull() & (table.name > after))
	query = query.where((table.outcome != Outcome.OPEN.value) | (table.invited_until < nowdate()))
	return query.orderby(table.name).limit(_CHUNK).run(pluck=True)


def erase_unanswered(referral: str) -> bool:
	"""Remove somebody who never answered, tell the referrer, and let others refer them again."""
	row = frappe.get_doc("Referral", referral, for_update=True)
	until = frappe.utils.getdate(row.invited_until) if row.invited_until else None
	is_open = row.outcome == Outcome.OPEN
	if row.consent_state != Consent.ASKED or row.erased_on:
		return False
	if not has_run_out(until, is_open, frappe.utils.getdate(nowdate())):
		return False
	erase(row, keep_keys=False)
	if is_open:
		service.close(row, Outcome.EXPIRED)
	if row.reload().outcome == Outcome.EXPIRED:
		messages.tell("candidate_never_answered", row.referrer, key=row.name, referral=row.name)
	return True


def _empty(referral: Document) -> dict:
	columns = set(frappe.db.get_table_columns("Referral"))
	return {"resume_bytes": 0} | dict.fromkeys((field for field in _PERSONAL if field in columns), None)


def _remove_files(referral: str) -> None:
	attached = {"attached_to_doctype": "Referral", "attached_to_name": referral}
	for file in frappe.get_all("File", attached, pluck="name"):
		frappe.delete_doc("File", file, force=True, ignore_permissions=True, delete_permanently=True)


def _remove_traces(referral: str) -> None:
	for doctype, (type_field, name_field) in _ABOUT.items():
		about = {type_field: "Referral", name_field: referral}
		if doctype == "Email Queue":
			queued = frappe.get_all(doctype, about, pluck="name")
			frappe.db.delete("Email Queue Recipient", {"parent": ("in", queued or [""])})
		frappe.db.delete(doctype, about)
