"""The index of contacts on this site's disk: a group per employee, words and figures, no names.

Who is kept or changed is written before the transaction ends, so that nothing committed is missing when a process is killed; who is deleted leaves
it after the commit. What is rolled back is put right at once, or by the next build where a process was killed, and whoever asks reads the contacts
themselves before anything is shown. Built anew every night, by `bench hub-match-index`, and after a start of the
machine, which may have broken down before the last lines were on its disk: the contacts themselves are in the database.
"""

from collections.abc import Iterable, Iterator
from functools import cache

import frappe

from referral_hub.background import start, start_after_commit
from referral_hub.matching.contacts import keeping
from referral_hub.matching.index.files import start_of_machine
from referral_hub.matching.index.index import Index
from referral_hub.matching.rules.contacts.contact import Contact
from referral_hub.matching.rules.contacts.stored import profile_of
from referral_hub.matching.rules.profile import Facts, facts
from referral_hub.matching.rules.vocabulary import Vocabulary
from referral_hub.vocabulary.in_use import vocabulary

_CHUNK = 1000
_BUILD, _JOB = "referral_hub.tasks.build_contact_index", "referral_hub_contact_index"


def index() -> Index:
	return _index(frappe.get_site_path("private", "referral_hub", "contact-index"))


@cache
def _index(folder: str) -> Index:
	return Index(folder)


def save(employee: str, contacts: dict[str, Contact], words: Vocabulary | None = None) -> None:
	"""Let these contacts be found from now on; with the words in use, where the caller has just asked for them."""
	if contacts:
		words, there, names = words or vocabulary(), index(), list(contacts)
		frappe.db.after_rollback.add(lambda: _settle(there, names))
		there.save(*(facts_of(employee, name, contact, words) for name, contact in contacts.items()))
		if there.is_long():
			build_soon()


def remove(names: list[str]) -> None:
	"""Forget the words of these contacts once it is committed that they are gone."""
	if names:
		there = index()
		frappe.db.after_commit.add(lambda: _settle(there, names))


def _settle(there: Index, names: list[str]) -> None:
	"""Let the index say of these contacts what the database says. Nobody who deletes, or saves who leaves, is stopped by a disk: who is gone is not shown anyway."""
	try:
		found = _facts(keeping.as_they_are(names, wait=False))
		there.save(*found.values())
		there.remove(*(name for name in names if name not in found))
	except Exception as error:
		said = f"{type(error).__name__}: {getattr(error, 'strerror', None) or 'what it says is not kept'}. "
		said += "Make the folder private/referral_hub/contact-index writable, then run hub-match-index."
		frappe.log_error("The index of contacts can't be written", said, defer_insert=True)
		start(_BUILD, "long", once_as=_JOB)


def heal() -> None:
	"""Build when the machine was started since the last build."""
	if index().may_lack_changes():
		# whichever machine does it
		start(_BUILD, "long", once_as=_JOB, asked_by=start_of_machine())


def build_soon() -> None:
	"""Build once this transaction is committed: each search judges what changed since the last build one by one."""
	start_after_commit(_BUILD, "long", once_as=_JOB)


def build(asked_by: str | None = None) -> int:
	"""Build the index anew from the contacts as they are; what is saved meanwhile is carried over, and who is being saved waited for. Return how many."""
	count = index().build(_everybody(), as_they_are=_as_they_are, starts=[asked_by] if asked_by else [])
	if index().has_long_journal():  # a file came in meanwhile, whose own build found this one running
		build_soon()
	return count


def facts_of(employee: str, name: str, contact: Contact, words: Vocabulary) -> Facts:
	return facts(profile_of(name, contact, words, employee), words)


def _as_they_are(names: list[str]) -> dict[str, Facts]:
	return _facts(keeping.as_they_are(names))


def _facts(contacts: Iterable[tuple[str, str, Contact]]) -> dict[str, Facts]:
	some = list(contacts)
	words = vocabulary() if some else None
	return {name: facts_of(employee, name, contact, words) for name, employee, contact in some}


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
