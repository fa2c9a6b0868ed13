"""How far somebody is: the value of each requirement, counted from HRMS's goals, timesheets, any document, or what HR measured by hand.

Only one person's own rows are counted, by all their records in HRMS. What a requirement counts, and that nothing else can be asked through it, is checked when the
path is saved (`paths.sources`). Called by the portal; writes nothing.
"""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

import frappe
from frappe.utils import add_months, getdate

from referral_hub.paths import sources
from referral_hub.paths.placing import Place
from referral_hub.paths.rules.ladder import Counted, Source
from referral_hub.people.employments import users_of


def values_ahead(place: Place, employee: str, today: date) -> dict[tuple[str, str], Decimal | None]:
	"""Return by level and requirement what is known of the levels that come next; None where nothing is."""
	levels = {level.code for level in place.ladder.after(place.level.code)}
	records = place.records
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


def _goals_done(row, records: Sequence[str], since: date | None) -> Decimal:
	"""Count the goals that were completed: each by itself, not those that only hold others."""
	return Decimal(
		_of_goals("count(name)", "status in ('Completed', 'Closed') and progress >= 100", row, records, since)
	)


def _goal_progress(row, records: Sequence[str], since: date | None) -> Decimal | None:
	mean = _of_goals("avg(progress)", "status != 'Archived'", row, records, since)
	return None if mean is None else _rounded(mean)


def _of_goals(what: str, which: str, row, records: Sequence[str], since: date | None):
	"""Return one figure of somebody's goals; `what` and `which` are written above."""
	return frappe.db.sql(
		f"""select {what} from `tabGoal` where employee in %(records)s and is_group = 0 and {which}
			and (%(kra)s = '' or kra = %(kra)s)
			and (%(since)s is null or coalesce(end_date, start_date) >= %(since)s)""",
		{"records": tuple(records), "kra": row.kra or "", "since": since},
	)[0][0]


def _hours(row, records: Sequence[str], since: date | None) -> Decimal:
	hours = frappe.db.sql(
		"""select sum(line.hours) from `tabTimesheet Detail` line
		join `tabTimesheet` sheet on line.parent = sheet.name and line.parenttype = 'Timesheet'
		where sheet.docstatus = 1 and sheet.employee in %(records)s
			and (%(activity_type)s = '' or line.activity_type = %(activity_type)s)
			and (%(since)s is null or line.from_time >= %(since)s)""",
		{"records": tuple(records), "activity_type": row.activity_type or "", "since": since},
	)[0][0]
	return _rounded(hours or 0)


def _documents(row, records: Sequence[str], since: date | None) -> Decimal | None:
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


def _measured(path: str, records: Sequence[str]) -> dict[tuple[str, str], Decimal]:
	"""Return what was measured last of each requirement."""
	rows = frappe.db.sql(
		"""select level, requirement, value from `tabPath Measurement`
		where path = %(path)s and employee in %(records)s order by measured_on, creation""",
		{"path": path, "records": records},
	)
	return {(level, requirement): _rounded(value) for level, requirement, value in rows}


def _rounded(value) -> Decimal:
	return Decimal(str(value)).quantize(Decimal("0.01"))
