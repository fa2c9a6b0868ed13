"""The best of a period with what colleagues may see of each: one look at an index, and one at who has several records. Writes nothing."""

from collections.abc import Collection
from dataclasses import dataclass, field

import frappe
from frappe.utils import nowdate

from referral_hub.people import employments, wishes
from referral_hub.recognition import showing
from referral_hub.recognition.reading import AWARD, HELD, RECOGNITION
from referral_hub.recognition.standings import STANDING

MOST = 50


@dataclass
class Person:
	"""Somebody on a leaderboard. `level` and `badges` as far as colleagues see them; `own_level` is for themselves."""

	employee: str
	value: float
	name: str
	department: str | None
	own_level: str | None
	level: str | None
	incognito: bool
	badges: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Found:
	"""The best, the first first, by record; every record of who reads; and how many could be meant, as far as that is asked."""

	people: dict[str, Person]
	mine: set[str]
	group: int


def of(filters: dict, measure: str, enough: int, me: str | None = None) -> Found:
	"""Read the best of a period.

	`filters`: company, period and, where it is of one, department. `measure` is a column of Referral Standing. `enough`: nobody beyond
	so many is counted as possibly meant.
	"""
	rows = frappe.db.sql(*query(filters, measure, enough))
	people = {row[0]: _person(row[:-1]) for row in rows}
	asked = {*people, me} - {None}
	tied = employments.with_others(asked) & asked if asked else set()
	_complete(people, tied & people.keys())
	mine = {me} - {None}
	return Found(people, set(employments.records_of(me)) if me in tied else mine, rows[0][-1] if rows else 0)


def query(filters: dict, measure: str, enough: int) -> tuple[str, dict]:
	seen = tuple(choice for choice in ("", showing.SHOWN, showing.HIDDEN) if showing.is_shown(choice))
	of_department = "and {}.department = %(department)s" if "department" in filters else ""
	return (
		f"""select standing.employee, standing.{measure}, employee.employee_name, employee.department, kept.level,
			wish.incognito, wish.level_visibility, (
				select group_concat(award.badge order by award.awarded_on desc, award.creation desc separator '\n')
				from `tab{AWARD}` award where award.employee = standing.employee and award.state = '{HELD}'
				and ifnull(award.visibility, '') in %(seen)s
				and (award.valid_until is null or award.valid_until >= %(today)s)), (
				select count(*) from (select 1 from `tabEmployee` meant where meant.company = %(company)s
				and meant.status = '{employments.ACTIVE}' {of_department.format("meant")} limit %(enough)s) some)
		from `tab{STANDING}` standing
		straight_join `tabEmployee` employee on employee.name = standing.employee and employee.status = '{employments.ACTIVE}'
		left join `tab{RECOGNITION}` kept on kept.employee = standing.employee
		left join `tab{wishes.PREFERENCE}` wish on wish.employee = standing.employee
		where standing.company = %(company)s and standing.period = %(period)s {of_department.format("standing")}
			and standing.{measure} > 0 order by standing.{measure} desc limit {MOST}""",
		filters | {"seen": seen, "today": nowdate(), "enough": enough},
	)


def _person(row: tuple) -> Person:
	employee, value, name, department, level, incognito, visibility, badges = row
	shown = level if level and showing.is_shown(visibility) else None
	badges = [*dict.fromkeys((badges or "").split("\n"))] if badges else []
	return Person(employee, value, name, department, level, shown, bool(incognito), badges)


def _complete(people: dict[str, Person], tied: Collection[str]) -> None:
	"""Read what those with several records have said, and were given, by another one of theirs."""
	if not tied:
		return
	said, badges = wishes.wishes_of(tied), showing.badges_of(tied)
	for name in tied:
		person, wish = people[name], said.get(name, {})
		person.incognito, person.badges = bool(wish.get("incognito")), badges.get(name, [])
		person.level = person.own_level if showing.is_shown(wish.get("level_visibility")) else None
