"""An employee's private contacts: add, change, find, delete. Called by the portal and by what follows from HRMS.

Nothing here commits, and nothing is ever sent to a contact. Refusals are the rules' own (`Refused`, with a reason); the portal says them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import frappe

from referral_hub import idempotency
from referral_hub.matching.contacts import keeping, knowing, searching
from referral_hub.matching.rules.contacts import typed
from referral_hub.matching.rules.contacts.contact import (
	LOOKED_AT,
	Contact,
	are_two,
	known_before,
	together,
	who_is,
)
from referral_hub.matching.rules.text import compact, compact_once
from referral_hub.matching.rules.vocabulary import Vocabulary
from referral_hub.referrals.rules.contacts import same_name
from referral_hub.referrals.rules.refusal import Refused
from referral_hub.vocabulary.in_use import vocabulary


def add_line(employee: str, line: str, region: str | None) -> str:
	"""Keep whoever one typed line names; return the contact, the one that was there when they are known already."""
	return add(employee, line, region)[0]


def add(employee: str, line: str, region: str | None) -> tuple[str, bool]:
	"""Keep whoever one typed line names; return the contact, and whether they were kept with somebody who is called otherwise."""
	words = vocabulary()
	contact = typed.contact_in(line, region, words)
	[(name, is_new)] = keep(employee, [contact], words=words)
	there = None if is_new else find(employee, name)
	return name, bool(there) and not same_name(there.name, contact.name)


def keep(
	employee: str, contacts: Iterable[Contact], user: str | None = None, words: Vocabulary | None = None
) -> list[tuple[str, bool]]:
	"""Keep people, each once: [(contact, is new)]. Who shares an address, a number or a page with somebody who is there is them.

	A number alone does not make one of two whose names and addresses are known and differ.
	"""
	keeping.lock(employee)
	by_digests = [(contact, knowing.digests(employee, contact)) for contact in contacts]
	known = knowing.known(employee, {one for _contact, digests in by_digests for one in digests})
	near = [_near(known, digests) for _one, digests in by_digests]
	before = keeping.read(employee, {name for names in near for name in names}, to_change=True)
	there = [
		who_is(contact, {name: before[name] for name in names if name in before})
		for (contact, _digests), names in zip(by_digests, near, strict=True)
	]
	changed, fresh = {}, {}
	for (contact, digests), name in zip(by_digests, there, strict=True):
		if name:
			changed[name] = together(changed.get(name, before[name]), contact)
		else:
			one = digests[0]
			fresh[one] = together(fresh[one], contact) if one in fresh else contact
	made = keeping.insert(employee, fresh.values(), user)
	changed = {name: contact for name, contact in changed.items() if contact != before[name]}
	for name, contact in changed.items():
		keeping.replace(employee, name, contact)
	searching.save(employee, made | changed, words)
	new = dict(zip(fresh, made, strict=True))
	return [
		(name or new[digests[0]], not name) for (_one, digests), name in zip(by_digests, there, strict=True)
	]


def find(employee: str, name: str) -> Contact | None:
	return keeping.read(employee, [name]).get(name)


def change(employee: str, name: str, said: dict[str, str], region: str | None) -> None:
	"""Put what a form says in the place of what was known; raises Refused, also for an address that another contact has.

	What both had before, as a third row of a file may bring about, stays as it is.
	"""
	keeping.lock(employee)
	before = _to_change(employee, name)
	if not before:
		raise Refused("contact_missing")
	kept = {"since": before.since, "not_for": before.not_for, "once": known_before(before)}
	contact = replace(typed.contact_from(said, region), **kept)
	had = set(knowing.digests(employee, before))
	digests = [one for one in knowing.digests(employee, contact) if one not in had]
	others = [one for one in _near(knowing.known(employee, digests), digests) if one != name]
	there = keeping.read(employee, others, to_change=True)
	if any(one not in there or not are_two(there[one], contact) for one in others):
		raise Refused("contact_known")
	_save(employee, name, contact)


def mark_unfit(employee: str, name: str, opening: str) -> None:
	"""Remember that this contact is not somebody for this opening: it is not suggested again."""
	keeping.lock(employee)
	contact = _to_change(employee, name)
	if contact and opening not in contact.not_for:
		_save(employee, name, replace(contact, not_for=(*contact.not_for, opening)))


def mark_fit(employee: str, name: str, opening: str) -> None:
	"""Take back that this contact is not somebody for this opening."""
	keeping.lock(employee)
	contact = _to_change(employee, name)
	if contact and opening in contact.not_for:
		kept = tuple(one for one in contact.not_for if one != opening)
		_save(employee, name, replace(contact, not_for=kept))


def search(employee: str, words: str) -> list[str]:
	"""Return the contacts in which all of these words stand, the newest first; all where nothing is asked for."""
	wanted = [word for word in map(compact, words.split()) if word]
	if not wanted:
		return keeping.names(employee)
	return [name for name, said in _all_words(employee) if all(word in said for word in wanted)]


def delete(employee: str, name: str) -> bool:
	return bool(_forget(employee, keeping.remove(employee, [name])))


def delete_some(employee: str, names: list[str]) -> int:
	return len(_forget(employee, keeping.remove(employee, names)))


def delete_all(employee: str) -> int:
	"""Delete every contact of an employee, their words in the index too; return how many there were."""
	gone = _forget(employee, keeping.remove(employee))
	if gone:
		searching.build_soon()
	return len(gone)


def delete_of_another_login(employee: str, user: str) -> int:
	"""Delete what was kept under another login than this one; return how many there were."""
	others = keeping.of_another_login(employee, user)
	gone = _forget(employee, keeping.remove(employee, others)) if others else []
	if gone:
		idempotency.forget_answers()  # it was the other login that was answered
	return len(gone)


def follow_rename(old: str, new: str) -> None:
	"""What was an employee's stays theirs under a new name, or goes to whom they were merged into."""
	frappe.db.sql("update `tabReferral Contact Import` set employee = %s where employee = %s", (new, old))
	keeping.seal_again(old, new)
	searching.save(new, keeping.read(new, keeping.names(new)))


def _to_change(employee: str, name: str) -> Contact | None:
	return keeping.read(employee, [name], to_change=True).get(name)


def _near(known: dict[str, list[str]], digests: list[str]) -> list[str]:
	"""Return who shares an address, a number or a page with somebody."""
	return list(dict.fromkeys(name for one in digests for name in known.get(one, ())[:LOOKED_AT]))


def _save(employee: str, name: str, contact: Contact) -> None:
	keeping.replace(employee, name, contact)
	searching.save(employee, {name: contact})


def _forget(employee: str, gone: list[str]) -> list[str]:
	"""Forget the words of who is gone, and what a program was answered about them, kept for a day in case it asks again.

	Where it isn't the employee who deletes, a job or HR, any program may have been answered.
	"""
	searching.remove(gone)
	if gone:
		is_theirs = frappe.session.user == frappe.db.get_value("Employee", employee, "user_id")
		idempotency.forget_answers(frappe.session.user if is_theirs else None)
	return gone


def _all_words(employee: str) -> Iterator[tuple[str, str]]:
	for name, contact in keeping.each(employee):
		said = (contact.name, contact.employer, contact.title, contact.place, *contact.skills, *contact.tags)
		yield (
			name,
			compact_once(" ".join((*said, *contact.emails, *contact.phones, contact.note, contact.wish))),
		)
