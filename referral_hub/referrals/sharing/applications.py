"""Somebody applies through a link: whose application it is, and that none is lost whatever the referrer's rules say.

Free -> it becomes the referrer's referral. Invited before -> the invitation is answered. Referred by somebody before -> it
stays theirs, HR gets what is new. Known to HR already -> HR gets what is new. The referrer may not refer -> an applicant
without a referral. An event -> an applicant whose source is the event. The applicant hears the same in every case.

Each application is one row of Referral Application; its UNIQUE keys make two clicks, two tabs and a replay one application.
"""

from dataclasses import dataclass, replace
from hashlib import sha256

import frappe
from frappe.model.document import Document
from frappe.utils import now_datetime
from frappe.utils.password import get_encryption_key

from referral_hub.referrals import errors, policy, service, throwaway
from referral_hub.referrals.making import resumes, situation
from referral_hub.referrals.rules.contacts import InvalidCandidate
from referral_hub.referrals.rules.ownership import Candidate, normalise
from referral_hub.referrals.rules.refusal import Refused
from referral_hub.referrals.rules.resumes.resume import Resume
from referral_hub.referrals.rules.sharing import links as rules
from referral_hub.referrals.rules.sources import naming
from referral_hub.referrals.sharing import known, links, shared_phone

DOCTYPE = "Referral Application"
LONGEST_NOTE = 2000
SAVEPOINT = "referral_hub_application"


@dataclass(frozen=True)
class Application:
	"""What a guest sent: who they are, in their own words, and what they agreed to."""

	candidate: Candidate
	submission_key: str
	consent: str
	opening: str | None = None
	note: str = ""
	resume: Resume | None = None
	told_by: str = ""


@dataclass(frozen=True)
class Made:
	"""What an application became."""

	result: str
	applicant: str | None = None
	referral: str | None = None
	reason: str | None = None


def apply(link: frappe._dict, application: Application) -> str:
	"""Take an application in; return the name of its row. Refuses only what was typed: name, contact, resume, length."""
	application = _checked(link, application)
	row, first = _claim_or_find(link, application)
	if row is None:
		return _again(first, link, application)
	made = _take_in(link, application)
	if first and not link.employee:
		shared_phone.keep(made.applicant, None, application.candidate)
	record(row, link, made)
	return row.name


def _checked(link, application: Application) -> Application:
	"""Return the application in normal form, or say what is wrong with what was typed."""
	try:
		candidate = normalise(application.candidate, policy.region_of(link.company))
		throwaway.ask_for_another(candidate.email)
		resumes.check(application.resume)
		if len(application.note) > LONGEST_NOTE:
			raise InvalidCandidate("note_too_long", limit=LONGEST_NOTE)
	except Refused as refusal:
		errors.refuse(refusal)
	return replace(
		application,
		candidate=candidate,
		opening=_opening_of(link, application.opening),
		told_by="" if link.employee else naming.one_line(application.told_by),
	)


def _opening_of(link, asked: str | None) -> str | None:
	"""Return the link's opening; of a link for all the one that was asked for, when its page offers it."""
	if link.job_opening:
		return link.job_opening if links.is_open(link.job_opening) else None
	offered = asked and any(row.name == asked for row in links.published_openings(link.company))
	return asked if offered else None


def _claim_or_find(link, application: Application) -> tuple[Document | None, frappe._dict | None]:
	"""Insert the row of this application, or find the earlier one of this form or person.

	Both where the earlier one is of somebody else who has the same phone.
	"""
	first = None
	for person_key in _person_keys(link, application):
		if row := _claim(link, application, person_key):
			return row, first
		first = _first(link, application, person_key)
		if not shared_phone.is_of_another(first.job_applicant, application.candidate):
			break
	return None, first


def _claim(link, application: Application, person_key: str) -> Document | None:
	"""Insert the row of this application; None when this form, or this person through this link, was here before."""
	row = frappe.new_doc(DOCTYPE)
	row.update(
		{
			"link": link.name,
			"company": link.company,
			"job_opening": application.opening,
			"applied_on": now_datetime(),
			"consent_text": application.consent,
			"submission_key": _submission_key(link, application),
			"person_key": person_key,
		}
	)
	frappe.db.savepoint(SAVEPOINT)
	try:
		row.insert(ignore_permissions=True, ignore_links=True)
	except (frappe.UniqueValidationError, frappe.DuplicateEntryError):
		frappe.db.rollback(save_point=SAVEPOINT)
		frappe.clear_messages()
		return None
	frappe.db.release_savepoint(SAVEPOINT)
	return row


def _take_in(link, application: Application) -> Made:
	if not link.employee:
		return Made("Event", applicant=_make_applicant(link, application, source=link.event_name))
	try:
		return _for_the_referrer(link, application)
	except errors.InvalidCandidate:
		raise
	except errors.ReferralRefused as refused:
		frappe.clear_messages()
		return _not_theirs(link, application, refused)


def _for_the_referrer(link, application: Application) -> Made:
	if known.is_invited(link.referral, application.candidate):
		return _answer_invitation(link.referral, application)
	referral = service.submit(
		link.employee,
		application.candidate,
		application.opening,
		resume=application.resume,
		channel=rules.credited_as(link.channel),
		submission_key=_submission_key(link, application),
		link=link.name,
		consent=application.consent,
	)
	known.add_words(referral.job_applicant, application.note)
	return Made("Referral", referral.job_applicant, referral.name)


