"""One's private contacts: nobody else reads them, and nobody of them is written to."""

from datetime import date
from functools import partial
from typing import Annotated, Literal

import frappe
from frappe.recorder import do_not_record
from pydantic import Field

from referral_hub.api.contract import caller, operations
from referral_hub.api.contract.problems import not_found, refuse
from referral_hub.api.contract.shapes import ROWS, Done, Limit, Name, Rows, Shape, Start, Text, counted
from referral_hub.matching.contacts import keeping, leaving, retention, service
from referral_hub.portal.contacts import suggesting, words
from referral_hub.referrals.rules.refusal import Refused as RefusedByRules

reads = partial(operations.reads, is_private=True)
changes = partial(operations.changes, is_private=True)
Long = Annotated[str, Field(max_length=2000)]
Short = Annotated[str, Field(max_length=400)]


class Contact(Shape):
	contact: str = Field(description="Its id.")
	name: Text
	emails: list[str]
	phones: list[str]
	title: Text
	employer: Text
	place: Text
	years: float | None
	skills: list[str]
	tags: list[str]
	url: Text
	wish: Text
	note: Text


class Fit(Shape):
	contact: str
	name: Text
	opening: str
	title: Text
	score: int = Field(description="0 to 100.")
	sentence: Text
	met: list[str]
	missing: list[str]
	unknown: list[str]


class Kept(Shape):
	contact: str


class Ending(Shape):
	people: int
	until: date | None


class Gone(Shape):
	gone: int


@reads
def find(start: Start = 0, limit: Limit = ROWS) -> Rows[Contact]:
	"""List one's contacts, the newest first."""
	return _some("", start, limit)


@changes(is_kept=False)
def search(
	text: Annotated[str, Field(max_length=140)], start: Start = 0, limit: Limit = ROWS
) -> Rows[Contact]:
	"""List the contacts in which all of these words stand. By POST, so that no server on the way writes down who is looked for."""
	return _some(text, start, limit)


@reads
def one(contact: Name) -> Contact:
	"""Return one contact."""
	me = _me()
	return _told(contact, service.find(me.name, contact) or not_found())


@reads
def fits(top: Annotated[int, Field(ge=1, le=suggesting.MOST_SHOWN)] = suggesting.SHOWN) -> list[Fit]:
	"""Say who of one's contacts fits what is open, the best first."""
	return suggesting.best(_me().name, top)


@changes
def add(
	line: Annotated[
		str, Field(min_length=1, max_length=2000, description="A name and what is known, in any order.")
	],
) -> Kept:
	"""Keep whoever a line names; who is there already becomes one with what it says."""
	me = _me()
	return {"contact": _kept(lambda: service.add_line(me.name, line, words.region_of(me)))}


@changes
def change(
	contact: Name,
	name: Short,
	email: Short = "",
	phone: Short = "",
	title: Short = "",
	employer: Short = "",
	place: Short = "",
	years: Short = "",
	skills: Long = "",
	tags: Long = "",
	url: Short = "",
	wish: Short = "",
	note: Long = "",
) -> Contact:
	"""Put this in the place of what was known of a contact; several e-mails, phones, skills and tags stand between commas."""
	me = _me()
	said = {
		"name": name,
		"email": email,
		"phone": phone,
		"title": title,
		"employer": employer,
		"place": place,
		"years": years,
		"skills": skills,
		"tags": tags,
		"url": url,
		"wish": wish,
		"note": note,
	}
	if not service.find(me.name, contact):
		not_found()
	_kept(lambda: service.change(me.name, contact, said, words.region_of(me)))
	return _told(contact, service.find(me.name, contact))


@changes
def does_not_fit(contact: Name, opening: Name) -> Done:
	"""Do not suggest this contact for this opening again."""
	me = _me()
	if not service.find(me.name, contact):
		not_found()
	service.mark_unfit(me.name, contact, opening)
	return {}


@changes
def fits_after_all(contact: Name, opening: Name) -> Done:
	"""Suggest this contact for this opening again where they fit: *does_not_fit* was a mistake."""
	me = _me()
	if not service.find(me.name, contact):
		not_found()
	service.mark_fit(me.name, contact, opening)
	return {}


@reads
def ending() -> Ending:
	"""Say how many contacts are deleted soon because nobody looked after them, and after which day."""
	people, until = retention.ending(_me().name)
	return {"people": people, "until": until}


@changes
def keep_on() -> Done:
	"""Keep those contacts that would be deleted soon."""
	retention.keep_on(_me().name)
	return {}


@changes
def delete(contact: Name) -> Done:
	"""Delete a contact."""
	if not service.delete(_me().name, contact):
		not_found()
	return {}


@changes
def delete_all(sure: Literal[True]) -> Gone:
	"""Delete every contact one has."""
	return {"gone": leaving.delete_all(_me().name)}


@changes
def delete_of_another_login(sure: Literal[True]) -> Gone:
	"""Delete the contacts somebody kept under another login of this record; until then none of them is shown to anybody."""
	return {"gone": service.delete_of_another_login(caller.employee().name, frappe.session.user)}


def _me():
	me = do_not_record(caller.employee)()
	return me if words.are_mine(me.name) else not_found()


def _some(text: str, start: int, limit: int) -> dict:
	me = _me()
	found = service.search(me.name, text)
	some = keeping.read(me.name, found[start : start + limit])
	told = counted([_told(name, contact) for name, contact in some.items()], start, len(found))
	return told | {"next_start": start + limit if start + limit < len(found) else None}


def _told(name: str, contact) -> dict:
	fields = (
		"name",
		"emails",
		"phones",
		"title",
		"employer",
		"place",
		"years",
		"url",
		"wish",
		"note",
		"skills",
		"tags",
	)
	return {"contact": name, **{field: getattr(contact, field) for field in fields}}


def _kept(do):
	try:
		return do()
	except RefusedByRules as refused:
		refuse(refused.reason, words.refused(refused.reason))
