"""Where a person who applies is known already, and the words HR gets about it on the Job Applicant.

What guests typed is escaped; comments are in the site's language, whatever the guest speaks.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import frappe
from frappe import _
from frappe.utils import escape_html, getdate, nowdate, sanitize_html

from referral_hub.referrals import errors, throwaway
from referral_hub.referrals.making import ownership, standins
from referral_hub.referrals.rules.ownership import Candidate, are_two_people
from referral_hub.referrals.rules.sources.formulas import without_formula
from referral_hub.wording import languages


def is_invited(referral: str | None, candidate: Candidate) -> bool:
	"""Say whether this referral is an invitation that can still be answered, and this the person who was invited."""
	return bool(referral) and _can_be_answered(referral) and was_invited(referral, candidate)


def was_invited(referral: str, candidate: Candidate) -> bool:
	"""Say whether this is the person an invitation went to, answered or not.

	Somebody else who has the same phone opened it for themselves (`shared_phone`): the invitation waits on.
	"""
	if are_two_people(candidate, _person(_owner(referral))):
		return False
	keys = [key.hash for key in ownership.keys_of(candidate)]
	return bool(frappe.db.exists("Candidate Key", {"referral": referral, "key_hash": ("in", keys)}))


def owning_referrals(candidate: Candidate) -> list[frappe._dict]:
	"""Return the referrals that own a contact of this person, read as they are and not as this transaction began.

	Not those of somebody else who has the same phone (`shared_phone`).
	"""
	return [owner for owner in holding_a_contact(candidate) if not are_two_people(candidate, _person(owner))]


def holding_a_contact(candidate: Candidate) -> list[frappe._dict]:
	"""Return the referrals that own an e-mail or phone of this person, whoever they are about."""
	names = []
	for key in ownership.keys_of(candidate):
		table = frappe.qb.DocType("Candidate Key")
		rows = (
			frappe.qb.from_(table)
			.select(table.referral)
			.where((table.active_key == key.hash) & (table.owned_until >= getdate(nowdate())))
			.for_update()
		).run()
		names += [name for (name,) in rows if name and name not in names]
	return [owner for owner in map(_owner, names) if owner]


def referral_of(applicant: str) -> str | None:
	return frappe.db.get_value("Job Applicant", applicant, "referral_hub_referral")


def new_applicant(link, application, source: str | None):
	"""Make a Job Applicant without a referral."""
	candidate, opening = application.candidate, application.opening
	applicant = frappe.new_doc("Job Applicant")
	applicant.update(
		{
			"applicant_name": candidate.name,
			"email_id": candidate.email or standins.make(),
			"phone_number": candidate.phone,
			"status": "Open",
			"job_title": opening,
			"designation": opening and frappe.db.get_value("Job Opening", opening, "designation"),
			"source": source and _ensure_source(source),
			"cover_letter": application.note,
			"referral_hub_link": link.name,
			"referral_hub_told_by": application.told_by,
		}
	)
	applicant.flags.referral_hub_is_new = True
	return applicant.insert(ignore_permissions=True)


def tell_hr_again(applicant: str, link, application) -> None:
	"""Say on the applicant that they applied again, with what may be new."""
	told = [
		_("Applied again through the link of {0} ({1}).", lang=_language()).format(
			escape_html(owner_of(link)), link.code
		),
		_about(_("Name", context="Referral Application", lang=_language()), application.candidate.name),
		_about(_("E-mail", lang=_language()), application.candidate.email),
		_about(_("Phone", context="Referral Application", lang=_language()), application.candidate.phone),
		_about(_("Job Opening", context="Referral Application", lang=_language()), application.opening),
		_about(_("Note", context="Referral Application", lang=_language()), application.note),
		_about(_("Told by, in Their Words", lang=_language()), application.told_by),
	]
	if application.resume:
		told.append(_("A newer resume is among the attachments.", lang=_language()))
	_comment(applicant, "<br>".join(filter(None, told)))


def add_words(applicant: str | None, note: str) -> None:
	"""Keep what the person wrote where HR reads it; their referrer does not."""
	if applicant and note:
		frappe.db.set_value(
			"Job Applicant",
			applicant,
			"cover_letter",
			without_formula(sanitize_html(note)),
			update_modified=False,
		)


def tell_hr_why_not(applicant: str, link, refused) -> None:
	"""Say on the applicant why the employee whose link it was is not credited."""
	with speaking_to_hr():
		why = errors.sentence(refused)
	words = _("Came through the link of {0} ({1}), which does not count as a referral: {2}", lang=_language())
	_comment(applicant, words.format(escape_html(owner_of(link)), link.code, escape_html(why)))


def tell_hr_of_address(applicant: str) -> None:
	"""Say on an applicant without a referral that their address may not be read for long."""
	with speaking_to_hr():
		words = throwaway.words()
	_comment(applicant, escape_html(words))


def tell_hr_of_shared_phone(applicant: str, referrals: list[str]) -> None:
	"""Say on an applicant that their phone is somebody else's too, without naming anybody: HR sees whether it is one person."""
	words = _("The phone number is that of another applicant too. Is it the same person?", lang=_language())
	if referrals:
		words = _("The phone number is also that of {0}. Is it the same person?", lang=_language())
	_comment(applicant, words.format(", ".join(referrals)))


def owner_of(link) -> str:
	return link.employee_name or link.event_name or ""


def _about(label: str, typed: str | None) -> str:
	return f"{escape_html(label)}: {escape_html(typed)}" if typed else ""


def _comment(applicant: str, html: str) -> None:
	frappe.get_doc("Job Applicant", applicant).add_comment(
		"Comment", html, comment_email="Administrator", comment_by="Referral Hub"
	)


@contextmanager
def speaking_to_hr() -> Iterator[None]:
	"""Translate for the site, not for the guest whose request this is."""
	with languages.speaking(_language()):
		yield


def _language() -> str:
	return frappe.db.get_default("lang") or "en"


def _owner(referral: str) -> frappe._dict | None:
	fields = ["name", "job_applicant", "candidate_name", "candidate_email"]
	row = frappe.db.get_value("Referral", referral, fields, as_dict=True, for_update=True)
	if row:
		row.is_invitation = _can_be_answered(referral)
	return row


def _person(owner) -> Candidate:
	return Candidate(owner.candidate_name, owner.candidate_email)


def _can_be_answered(referral: str) -> bool:
	"""As `admit` sees it: also one that ran out, while nobody else refers the person."""
	row = frappe.db.get_value(
		"Referral", referral, ["stage", "outcome", "job_applicant"], as_dict=True, for_update=True
	)
	return (
		bool(row) and row.stage == "Invited" and row.outcome in ("Open", "Expired") and not row.job_applicant
	)


def set_source(applicant: str, source: str) -> None:
	frappe.db.set_value("Job Applicant", applicant, "source", _ensure_source(source), update_modified=False)


def _ensure_source(name: str) -> str:
	if not frappe.db.exists("Job Applicant Source", name):
		frappe.get_doc(doctype="Job Applicant Source", source_name=name).insert(ignore_permissions=True)
	return name
