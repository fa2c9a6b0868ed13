"""Where the goals of a plan stand, read from HRMS's Goals each time: whoever changes them there changes what is shown here."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

import frappe
from frappe.model.document import Document
from frappe.utils import flt, getdate

from referral_hub.paths.goals.editing import goals_of
from referral_hub.paths.rules import goals as rules
from referral_hub.paths.rules.goals import Actual, Goal, Standing

_FIELDS = ["name", "goal_name", "progress", "status", "end_date", "is_group"]


class Stands(NamedTuple):
	"""A goal of a plan with where it stands; `goal_in_hrms` is empty once it was deleted there."""

	row: str
	goal: Goal
	ends_on: date
	standing: Standing
	goal_in_hrms: frappe._dict | None


def of_plan(plan: Document, today: date) -> list[Stands]:
	"""Return the goals of a plan that is under way or over, in its order; one query."""
	names = [row.hrms_goal for row in plan.goals if row.hrms_goal]
	rows = frappe.get_all("Goal", {"name": ("in", names)}, _FIELDS) if names else []
	known, joined = {row.name: row for row in rows}, getdate(plan.joined_on)
	return [
		_stands(row.name, goal, joined, known.get(row.hrms_goal), today)
		for row, goal in zip(plan.goals, goals_of(plan), strict=True)
	]


def _stands(row: str, goal: Goal, joined: date, found: frappe._dict | None, today: date) -> Stands:
	actual = found and Actual(
		found.goal_name,
		Decimal(str(flt(found.progress, 2))),
		found.status,
		getdate(found.end_date) if found.end_date else None,
	)
	ends = (actual and actual.ends_on) or rules.ends_on(joined, goal.months)
	return Stands(row, goal, ends, rules.standing(goal, joined, actual, today), found)
