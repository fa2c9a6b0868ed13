"""What is known of a person, read from HRMS as it stands there: nothing is copied, so nothing grows old and nothing is left behind.

The words of interviewers are given only where the caller says that the reader may have them.
"""

import re
from collections import defaultdict
from email.utils import getaddresses

import frappe
from frappe.utils import strip_html
from pypika import Criterion

from referral_hub.talent import keys
from referral_hub.talent.archive import contacts, former
from referral_hub.talent.rows import with_values

DOCTYPE = keys.DOCTYPE
_ENDS_A_LINE = re.compile(r"<br\s*/?>|</(?:p|div|li|h\d)>", re.IGNORECASE)
_MOST_MAILS, _MOST_WORDS = 50, 1000
_OF_RECORD = [
	*("name", "person_name", "email", "phone", "company", "job_applicant"),
	*("email_key", "phone_key", "shared_phone_key"),
]


def of(record: str, with_words: bool) -> dict:
	"""Return {"applications", "contacts", "mails", "referrals", "former", "words_are_hidden"} of one record.

	Formerly: {kind, contact}, an e-mail or a number that was theirs.

	An application: {name, opening, designation, applied_on, status, source, pay_from, pay_to, currency, cover_letter, rounds, offers}.
	A round: {name, round, on, status, rating, feedback: [{by, result, rating, words}]}; `words` only with_words.
	"""
	row = frappe.db.get_value(DOCTYPE, record, _OF_RECORD, as_dict=True)
	applicants = applicants_of(row)
	return {
		"applications": _applications(applicants, with_words),
		"contacts": contacts.of(record),
		"mails": mails_of(record, applicants, _MOST_MAILS, _MOST_WORDS),
		"referrals": _referrals(applicants),
		"former": former.shown(row),
		"words_are_hidden": not with_words,
	}


def plain(html: str | None) -> str:
	"""Return the words of a text as lines, without its markup."""
	return strip_html(_ENDS_A_LINE.sub("\n", html or "")).strip()


def may_read_words(user: str | None = None) -> bool:
	"""Say whether HRMS lets this user read what interviewers write."""
	return bool(frappe.has_permission("Interview Feedback", "read", user=user or frappe.session.user))


def applicants_of(row) -> list[str]:
	"""Return every Job Applicant of the person: the one the record came from, and those with an e-mail or number of theirs, of today or before.

	An application of somebody else who has the same number, or has by now what was theirs, is none of theirs.
	"""
	once = former.of([row.name])[row.name]
	emails = {row.email, *(each.contact for each in once if each.kind == former.EMAIL)} - {None, ""}
	phones = {row.phone, *(each.contact for each in once if each.kind == former.PHONE)} - {None, ""}
	ends = {digits[-8:] for digits in map(_digits, phones) if len(digits) >= 8}
	Applicant = frappe.qb.DocType("Job Applicant")
	query = frappe.qb.from_(Applicant)
	query = query.select(Applicant.name, Applicant.phone_number, Applicant.applicant_name, Applicant.email_id)
	found = query.where(Applicant.email_id.isin(sorted(emails))).run() if emails else ()
	found += query.where(Applicant.referral_hub_phone_end.isin(sorted(ends))).run() if ends else ()
	names, region = {row.job_applicant} - {None, ""}, keys.region_of(row.company)
	for name, phone, called, email in found:
		other = keys.read(called, email, phone, region)
		if email == row.email or (
			{other.email, other.phone} & (emails | phones) and keys.is_theirs(row, once, other)
		):
			names.add(name)
	rows = with_values("Job Applicant", "name", names, ["name"], "creation desc")
	return [row.name for row in rows]


def _applications(applicants: list[str], with_words: bool) -> list[dict]:
	fields = [
		*("name", "job_title", "designation", "creation", "status", "source", "cover_letter"),
		*("lower_range", "upper_range", "currency", "applicant_rating"),
	]
	rows = with_values("Job Applicant", "name", applicants, fields, "creation desc")
	rounds, offers = _rounds(applicants, with_words), _offers(applicants)
	openings = _titles("Job Opening", [row.job_title for row in rows], "job_title")
	return [
		{
			"name": row.name,
			"opening": openings.get(row.job_title, row.job_title),
			"designation": row.designation,
			"applied_on": row.creation,
			"status": row.status,
			"source": row.source,
			"pay_from": row.lower_range,
			"pay_to": row.upper_range,
			"currency": row.currency,
			"cover_letter": plain(row.cover_letter) or None,
			"rounds": rounds[row.name],
			"offers": offers[row.name],
		}
		for row in rows
	]


def _rounds(applicants: list[str], with_words: bool) -> dict[str, list[dict]]:
	fields = ["name", "job_applicant", "interview_round", "scheduled_on", "status", "average_rating"]
	order = "scheduled_on asc, from_time asc, name asc"
	rows = with_values("Interview", "job_applicant", applicants, fields, order, docstatus=("!=", 2))
	feedback = _feedback([row.name for row in rows], with_words)
	found = defaultdict(list)
	for row in rows:
		found[row.job_applicant].append(
			{
				"name": row.name,
				"round": row.interview_round,
				"on": row.scheduled_on,
				"status": row.status,
				"rating": row.average_rating or 0,
				"feedback": feedback[row.name],
			}
		)
	return found


