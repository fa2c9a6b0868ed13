"""What HRMS keeps of careers, read in a few plain queries however many people there are.

Reads Employee, Employee Promotion, Employee Transfer and the internal work history, whatever the reader may see: who calls this shows
figures of groups, or somebody their own. Writes nothing.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date

import frappe

from referral_hub.paths.rules.careers import Change, Position, Record, career
from referral_hub.people import employments, transfers
from referral_hub.people.transfers import FirstDays


def of_everybody() -> list[tuple[Record, list[Position]]]:
	"""Return each record there is with its positions."""
	return _of(None, employments.persons())


def of_records(persons: Mapping[str, str]) -> list[tuple[Record, list[Position]]]:
	"""Return these records with their positions; `persons` says by each which of them stands for its person."""
	return _of(persons.keys(), persons) if persons else []


def _of(employees: Collection[str] | None, persons: Mapping[str, str]) -> list[tuple[Record, list[Position]]]:
	changes, history = _changes(employees), _history(employees)
	# a transfer that moves or copies a joining date writes history: where there is none, nothing is asked
	days = transfers.first_days(employees) if history else FirstDays()
	return [
		(record, career(record, changes.get(record.name, ()), history.get(record.name, ())))
		for record in _records(employees, persons, days)
	]


def _records(employees: Collection[str] | None, persons: Mapping[str, str], days: FirstDays) -> list[Record]:
	rows = frappe.db.sql(
		f"""select name, designation, grade, date_of_joining, if(status = 'Left', relieving_date, null), company, department
		from `tabEmployee` where date_of_joining is not null {_among("name", employees)} order by date_of_joining, name""",
		_named(employees),
	)
	return [
		Record(name, persons.get(name, name), designation, grade, days.tells_since(name, joined), *others)
		for name, designation, grade, joined, *others in rows
	]


def _changes(employees: Collection[str] | None) -> dict[str, list[Change]]:
	found: dict[str, list[Change]] = defaultdict(list)
	for parent, day in (("Employee Promotion", "promotion_date"), ("Employee Transfer", "transfer_date")):
		rows = frappe.db.sql(
			f"""select parent.employee, parent.{day}, detail.fieldname, detail.current, detail.new
			from `tabEmployee Property History` detail join `tab{parent}` parent on detail.parent = parent.name
			where detail.parenttype = '{parent}' and detail.fieldname in ('designation', 'grade')
				and parent.docstatus = 1 {_among("parent.employee", employees)}
			order by parent.{day}, parent.creation, detail.idx""",
			_named(employees),
		)
		for employee, *change in rows:
			found[employee].append(Change(*change))
	return found


def _history(employees: Collection[str] | None) -> dict[str, list[tuple[date, str]]]:
	rows = frappe.db.sql(
		f"""select parent, from_date, designation from `tabEmployee Internal Work History`
		where parenttype = 'Employee' and from_date is not null {_among("parent", employees)}""",
		_named(employees),
	)
	found: dict[str, list[tuple[date, str]]] = defaultdict(list)
	for employee, day, designation in rows:
		found[employee].append((day, designation))
	return found


def _among(column: str, employees: Collection[str] | None) -> str:
	return "" if employees is None else f"and {column} in %(employees)s"


def _named(employees: Collection[str] | None) -> dict:
	return {} if employees is None else {"employees": tuple(employees)}
