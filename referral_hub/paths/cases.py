"""Cases: how somebody rose on a path, shown to colleagues and candidates while they agree to it, and not a day longer.

What a case says is read from HRMS each time: a promotion that is cancelled is told no more. Only the employee agrees, with the very words
that are kept; taking it back keeps that it was agreed, and shows nothing. With who leaves it ends, for good. Called by the portal.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice

import frappe
from frappe import _
from frappe.utils import now_datetime

from referral_hub import kept
from referral_hub.database.prepared import Prepared, given
from referral_hub.paths import careers, former_names, reading
from referral_hub.paths.placing import Place
from referral_hub.paths.rules import evidence
from referral_hub.paths.rules.careers import Career, Names, moves
from referral_hub.paths.rules.evidence import Spell
from referral_hub.paths.rules.ladder import Ladder

DOCTYPE = "Path Case"
WITHOUT_NAME, FIRST_NAME = "Without a Name", "First Name"
LONGEST_WORDS = 300
MOST_SHOWN = 5


class NothingToShow(frappe.ValidationError):
	"""Nobody shows a way they have not gone."""


@dataclass(frozen=True, slots=True)
class Case:
	"""A step somebody took: from a level to another, after how many months, when."""

	name: str | None
	own_words: str
	spell: Spell


def rises_of(employee: str, path) -> list[Spell]:
	"""Return the levels somebody rose from on a path, oldest first."""
	return _rises(careers.of_employees([employee]), path).get(employee, [])


def rises_at(place: Place, employee: str) -> list[Spell]:
	"""Return the same of somebody whose place on the path is known, without another look."""
	own = [one for one in place.careers if one[0].name == employee]
	return _rises_on(place.ladder, place.names, own).get(employee, [])


def mine(employee: str, path: str) -> frappe._dict | None:
	"""Return what an employee agreed to and has not taken back."""
	rows = frappe.db.sql(
		f"""select name, shown_as, own_words, agreed_on from `tab{DOCTYPE}`
		where employee = %s and path = %s and revoked_on is null""",
		(employee, path),
		as_dict=True,
	)
	return rows[0] if rows else None


def agree(employee: str, path, shown_as: str, own_words: str, consent_text: str) -> None:
	"""Keep that an employee lets others see their way; what they agreed to before on this path ends."""
	if not rises_of(employee, path):
		frappe.throw(_("There is no promotion of yours on this path to show."), NothingToShow)
	take_back(employee, path.name)
	case = frappe.new_doc(DOCTYPE)
	case.update({"employee": employee, "path": path.name, "agreed_on": now_datetime()})
	case.shown_as = FIRST_NAME if shown_as == FIRST_NAME else WITHOUT_NAME
	case.update({"own_words": own_words.strip()[:LONGEST_WORDS], "consent_text": consent_text})
	with kept.writing(case):
		case.insert(ignore_permissions=True)


def take_back(employee: str, path: str) -> None:
	"""End it at once, and forget what they wrote; that they had agreed stays known."""
	_end({"employee": employee, "path": path})


def end_all(employee: str) -> None:
	"""End what an employee lets others see, on every path."""
	_end({"employee": employee})


def of_who_left() -> list[str]:
	"""Return the employees who left without anybody noticing, and whose cases would be shown if their record were made active."""
	case, employee = frappe.qb.DocType(DOCTYPE), frappe.qb.DocType("Employee")
	query = frappe.qb.from_(case).join(employee).on(employee.name == case.employee).select(case.employee)
	return query.where(case.revoked_on.isnull() & (employee.status == "Left")).distinct().run(pluck=True)


def shown(path) -> list[Case]:
	"""Return the newest cases of a path that may be shown: each the last step of somebody who still agrees and works here."""
	return list(islice(_still_so(_SHOWN.run(as_dict=True, path=path.name), path), MOST_SHOWN))


def _still_so(rows: list[frappe._dict], path) -> Iterator[Case]:
	"""Yield the cases of those whose promotion stands, read for a few people at a time."""
	for begin in range(0, len(rows), MOST_SHOWN):
		some = rows[begin : begin + MOST_SHOWN]
		rises = _rises(careers.of_employees([row.employee for row in some]), path)
		for row in some:
			if rises.get(row.employee):
				name = row.first_name if row.shown_as == FIRST_NAME else None
				yield Case(name, row.own_words or "", rises[row.employee][-1])


def _shown():
	case, employee = frappe.qb.DocType(DOCTYPE), frappe.qb.DocType("Employee")
	return (
		frappe.qb.from_(case)
		.join(employee)
		.on(employee.name == case.employee)
		.where((case.path == given("path")) & case.revoked_on.isnull() & (employee.status == "Active"))
		.orderby(case.agreed_on, case.name, order=frappe.qb.desc)
		.select(case.employee, case.shown_as, case.own_words, employee.first_name)
	)


_SHOWN = Prepared(_shown)


def _end(filters: dict) -> None:
	for name in frappe.get_all(DOCTYPE, filters | {"revoked_on": ("is", "not set")}, pluck="name"):
		frappe.db.set_value(DOCTYPE, name, {"revoked_on": now_datetime(), "own_words": None})


def _rises(known: Collection[Career], path) -> dict[str, list[Spell]]:
	return _rises_on(reading.ladder_of(path), former_names.names_of(path), known)


def _rises_on(ladder: Ladder, names: Names, known: Collection[Career]) -> dict[str, list[Spell]]:
	above = {level.code: level.follows for level in ladder.levels}
	return {
		record.name: [
			spell
			for spell in evidence.spells_of(moves(ladder, record.name, positions, names), above)
			if spell.rose_to
		]
		for record, positions in known
	}
