"""The index of contacts on this site's disk: a group per employee, words and figures, no names.

Written before the transaction ends, so that nothing committed is missing after a crash; what was rolled back may be left in it, and whoever
asks reads the contacts themselves before anything is shown. Built anew every night and by `bench hub-match-index`.
"""

from collections.abc import Iterator
from functools import cache

import frappe

from referral_hub.matching.contacts import keeping
from referral_hub.matching.index.index import Index
from referral_hub.matching.rules.contacts.contact import Contact
from referral_hub.matching.rules.contacts.stored import profile_of
from referral_hub.matching.rules.profile import Facts, facts
from referral_hub.matching.rules.vocabulary import Vocabulary
from referral_hub.vocabulary.in_use import vocabulary

_CHUNK = 1000


def index() -> Index:
	return _index(frappe.get_site_path("private", "referral_hub", "contact-index"))


@cache
def _index(folder: str) -> Index:
	return Index(folder)


def save(employee: str, contacts: dict[str, Contact]) -> None:
	"""Let these contacts be found from now on."""
	if contacts:
		words = vocabulary()
		index().save(*(facts_of(employee, name, contact, words) for name, contact in contacts.items()))


def remove(names: list[str]) -> None:
	if names:
		index().remove(*names)


def build() -> int:
	"""Build the index anew from the contacts as they are; what is saved meanwhile is carried over. Return how many."""
	return index().build(_everybody())


def facts_of(employee: str, name: str, contact: Contact, words: Vocabulary) -> Facts:
	return facts(profile_of(name, contact, employee), words)


def _everybody() -> Iterator[Facts]:
	last, words = "", vocabulary()
	while rows := frappe.db.sql(
		"select name, employee from `tabReferral Contact` where name > %s order by name limit %s",
		(last, _CHUNK),
	):
		last = rows[-1][0]
		of_employees: dict[str, list[str]] = {}
		for name, employee in rows:
			of_employees.setdefault(employee, []).append(name)
		for employee, some in of_employees.items():
			for name, contact in keeping.read(employee, some).items():
				yield facts_of(employee, name, contact, words)
