"""Reads leaderboards: places and names, as whoever looks may see them. Writes nothing."""

from dataclasses import dataclass

import frappe
from frappe.utils import cint

from referral_hub.paths.rules.evidence import SMALLEST_GROUP
from referral_hub.people import employments, wishes
from referral_hub.recognition import best, policy
from referral_hub.recognition.best import Person
from referral_hub.recognition.rules import leaderboard
from referral_hub.recognition.rules.leaderboard import Place, Row, Team
from referral_hub.recognition.standings import STANDING


@dataclass(frozen=True)
class Line:
	"""One line as a reader sees it: without a name it is a colleague who wishes not to be named."""

	place: int
	value: float
	name: str | None
	department: str | None
	level: str | None
	badges: list[str]
	is_mine: bool


@dataclass(frozen=True)
class Board:
	lines: list[Line]
	# the reader's own place when it is further down than the lines go, else None
	mine: Place | None


def are_on() -> bool:
	return bool(cint(frappe.get_cached_doc(policy.SETTINGS).show_leaderboard))


def measures() -> list[str]:
	"""Return by what people are compared: by points only where HR wants colleagues to see what somebody got."""
	with_points = cint(frappe.get_cached_doc(policy.SETTINGS).leaderboard_points)
	return [measure for measure in leaderboard.MEASURES if measure != leaderboard.POINTS or with_points]


def board(employee, period: str, measure: str, department: str | None = None) -> Board:
	"""Return the best of a period in the company of who reads, or in one department of it.

	`employee`: name, company. `measure`: one of leaderboard.MEASURES.
	"""
	if measure not in leaderboard.MEASURES:
		raise ValueError(measure)
	filters = {"period": period, "company": employee.company}
	if department:
		filters["department"] = department
	found = best.of(filters, measure, _enough(), employee.name)
	lines = [_line(place, found.people) for place in _places(found)]
	own = None if any(line.is_mine for line in lines) else _own(filters, measure, found.mine)
	return Board(lines, own)


def best_for_all(company: str, period: str, measure: str) -> list[Place]:
	"""Return the best of a period in a company as anybody there may see them."""
	filters = {"period": period, "company": company}
	return _places(best.of(filters, measure, _enough()))


def _places(found: best.Found) -> list[Place]:
	"""Return the lines for who reads; without anybody, for whoever may read it, who knows that they are not meant."""
	incognito = {name for name, person in found.people.items() if person.incognito}
	rows = [Row(name, person.value) for name, person in found.people.items()]
	group = found.group - (not found.mine)
	return leaderboard.board(rows, incognito, found.mine, group, smallest())


def _enough() -> int:
	"""Return how many people leave it open who is meant, however many lines name somebody."""
	return best.MOST + smallest() + 2


def teams(company: str, period: str, measure: str) -> list[Team]:
	"""Return the departments of a company by what they have per head."""
	totals = _totals(company, period, measure)
	if not totals:
		return []
	hidden = _totals(company, period, measure, wishes.everybody_incognito())
	Employee, Count = frappe.qb.DocType("Employee"), frappe.query_builder.functions.Count
	heads = dict(
		frappe.qb.from_(Employee)
		.select(Employee.department, Count("*"))
		.where((Employee.status == employments.ACTIVE) & Employee.department.isin([*totals]))
		.where(Employee.company == company)
		.groupby(Employee.department)
		.run()
	)
	found = []
	for name, (total, brought) in totals.items():
		theirs, unnamed = hidden.get(name, (0, 0))
		found.append(Team(name, total, cint(heads.get(name)), theirs, brought - unnamed))
	return leaderboard.teams(found, smallest())


def smallest() -> int:
	return max(cint(frappe.get_cached_doc(policy.SETTINGS).smallest_group), SMALLEST_GROUP)


def _totals(company: str, period: str, measure: str, among: set[str] | None = None) -> dict[str, tuple]:
	"""Return department -> what those who still work there have brought, and how many they are; `among`: of these alone."""
	if among is not None and not among:
		return {}
	Standing, Employee = frappe.qb.DocType(STANDING), frappe.qb.DocType("Employee")
	Sum, Count = frappe.query_builder.functions.Sum, frappe.query_builder.functions.Count
	query = (
		frappe.qb.from_(Standing)
		.join(Employee)
		.on((Employee.name == Standing.employee) & (Employee.status == employments.ACTIVE))
		.select(Standing.department, Sum(Standing[measure]), Count("*"))
		.where((Standing.period == period) & (Standing.company == company))
		.where((Standing[measure] > 0) & (Standing.department != ""))
		.groupby(Standing.department)
	)
	if among is not None:
		query = query.where(Standing.employee.isin([*among]))
	return {name: (float(total), number) for name, total, number in query.run()}


def _line(place: Place, people: dict[str, Person]) -> Line:
	person = people.get(place.employee) if place.employee else None
	if not person:
		return Line(place.place, place.value, None, None, None, [], False)
	level = person.own_level if place.is_mine else person.level
	return Line(place.place, place.value, person.name, person.department, level, person.badges, place.is_mine)


def _own(filters: dict, measure: str, mine: set[str]) -> Place | None:
	filters = {**filters, measure: (">", 0)}
	value = frappe.db.get_value(STANDING, {**filters, "employee": ("in", [*mine])}, measure)
	if not value:
		return None
	better = frappe.db.count(STANDING, {**filters, measure: (">", value)})
	return Place(better + 1, None, value, True)
