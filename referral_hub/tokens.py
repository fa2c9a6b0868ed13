"""Access Tokens: links that let somebody without an account see one thing, until a day, until they are revoked.

Owns the rows; refuses to keep a token in readable form: `issue` returns it once. `read` gives the same None for a token that is
malformed, unknown, expired, revoked, or whose subject is gone. Nothing here commits. Called by `referrals.consent`,
`referrals.cards`, `paths.links` and the pages for guests.
"""

import secrets
from typing import NamedTuple

import frappe
from frappe.model.dynamic_links import invalidate_distinct_link_doctypes
from frappe.utils import add_days, getdate, now_datetime, nowdate

from referral_hub.referrals.rules import tokens as rules
from referral_hub.referrals.rules.tokens import Purpose

DOCTYPE = "Access Token"
# how long a dead token is kept, so that HR can see that there was one
KEPT_DAYS = 90
BATCH = 1000


class Subject(NamedTuple):
	"""What a token opens."""

	doctype: str
	name: str


def issue(purpose: str, subject_doctype: str, subject_name: str, valid_days: int) -> str:
	"""Make a link's token; those issued before go on working until they are revoked."""
	token = secrets.token_hex(rules.BYTES)
	row = frappe.new_doc(DOCTYPE)
	row.update(
		{
			"purpose": Purpose(purpose).value,
			"subject_doctype": subject_doctype,
			"subject": subject_name,
			"token_hash": rules.digest(purpose, token),
			"issued_on": now_datetime(),
			"expires_on": rules.expires_on(getdate(nowdate()), valid_days),
		}
	)
	# whoever asks has the subject at hand; the platform has to know its DocType, so that a rename finds the token
	invalidate_distinct_link_doctypes(DOCTYPE, "subject_doctype", subject_doctype)
	row.db_insert()  # nobody watches tokens, and who refers somebody waits for this one
	return token


def reissue(purpose: str, subject_doctype: str, subject_name: str, valid_days: int) -> str:
	"""Make a new token and let no earlier one of the same purpose open this subject any more."""
	revoke(purpose, Subject(subject_doctype, subject_name))
	return issue(purpose, subject_doctype, subject_name, valid_days)


def read(purpose: str, token: object) -> Subject | None:
	"""Return what a token opens, None for any that opens nothing."""
	if not rules.is_well_formed(token):
		return None
	shown = rules.digest(purpose, token)
	fields = ("token_hash", "expires_on", "revoked", "subject_doctype", "subject")
	row = frappe.db.get_value(DOCTYPE, {"token_hash": shown}, fields, as_dict=True, cache=False)
	if not row or not rules.opens(
		row.token_hash, shown, getdate(row.expires_on), bool(row.revoked), getdate()
	):
		return None
	subject = Subject(row.subject_doctype, row.subject)
	return subject if frappe.db.exists(subject.doctype, subject.name) else None


def answer(purpose: str, token: str) -> bool:
	"""Keep that whoever has this link has answered; say whether it was for the first time."""
	mine = {"token_hash": rules.digest(purpose, token)}
	name = frappe.db.get_value(DOCTYPE, mine | {"answered_on": ("is", "not set")}, for_update=True)
	if name:
		frappe.db.set_value(DOCTYPE, name, "answered_on", now_datetime())
	return bool(name)


def issuer(purpose: str, token: str) -> str | None:
	"""Return the user who made this link."""
	return frappe.db.get_value(DOCTYPE, {"token_hash": rules.digest(purpose, token)}, "owner")


def revoke(purpose: str, subject: Subject) -> int:
	"""Let no token of this purpose open this subject any more; return how many did."""
	table = frappe.qb.DocType(DOCTYPE)
	live = (
		(table.purpose == Purpose(purpose).value)
		& (table.subject_doctype == subject.doctype)
		& (table.subject == subject.name)
		& (table.revoked == 0)
	)
	names = frappe.qb.from_(table).select(table.name).where(live).for_update().run(pluck=True)
	if names:
		by = {"revoked": 1, "revoked_on": now_datetime(), "revoked_by": frappe.session.user}
		frappe.db.set_value(DOCTYPE, {"name": ("in", names)}, by)
	return len(names)


def live(purpose: str, subject: Subject) -> list[frappe._dict]:
	"""Return when the tokens that still open this subject were issued and end, newest first."""
	filters = {
		"purpose": Purpose(purpose).value,
		"subject_doctype": subject.doctype,
		"subject": subject.name,
		"revoked": 0,
		"expires_on": (">=", nowdate()),
	}
	return frappe.get_all(DOCTYPE, filters, ["name", "issued_on", "expires_on"], order_by="issued_on desc")


def forget(subject: Subject) -> None:
	"""Delete the tokens of something that is deleted."""
	frappe.db.delete(DOCTYPE, {"subject_doctype": subject.doctype, "subject": subject.name})


def forget_old() -> int:
	"""Delete some of those that ended long ago; return how many."""
	table, long_ago = frappe.qb.DocType(DOCTYPE), add_days(nowdate(), -KEPT_DAYS)
	ended = (table.expires_on < long_ago) | ((table.revoked == 1) & (table.revoked_on < long_ago))
	names = frappe.qb.from_(table).select(table.name).where(ended).limit(BATCH).run(pluck=True)
	if names:
		frappe.db.delete(DOCTYPE, {"name": ("in", names)})
	return len(names)
