"""Which path somebody is on, at which level, and since when. Called by the portal; reads, writes nothing."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import frappe
from frappe.model.document import Document
from frappe.query_builder.functions import IfNull

from referral_hub.database.prepared import Prepared, given
from referral_hub.paths import careers, former_names, reading
from referral_hub.paths.rules import evidence
from referral_hub.paths.rules.careers import Career, Position, by_person, levels_by_place
from referral_hub.paths.rules.ladder import Ladder, Level
from referral_hub.people.employments import records_of


@dataclass(frozen=True, slots=True)
class Place:
	"""Where somebody is; `since` is None where nobody knows the day."""

	path: Document
	ladder: Ladder
	level: Level
	since: date | None
	# all records of the person, and what they were by each
	records: tuple[str, ...]
	careers: tuple[Career, ...]

	@property
	def name(self) -> str:
		return self.path.name


def place_of(employee: str) -> Place | None:
	"""Return the place of an employee: on the path of their company before one for all, the oldest first."""
	person = _PERSON.one(employee=employee)
	if not person or not person.designation:
		return None
	for name in paths_with(person.designation, person.company):
		path = frappe.get_cached_doc("Performance Path", name)
		ladder, names = reading.ladder_of(path), former_names.names_of(path)
		here = Position(frappe.utils.getdate(), person.designation, person.grade)
		if code := levels_by_place(ladder, names)(here):
			records = tuple(records_of(employee))
			known = tuple(careers.of_employees(records, of_one_person=True))
			since = _since(known, ladder, names, code)
			return Place(path, ladder, ladder.level(code), since, records, known)
	return None


def _person():
	row = frappe.qb.DocType("Employee")
	return (
		frappe.qb.from_(row)
		.select(row.company, row.designation, row.grade)
		.where(row.name == given("employee"))
	)


_PERSON = Prepared(_person)


def paths_with(designation: str, company: str | None) -> list[str]:
	"""Return the paths in use that have a level of this designation: those of the company first."""
	rows = _PATHS.run(designation=designation, companies=("", company or ""))
	return [name for name, *_rest in sorted(rows, key=lambda row: (not row[1], row[2], row[0]))]


def _paths():
	path, level = frappe.qb.DocType("Performance Path"), frappe.qb.DocType("Performance Path Level")
	return (
		frappe.qb.from_(path)
		.join(level)
		.on((level.parent == path.name) & (level.parenttype == "Performance Path"))
		.where((path.enabled == 1) & (level.designation == given("designation")))
		.where(IfNull(path.company, "").isin(given("companies")))
		.select(path.name, path.company, path.creation)
		.distinct()
	)


_PATHS = Prepared(_paths)


def _since(known: Collection[Career], ladder: Ladder, names, code: str) -> date | None:
	"""Return the day they came to the level they hold, by any of their records; None where their career does not end there."""
	finder = levels_by_place(ladder, names)
	moves = [
		evidence.Move(person, one.on, finder(one))
		for person, positions in by_person(known)
		for one in positions
	]
	spells = evidence.spells_of(moves, {level.code: level.follows for level in ladder.levels})
	last = spells[-1] if spells else None
	return last.began_on if last and last.level == code and last.ended_on is None else None
