"""Which days an Employee record tells of: HRMS's transfers move its joining date, or copy it. Reads only.

A transfer to another company on the same record moves the joining date to the day of the transfer, and leaves it there when it is
cancelled; the first day of before stands in the internal work history. A transfer that makes a second record within the company copies
the joining date and what somebody is on that day: of the days before it the record it was made from tells.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

import frappe

_MADE = 1


@dataclass(frozen=True, slots=True)
class FirstDays:
	"""By record: the first day of one whose joining date was moved, and the day on which a transfer made one."""

	begun: dict[str, date] = field(default_factory=dict)
	made: dict[str, date] = field(default_factory=dict)

	def stays_since(self, record: str, joined: date) -> date:
		"""Return the day since which somebody is here by this record, or by the one it was copied from."""
		return min(joined, self.begun.get(record, joined))

	def tells_since(self, record: str, joined: date) -> date:
		"""Return the first day of which this record tells, and no other of the same person."""
		return max(self.stays_since(record, joined), self.made.get(record, date.min))


def companies() -> dict[str, list[tuple[date, str, str]]]:
	"""Return by record when it went from which company to which, oldest first; a transfer that made a second record moved none."""
	rows = frappe.db.sql(
		"""select employee, transfer_date, company, new_company from `tabEmployee Transfer`
		where docstatus = 1 and ifnull(new_employee_id, '') = '' and company != '' and new_company != '' and new_company != company
		order by transfer_date, creation"""
	)
	found: dict[str, list[tuple[date, str, str]]] = {}
	for employee, *move in rows:
		found.setdefault(employee, []).append(tuple(move))
	return found


def first_days(employees: Collection[str] | None = None) -> FirstDays:
	"""Return what transfers say of the first days of these records, or of all there are, in one query."""
	values = {} if employees is None else {"employees": tuple(employees)}
	moved, new = (
		"" if employees is None else f"and transfer.{column} in %(employees)s"
		for column in ("employee", "new_employee_id")
	)
	found = FirstDays()
	rows = frappe.db.sql(
		f"""select 0, person.name, min(history.from_date) from `tabEmployee Transfer` transfer
		join `tabEmployee` person on person.name = transfer.employee and person.date_of_joining = transfer.transfer_date
		join `tabEmployee Internal Work History` history on history.parent = person.name
			and history.parenttype = 'Employee' and history.from_date is not null
		where transfer.docstatus > 0 and ifnull(transfer.new_employee_id, '') = '' {moved}
		group by person.name
		union all select {_MADE}, transfer.new_employee_id, max(transfer.transfer_date) from `tabEmployee Transfer` transfer
		where transfer.docstatus = 1 and transfer.new_employee_id != '' and transfer.new_employee_id != transfer.employee {new}
		group by transfer.new_employee_id""",
		values,
	)
	for kind, record, day in rows:
		(found.made if kind == _MADE else found.begun)[record] = day
	return found
