"""By what somebody of the pool was reached before: rows of Talent Former Key, which only the app writes.

A contact is kept when another takes its place, when two records become one, and when an older application names it: as a keyed hash,
by which whoever applies under it again is found, and in plain words, by which their old applications and mails are. What such a
contact weighs `rules.identity` says. It is the person's as long as the record is, and goes with them. So is a link that was sent before two
records became one: as a hash alone.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

import frappe

from referral_hub import kept
from referral_hub.database.prepared import Prepared, given
from referral_hub.referrals.rules.ownership import EMAIL, PHONE
from referral_hub.talent.rows import with_values

__all__ = [
	"EMAIL",
	"PHONE",
	"Contact",
	"contacts_of",
	"forget",
	"forget_links",
	"of",
	"of_link",
	"remember",
	"remember_link",
	"shown",
	"with_hashes",
]

DOCTYPE = "Talent Former Key"
_LINK = "Link"
_FIELDS = ["name", "record", "kind", "contact", "key_hash", "is_confirmed"]


class Contact(NamedTuple):
	"""One e-mail or number of a person: its keyed hash, what it is, and as it is written."""

	key_hash: str
	kind: str
	contact: str | None


def contacts_of(row) -> list[Contact]:
	"""Return by what a record says that its person is reached now."""
	said = [
		(row.get("email_key"), EMAIL, row.get("email")),
		(row.get("phone_key") or row.get("shared_phone_key"), PHONE, row.get("phone")),
	]
	return [Contact(key, kind, contact or None) for key, kind, contact in said if key]


def remember(record: str, contacts: Iterable[Contact], is_confirmed: bool = False) -> None:
	"""Keep contacts that were a person's; `is_confirmed`: HR has said that they are, which is never taken back."""
	said = {contact.key_hash: contact for contact in contacts}
	if not said:
		return
	known = {row.key_hash: row for row in of([record])[record]}
	for key, contact in sorted(said.items()):
		if key not in known:
			_write(record, contact, is_confirmed)
		elif is_confirmed and not known[key].is_confirmed:
			frappe.db.set_value(DOCTYPE, known[key].name, "is_confirmed", 1)


def of(records: list[str]) -> dict[str, list]:
	"""Return what is kept of these records, by record."""
	found = defaultdict(list)
	for row in with_values(DOCTYPE, "record", records, _FIELDS, "creation asc, name asc"):
		found[row.record].append(row)
	return found


def with_hashes(hashes: Iterable[str | None]) -> list[str]:
	"""Return the records of everybody who once had one of these contacts.

	Not locked: what another process writes at this very instant is found at the next look, and nobody waits for it.
	"""
	said = sorted(filter(None, hashes))
	return sorted({record for (record,) in _with_hashes.run(hashes=said)}) if said else []


@Prepared
def _with_hashes():
	"""Asked of everybody whom the history of HRMS brings in."""
	key = frappe.qb.DocType(DOCTYPE)
	return frappe.qb.from_(key).select(key.record).where(key.key_hash.isin(given("hashes")))


def remember_link(record: str, key_hash: str) -> None:
	"""Let a link of a record that goes be a link of this one."""
	remember(record, [Contact(key_hash, _LINK, None)])


def of_link(key_hash: str) -> str | None:
	"""Return the record to which the link of one that is gone belongs by now."""
	return frappe.db.get_value(DOCTYPE, {"key_hash": key_hash, "kind": _LINK}, "record")


def forget_links(record: str) -> None:
	frappe.db.delete(DOCTYPE, {"record": record, "kind": _LINK})


def shown(record) -> list[dict]:
	"""Return [{kind, contact}] of what is not their contact any more."""
	now = {contact.key_hash for contact in contacts_of(record)}
	rows = of([record.name])[record.name]
	return [
		{"kind": row.kind, "contact": row.contact} for row in rows if row.contact and row.key_hash not in now
	]


def forget(record: str) -> None:
	"""That there was such a contact says nothing without it."""
	values = {"contact": None, "key_hash": None, "is_confirmed": 0}
	frappe.db.set_value(DOCTYPE, {"record": record}, values, update_modified=False)


def _write(record: str, contact: Contact, is_confirmed: bool) -> None:
	row = frappe.new_doc(DOCTYPE)
	row.update({"record": record, "is_confirmed": int(is_confirmed), **contact._asdict()})
	with kept.writing(row):
		row.flags.ignore_links = True
		row.insert(ignore_permissions=True)
