"""Somebody opened a link, wandered to HRMS's own /jobs pages and applied there: the application still is the link owner's.

The browser keeps the code in a first-party cookie; where it keeps none, the address of the form may say it (`?r=CODE`).
`remember` runs inside HRMS's save and costs an applicant without a code nothing; `credit` is a job, and what a lost job left
is found by the hourly task.
"""

from urllib.parse import parse_qs, urlsplit

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, now_datetime, nowdate
from frappe.utils.password import get_encryption_key

from referral_hub.background import start_after_commit
from referral_hub.referrals import errors, policy, service
from referral_hub.referrals.rules.contacts import is_reserved
from referral_hub.referrals.rules.ownership import Candidate, normalise
from referral_hub.referrals.rules.refusal import Refused
from referral_hub.referrals.rules.sharing import links as rules
from referral_hub.referrals.sharing import applications, known, links, shared_phone
from referral_hub.referrals.sharing.applications import Made

COOKIE = "referral_hub_link"
JOB = "referral_hub.tasks.credit_applicant"
HOW = "Applied on the company's own careers page."
LOOK_BACK_DAYS = 30


def code_of_request() -> str | None:
	"""Return the code this browser came by, without a query; None in a job, in the desk, or when there is none."""
	request = getattr(frappe.local, "request", None)
	if not request or not frappe.flags.in_web_form:
		return None
	return rules.normal_code(request.cookies.get(COOKIE)) or rules.normal_code(
		_code_in(request.headers.get("Referer"))
	)


def _code_in(address: str | None) -> str | None:
	"""Return the code an address says; a stranger may send one that is none."""
	try:
		return parse_qs(urlsplit(address or "").query).get("r", [None])[0]
	except ValueError:
		return None


def remember(applicant: Document, code: str) -> None:
	"""Note on a new applicant which link they came by, and credit it after the commit."""
	if link := links.open(code, any_opening=True):
		frappe.db.set_value(
			"Job Applicant", applicant.name, "referral_hub_link", link.name, update_modified=False
		)
		start_after_commit(JOB, applicant=applicant.name)


def waiting(limit: int = 200) -> list[str]:
	"""Return applicants who came by a link and whom no job has credited yet."""
	Applicant, Application = frappe.qb.DocType("Job Applicant"), frappe.qb.DocType(applications.DOCTYPE)
	return (
		frappe.qb.from_(Applicant)
		.left_join(Application)
		.on(Application.job_applicant == Applicant.name)
		.select(Applicant.name)
		.where(Applicant.referral_hub_link.isnotnull() & (Applicant.referral_hub_link != ""))
		.where(Applicant.creation >= add_days(nowdate(), -LOOK_BACK_DAYS))
		.where(Application.name.isnull())
		.limit(limit)
		.run(pluck=True)
	)


def credit(applicant: str) -> None:
	"""Make the application of somebody who is in HRMS already what the link makes of it; once."""
	fields = ["name", "applicant_name", "email_id", "phone_number", "job_title", "source"]
	person = frappe.db.get_value(
		"Job Applicant", applicant, [*fields, "referral_hub_link"], as_dict=True, for_update=True
	)
	if not person or frappe.db.exists(applications.DOCTYPE, {"job_applicant": applicant}):
		return
	link = person.referral_hub_link and links.read(person.referral_hub_link)
	if link:
		applications.record(_new_row(person, link), link, _credit(person, link))


def _new_row(person, link) -> Document:
	key = rules.digest(get_encryption_key(), "careers", person.name)
	row = frappe.new_doc(applications.DOCTYPE)
	row.update({"link": link.name, "company": link.company, "job_opening": person.job_title})
	row.update({"applied_on": now_datetime(), "consent_text": HOW, "submission_key": key, "person_key": key})
	return row.insert(ignore_permissions=True, ignore_links=True)


def _credit(person, link) -> Made:
	if not link.employee:
		if not person.source:
			known.set_source(person.name, link.event_name)
		return Made("Event", person.name)
	try:
		referral = _refer(person, link)
	except errors.ReferralRefused as refused:
		frappe.clear_messages()
		return _not_theirs(person, link, refused)
	return Made("Referral", person.name, referral)


def _refer(person, link) -> str:
	"""Credit the link's owner; a phone number that HRMS took and nobody can dial does not stand in the way."""
	try:
		return _submit(person, link, person.phone_number)
	except errors.InvalidCandidate as refused:
		if not refused.reason.startswith("phone"):
			raise
		frappe.clear_messages()
		return _submit(person, link, None)


def _submit(person, link, phone: str | None) -> str:
	candidate = Candidate(person.applicant_name, _email(person), phone)
	if known.is_invited(link.referral, _as_compared(person, link)):
		service.admit(link.referral, consent=HOW, applicant=person.name)
		return link.referral
	return service.submit(
		link.employee,
		candidate,
		person.job_title,
		channel=rules.credited_as(link.channel),
		link=link.name,
		consent=HOW,
		applicant=person.name,
	).name


def _not_theirs(person, link, refused) -> Made:
	candidate = _as_compared(person, link)
	owner = next(iter(known.owning_referrals(candidate)), None)
	if owner and owner.is_invitation:
		try:
			service.admit(owner.name, consent=HOW, applicant=person.name)
			return Made("Invitation", person.name, owner.name, refused.reason)
		except errors.ReferralRefused:
			frappe.clear_messages()
	if not owner and shared_phone.may_be_why(refused, candidate):
		return _by_email_alone(person, link, candidate)
	known.tell_hr_why_not(person.name, link, refused)
	result = "Known" if owner else "Not Counted"
	return Made(result, person.name, owner.name if owner else None, refused.reason)


def _by_email_alone(person, link, candidate: Candidate) -> Made:
	"""Credit somebody whose phone is another person's too by their e-mail, and tell HR."""
	made = _credit(frappe._dict(person, phone_number=None), link)
	if made.result == "Referral":
		shared_phone.keep(person.name, made.referral, candidate)
	return made


def _as_compared(person, link) -> Candidate:
	"""Return the person by e-mail and phone in normal form; a number nobody can dial is left out."""
	region = policy.region_of(link.company)
	for phone in (person.phone_number, None):
		try:
			return normalise(Candidate(person.applicant_name, _email(person), phone), region)
		except Refused:  # the applicant is in HRMS as they are: what can't be compared is not compared
			continue
	return Candidate(person.applicant_name)


def _email(person) -> str | None:
	return None if is_reserved(person.email_id) else person.email_id
