"""Changes a goal of HRMS because of a question: its words and its day, by HRMS's own rules, and says why on the goal.

HRMS keeps the versions; the comment tells no more than the reason, because a goal is read by more people than a question, and not even
that where only HR may see the question.
"""

from datetime import date

import frappe
from frappe import _
from frappe.utils import getdate

from referral_hub.paths.goals import plans
from referral_hub.people.employments import record_now, records_of, users_of

OPEN = ("Pending", "In Progress")
_LONGEST_NAME = 140


class NoSuchGoal(frappe.ValidationError):
	"""The goal is not an open one of the employee who asked, or nothing of it would change."""


def open_goals(employee: str) -> list[frappe._dict]:
	"""Return what somebody still works on, the first due first."""
	theirs = {"employee": ("in", records_of(employee)), "status": ("in", OPEN), "is_group": 0}
	return frappe.get_all(
		"Goal", theirs, ["name", "goal_name", "start_date", "end_date"], order_by="end_date asc, name asc"
	)


def adjust(employee: str, name: str, goal_name: str, end_date, why: str = "") -> dict:
	"""Change a goal, with the reason where others may read it; return what it was and is: {"before": {...}, "after": {...}}."""
	if name not in {row.name for row in open_goals(employee)}:
		frappe.throw(_("Please choose an open goal of this employee."), NoSuchGoal)
	goal = frappe.get_doc("Goal", name, for_update=True)
	before = _said(goal)
	goal.goal_name = (goal_name or "").strip()[:_LONGEST_NAME] or goal.goal_name
	goal.end_date = getdate(end_date) if end_date else goal.end_date
	after = _said(goal)
	if before == after:
		frappe.throw(_("Please change the words of the goal, or its day."), NoSuchGoal)
	goal.save(ignore_permissions=True)
	words = _("Agreed anew: {0}").format(why) if why else _("Agreed anew.")
	goal.add_comment("Comment", frappe.utils.escape_html(words))
	plans.explain_change(name, _role(employee), f"{_in_words(before)} → {_in_words(after)}\n{why}")
	return {"before": before, "after": after}


def _role(employee: str) -> str:
	"""Return as what the user who acts stands to an employee; a plan names roles, and no users."""
	manager = frappe.db.get_value("Employee", record_now(employee), "reports_to")
	return plans.MANAGER if frappe.session.user in users_of(manager) else plans.HR


def _in_words(said: dict[str, str | None]) -> str:
	return "{goal_name} ({end_date})".format(**said) if said["end_date"] else said["goal_name"]


def _said(goal) -> dict[str, str | None]:
	day: date | None = goal.end_date and getdate(goal.end_date)
	return {"goal_name": goal.goal_name, "end_date": day and day.isoformat()}
