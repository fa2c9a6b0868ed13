"""Finds the program that applies to an employee and an opening: for one referral, or for a page of openings at once.

Reads the programs through the document cache; a constant number of queries for any number of openings.
"""

from collections.abc import Iterable

import frappe
from frappe.query_builder import Order
from frappe.utils import get_datetime, getdate, nowdate

from referral_hub.database.prepared import Prepared
from referral_hub.people import departments
from referral_hub.referrals.rules.deciding import program as rules
from referral_hub.referrals.rules.deciding.program import Place, Program

DOCTYPE = "Referral Program"


def as_program(document) -> Program:
	"""Make the plain program of a document."""
	return Program(
		name=document.name or document.program_name,
		enabled=bool(document.enabled),
		starts_on=getdate(document.starts_on) if document.starts_on else None,
		ends_on=getdate(document.ends_on) if document.ends_on else None,
		companies=frozenset(filter(None, [document.company, *_named(document.companies, "company")])),
		departments=_named(document.departments, "department"),
		grades=_named(document.grades, "grade"),
		opening_departments=_named(document.opening_departments, "department"),
		made_on=get_datetime(document.creation or "9999-12-31"),
	)


def enabled() -> list[Program]:
	return [as_program(frappe.get_cached_doc(DOCTYPE, name)) for (name,) in _enabled.run()]


@Prepared
def _enabled():
	Program = frappe.qb.DocType(DOCTYPE)
	query = frappe.qb.from_(Program).select(Program.name).where(Program.enabled == 1)
	return query.orderby(Program.modified, order=Order.desc)


def for_referral(opening: frappe._dict | None, referrer: Place, parents: dict[str, str | None]) -> str | None:
	"""Return the name of the program a referral falls under; of the opening the caller has read company and department.

	Where none fits it is the settings' own, else the newest, whose reason is then told; None where there is none at all.
	"""
	place = None
	if opening:
		place = Place(opening.company, departments.with_ancestors(opening.department, parents))
	return _name_of(enabled(), place, referrer, getdate(nowdate()))


def for_openings(
	openings: Iterable, employee: str, row=None, parents: departments.Parents | None = None
) -> dict[str, str | None]:
	"""Return the program of each opening (rows with name, company and department) for this employee.

	`row` and `parents` are what the caller has read of the employee and the departments.
	"""
	parents = departments.parents() if parents is None else parents
	programs, today = enabled(), getdate(nowdate())
	referrer = place_in(row, parents) if row else place_of(employee, parents)
	found: dict[Place, str | None] = {}
	answer = {}
	for opening in openings:
		place = Place(opening.get("company"), departments.with_ancestors(opening.get("department"), parents))
		if place not in found:
			found[place] = _name_of(programs, place, referrer, today)
		answer[opening["name"]] = found[place]
	return answer


def running_for(employee: str) -> list[Program]:
	"""Return the programs that take this employee's referrals today, the one that applies first."""
	parents = departments.parents()
	referrer, today = place_of(employee, parents), getdate(nowdate())
	general = [program for program in enabled() if _takes(program, referrer, today)]
	return sorted(general, key=lambda program: (program.specificity, program.made_on), reverse=True)


def place_of(employee: str, parents: dict[str, str | None]) -> Place:
	row = frappe.db.get_value("Employee", employee, ("company", "department", "grade"), as_dict=True)
	return place_in(row, parents)


def place_in(row, parents: dict[str, str | None]) -> Place:
	"""Return the place of an employee, of whom the caller has read company, department and grade."""
	if not row:
		return Place()
	return Place(row.company, departments.with_ancestors(row.department, parents), row.grade)


def _takes(program: Program, referrer: Place, today) -> bool:
	"""Say whether some opening exists for which this program could apply to the employee."""
	company = next(iter(program.companies), None)
	company = referrer.company if not company or referrer.company in program.companies else company
	opening = Place(company, tuple(program.opening_departments))
	return rules.why_not(program, opening, referrer, today) is None


def _name_of(programs: list[Program], opening: Place | None, referrer: Place, today) -> str | None:
	chosen = rules.choose(programs, opening, referrer, today)
	if chosen:
		return chosen.name
	told = frappe.get_cached_doc("Referral Hub Settings").default_program
	newest = rules.newest(programs)
	return told or (newest.name if newest else None)


def _named(rows, field: str) -> frozenset[str]:
	return frozenset(row.get(field) for row in rows or () if row.get(field))
