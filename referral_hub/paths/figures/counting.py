"""Counts the figures of all paths from HRMS: a few plain queries for everybody, then pure rules. Writes nothing.

Careers come from Employee Promotion, Employee Transfer and the internal work history; pay from submitted Salary Structure Assignments;
scores from submitted Appraisals. All records of one person are one person. A path of a company counts what people were while they were of it,
and what it paid them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import chain

import frappe

from referral_hub.paths import careers, former_names, reading
from referral_hub.paths.rules import figures
from referral_hub.paths.rules.careers import Career, Moves, Position, by_person, spells, within
from referral_hub.paths.rules.evidence import Pay, Period, Spell
from referral_hub.paths.rules.figures import Known, Row
from referral_hub.paths.rules.ladder import Ladder
from referral_hub.people import transfers

People = Iterable[tuple[str, list[Position]]]


def count(periods: tuple[Period, ...]) -> list[Row]:
	"""Return the figures of every path in use for these periods."""
	paths = [frappe.get_doc("Performance Path", name) for name in _in_use()]
	if not paths or not periods:
		return []
	everybody = careers.of_everybody()
	people = list(by_person(everybody))
	persons = {record.name: record.person for record, _positions in everybody}
	known = Known(
		_departments(everybody),
		[*_pays(persons, periods), *_unpaid(everybody, people)],
		_scores(persons),
	)
	ladders = {path.name: reading.ladder_of(path) for path in paths}
	moves = transfers.companies() if any(path.company for path in paths) else {}
	held = {path.name: _spells(path, ladders[path.name], everybody, people, moves) for path in paths}
	return figures.rows_of(ladders, held, known, periods, {path.name: path.company or None for path in paths})


def _departments(everybody: list[Career]) -> dict[str, str]:
	"""Return the department somebody is in today: that of a record that goes on before that of one they have left."""
	found: dict[str, str] = {}
	for record, _positions in everybody:
		if record.department and (record.left_on is None or record.person not in found):
			found[record.person] = record.department
	return found


def _in_use() -> list[str]:
	return frappe.get_all("Performance Path", {"enabled": 1}, pluck="name", order_by="name asc")


def _spells(
	path, ladder: Ladder, everybody: list[Career], people: People, moves: Mapping[str, Moves]
) -> list[Spell]:
	if path.company:
		theirs = (within(one, path.company, moves.get(one[0].name, ())) for one in everybody)
		people = by_person(filter(None, theirs))
	return list(chain.from_iterable(spells(people, ladder, former_names.names_of(path)).values()))


def _pays(persons: dict[str, str], periods: tuple[Period, ...]) -> list[Pay]:
	last = max(period.last for period in periods)
	rows = frappe.db.sql(
		"""select employee, from_date, base, currency, company from `tabSalary Structure Assignment`
		where docstatus = 1 and from_date <= %s order by from_date, creation""",
		last,
	)
	# amounts come again and again
	amount = cache(lambda base: Decimal(str(base)))
	return [
		Pay(persons[employee], day, amount(base or 0), currency, company)
		for employee, day, base, currency, company in rows
		if employee in persons
	]


def _unpaid(everybody: list[Career], people: People) -> list[Pay]:
	"""Return that who has left is paid no more: their last assignment says it of nobody."""
	left = {record.person for record, _positions in everybody if record.left_on}
	return [
		Pay(person, position.on, Decimal(0), "")
		for person, positions in people
		if person in left
		for position in positions
		if position.designation is None
	]


def _scores(persons: dict[str, str]) -> dict[str, list[tuple[date, Decimal]]]:
	rows = frappe.db.sql(
		"""select employee, end_date, final_score from `tabAppraisal`
		where docstatus = 1 and end_date is not null and final_score > 0 order by end_date, creation"""
	)
	found: dict[str, list[tuple[date, Decimal]]] = defaultdict(list)
	for employee, day, score in rows:
		if employee in persons:
			found[persons[employee]].append((day, Decimal(str(score))))
	return found
