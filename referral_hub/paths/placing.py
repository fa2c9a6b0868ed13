"""Which path somebody is on, at which level, and since when. Called by the portal; reads, writes nothing."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import frappe
from frappe.model.document import Document
from frappe.query_builder.functions import IfNull

from referral_hub.database.prepared import Prepared, given
from referral_hub.paths import careers, former_names, reading
from referral_hub.paths.rules.careers import Names, Position, by_person, levels_by_place, spells
from referral_hub.paths.rules.evidence import Spell
from referral_hub.paths.rules.ladder import Ladder, Level
from referral_hub.people.employments import records_of


@dataclass(frozen=True, slots=True)
class Standing:
	"""The level somebody is at, by designation and grade alone."""

	path: Document
	ladder: Ladder
	names: Names
	level: Level


@dataclass(frozen=True, slots=True)
class Place:
	"""Where somebody is; `since` is None where nobody knows the day."""

	path: Document
	ladder: Ladder
	names: Names
	level: Level
	since: date | None
	# all records of the person, and the levels they held by any of them, oldest first
	records: tuple[str, ...]
	spells: tuple[Spell, ...]

	@property
	def name(self) -> str:
		return self.path.name


def place_of(employee: str) -> Place | None:
	"""Return the place of an employee, with how they came to it."""
	at = standing_of(employee)
	if not at:
		return None
	records = tuple(records_of(employee))
	known = by_person(careers.of_records(dict.fromkeys(records, employee)))
	held = tuple(spells(known, at.ladder, at.names).get(employee, ()))
	return Place(at.path, at.ladder, at.names, at.level, _since(held, at.level.code), records, held)


def standing_of(employee: str) -> Standing | None:
	"""Return where an employee is: on the path of their company before one for all, the oldest first. Reads no career."""
	rows = _PATHS_OF_EMPLOYEE.run(employee=employee)
	for name, _company, _creation, designation, grade in _in_order(rows):
		path = frappe.get_cached_doc("Performance Path", name)
		ladder, names = reading.ladder_of(path), former_names.names_of(path)
		here = Position(frappe.utils.getdate(), designation, grade)
		if code := levels_by_place(ladder, names)(here):
			return Standing(path, ladder, names, ladder.level(code))
	return None


def paths_with(designation: str, company: str | None) -> list[str]:
	"""Return the paths in use that have a level of this designation: those of the company first."""
	rows = _PATHS_WITH.run(designation=designation, companies=("", company or ""))
	return [row[0] for row in _in_order(rows)]


def _in_order(rows: Collection[tuple]) -> list[tuple]:
	return sorted(rows, key=lambda row: (not row[1], row[2], row[0]))


def _paths(level, path):
	"""Begin a query on the levels of the paths in use; a path may be there with several."""
	return (
		frappe.qb.from_(level)
		.join(path)
		.on((level.parent == path.name) & (level.parenttype == "Performance Path"))
		.where(path.enabled == 1)
		.select(path.name, path.company, path.creation)
		.distinct()
	)


def _paths_with():
	level, path = map(frappe.qb.DocType, ("Performance Path Level", "Performance Path"))
	of_company = IfNull(path.company, "").isin(given("companies"))
	return _paths(level, path).where((level.designation == given("designation")) & of_company)


def _paths_of_employee():
	level, path, person = map(frappe.qb.DocType, ("Performance Path Level", "Performance Path", "Employee"))
	of_company = IfNull(path.company, "").isin(("", IfNull(person.company, "")))
	return (
		_paths(level, path)
		.join(person)
		.on((person.designation == level.designation) & of_company)
		.where(person.name == given("employee"))
		.select(person.designation, person.grade)
	)


_PATHS_WITH, _PATHS_OF_EMPLOYEE = Prepared(_paths_with), Prepared(_paths_of_employee)


def _since(held: Sequence[Spell], code: str) -> date | None:
	"""Return the day they came to the level they hold, by any of their records; None where their career does not end there."""
	last = held[-1] if held else None
	return last.began_on if last and last.level == code and last.ended_on is None else None
