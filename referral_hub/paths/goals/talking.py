"""Each month the manager of a newcomer is asked to talk about the goals, with a draft; plans whose time is over end.

Without a manager who can be told, whoever proposed the goals is. Called by the daily task; each month is asked for once.
"""

from datetime import date

import frappe
from frappe import _
from frappe.utils import cint, getdate, nowdate

from referral_hub.messages import service as messages
from referral_hub.paths.goals import first_day, plans, standing, starting
from referral_hub.paths.goals.editing import PLAN
from referral_hub.paths.goals.standing import Stands
from referral_hub.paths.rules import goals as rules
from referral_hub.paths.rules.goals import Course, State
from referral_hub.people.employments import record_now

_OF_EMPLOYEE = ["name", "status", "reports_to", "employee_name", "company", "date_of_joining"]


def under_way() -> list[str]:
	return frappe.get_all(PLAN, {"state": State.UNDER_WAY}, pluck="name")


def look(name: str) -> None:
	"""Ask for the talk that is due, or end a plan that is over or whose person has left."""
	plan, today = frappe.get_doc(PLAN, name, for_update=True), getdate(nowdate())
	if plan.state != State.UNDER_WAY:
		return
	_follow_transfer(plan)
	employee = frappe.db.get_value("Employee", plan.employee, _OF_EMPLOYEE, as_dict=True)
	if not employee or employee.status == "Left":
		plans.write(plan, state=State.OVER)
		return
	first_day.follow(plan, employee, today)
	joined = getdate(plan.joined_on)
	last = rules.last_month(joined, [one.ends_on for one in standing.of_plan(plan, today)])
	if rules.is_over(joined, last, today):
		plans.write(plan, state=State.OVER)
		return
	if employee.status != "Active":
		return  # away: they are asked about once they are back
	month = rules.check_in_due(joined, last, cint(plan.asked_month), today)
	if month:
		_ask(plan, employee, month)


def draft(name: str, months: int, goals: list[Stands]) -> str:
	"""Return words with which a manager can begin; they are read and changed before anybody sees them."""
	hello = _(
		"Hi {0}, a month has passed since you came. Let us talk for a quarter of an hour about how it goes."
	)
	later = _(
		"Hi {0}, {1} months have passed since you came. Let us talk for a quarter of an hour about how it goes."
	)
	first = hello.format(name) if months <= 1 else later.format(name, months)
	return "\n".join([first, *(_line(one) for one in goals), _("What helps you, and what is in your way?")])


def months_since(joined: date, today: date) -> int:
	return sum(rules.ends_on(joined, month) <= today for month in range(1, rules.LONGEST_MONTHS + 2))


def _line(one: Stands) -> str:
	said = {
		Course.REACHED: _("{0}: reached. Well done."),
		Course.ON_COURSE: _("{0}: {1} %, on course."),
		Course.BEHIND: _("{0}: {1} %. What would help you here?"),
		Course.LATE: _("{0}: {1} %, and its day has passed. Do we need another goal, or more time?"),
		Course.SET_ASIDE: _("{0}: set aside."),
		Course.DELETED: _("{0}: not in HRMS any more."),
	}[one.standing.course]
	return f"- {said.format(one.goal.words, int(one.standing.progress))}"


def _follow_transfer(plan) -> None:
	"""Let a plan be of the record its person has now: whoever leads them there reads it."""
	now = record_now(plan.employee)
	if now != plan.employee:
		plans.write(plan, employee=now)


def _ask(plan, employee, month: int) -> None:
	plans.write(plan, asked_month=month)
	facts = {
		"newcomer": employee.employee_name,
		"month": month,
		"link": f"{starting.PAGE}?plan={plan.name}#{plan.name}",
	}
	key = f"{plan.name}:{month}"
	user = employee.reports_to and frappe.db.get_value(
		"Employee", {"name": employee.reports_to, "status": "Active"}, "user_id"
	)
	if user:
		messages.tell("goals_check_in", employee.reports_to, key=key, **facts)
	elif plan.proposed_by:
		facts["link"] = frappe.utils.get_url_to_form(PLAN, plan.name)
		messages.tell_user("goals_check_in", plan.proposed_by, key=key, **facts)
