"""A person's own link to our openings, for those who agreed to be kept in touch with: who opens theirs has looked, which is a signal.

The mark is a keyed hash of the record, so no link is stored. It opens nothing about the person, and nothing at all once the consent is gone
or nobody calls them any more: whoever works here now is not watched. `renew` ends those of before, which may be another person's; that of a
record that went into another is the other's.
"""

import hmac
from hashlib import sha256

import frappe
from frappe.model.document import Document
from frappe.utils import get_url
from frappe.utils.password import get_encryption_key

from referral_hub.talent import states
from referral_hub.talent.archive import former
from referral_hub.talent.rules import signals

DOCTYPE = states.DOCTYPE
ROOM, PLAIN = "look", "/jobs"
_LENGTH = 32


def address_of(record: str) -> str:
	"""Return where a message leads to our openings: the person's own link where they agreed, else the page everybody opens."""
	path = f"/{ROOM}/{record}-{_mark(record)}" if _may_notice(record) else PLAIN
	return get_url(path, allow_header_override=False)


def opened_by(token: object) -> frappe._dict | None:
	"""Return {"name", "company"} of whose link this is; the same None for one that is made up and one of who does not agree (any more)."""
	record = _meant(str(token or ""))
	if not record or not _may_notice(record):
		return None
	return frappe.db.get_value(DOCTYPE, record, ["name", "company"], as_dict=True)


def pass_on(record: str, gone: str) -> None:
	"""Let the link of a record that is about to go into another lead there."""
	former.remember_link(record, _hash(f"{gone}-{_mark(gone)}"))


def renew(record: Document) -> None:
	"""Let links that were sent until now open nothing any more; the caller saves the record."""
	record.links_since = frappe.generate_hash(length=10)
	former.forget_links(record.name)


def _meant(token: str) -> str | None:
	record, _dash, mark = token.rpartition("-")
	if not record or len(mark) != _LENGTH:
		return None
	if hmac.compare_digest(_mark(record).encode(), mark.encode("utf-8", "replace")):
		if frappe.db.exists(DOCTYPE, record):
			return record
	return former.of_link(_hash(token))


def _hash(token: str) -> str:
	return sha256(token.encode("utf-8", "replace")).hexdigest()


def _may_notice(record: str) -> bool:
	consent, state = frappe.db.get_value(DOCTYPE, record, ["consent_state", "state"]) or (None, None)
	try:
		signals.check_consent(consent, is_known=bool(state))
	except signals.Refused:
		return False
	return state not in states.NOT_CALLED


def _mark(record: str) -> str:
	since = frappe.db.get_value(DOCTYPE, record, "links_since") or ""
	said = f"{ROOM}:{record}{since and ':'}{since}".encode("utf-8", "replace")
	return hmac.new(get_encryption_key().encode(), said, sha256).hexdigest()[:_LENGTH]
