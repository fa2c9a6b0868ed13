"""Reads leaderboards: one look at an index for the best of a period, and a few small ones for names. Writes nothing."""

from dataclasses import dataclass

import frappe
from frappe.utils import cint

from referral_hub.paths.rules.evidence import SMALLEST_GROUP
from referral_hub.people import employments, wishes
from referral_hub.recognition import policy
from referral_hub.recognition.reading import RECOGNITION
from referral_hub.recognition.rules import leaderboard
from referral_hub.recognition.rules.leaderboard import Place, Row, Team
from referral_hub.recognition.showing import badges_of, is_shown
from referral_hub.recognition.standings import STANDING

MOST = 50


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
	mine = set(employments.records_of(employee.name))
	filters = {"period": period, "company": employee.company, measure: (">", 0)}
	if department:
		filters["department"] = department
	found, people = _places(filters, measure, mine)
	badges = badges_of({place.employee for place in found if place.employee})
	lines = [_line(place, people, badges) for place in found]
	own = None if any(line.is_mine for line in lines) else _own(filters, measure, mine)
	return Board(lines, own)


def best_for_all(company: str, period: str, measure: str) -> list[Place]:
	"""Return the best of a period in a company as anybody there may see them."""
	return _places({"period": period, "company": company, measure: (">", 0)}, measure, set())[0]


def _places(filters: dict, measure: str, mine: set[str]) -> tuple[list[Place], dict]:
	"""Return the lines for who has these records, and the people on them; without any, for whoever may read it."""
	rows = _best(filters, measure)
	people = _people(rows)
	incognito = {name for name, person in people.items() if person.incognito}
	group = 0
	if incognito:  # whoever reads it knows that they are not meant
		group = frappe.db.count("Employee", _group(filters["company"], filters.get("department"))) - (
			not mine
		)
	here = [Row(row.employee, row[measure]) for row in rows if row.employee in people]
	return leaderboard.board(here, incognito, mine, group, smallest()), people


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


def _best(filters: dict, measure: str) -> list:
	Standing = frappe.qb.DocType(STANDING)
	query = frappe.qb.from_(Standing).select(Standing.employee, Standing[measure])
	query = query.where(Standing.period == filters["period"]).where(Standing.company == filters["company"])
	if "department" in filters:
		query = query.where(Standing.department == filters["department"])
	query = query.where(Standing[measure] > 0).orderby(Standing[measure], order=frappe.qb.desc)
	return query.limit(MOST).run(as_dict=True)


def _people(rows: list) -> dict[str, frappe._dict]:
	"""Return who of them is still here, with their level and what they wish: a few queries."""
	names = [row.employee for row in rows]
	if not names:
		return {}
	found = frappe.db.sql(
		f"""select employee.name, employee.employee_name, employee.department, kept.level
		from `tabEmployee` employee
		left join `tab{RECOGNITION}` kept on kept.employee = employee.name
		where employee.name in %(names)s and employee.status = 'Active'""",
		{"names": tuple(names)},
		as_dict=True,
	)
	said = wishes.wishes_of([row.name for row in found])
	for row in found:
		row.update({field: said.get(row.name, {}).get(field) for field in wishes.FIELDS})
	return {row.name: row for row in found}


def _line(place: Place, people: dict, badges: dict[str, list[str]]) -> Line:
	person = people.get(place.employee) if place.employee else None
	if not person:
		return Line(place.place, place.value, None, None, None, [], False)
	shows = person.level and (place.is_mine or is_shown(person.level_visibility))
	shown = person.level if shows else None, badges.get(person.name, [])
	return Line(place.place, place.value, person.employee_name, person.department, *shown, place.is_mine)


def _own(filters: dict, measure: str, mine: set[str]) -> Place | None:
	value = frappe.db.get_value(STANDING, {**filters, "employee": ("in", [*mine])}, measure)
	if not value:
		return None
	better = frappe.db.count(STANDING, {**filters, measure: (">", value)})
	return Place(better + 1, None, value, True)


def _group(company: str, department: str | None) -> dict:
	found = {"status": employments.ACTIVE, "company": company}
	return found | ({"department": department} if department else {})
