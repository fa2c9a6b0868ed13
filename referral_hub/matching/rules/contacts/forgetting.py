"""Whose contact somebody who is forgotten is, when a number is not theirs alone. Pure."""

from collections.abc import Callable
from dataclasses import dataclass

from referral_hub.matching.rules.contacts.contact import Contact
from referral_hub.matching.rules.text import is_chinese, normal, tokens
from referral_hub.referrals.rules.contacts import email_key, same_name


@dataclass(frozen=True)
class Forgotten:
	"""Somebody as the app knew them: addresses and numbers in normal form; `shared`: numbers that somebody else has as well.

	`is_another` says of a name and an address of somebody with one of these numbers whether they are another person.
	"""

	names: frozenset[str]
	emails: frozenset[str]
	phones: frozenset[str]
	shared: frozenset[str]
	is_another: Callable[[str, str | None], bool]


def is_of(contact: Contact, person: Forgotten) -> bool:
	"""Say whether a contact, known by one of a person's addresses or numbers, is this person.

	By an address, or a number and the same name: yes. By a number that others have too, and another name: no. By their own number: not
	who has another name and other addresses, nor who has no address and a name of which not one part is theirs.
	"""
	mine = set(map(email_key, person.emails))
	if any(email_key(each) in mine for each in contact.emails):
		return True
	if any(same_name(contact.name, name) for name in person.names):
		return True
	if person.phones.isdisjoint(contact.phones):
		return False
	if contact.emails and person.emails:
		return not all(person.is_another(contact.name, email) for email in contact.emails)
	return not person.names or any(may_be_one(contact.name, name) for name in person.names)


def may_be_one(name: str, other: str) -> bool:
	"""Say whether two names may be one person's: they have a part in common, or are written in two scripts."""
	(script, parts), (other_script, others) = _parts(name), _parts(other)
	return script != other_script or not parts.isdisjoint(others)


def _parts(name: str) -> tuple[str, set[str]]:
	plain = normal(name)
	if is_chinese(plain):
		return "han", set(filter(is_chinese, plain))
	words = {word for word in tokens(plain) if len(word) > 1}
	return ("latin" if any("a" <= sign <= "z" for sign in plain) else "other"), words
