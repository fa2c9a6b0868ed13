"""The nightly figures of a performance path for 50,000 employees and 200,000 promotions, beside the bare SQL that reads the rows.

Ours reads careers, pay and scores, makes figures of five levels, a hundred departments and three years, says which may be shown, and
writes them; the peer sends the same reading statements and fetches the rows. The volume is made with SQL and never committed.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import frappe

from benchmarks.timing import compare
from referral_hub.paths.figures import keeping

NAME = "path_figures"
EMPLOYEES, STEPS, DEPARTMENTS = 50_000, 4, 100
ROUNDS = 3
PREFIX = "PFB-"

_sent: list[tuple[str, object]] = []


def run() -> list[dict]:
	with volume():
		record_statements()
		name = (
			f"path figures: {EMPLOYEES:,} employees, {EMPLOYEES * STEPS:,} promotions, against the bare SQL"
		)
		return [compare(name, keeping.recount, read_all, bound=3.0, unit="s", rounds=ROUNDS)]


def read_all() -> None:
	"""Send the reading statements of one run and fetch the rows, without the platform and without a look at them."""
	cursor = frappe.db._cursor
	for query, values in _sent:
		cursor.execute(query, values)
		cursor.fetchall()


def record_statements() -> None:
	database, original = frappe.local.db, frappe.local.db.sql

	def recording(query, values=(), *arguments, **named):
		if str(query).lstrip().lower().startswith("select"):
			_sent.append((str(query), values or None))
		return original(query, values, *arguments, **named)

	database.sql = recording
	try:
		keeping.recount()
	finally:
		del database.sql
	if not frappe.db.count("Path Evidence", {"path": PREFIX + "PATH", "level": "L1"}):
		raise AssertionError("no figure was counted")


@contextmanager
def volume() -> Iterator[None]:
	"""Make everybody and their promotions, and forget them."""
	try:
		_make_path()
		_make_people()
		yield
	finally:
		_sent.clear()
		frappe.db.rollback()


def _make_path() -> None:
	"""Without the form: designations that nobody links to need not be there."""
	path = frappe.new_doc("Performance Path").update({"path_name": "Bench", "enabled": 1, "company": ""})
	path.name = PREFIX + "PATH"
	path.db_insert()
	for number in range(STEPS + 1):
		level = frappe.new_doc("Performance Path Level").update(
			{
				"code": f"L{number + 1}",
				"designation": f"{PREFIX}D{number}",
				"follows": f"L{number}" if number else "",
			}
		)
		level.update(
			{"parent": path.name, "parenttype": path.doctype, "parentfield": "levels", "idx": number + 1}
		)
		level.update({"name": f"{PREFIX}L{number}"})
		level.db_insert()


def _make_people() -> None:
	people = f"seq_1_to_{EMPLOYEES}"
	frappe.db.sql(
		f"""insert into `tabEmployee` (name, employee_name, first_name, status, designation, department, date_of_joining)
		select concat('{PREFIX}', seq), 'Bench', 'Bench', 'Active', '{PREFIX}D{STEPS}',
			concat('{PREFIX}DEP', seq % {DEPARTMENTS}), date_add('2021-01-01', interval seq % 365 day) from {people}"""
	)
	for step in range(STEPS):
		frappe.db.sql(
			f"""insert into `tabEmployee Promotion` (name, creation, docstatus, employee, promotion_date)
			select concat('{PREFIX}{step}-', seq), now(), 1, concat('{PREFIX}', seq),
				date_add('2021-01-01', interval (seq % 365) + {(step + 1) * 330} + seq % 90 day) from {people}"""
		)
		frappe.db.sql(
			f"""insert into `tabEmployee Property History` (name, parent, parenttype, fieldname, current, new, idx)
			select concat('{PREFIX}{step}-', seq), concat('{PREFIX}{step}-', seq), 'Employee Promotion', 'designation',
				'{PREFIX}D{step}', '{PREFIX}D{step + 1}', 1 from {people}"""
		)
	frappe.db.sql(
		f"""insert into `tabSalary Structure Assignment` (name, creation, docstatus, employee, from_date, base, currency)
		select concat('{PREFIX}', seq, '-', year), now(), 1, concat('{PREFIX}', seq), concat(year, '-01-01'),
			1000 + seq % 50 + (year - 2022) * 20, 'CNY'
		from {people} join (select 2022 year union select 2025) years"""
	)
