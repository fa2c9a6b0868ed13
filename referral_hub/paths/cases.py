"""Cases: how somebody rose on a path, shown to colleagues and candidates while they agree to it, and not a day longer.

What a case says is read from HRMS each time: a promotion that is cancelled is told no more, and a later one not before they agree to it.
Only the employee agrees, with the very words that are kept; taking it back keeps that it was agreed, and shows nothing. With who leaves it ends, for good; a transfer to another
Employee record is no leaving. Called by the portal.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count, islice

import frappe
from frappe import _
from frappe.utils import now_datetime

from referral_hub import kept
from referral_hub.database.prepared import Prepared, given
from referral_hub.paths import careers, former_names, reading
from referral_hub.paths.placing import Place
from referral_hub.paths.rules.careers import by_person, spells
from referral_hub.paths.rules.evidence import Spell
from referral_hub.people.employments import has_others, record_now, records_of

DOCTYPE = "Path Case"
WITHOUT_NAME, FIRST_NAME = "Without a Name", "First Name"
LONGEST_WORDS = 300
MOST_SHOWN = 5
_GOES_ON = {"revoked_on": ("is", "not set")}


class NothingToShow(frappe.ValidationError):
	"""Nobody shows a way they have not gone."""


class OtherStep(frappe.ValidationError):
	"""The last step is not the one that was read: somebody rose since, or a promotion was cancelled."""


@dataclass(frozen=True, slots=True)
class Case:
	"""A step somebody took: from a level to another, after how many months, when."""

	name: str | None
	own_words: str
	spell: Spell


def rises_of(employee: str, path) -> list[Spell]:
	"""Return the levels somebody rose from on a path, by all their records, oldest first."""
	return _rises(dict.fromkeys(records_of(employee), employee), path).get(employee, [])


def rises_at(place: Place) -> list[Spell]:
	"""Return the same of somebody whose place on the path is known, without another look."""
	return _rises_among(place.spells)


def name_of(step: Spell) -> str:
	"""Return by what a page says which step it shows."""
	return f"{step.level} {step.rose_to} {step.rose_on}"


def agreed_step(rises: list[Spell], case: Mapping) -> Spell | None:
	"""Return the step that was agreed to, by its two levels and the day; the last one of what was not kept yet."""
	same = (
		one
		for one in reversed(rises)
		if case["level"] in (None, "", one.level)
		and case["rose_to"] in (None, "", one.rose_to)
		and case["rose_on"] in (None, one.rose_on)
	)
	return next(same, None)


def mine(records: Collection[str]) -> list[frappe._dict]:
	"""Return what the person with these records agreed to and has not taken back, on any path."""
	return _MINE.run(as_dict=True, records=tuple(records))


def agree(employee: str, path, step: str, shown_as: str, own_words: str, consent_text: str) -> None:
	"""Keep that an employee lets others see their last step; what they agreed to before on this path ends.

	:param step: the step they read, as `name_of` it. Raises OtherStep where another is the last by now.
	"""
	frappe.db.get_value("Employee", employee, "name", for_update=True)  # two clicks, one case
	rises = rises_of(employee, path)
	if not rises:
		frappe.throw(_("There is no promotion of yours on this path to show."), NothingToShow)
	if step != name_of(rises[-1]):
		words = _("What is shown of you has changed meanwhile. Please read it, and agree once more.")
		frappe.throw(words, OtherStep)
	take_back(employee, path.name)
	case = frappe.new_doc(DOCTYPE)
	case.update({"employee": employee, "path": path.name})
	last = rises[-1]
	case.update({"level": last.level, "rose_to": last.rose_to, "rose_on": last.rose_on})
	case.agreed_on = now_datetime()
	case.shown_as = FIRST_NAME if shown_as == FIRST_NAME else WITHOUT_NAME
	case.update({"own_words": own_words.strip()[:LONGEST_WORDS], "consent_text": consent_text})
	with kept.writing(case):
		case.insert(ignore_permissions=True)


def take_back(employee: str, path: str) -> None:
	"""End it at once, and forget what they wrote; that they had agreed stays known."""
	_end({"employee": ("in", records_of(employee)), "path": path})


def end_all(employee: str) -> None:
	"""End what an employee lets others see, on every path."""
	_end({"employee": employee})


def part(employee: str) -> None:
	"""End what is shown of somebody who has left this record; who goes on by another takes it along."""
	if not frappe.db.exists(DOCTYPE, {"employee": employee} | _GOES_ON):
		return
	now = record_now(employee)
	if now == employee:
		end_all(employee)
	else:
		frappe.db.set_value(DOCTYPE, {"employee": employee} | _GOES_ON, "employee", now)


def of_who_left() -> list[str]:
	"""Return the employees who left without anybody noticing, and whose cases would be shown if their record were made active."""
	case, employee = frappe.qb.DocType(DOCTYPE), frappe.qb.DocType("Employee")
	query = frappe.qb.from_(case).join(employee).on(employee.name == case.employee).select(case.employee)
	return query.where(case.revoked_on.isnull() & (employee.status == "Left")).distinct().run(pluck=True)


def shown(path, place: Place | None = None) -> list[Case]:
	"""Return the newest cases of a path that may be shown: each a step of somebody who still agrees and works here.

	`place` is of somebody whose place on this path is known, and spares another look at it.
	"""
	return list(islice(_still_so(path, place), MOST_SHOWN))


def _still_so(path, place: Place | None) -> Iterator[Case]:
	"""Yield the cases of those whose promotion stands, read for a few people at a time."""
	for number in count():
		few = {"number": MOST_SHOWN, "begin": number * MOST_SHOWN}
		rows = _SHOWN.run(as_dict=True, path=path.name, **few)
		persons = {record: row.employee for row in rows for record in _records(row)}
		rises = _rises(persons, path, place) if rows else {}
		for row in rows:
			if step := agreed_step(rises.get(row.employee, []), row):
				name = row.first_name if row.shown_as == FIRST_NAME else None
				yield Case(name, row.own_words or "", step)
		if len(rows) < MOST_SHOWN:
			return


def _records(row: frappe._dict) -> Collection[str]:
	return records_of(row.employee) if row.has_others else (row.employee,)


def _shown():
	case, employee = frappe.qb.DocType(DOCTYPE), frappe.qb.DocType("Employee")
	return (
		frappe.qb.from_(case)
		.join(employee)
		.on(employee.name == case.employee)
		.where((case.path == given("path")) & case.revoked_on.isnull() & (employee.status == "Active"))
		.orderby(case.agreed_on, case.name, order=frappe.qb.desc)
		.limit(given("number"))
		.offset(given("begin"))
		.select(
			case.employee,
			case.level,
			case.rose_to,
			case.rose_on,
			case.shown_as,
			case.own_words,
			employee.first_name,
			has_others(employee).as_("has_others"),
		)
	)


def _mine():
	case, path = frappe.qb.DocType(DOCTYPE), frappe.qb.DocType("Performance Path")
	return (
		frappe.qb.from_(case)
		.left_join(path)
		.on(path.name == case.path)
		.where(case.employee.isin(given("records")) & case.revoked_on.isnull())
		.orderby(case.agreed_on, order=frappe.qb.desc)
		.select(case.path, path.path_name, case.level, case.rose_to, case.rose_on)
		.select(case.shown_as, case.own_words, case.agreed_on)
	)


_SHOWN, _MINE = Prepared(_shown), Prepared(_mine)


def _end(filters: dict) -> None:
	for name in frappe.db.get_values(DOCTYPE, filters | _GOES_ON, "name", for_update=True, pluck=True):
		frappe.db.set_value(DOCTYPE, name, {"revoked_on": now_datetime(), "own_words": None})


def _rises(persons: Mapping[str, str], path, place: Place | None = None) -> dict[str, list[Spell]]:
	"""Return by person what they rose from; `persons` says of each of their records who that is."""
	known = by_person(careers.of_records(persons))
	ladder, names = (
		(place.ladder, place.names) if place else (reading.ladder_of(path), former_names.names_of(path))
	)
	return {person: _rises_among(held) for person, held in spells(known, ladder, names).items()}


def _rises_among(held: Iterable[Spell]) -> list[Spell]:
	return [spell for spell in held if spell.rose_to]
