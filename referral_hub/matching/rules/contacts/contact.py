"""One person as a file of contacts has them, checked; which two rows are one person; how they become one.

Pure. Addresses and numbers are read by the normal forms of referrals/rules/contacts.py. What a row lacks stays empty; what it says wrongly
makes it a bad row, with its line and a reason, and never the rows beside it.
"""

import re
import unicodedata
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import reduce
from typing import TypeVar

from referral_hub.matching.rules.contacts.dates import date_in
from referral_hub.matching.rules.text import compact
from referral_hub.referrals.rules.contacts import (
	clean_email,
	clean_name,
	clean_phone,
	email_key,
	or_none,
	same_email,
	same_name,
)
from referral_hub.referrals.rules.ownership import Candidate, are_two_people
from referral_hub.referrals.rules.refusal import Refused

LONGEST_FIELD, LONGEST_NOTE = 140, 2000
# of those who share a number so many are looked at: the switchboard of a large firm is everybody's
LOOKED_AT = 20
_Key = TypeVar("_Key", bound=Hashable)
# Google writes " ::: " between several
_SPLIT = re.compile(r"[,;，；、|\n]+|\s*:::\s*")
# what people write into a cell that must not stay empty
_NOTHING = frozenset(["", "-", "--", "—", "/", "n/a", "na", "none", "null", "nil", "无", "没有", "暂无"])
_MAIL_IN = re.compile(r"[^<>]*<([^<>]+@[^<>]+)>|mailto:(.+)", re.IGNORECASE)
_HAN_NAME = re.compile(r"[\u3400-\u9fff·]+")
_LISTS = {"skills", "tags"}
_MANY = {"emails": "email", "phones": "phone"}


@dataclass(frozen=True)
class Contact:
	name: str
	emails: tuple[str, ...] = ()
	phones: tuple[str, ...] = ()
	employer: str = ""
	title: str = ""
	place: str = ""
	url: str = ""
	skills: tuple[str, ...] = ()
	tags: tuple[str, ...] = ()
	note: str = ""
	# since when the employee knows them, where the file says so
	since: date | None = None
	lines: tuple[int, ...] = ()
	# at work, where somebody said it
	years: float | None = None
	# what they would come for
	wish: str = ""
	# openings that the employee said they do not fit
	not_for: tuple[str, ...] = ()
	# what they were known by before somebody typed an address or a number: a file that has none knows them by it still
	once: str = ""


@dataclass(frozen=True)
class Bad:
	"""A row that was left out: where, why, and what it said."""

	line: int
	reason: str
	said: str = ""


def contact_of(line: int, said: dict[str, str], region: str | None) -> Contact | Bad:
	"""Return the contact of one row: {field: text}; several e-mails or phones stand in one text, between marks."""
	try:
		return Contact(
			clean_name(name_of(said)),
			_each(said.get("email"), lambda email: clean_email(_mail_in(email.strip()))),
			_each(_apart(said.get("phone"), region), lambda phone: clean_phone(phone, region)),
			*(_short(said.get(name)) for name in ("employer", "title", "place")),
			url=_url(said.get("url")),
			skills=_listed(said.get("skills")),
			tags=_listed(said.get("tags")),
			note=_plain(said.get("note"))[:LONGEST_NOTE],
			since=date_in(said.get("since")),
			lines=(line,),
		)
	except Refused as refused:
		return Bad(line, refused.reason, _short(" ".join(filter(None, said.values()))))


def name_of(said: dict[str, str]) -> str:
	"""Return the whole name; a Chinese one is family name first, without a blank."""
	if whole := _plain(said.get("name")):
		return whole
	first, last = _plain(said.get("first_name")), _plain(said.get("last_name"))
	if first and last and _HAN_NAME.fullmatch(first + last):
		return last + first
	return f"{first} {last}".strip()


def identities(contact: Contact) -> tuple[str, ...]:
	"""Return what a contact is known by: addresses, numbers and pages; a name and an employer only where there is none of them."""
	known = (*map(email_key, contact.emails), *contact.phones, *filter(None, (contact.url, contact.once)))
	return tuple(dict.fromkeys(known)) or (_name_and_employer(contact),)


def known_before(contact: Contact) -> str:
	"""Return the name and the employer of somebody of whom nothing else is known, or was before."""
	[*ends, last] = identities(contact)
	return last if not ends and last == _name_and_employer(contact) else contact.once


