"""How far somebody is: the value of each requirement, counted from HRMS's goals, timesheets, any document, or what HR measured by hand.

Only one person's own rows are counted, by all their records in HRMS. What a requirement counts, and that nothing else can be asked through it, is checked when the
path is saved (`paths.sources`). Called by the portal; writes nothing.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import frappe
from frappe.query_builder.functions import Avg, Coalesce, Count, Sum
from frappe.utils import add_months, getdate

from referral_hub.paths import sources
from referral_hub.paths.placing import Place
from referral_hub.paths.rules.ladder import Counted, Source
from referral_hub.people.employments import records_of, users_of


def values_ahead(place: Place, employee: str, today: date) -> dict[tuple[str, str], Decimal | None]:
	"""Return by level and requirement what is known of the levels that come next; None where nothing is."""
	levels = {level.code for level in place.ladder.after(place.level.code)}
	records = records_of(employee)
	by_hand = _measured(place.name, records)
	found: dict[tuple[str, str], Decimal | None] = {}
	for row in place.path.requirements:
		if row.level not in levels:
			continue
		key = (row.level, row.requirement)
		if row.source == Source.BY_HAND:
			found[key] = by_hand.get(key)
		else:
			found[key] = COUNTS[row.source](row, records, _counted_from(row, place, today))
	return found


def _counted_from(row, place: Place, today: date) -> date | None:
	if row.counted == Counted.EVER:
		return None
	return getdate(add_months(today, -12)) if row.counted == Counted.LAST_YEAR else place.since


def _goals_done(row, records: list[str], since: date | None) -> Decimal:
	"""Count the goals that were completed: each by itself, not those that only hold others."""
	goal, query = _goals(row, records, since)
	done = query.where(goal.status.isin(["Completed", "Closed"]) & (goal.progress >= 100))
	return Decimal(done.select(Count(goal.name)).run()[0][0])


def _goal_progress(row, records: list[str], since: date | None) -> Decimal | None:
	goal, query = _goals(row, records, since)
	mean = query.where(goal.status != "Archived").select(Avg(goal.progress)).run()[0][0]
	return None if mean is None else _rounded(mean)


def _goals(row, records: list[str], since: date | None):
	goal = frappe.qb.DocType("Goal")
	query = frappe.qb.from_(goal).where(goal.employee.isin(records) & (goal.is_group == 0))
	if row.kra:
		query = query.where(goal.kra == row.kra)
	if since:
		query = query.where(Coalesce(goal.end_date, goal.start_date) >= since)
	return goal, query


def _hours(row, records: list[str], since: date | None) -> Decimal:
	sheet, line = frappe.qb.DocType("Timesheet"), frappe.qb.DocType("Timesheet Detail")
	query = (
		frappe.qb.from_(line)
		.join(sheet)
		.on((line.parent == sheet.name) & (line.parenttype == "Timesheet"))
		.where((sheet.docstatus == 1) & sheet.employee.isin(records))
		.select(Sum(line.hours))
	)
	if row.activity_type:
		query = query.where(line.activity_type == row.activity_type)
	if since:
		query = query.where(line.from_time >= since)
	return _rounded(query.run()[0][0] or 0)


def _documents(row, records: list[str], since: date | None) -> Decimal | None:
	"""Count documents that are not cancelled; None where the site no longer has such documents."""
	if sources.problem_of(row):
		return None
	whose = records if sources.names_employees(row) else sorted(users_of(records[0]))
	if not whose:
		return Decimal(0)
	filters = [*sources.filters_of(row), [row.employee_field, "in", whose], ["docstatus", "<", 2]]
	if since:
		filters.append([row.date_field or "creation", ">=", since])
	return Decimal(frappe.db.count(row.document_type, filters))


COUNTS: dict[str, Callable] = {
	Source.GOAL.value: _goals_done,
	Source.GOAL_PROGRESS.value: _goal_progress,
	Source.TIMESHEET.value: _hours,
	Source.DOCUMENTS.value: _documents,
}


def _measured(path: str, records: list[str]) -> dict[tuple[str, str], Decimal]:
	"""Return what was measured last of each requirement."""
	rows = frappe.get_all(
		"Path Measurement",
		{"path": path, "employee": ("in", records)},
		["level", "requirement", "value"],
		order_by="measured_on asc, creation asc",
	)
	return {(row.level, row.requirement): _rounded(row.value) for row in rows}


def _rounded(value) -> Decimal:
	return Decimal(str(value)).quantize(Decimal("0.01"))
