"""When whoever agreed to goals becomes an Employee, their goals become HRMS's Goals: once, whatever is deleted or repeated later.

Called by a job after HR's save, and by the daily task for what a lost job left undone.
"""

from datetime import date

import frappe
from frappe.model.document import Document
from frappe.utils import escape_html, getdate

from referral_hub import background
from referral_hub.messages import service as messages
from referral_hub.paths.goals import onboardings, plans
from referral_hub.paths.goals.editing import PLAN
from referral_hub.paths.rules import goals as rules
from referral_hub.paths.rules.goals import State
from referral_hub.people.employments import records_of

PAGE = "/referrals/goals"


def follow_after_commit(applicant: str | None) -> None:
	"""Start the goals of an Employee who is saved, once that is committed; without a plan no job."""
	if applicant:
		background.after_commit(lambda: _follow(applicant))


def waiting(applicants: list[str] | None = None) -> list[str]:
	"""Return the agreed plans whose person is an Employee by now."""
	plan, employee = frappe.qb.DocType(PLAN), frappe.qb.DocType("Employee")
	query = frappe.qb.from_(plan).join(employee).on(employee.job_applicant == plan.job_applicant)
	query = query.where((plan.state == State.AGREED.value) & (employee.status == "Active"))
	if applicants:
		query = query.where(plan.job_applicant.isin(applicants))
	return query.select(plan.name).distinct().run(pluck=True)


def start(name: str) -> bool:
	"""Make the Goals of a plan; False when that was done before, or nobody has joined."""
	# the applicant first, as whoever begins a plan locks: two plans of one person make no goal twice
	applicant = frappe.db.get_value(PLAN, name, "job_applicant")
	frappe.db.get_value("Job Applicant", applicant, "name", for_update=True)
	plan = frappe.get_doc(PLAN, name, for_update=True)
	employee = _employee_of(plan.job_applicant)
	if plan.state != State.AGREED or not employee:
		return False
	made, since = _made_before(plan.job_applicant, employee.name), _counts_from(plan, employee)
	for row in plan.goals:
		row.hrms_goal = made.get(row.goal) or _make_goal(row, employee, since)
	plans.write(plan, state=State.UNDER_WAY, employee=employee.name, joined_on=since)
	onboardings.note(plan.name)
	messages.tell("goals_begun", employee.name, key=plan.name, link=PAGE)
	return True


def _follow(applicant: str) -> None:
	if waiting([applicant]):
		background.start("referral_hub.tasks.start_goals", applicants=[applicant])


def _employee_of(applicant: str) -> frappe._dict | None:
	fields = ["name", "date_of_joining", "company", "reports_to"]
	where = {"job_applicant": applicant, "status": "Active"}
	return frappe.db.get_value("Employee", where, fields, as_dict=True, order_by="date_of_joining desc")


def _made_before(applicant: str, employee: str) -> dict[str, str]:
	"""Return the Goals, by their words, that HRMS has of a plan that was cancelled after the first day, also of a record before a transfer: they are not
	made twice."""
	plan, row, goal = (frappe.qb.DocType(doctype) for doctype in (PLAN, "Onboarding Goal", "Goal"))
	return dict(
		frappe.qb.from_(row)
		.join(plan)
		.on(plan.name == row.parent)
		.join(goal)
		.on(goal.name == row.hrms_goal)
		.where((plan.job_applicant == applicant) & goal.employee.isin(records_of(employee)))
		.where(plan.state != State.OVER.value)
		.select(row.goal, goal.name)
		.for_update()
		.run()
	)


def _counts_from(plan: Document, employee: frappe._dict) -> date:
	"""Return the first day; of goals that follow the first ones, the day they were agreed, whatever became of the joining date since."""
	joined = getdate(employee.date_of_joining)
	before = {"job_applicant": plan.job_applicant, "state": State.OVER.value}
	return max(joined, getdate(plan.agreed_on)) if frappe.db.exists(PLAN, before) else joined


def _make_goal(row: Document, employee: frappe._dict, since: date) -> str:
	goal = frappe.new_doc("Goal")
	goal.update({"employee": employee.name, "goal_name": row.goal, "progress": 0, "kra": row.kra})
	goal.update({"start_date": since, "end_date": rules.ends_on(since, row.months)})
	goal.description = escape_html(row.measure or "")
	goal.appraisal_cycle = cycle_of(employee, since) if row.kra else None
	return goal.insert(ignore_permissions=True).name


def cycle_of(employee: frappe._dict, day) -> str | None:
	"""Return the appraisal cycle that is open on a day, where there is one alone."""
	where = {"company": employee.company, "status": ("!=", "Completed")}
	where |= {"start_date": ("<=", day), "end_date": (">=", day)}
	found = frappe.get_all("Appraisal Cycle", where, pluck="name", limit=2)
	return found[0] if len(found) == 1 else None