def _name_and_employer(contact: Contact) -> str:
	return f"{compact(contact.name)} at {compact(contact.employer)}"


def are_two(one: Contact, other: Contact) -> bool:
	"""Say whether two who share a number are two people: both names and all addresses are known, and differ, and so do their pages."""
	if not (one.emails and other.emails) or (one.url and one.url == other.url):
		return False
	return all(
		are_two_people(Candidate(one.name, mine), Candidate(other.name, theirs))
		for mine in one.emails
		for theirs in other.emails
	)


def who_is(contact: Contact, near: Mapping[_Key, Contact]) -> _Key | None:
	"""Return which of those who share an address, a number or a page with a contact is them; of several by the address, then by the name."""

	def distance(key: _Key) -> tuple[bool, bool]:
		mails = [same_email(mine, theirs) for mine in near[key].emails for theirs in contact.emails]
		return not any(mails), not same_name(near[key].name, contact.name)

	return min((key for key, one in near.items() if not are_two(one, contact)), key=distance, default=None)


def merged(contacts: Iterable[Contact]) -> list[Contact]:
	"""Return each person once, in the order of the file: rows that share what they are known by are one, also by way of a third.

	Two people who share no more than a number stay two, also where a third row fits both.
	"""
	kept: dict[int, Contact] = {}
	where: dict[str, list[int]] = {}
	for number, contact in enumerate(contacts):
		near = sorted({at for known in identities(contact) for at in where.get(known, ())[:LOOKED_AT]})
		same = _group(contact, {at: kept[at] for at in near if at in kept})
		into = min(same, default=number)
		kept[into] = reduce(together, [*(kept.pop(at) for at in same), contact])
		for known in identities(kept[into]):
			if into not in where.setdefault(known, []):
				where[known].append(into)
	return [kept[number] for number in sorted(kept)]


def _group(contact: Contact, near: dict[int, Contact]) -> list[int]:
	"""Return those who are one person with a contact, and with each other."""
	first = who_is(contact, near)
	found = [] if first is None else [first]
	for at, one in near.items() if found else ():
		if at != first and not any(are_two(one, other) for other in (contact, *(near[at] for at in found))):
			found.append(at)
	return sorted(found)


def together(first: Contact, other: Contact) -> Contact:
	"""Return two rows as one: the first has the word, the other fills what it leaves open, lists hold both."""
	values = {}
	for one in fields(Contact):
		mine, theirs = getattr(first, one.name), getattr(other, one.name)
		values[one.name] = tuple(dict.fromkeys(mine + theirs)) if isinstance(mine, tuple) else mine or theirs
	return replace(first, **values)


def _each(text: str | None, clean) -> tuple[str, ...]:
	found = (clean(part) for part in _SPLIT.split(text or "") if part.strip().casefold() not in _NOTHING)
	return tuple(dict.fromkeys(filter(None, found)))


def _mail_in(text: str) -> str:
	"""Return the address of what mail programs write: Jane Doe <jane@example.com>, mailto:jane@example.com."""
	found = _MAIL_IN.fullmatch(text[: 3 * LONGEST_FIELD])
	return found[1] or found[2] if found else text


def _apart(text: str | None, region: str | None) -> str:
	"""Return phones with a mark between those that stand around a slash; one within a number (0731/123456) stays."""
	if "/" not in (text or ""):
		return text or ""
	parts = _SPLIT.split(text)
	whole = {
		part for part in parts if part.strip().casefold() in _NOTHING or or_none(clean_phone, part, region)
	}
	return "\n".join(part if part in whole else part.replace("/", "\n") for part in parts)


def _listed(text: str | None) -> tuple[str, ...]:
	return tuple(dict.fromkeys(filter(None, (_short(part) for part in _SPLIT.split(text or "")))))


def _url(text: str | None) -> str:
	"""A page is kept where it is one, without what a mail or a search added to it."""
	plain = _short(text).split("?")[0].rstrip("/")
	return plain if plain.startswith(("https://", "http://")) else ""


def _short(text: str | None) -> str:
	return _plain(text)[:LONGEST_FIELD].strip()


def _plain(text: str | None) -> str:
	kept = (" " if unicodedata.category(sign) in ("Cc", "Zl", "Zp") else sign for sign in text or "")
	return " ".join("".join(kept).replace("\ufeff", "").split())