def _answer_invitation(referral: str, application: Application) -> Made:
	applicant = service.admit(
		referral, candidate=application.candidate, resume=application.resume, consent=application.consent
	)
	known.add_words(applicant.name, application.note)
	return Made("Invitation", applicant.name, referral)


def _not_theirs(link, application: Application, refused) -> Made:
	"""The link's owner is not credited; what was sent goes to where the person is known, else to HR as it is."""
	owners = known.owning_referrals(application.candidate)
	if made := _answer_for_owner(owners, application):
		return replace(made, reason=refused.reason)
	applicant = _known_as(owners, application, link)
	if applicant:
		_hand_to_hr(applicant, link, application)
		return Made("Known", applicant, known.referral_of(applicant), refused.reason)
	if shared_phone.may_be_why(refused, application.candidate):
		return _by_email_alone(link, application)
	applicant = _make_applicant(link, application, source=None)
	known.tell_hr_why_not(applicant, link, refused)
	return Made("Not Counted", applicant, reason=refused.reason)


def _by_email_alone(link, application: Application) -> Made:
	"""Take in somebody whose phone is another person's too: as everybody, by their e-mail, and HR is told."""
	made = _take_in(link, replace(application, candidate=shared_phone.without(application.candidate)))
	shared_phone.keep(made.applicant, made.referral, application.candidate)
	return made


def _answer_for_owner(owners, application: Application) -> Made | None:
	"""Somebody had invited this person before: they answered that invitation, by whatever link, if they still can."""
	for owner in owners:
		try:
			if owner.is_invitation:
				return _answer_invitation(owner.name, application)
		except errors.ReferralRefused:
			frappe.clear_messages()
	return None


def _known_as(owners, application: Application, link) -> str | None:
	"""Return the applicant this person is already: of a referral that owns them, else their newest."""
	of_owners = [owner.job_applicant for owner in owners if owner.job_applicant]
	if of_owners:
		return of_owners[0]
	return situation.newest_applicant(application.candidate, policy.region_of(link.company))


def _make_applicant(link, application: Application, source: str | None) -> str:
	applicant = known.new_applicant(link, application, source)
	resumes.attach(application.resume, applicant)
	if throwaway.is_shown(application.candidate.email):
		known.tell_hr_of_address(applicant.name)
	return applicant.name


def _again(first: frappe._dict, link, application: Application) -> str:
	"""The same form again changes nothing; the same person with another form brings HR what is new."""
	if first.submission_key != _submission_key(link, application) and first.job_applicant:
		_hand_to_hr(first.job_applicant, link, application)
	return first.name


def _first(link, application: Application, person_key: str) -> frappe._dict:
	"""Read the earlier row as it is now: the transaction that holds its keys has ended."""
	fields = ["name", "submission_key", "job_applicant"]
	for field, key in (("submission_key", _submission_key(link, application)), ("person_key", person_key)):
		found = frappe.db.get_value(DOCTYPE, {field: key}, fields, as_dict=True, for_update=True)
		if not found:
			continue
		if not frappe.db.exists(DOCTYPE, found.name):  # another tab's, committed after this snapshot
			raise frappe.QueryDeadlockError("begin again, and see what the earlier application made")
		return found
	raise frappe.QueryDeadlockError("the earlier application was undone meanwhile")


def _hand_to_hr(applicant: str, link, application: Application) -> None:
	resumes.keep_another(application.resume, "Job Applicant", applicant)
	known.tell_hr_again(applicant, link, application)


def record(row: Document, link, made: Made) -> None:
	"""Write what an application became, on its row, on the applicant and in the link's count."""
	row.db_set(
		{
			"result": made.result,
			"reason": made.reason,
			"job_applicant": made.applicant,
			"referral": made.referral,
		}
	)
	applicant = frappe.qb.DocType("Job Applicant")
	(
		frappe.qb.update(applicant)
		.set(applicant.referral_hub_link, link.name)
		.where(applicant.name == made.applicant)
		.where(applicant.referral_hub_link.isnull() | (applicant.referral_hub_link == ""))
		.run()
	)
	table = frappe.qb.DocType(links.DOCTYPE)
	frappe.qb.update(table).set(table.applications, table.applications + 1).where(
		table.name == link.name
	).run()


def _submission_key(link, application: Application) -> str:
	"""Return what is the same for the same form with the same contents: going back and correcting is no replay."""
	candidate, resume = application.candidate, application.resume
	contents = sha256(resume.content).hexdigest() if resume else ""
	typed = (
		candidate.name,
		candidate.email,
		candidate.phone,
		application.opening,
		application.note,
		application.told_by,
		contents,
	)
	words = [word or "" for word in typed]
	return rules.digest(get_encryption_key(), "submission", link.name, application.submission_key, *words)


def _person_keys(link, application: Application) -> list[str]:
	"""Return what tells people apart on this link: the phone, else the e-mail; who shares a phone, by both.

	Whoever an invitation went to is that person, whatever they type and whoever with the same phone opened it first.
	"""
	contacts = [contact for contact in (application.candidate.phone, application.candidate.email) if contact]
	said = [contacts[:1], contacts] if len(contacts) > 1 else [contacts]
	if link.referral and known.was_invited(link.referral, application.candidate):
		said = [[link.referral]]
	return [rules.digest(get_encryption_key(), "person", link.name, *each) for each in said]
