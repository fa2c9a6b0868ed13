"""Recognises a form that was sent before: the same key with the same contents is the same referral.

Called by `making` alone. What was typed is kept as a digest under the form's own key, which is not stored.
"""

import hashlib
import hmac
import json
from typing import NamedTuple

import frappe
from frappe.model.document import Document

from referral_hub.referrals.rules.eligibility import NotEligible
from referral_hub.referrals.rules.ownership import Candidate
from referral_hub.referrals.rules.resumes.resume import Resume


class Form(NamedTuple):
	"""A sent form: its key as stored, and what says whether two of them have the same contents."""

	key: str | None = None
	digest: str | None = None


def form_of(employee: str, submission_key: str | None, candidate: Candidate, **contents) -> Form:
	"""Return the form as it is recognised: one employee's keys say nothing about another's."""
	if not submission_key:
		return Form()
	typed = json.dumps(_typed(candidate, **contents)).encode()
	secret = f"{employee}\x1f{submission_key}".encode()
	return Form(key_of(employee, submission_key), hmac.new(secret, typed, hashlib.sha256).hexdigest())


def key_of(employee: str, submission_key: str) -> str:
	"""Return a form's key as it is stored."""
	return hashlib.sha256(f"{employee}\x1f{submission_key}".encode()).hexdigest()


def made_before(form: Form, locking: bool = False) -> Document | None:
	"""Return the referral this form made; refuse a form that made one with other contents."""
	if not form.key:
		return None
	name = frappe.db.get_value("Referral", {"submission_key": form.key}, "name", for_update=locking)
	if not name:
		return None
	first = frappe.get_doc("Referral", name, for_update=locking)
	if first.submission_digest and first.submission_digest != form.digest:
		raise NotEligible("key_reused")
	return first


def _typed(candidate: Candidate, resume: Resume | None = None, **words: str | None) -> list[str]:
	"""Return what was typed, without the blanks around it; a file counts by what is inside."""
	typed = [candidate.name, candidate.email, candidate.phone, *(words[name] for name in sorted(words))]
	content = hashlib.sha256(resume.content).hexdigest() if resume else ""
	return [*((word or "").strip() for word in typed), content]
