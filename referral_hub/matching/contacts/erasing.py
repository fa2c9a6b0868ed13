"""Somebody is forgotten: also by colleagues who keep them as a contact, where they are known by the same e-mail address or number.

Contacts are found by their keyed hashes; whose they are is told nobody.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import frappe

from referral_hub import idempotency
from referral_hub.matching.contacts import keeping, knowing, searching, undoing
from referral_hub.matching.rules.contacts import forgetting
from referral_hub.matching.rules.contacts.contact import Contact
from referral_hub.matching.rules.contacts.forgetting import Forgotten


def forget(person: Forgotten) -> int:
	"""Delete the contacts of a person, whoever keeps them; return how many there were.

	An error comes without its frames: Frappe writes what they hold, which is who keeps whom, into a log that System Managers read.
	"""
	try:
		return _forget(person)
	except Exception as error:
		failed = error.with_traceback(None)
	failed.__cause__ = failed.__context__ = None
	raise failed


def _forget(person: Forgotten) -> int:
	found = _known_by(Contact("", tuple(person.emails), (*person.phones, *person.shared)))
	others = {
		name
		for name, _employee, contact in keeping.as_they_are(list(found))
		if not forgetting.is_of(contact, person)
	}
	gone: dict[str, list[str]] = {}
	for name in found.keys() - others:
		gone.setdefault(found[name], []).append(name)
	names = [name for employee, some in gone.items() for name in keeping.remove(employee, some)]
	_forget_words(names)
	# at the end: whoever deletes one meanwhile holds its row until the copy is there
	undoing.forget_all()
	return len(names)


def forget_again(is_owed: Callable[[set[str], datetime], bool]) -> int:
	"""Delete the contacts whom a restored backup brought back; return how many there were.

	`is_owed` is asked with the keys that a referral of them would have, and when they were kept. A number is asked for where there is no address:
	the journal of the forgotten knows no names.
	"""
	found = 0
	for first in keeping.everybody():
		gone: dict[str, list[str]] = {}
		for name, employee, kept_on, contact in first:
			asked_by = replace(contact, phones=()) if contact.emails else contact
			if is_owed(keeping.keys(asked_by), kept_on):
				gone.setdefault(employee, []).append(name)
		names = [name for employee, some in gone.items() for name in keeping.remove(employee, some)]
		_forget_words(names)
		found += len(names)
	return found


def _forget_words(gone: list[str]) -> None:
	"""Forget their words in the index, and what any program was answered about them."""
	searching.remove(gone)
	if gone:
		idempotency.forget_answers()


def _known_by(person: Contact) -> dict[str, str]:
	"""Return {contact: employee} of those known by one of a person's addresses and numbers."""
	if not (person.emails or person.phones):
		return {}
	keepers = frappe.db.sql_list("select distinct employee from `tabReferral Contact`")
	return knowing.anybodys({employee: knowing.digests(employee, person) for employee in keepers})
