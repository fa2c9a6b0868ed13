"""By what an employee's contacts are known again: keyed hashes of addresses, numbers and pages, a row each, which an index finds.

Written and forgotten together with the contacts (`keeping`). A colleague who knows the same person has other hashes.
"""

import hmac
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256

import frappe
from frappe.utils import now
from frappe.utils.password import get_encryption_key

from referral_hub.matching.rules.contacts.contact import Contact, identities
from referral_hub.referrals.rules.contacts import email_key

_INDEX = "known_of_employee"
_LENGTH_OF_DIGEST = 24
# more in one question the database may answer by reading all
_ASKED_AT_ONCE, _EMPLOYEES_AT_ONCE = 500, 100


def digests(employee: str, contact: Contact) -> list[str]:
	"""Return what a contact is known by, hashed under the site's key."""
	forms = (email_key(one) if "@" in one else one for one in identities(contact))
	return list(dict.fromkeys(digest(f"{employee}\n{form}") for form in forms))


def digest(text: str) -> str:
	key = get_encryption_key().encode()
	return hmac.new(key, f"referral contact\n{text}".encode(), sha256).hexdigest()[:_LENGTH_OF_DIGEST]


def known(employee: str, wanted: Iterable[str]) -> dict[str, list[str]]:
	"""Return {hash: contacts, the first that had it first} of those of an employee that are known by one of these hashes; a locking read."""
	found: dict[str, list[str]] = {}
	for some in _in_parts(sorted(set(wanted)), _ASKED_AT_ONCE):
		rows = frappe.db.sql(
			f"""select digest, contact from `tabReferral Contact Key` force index ({_INDEX})
			where employee = %s and digest in %s order by creation, contact for update""",
			(employee, some),
		)
		for one, contact in rows:
			found.setdefault(one, []).append(contact)
	return found


def anybodys(wanted: Mapping[str, Iterable[str]]) -> dict[str, str]:
	"""Return {contact: employee} of those known by one of these hashes, {employee: hashes}; a locking read: it waits for whoever keeps one just now."""
	found: dict[str, str] = {}
	for some in _in_parts(list(wanted.items()), _EMPLOYEES_AT_ONCE):
		where = " or ".join(["(employee = %s and digest in %s)"] * len(some))
		rows = frappe.db.sql(
			f"select contact, employee from `tabReferral Contact Key` force index ({_INDEX}) where {where} lock in share mode",
			[value for employee, digests in some for value in (employee, tuple(digests))],
		)
		found.update(rows)
	return found


def keep(employee: str, contacts: Mapping[str, Iterable[str]]) -> None:
	"""Note by what new contacts are known: {contact: hashes}."""
	moment = now()
	rows = [
		(f"{contact}-{one}", moment, moment, employee, one, contact)
		for contact, digests in contacts.items()
		for one in digests
	]
	for some in _in_parts(rows, _ASKED_AT_ONCE):
		frappe.db.sql(
			f"""insert into `tabReferral Contact Key` (name, creation, modified, employee, digest, contact)
			values {", ".join(["%s"] * len(some))}""",
			some,
		)


def keep_instead(employee: str, contact: str, digests: Iterable[str]) -> None:
	"""Note by what a contact is known from now on."""
	there = frappe.db.sql(
		"select digest, employee from `tabReferral Contact Key` where contact = %s for update", contact
	)
	after = dict.fromkeys(digests, employee)
	gone = [one for one, owner in there if after.get(one) != owner]
	if gone:
		frappe.db.delete("Referral Contact Key", {"contact": contact, "digest": ("in", gone)})
	fresh = [one for one in after if (one, employee) not in there]
	keep(employee, {contact: fresh})


def forget(contacts: Iterable[str]) -> None:
	for some in _in_parts(list(contacts), _ASKED_AT_ONCE):
		frappe.db.delete("Referral Contact Key", {"contact": ("in", some)})


def _in_parts(some: list, size: int) -> Iterator[list]:
	return (some[first : first + size] for first in range(0, len(some), size))
