"""Somebody is forgotten: also by colleagues who keep them as a contact, where they are known by the same e-mail address or number.

Contacts are found by their keyed hashes; whose they are is told nobody.
"""

from collections.abc import Callable, Iterable, Iterator

import frappe

from referral_hub.matching.contacts import keeping, searching
from referral_hub.matching.rules.contacts.contact import Contact

_CHUNK = 5000


def forget(
	emails: Iterable[str], phones: Iterable[str], is_another: Callable[[str, str | None], bool]
) -> int:
	"""Delete the contacts known by one of these, whoever keeps them; return how many there were. Numbers are in E.164.

	`is_another`, asked with a name and an e-mail address, keeps who only shares a number.
	"""
	person = Contact("", tuple(emails), tuple(phones))
	found = _known_by(person) if person.emails or person.phones else {}
	others = {
		name
		for name, _employee, contact in keeping.as_they_are(list(found))
		if contact.emails and all(is_another(contact.name, email) for email in contact.emails)
	}
	gone: dict[str, list[str]] = {}
	for name in found.keys() - others:
		gone.setdefault(found[name], []).append(name)
	names = [name for employee, some in gone.items() for name in keeping.remove(employee, some)]
	searching.remove(names)
	return len(names)


def _known_by(person: Contact) -> dict[str, str]:
	"""Return {contact: employee} of those known by one of a person's addresses and numbers."""
	keepers = frappe.db.sql_list("select distinct employee from `tabReferral Contact`")
	wanted = {digest for employee in keepers for digest in keeping.digests(employee, person)}
	return {
		name: employee
		for name, employee, digests in _everybody()
		if not wanted.isdisjoint((digests or "").split())
	}


def _everybody() -> Iterator[tuple[str, str, str]]:
	last = ""
	while rows := frappe.db.sql(
		"select name, employee, known_by from `tabReferral Contact` where name > %s order by name limit %s",
		(last, _CHUNK),
	):
		last = rows[-1][0]
		yield from rows
