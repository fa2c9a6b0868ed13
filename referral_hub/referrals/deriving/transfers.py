"""What HRMS's Employee Transfers say about the records of a person: which goes on from which, and since when. Reads only.

A transfer makes a second record, or moves the joining date of the one there is to the day of the transfer, and leaves it
there when it is cancelled. Only documents count here, never names or addresses. Called by `facts`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import NamedTuple

import frappe
from frappe.query_builder import DocType

from referral_hub.referrals.rules.facts import Employee
from referral_hub.rewards.rules.documents import CANCELLED


class _Transfer(NamedTuple):
	employee: str
	new_employee: str | None
	on: object
	docstatus: int


def follow_transfers(
	people: dict[tuple[str, str], list[Employee]], read: Callable[[list[str]], list[Employee]], run: Callable
) -> None:
	"""Complete the records of these people by those that transfers tie to them, however many there are in a row."""
	owners = defaultdict(set)
	for person, records in people.items():
		for record in records:
			owners[record.name].add(person)
	records, found = {each.name: each for all_ in people.values() for each in all_}, set()
	waiting = set(records)
	while waiting:
		transfers = _transfers_of(waiting, run)
		found |= set(transfers)
		waiting = {name for each in transfers for name in each[:2] if name} - records.keys()
		for record in read(sorted(waiting)) if waiting else ():
			records[record.name] = record
		waiting &= records.keys()
	_share(found, owners, records, people)
	_mark(found, records, run)


def _share(transfers: Iterable[_Transfer], owners, records: dict, people: dict) -> None:
	"""Give both ends of each transfer to the people of either, until nobody gets a new one."""
	ties = [each for each in transfers if each.new_employee and each.employee in records]
	ties = [each for each in ties if each.new_employee in records]
	is_new = True
	while is_new:
		is_new = False
		for each in ties:
			both = owners[each.employee] | owners[each.new_employee]
			for name in each[:2]:
				for person in sorted(both - owners[name]):
					people[person].append(records[name])
					is_new = True
				owners[name] |= both


def _mark(transfers: set[_Transfer], records: dict[str, Employee], run: Callable) -> None:
	moved = {}
	for each in transfers:
		if each.new_employee in records:
			records[each.new_employee].continues = each.employee
		elif each.employee in records and records[each.employee].joins_on == each.on:
			moved[each.employee] = records[each.employee]
	for name, first_day in run(_first_days(list(moved))) if moved else ():
		record = moved[name]
		record.served_since = min(first_day, record.served_since or first_day)


def _transfers_of(names: set[str], run: Callable) -> list[_Transfer]:
	"""Read what was submitted; of what was cancelled only where it left its date behind, on the same record."""
	table, names = DocType("Employee Transfer"), sorted(names)
	query = (
		frappe.qb.from_(table)
		.select(table.employee, table.new_employee_id, table.transfer_date, table.docstatus)
		.where((table.docstatus > 0) & (table.employee.isin(names) | table.new_employee_id.isin(names)))
	)
	return [_Transfer(*row) for row in run(query) if not (row[1] and row[3] == CANCELLED)]


def _first_days(names: list[str]):
	history = DocType("Employee Internal Work History")
	return (
		frappe.qb.from_(history)
		.select(history.parent, history.from_date)
		.where((history.parenttype == "Employee") & history.parent.isin(names))
		.where(history.from_date.isnotnull())
	)
