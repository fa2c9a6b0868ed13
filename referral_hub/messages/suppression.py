"""Contacts of candidates who asked us to stop writing: kept as keyed hashes, so that the list names nobody.

Whoever said no at one address is not written to at its "+tags" either, whatever the provider makes of them.
It outlives the referral and its erasure; another referral of the same person is bound by it too. Called by the channels
that write to candidates and by `unsubscribing`.
"""

import hmac
from hashlib import sha256

import frappe
from frappe.utils.password import get_encryption_key

from referral_hub.referrals.rules.contacts import widest_email_key

DOCTYPE = "Referral Suppression"


def holds(contact: str | None) -> bool:
	"""Say whether this e-mail address or international phone number is not to be written to."""
	return bool(contact) and bool(frappe.db.exists(DOCTYPE, _hash(contact)))


def add(contact: str | None) -> None:
	if contact and not holds(contact):
		row = frappe.get_doc(doctype=DOCTYPE, name=_hash(contact), contact_hash=_hash(contact))
		row.db_insert(ignore_if_duplicate=True)


def lift(contact: str | None) -> None:
	if contact:
		frappe.db.delete(DOCTYPE, {"name": _hash(contact)})


def _hash(contact: str) -> str:
	normal = widest_email_key(contact) if "@" in contact else contact
	return hmac.new(get_encryption_key().encode(), f"suppression:{normal}".encode(), sha256).hexdigest()
