"""A first day that HR moves before it has come: the goals in HRMS, and the talks, count from the new one.

A Goal to which somebody gave days of its own keeps them. Called by the daily look at each plan.
"""

from datetime import date

import frappe
from frappe.model.document import Document
from frappe.utils import getdate

from referral_hub.paths.goals import plans, starting
from referral_hub.paths.rules import goals as rules


def follow(plan: Document, employee: frappe._dict, today: date) -> None:
	"""Let a plan that is under way, locked by the caller, count from the first day its person has now."""
	before, now = getdate(plan.joined_on), getdate(employee.date_of_joining)
	if employee.status != "Active" or not rules.is_moved_ahead(before, now, today):
		return
	for row in plan.goals:
		_move(row, employee, before, now)
	plans.write(plan, joined_on=now)


def _move(row: Document, employee: frappe._dict, before: date, now: date) -> None:
	as_made = {"start_date": before, "end_date": rules.ends_on(before, row.months)}
	if not row.hrms_goal or not frappe.db.exists("Goal", {"name": row.hrms_goal, **as_made}):
		return
	goal = frappe.get_doc("Goal", row.hrms_goal, for_update=True)
	goal.update({"start_date": now, "end_date": rules.ends_on(now, row.months)})
	if row.kra and (goal.appraisal_cycle or None) == starting.cycle_of(employee, before):
		goal.appraisal_cycle = starting.cycle_of(employee, now)
	goal.save(ignore_permissions=True)
