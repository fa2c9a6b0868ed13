"""The Employee records of one person: HRMS keeps one per contract. The one place that says which belong together.

Documents decide, never names: an Employee Transfer that made a second record, or the same user on several that also agree on
the date of birth. ERPNext lets one user stand on an active record and on any number of others, so a login that is handed from who
left to who comes (a shop's, a desk's) ties nobody. Whoever asks for what a person owns asks for all their records; what is to be
paid or told goes to the record they have now.
"""

from collections.abc import Collection

import frappe
from frappe.query_builder import DocType
from pypika.terms import Case, ExistsCriterion

ACTIVE = "Active"


def records_of(employee: str) -> list[str]:
	"""Return every Employee record of the person who has this one, this one first."""
	return _all_of([employee])


def led_by(user: str) -> list[str]:
	"""Return every record, also of before, of those who report to whoever logs in as this user."""
	rows = frappe.db.sql(
		"""select led.name from `tabEmployee` led join `tabEmployee` manager on manager.name = led.reports_to
		where manager.user_id = %s""",
		user,
	)
	return _all_of([name for (name,) in rows])


def _all_of(employees: Collection[str]) -> list[str]:
	"""Return these records, then all others of their persons."""
	found, waiting = dict.fromkeys(employees), set(employees)
	while waiting:
		waiting = _tied_to(waiting) - found.keys()
		found |= dict.fromkeys(sorted(waiting))
	return list(found)


def with_others(employees: Collection[str]) -> set[str]:
	"""Return those of these records whose person has others, and perhaps some of those others."""
	return _tied_to(set(employees))


def persons() -> dict[str, str]:
	"""Return who is one person with others: each such record with the one that stands for all of them. One query."""
	groups: dict[str, set[str]] = {}
	for one, other in _all_ties():
		both = groups.get(one, {one}) | groups.get(other, {other})
		groups.update(dict.fromkeys(both, both))
	return {name: min(group) for name, group in groups.items()}


def person_of(employee: str) -> str:
	"""Return the one of a person's records that stands for all of them, as in `persons`."""
	return min(records_of(employee))


def record_now(employee: str) -> str:
	"""Return the active record of the person who has this one; this one when none is active."""
	if frappe.db.get_value("Employee", employee, "status") == ACTIVE:
		return employee
	others = records_of(employee)[1:]
	if not others:
		return employee
	active = frappe.get_all(
		"Employee",
		{"name": ("in", others), "status": ACTIVE},
		pluck="name",
		order_by="date_of_joining desc, name asc",
		limit_page_length=1,
	)
	return active[0] if active else employee


def records_now(employees: Collection[str]) -> dict[str, str]:
	"""Return for each of these records what `record_now` does, in two queries however many there are."""
	groups = persons()
	asked = {groups[name] for name in employees if name in groups}
	others = [name for name, person in groups.items() if person in asked]
	if not others:
		return {name: name for name in employees}
	oldest_first = "date_of_joining asc, name desc"
	active = frappe.get_all(
		"Employee",
		{"name": ("in", others), "status": ACTIVE},
		pluck="name",
		order_by=oldest_first,
		limit_page_length=0,
	)
	now = {groups[name]: name for name in active}
	return {name: name if name in active else now.get(groups.get(name), name) for name in employees}


def earlier_records(company: str) -> dict[str, str]:
	"""Return every record that is not active any more of people whose record of now is in this company, with that one. Two queries."""
	groups = persons()
	if not groups:
		return {}
	fields, oldest_first = ["name", "status", "company"], "date_of_joining asc, name desc"
	rows = frappe.get_all("Employee", {"name": ("in", [*groups])}, fields, order_by=oldest_first)
	now = {groups[row.name]: row for row in rows if row.status == ACTIVE}
	here = {person: row.name for person, row in now.items() if row.company == company}
	return {
		row.name: here[groups[row.name]] for row in rows if row.status != ACTIVE and groups[row.name] in here
	}


def are_one(one: str, other: str) -> bool:
	"""Say whether two records are the same person's."""
	return one == other or other in records_of(one)


def has_others(employee) -> Case:
	"""Say within a query on `tabEmployee` whether another record may be the same person's: then ask `records_of`."""
	transfer, other = DocType("Employee Transfer"), DocType("Employee").as_("other_record")
	transfers = frappe.qb.from_(transfer).select(transfer.name).where(transfer.docstatus == 1)
	same_login = (other.user_id == employee.user_id) & (other.name != employee.name)
	# each by itself: of two columns in one question the database would look at every transfer
	found = ExistsCriterion(transfers.where(transfer.employee == employee.name))
	found |= ExistsCriterion(transfers.where(transfer.new_employee_id == employee.name))
	found |= ExistsCriterion(frappe.qb.from_(other).select(other.name).where(same_login))
	return Case().when(found, 1).else_(0)


def users_of(employee: str | None) -> frozenset[str]:
	"""Return every user the person who has this record logs in with, or did."""
	if not employee:
		return frozenset()
	users = {"name": ("in", records_of(employee)), "user_id": ("is", "set")}
	return frozenset(frappe.get_all("Employee", users, pluck="user_id"))


def _tied_to(names: set[str]) -> set[str]:
	"""Return the records that a submitted transfer or the same user ties to these, in one query."""
	return {name for row in _ties_of(names) for name in row}


def _ties_of(names: set[str]) -> tuple[tuple[str, str], ...]:
	return frappe.db.sql(
		"""select employee, new_employee_id from `tabEmployee Transfer`
		where docstatus = 1 and new_employee_id != '' and employee in %(names)s
		union select employee, new_employee_id from `tabEmployee Transfer`
		where docstatus = 1 and new_employee_id in %(names)s
		union select one.name, other.name from `tabEmployee` one
		join `tabEmployee` other on other.user_id = one.user_id and other.name != one.name
			and other.date_of_birth = one.date_of_birth
		where one.name in %(names)s and one.user_id != ''""",
		{"names": tuple(names)},
	)


def _all_ties() -> list[tuple[str, str]]:
	"""Return every pair of records that belong together, by the rule of `_tied_to`."""
	return frappe.db.sql(
		"""select employee, new_employee_id from `tabEmployee Transfer`
		where docstatus = 1 and new_employee_id != '' and employee != new_employee_id
		union select first.name, other.name from `tabEmployee` other
		join (select user_id, date_of_birth, min(name) name from `tabEmployee` where user_id != ''
			group by user_id, date_of_birth) first
		on first.user_id = other.user_id and first.date_of_birth = other.date_of_birth and first.name != other.name"""
	)
