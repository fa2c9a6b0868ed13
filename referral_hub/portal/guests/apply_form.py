"""The form a guest applies with: read it, judge it, send it, say what is wrong. Name and phone are enough.

It says nothing about who is known: only what was typed itself can be wrong.
"""

from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

import frappe
from frappe import _
from frappe.utils import cint

from referral_hub import limits
from referral_hub.portal.forms import refer_form
from referral_hub.portal.guests import forms, notices, pace
from referral_hub.portal.guests.visitor import Visitor
from referral_hub.referrals import policy
from referral_hub.referrals.errors import ReferralRefused
from referral_hub.referrals.errors import sentence as sentence_of
from referral_hub.referrals.named import asking
from referral_hub.referrals.rules import contacts
from referral_hub.referrals.rules.ownership import Candidate
from referral_hub.referrals.rules.sharing.guest_forms import Token, Verdict
from referral_hub.referrals.sharing import applications, visits
from referral_hub.referrals.sharing.applications import Application
from referral_hub.retry import retry_deadlocks

FIELDS = ("candidate_name", "phone", "email", "opening", "note", "told_by", "form_token", "consent")
LONGEST = 5000
# who may send how many applications in an hour
PER_CONTACT, PER_VISITOR, PER_LINK, PER_ADDRESS = 10, 60, 600, 1200


@dataclass(frozen=True)
class Answer:
	"""Either it was sent, or what is wrong: at a field, or with the whole."""

	sent: bool = False
	problem: str = ""
	errors: dict[str, str] = field(default_factory=dict)
	status: int = 422


def empty(link) -> frappe._dict:
	return frappe._dict(dict.fromkeys(FIELDS, ""))


def read(values: dict) -> frappe._dict:
	return frappe._dict({name: str(values.get(name) or "").strip()[:LONGEST] for name in FIELDS})


def is_ours(link, values: dict) -> bool:
	"""Say whether one of our own pages for this link made what came back."""
	return forms.is_ours(values.get("form_token"), link.code)


def send(link, form: frappe._dict, visitor: Visitor) -> Answer:
	"""Take the application in; on a refusal leave nothing half-written and say what is wrong."""
	verdict = forms.judge(form.form_token, link.code, frappe.form_dict.get(forms.TRAP))
	if verdict != Verdict.FINE or not forms.from_here():
		return Answer(problem=_("Please send it once more. What you typed is still here."))
	if not form.consent:
		return Answer(errors={"consent": _("Please agree, so that we may keep and read your application.")})
	if not _within_limits(link, form, visitor):
		too_many = _(
			"Too many applications arrived at once. Please try again in an hour; what you typed is kept."
		)
		return Answer(problem=too_many, status=429)
	pace.even_out()
	try:
		retry_deadlocks(partial(_apply, link, form, visitor))
	except ReferralRefused as refused:
		frappe.db.rollback()
		frappe.clear_messages()
		return _refusal(refused)
	return Answer(sent=True)


def _apply(link, form: frappe._dict, visitor: Visitor) -> None:
	visits.count(link, visitor.cookie, visitor.address, visitor.user_agent)
	application = Application(
		candidate=Candidate(form.candidate_name, form.email or None, form.phone or None),
		submission_key=Token.read(form.form_token).nonce,
		consent=notices.consent_text(link.company),
		opening=form.opening or None,
		note=form.note,
		told_by=form.told_by,
		resume=refer_form.read_resume(),
	)
	applications.apply(link, application)


def _refusal(refused: ReferralRefused) -> Answer:
	about = refer_form.FIELD_OF.get(refused.reason.split("_")[0])
	sentence = {
		"contact_missing": _("Please enter your phone number or e-mail address."),
		"name_missing": _("Please enter your name."),
	}.get(refused.reason) or sentence_of(refused)
	if refused.reason == "contact_missing":
		about = "phone"
	return Answer(errors={about: sentence}) if about else Answer(problem=sentence)


def _within_limits(link, form, visitor: Visitor) -> bool:
	counted = [
		*(limits.within("apply:contact", contact, PER_CONTACT) for contact in _contacts(link, form)),
		limits.within("apply:visitor", visitor.cookie, PER_VISITOR),
		limits.within("apply:link", link.code, PER_LINK),
		limits.within("apply:address", visitor.address, PER_ADDRESS),
	]
	return all(counted)


def _contacts(link, form) -> list[str]:
	"""Return each contact in the one form all its spellings share; what can't be read is refused anyway."""
	found = []
	with suppress(contacts.InvalidCandidate):
		found.append(contacts.clean_phone(form.phone, policy.region_of(link.company)))
	with suppress(contacts.InvalidCandidate):
		email = contacts.clean_email(form.email)
		found.append(email and contacts.widest_email_key(email))
	return [contact for contact in found if contact]


def prepare(context, link, form: frappe._dict, answer: Answer) -> None:
	"""Add to the page what the form's template needs."""
	form.form_token = forms.token(link.code, form.form_token)
	refer_form.ask_for_file_again(answer.errors)
	context.update(
		form=form,
		problem=answer.problem,
		errors=answer.errors,
		max_mb=cint(frappe.get_cached_doc("Referral Hub Settings").resume_max_size_mb),
		consent_sentence=notices.consent(link.company),
		notice=notices.privacy(link.company),
		trap=forms.TRAP,
		asks_who_told=asking.asks_applicants(link),
	)
