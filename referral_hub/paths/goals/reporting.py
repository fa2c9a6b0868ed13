"""What the newcomer and their manager write about goals that are under way: progress goes into HRMS's Goal, words are kept with the plan.

Only the newcomer says how far they are; both explain, and the manager keeps what was talked about. Called by the portal.
"""

from collections.abc import Mapping, Sequence
from math import isfinite

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import flt

from referral_hub.paths.goals import plans
from referral_hub.paths.goals.editing import PLAN
from referral_hub.paths.rules.goals import State
from referral_hub.people.employments import records_of

_OPEN = frozenset({"Pending", "In Progress", "Completed"})


class NotYours(frappe.PermissionError):
	"""Nobody writes about another's goals."""


def mine(employee: str) -> list[Document]:
	"""Return the plans of the person who has this record, newest first."""
	where = {"employee": ("in", records_of(employee)), "state": ("in", [State.UNDER_WAY, State.OVER])}
	names = frappe.get_all(PLAN, where, pluck="name", order_by="joined_on desc", limit=3)
	return [frappe.get_doc(PLAN, name) for name in names]


def of_newcomers(employee: str) -> list[str]:
	"""Return the names of the plans under way of those who report to this person, newest first."""
	plan, newcomer = frappe.qb.DocType(PLAN), frappe.qb.DocType("Employee")
	return (
		frappe.qb.from_(plan)
		.join(newcomer)
		.on(newcomer.name == plan.employee)
		.where((plan.state == State.UNDER_WAY.value) & (newcomer.status == "Active"))
		.where(newcomer.reports_to.isin(records_of(employee)))
		.orderby(plan.joined_on, plan.name, order=frappe.qb.desc)
		.select(plan.name)
	).run(pluck=True)


def has_any(records: Sequence[str]) -> bool:
	"""Say whether the person with these records has goals, or somebody who reports to them; one query, and no goal is read."""
	return bool(
		frappe.db.sql(
			f"""select plan.name from `tab{PLAN}` plan where plan.employee in %(records)s and plan.state in %(mine)s
			union all select plan.name from `tab{PLAN}` plan join `tabEmployee` newcomer on newcomer.name = plan.employee
			where plan.state = %(state)s and newcomer.status = 'Active' and newcomer.reports_to in %(records)s limit 1""",
			{
				"records": tuple(records),
				"mine": (State.UNDER_WAY.value, State.OVER.value),
				"state": State.UNDER_WAY.value,
			},
		)
	)


def role_of(employee: str, plan: str) -> str:
	"""Return whether somebody is the newcomer or the manager of a plan. Raises NotYours."""
	row = frappe.db.get_value(PLAN, plan, ["employee", "state"], as_dict=True)
	if row and row.state in (State.UNDER_WAY, State.OVER):
		records = records_of(employee)
		if row.employee in records:
			return plans.NEWCOMER
		led = {"name": row.employee, "status": "Active", "reports_to": ("in", records)}
		if row.state == State.UNDER_WAY and frappe.db.exists("Employee", led):
			return plans.MANAGER
	raise NotYours(_("These are not your goals, nor those of somebody who reports to you."))


def may_report(goal: frappe._dict | None) -> bool:
	"""Say whether progress is typed in: not of what HRMS adds up from other goals, nor of what was set aside."""
	return bool(goal) and goal.status in _OPEN and not goal.is_group


def report(employee: str, plan: str, row: str, progress: str) -> None:
	"""Write into HRMS's Goal how far the newcomer is, 0 to 100."""
	report_all(employee, plan, {row: progress})


def report_all(employee: str, plan: str, progress: Mapping[str, str]) -> None:
	"""Write into HRMS's Goals how far the newcomer is, 0 to 100, by the row of the plan; all of them, or none where one is refused."""
	if role_of(employee, plan) != plans.NEWCOMER:
		raise NotYours(_("Only the newcomer says here how far they are; you can change the Goal in HRMS."))
	for row, typed in progress.items():
		_report(plan, row, typed)


def _report(plan: str, row: str, typed: str) -> None:
	name = frappe.db.get_value("Onboarding Goal", {"name": row, "parent": plan}, "hrms_goal")
	goal = frappe.get_doc("Goal", name, for_update=True) if name and frappe.db.exists("Goal", name) else None
	if not may_report(goal):
		frappe.throw(_("This goal can't be changed here any more."), plans.NotNow)
	goal.progress = max(0.0, min(100.0, _number(typed)))
	goal.save(ignore_permissions=True)


def _number(typed: str) -> float:
	number = flt(typed)
	if not isfinite(number):
		frappe.throw(_("Please say with a number from 0 to 100 how far you are."))
	return number


def explain(employee: str, plan: str, row: str, words: str) -> None:
	"""Keep why a goal stands differently from what was agreed."""
	about = frappe.db.get_value("Onboarding Goal", {"name": row, "parent": plan}, "goal")
	_say(employee, plan, plans.EXPLANATION, words, about or "")


def keep_talk(employee: str, plan: str, words: str) -> None:
	"""Keep what was talked about."""
	_say(employee, plan, plans.CHECK_IN, words)


def _say(employee: str, plan: str, kind: str, words: str, about: str = "") -> None:
	role = role_of(employee, plan)
	if words.strip():
		plans.note(frappe.get_doc(PLAN, plan), role, kind, words, about)
