"""Goals that are under way stand among the activities of the person's Employee Onboarding, whichever of the two was there first.

Once in each onboarding: what HR takes out of it stays out. Called when goals begin, by a job after HR's save, and by the daily task.
"""

from html import unescape

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import escape_html, strip_html

from referral_hub import background
from referral_hub.paths.goals import plans
from referral_hub.paths.goals.editing import PLAN
from referral_hub.paths.rules.goals import State

DOCTYPE = "Employee Onboarding"
_SAVEPOINT = "referral_hub_onboarding_activity"


def follow_after_commit(applicant: str | None) -> None:
	"""Look at an onboarding that is made, once that is committed; without goals that are under way no job."""
	if applicant:
		background.after_commit(lambda: _follow(applicant))


def unaware(applicants: list[str] | None = None) -> list[str]:
	"""Return the plans under way of which the person's onboarding knows nothing yet."""
	plan, onboarding = frappe.qb.DocType(PLAN), frappe.qb.DocType(DOCTYPE)
	query = frappe.qb.from_(plan).join(onboarding).on(onboarding.job_applicant == plan.job_applicant)
	query = query.where((plan.state == State.UNDER_WAY.value) & (onboarding.docstatus < 2))
	query = query.where(plan.noted_in.isnull() | (plan.noted_in != onboarding.name))
	if applicants:
		query = query.where(plan.job_applicant.isin(applicants))
	return query.select(plan.name).distinct().run(pluck=True)


def note(name: str) -> None:
	"""Put a plan among the activities HR follows; where HRMS refuses that, the goals stand and the plan says why."""
	plan = frappe.get_doc(PLAN, name, for_update=True)
	where = {"job_applicant": plan.job_applicant, "docstatus": ("<", 2)}
	onboarding = frappe.db.get_value(DOCTYPE, where, "name")
	if plan.state != State.UNDER_WAY or onboarding in (None, plan.noted_in):
		return
	plans.write(plan, noted_in=onboarding)
	frappe.db.savepoint(_SAVEPOINT)
	try:
		_add_activity(frappe.get_doc(DOCTYPE, onboarding), plan)
	except frappe.TimestampMismatchError:
		raise  # somebody saved it at that moment: the daily task tries again
	except frappe.ValidationError as refused:
		frappe.db.rollback(save_point=_SAVEPOINT)
		words = _("The activity could not be added to {0}: {1}").format(onboarding, refused)
		plan.add_comment("Comment", escape_html(strip_html(words)))


def _follow(applicant: str) -> None:
	if unaware([applicant]):
		background.start("referral_hub.tasks.start_goals", applicants=[applicant])


def _add_activity(onboarding: Document, plan: Document) -> None:
	"""Leave one alone that has it from the onboarding it amends; its words are in the language of whoever made it."""
	goals = "".join(f"<li>{escape_html(row.goal)}</li>" for row in plan.goals)
	activity = {"activity_name": _("Goals of the First Months"), "description": f"<ul>{goals}</ul>"}
	if _plain(activity["description"]) in {_plain(row.description) for row in onboarding.activities}:
		return
	user = _manager_of(plan.employee)
	onboarding.append("activities", activity | {"user": user, "begin_on": 0, "duration": 1})
	onboarding.save(ignore_permissions=True)


def _manager_of(employee: str) -> str | None:
	manager = frappe.db.get_value("Employee", employee, "reports_to")
	return frappe.db.get_value("Employee", manager, "user_id") if manager else None


def _plain(description: str | None) -> str:
	return unescape(strip_html(description or ""))