def _feedback(interviews: list[str], with_words: bool) -> dict[str, list[dict]]:
	fields = ["interview", "interviewer", "result", "average_rating", "feedback"]
	rows = with_values("Interview Feedback", "interview", interviews, fields, "creation asc", docstatus=1)
	people = _titles("User", [row.interviewer for row in rows], "full_name")
	found = defaultdict(list)
	for row in rows:
		said = {
			"by": people.get(row.interviewer, row.interviewer),
			"result": row.result,
			"rating": row.average_rating or 0,
		}
		found[row.interview].append(said | ({"words": row.feedback or ""} if with_words else {}))
	return found


def _offers(applicants: list[str]) -> dict[str, list[dict]]:
	fields = ["name", "job_applicant", "offer_date", "status", "designation", "referral_hub_joining_date"]
	rows = with_values("Job Offer", "job_applicant", applicants, fields, "offer_date asc", docstatus=1)
	terms = defaultdict(list)
	asked = ["parent", "offer_term", "value"]
	offers = [row.name for row in rows]
	for term in with_values("Job Offer Term", "parent", offers, asked, "idx asc", parenttype="Job Offer"):
		terms[term.parent].append({"term": term.offer_term, "value": term.value})
	found = defaultdict(list)
	for row in rows:
		offer = {"name": row.name, "on": row.offer_date, "status": row.status, "designation": row.designation}
		offer |= {"joining_on": row.referral_hub_joining_date, "terms": terms[row.name]}
		found[row.job_applicant].append(offer)
	return found


def mailed_about(record: str, applicants: list[str]) -> dict[str, list[str]]:
	"""Return {DocType: names} of what HR writes mails from: the record, each application, its interviews, offers and onboarding."""
	found = {DOCTYPE: [record], "Job Applicant": applicants}
	for doctype in ("Interview", "Job Offer", "Employee Onboarding"):
		rows = with_values(doctype, "job_applicant", applicants, ["name"])
		found[doctype] = [row.name for row in rows]
	return found


def mails_of(
	record: str, applicants: list[str], most: int | None = None, most_words: int | None = None
) -> list[dict]:
	"""Return what was written with the person, newest first: on the record, their applications, and what hangs on those.

	`of`: the DocType a mail is on. `is_with_them`: False for what colleagues wrote to each other there, which is not the person's.
	"""
	table = frappe.qb.DocType("Communication")
	on = [
		(table.reference_doctype == doctype) & table.reference_name.isin(names)
		for doctype, names in mailed_about(record, applicants).items()
		if names
	]
	rows = (
		frappe.qb.from_(table)
		.select(
			*(table.name, table.subject, table.communication_date, table.sent_or_received),
			*(table.communication_medium, table.text_content, table.content, table.reference_doctype),
			*(table.sender, table.recipients, table.cc, table.bcc),
		)
		.where(Criterion.any(on) & (table.communication_type == "Communication"))
		.orderby(table.communication_date, order=frappe.qb.desc)
		.limit(most)
		.run(as_dict=True)
	)
	addresses, noted = _addresses_of(record, applicants), {row.communication for row in contacts.of(record)}
	return [
		{
			"name": row.name,
			"subject": row.subject,
			"on": row.communication_date,
			"is_theirs": row.sent_or_received == "Received",
			"medium": row.communication_medium,
			"of": row.reference_doctype,
			"is_with_them": row.name in noted or bool(addresses & _written_to(row)),
			"words": plain(row.text_content or row.content)[:most_words],
		}
		for row in rows
	]


def _addresses_of(record: str, applicants: list[str]) -> set[str]:
	"""Return every address of the person; that of somebody else who has the same number is none."""
	row = frappe.db.get_value(DOCTYPE, record, ["name", "person_name", "email", "email_key"], as_dict=True)
	once = former.of([record])[record]
	person, fields = keys.bearer(row, once, {}), ["applicant_name", "email_id"]
	others = [
		keys.read(each.applicant_name, each.email_id, None, None)
		for each in with_values("Job Applicant", "name", applicants, fields)
	]
	found = {row.email, *(other.email for other in others if not keys.is_another(person, other))}
	found |= {each.contact for each in once if each.kind == former.EMAIL}
	return {address.lower() for address in found if address}


def _digits(phone: str) -> str:
	return "".join(filter(str.isdigit, phone))


def _written_to(mail) -> set[str]:
	said = [text for text in (mail.sender, mail.recipients, mail.cc, mail.bcc) if text]
	return {address.lower() for _name, address in getaddresses(said)}


def _referrals(applicants: list[str]) -> list[dict]:
	fields = ["name", "referrer_name", "submitted_on", "stage", "outcome"]
	return with_values("Referral", "job_applicant", applicants, fields, "submitted_on desc")


def _titles(doctype: str, names: list, field: str) -> dict[str, str]:
	return {row.name: row[field] for row in with_values(doctype, "name", names, ["name", field])}
