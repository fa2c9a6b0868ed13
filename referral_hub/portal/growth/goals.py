"""/referrals/goals: how far am I with my first goals? For managers also: where do my newcomers stand, and how do I begin to talk?

Progress goes into HRMS's Goals and comes from them. Somebody else's goals and those that never were look the same. Called by portal/renderer.py.
"""

from functools import partial
from urllib.parse import quote, urlencode

import frappe
from frappe import _
from frappe.utils import getdate

from referral_hub.paths.goals import plans, reporting, standing, talking
from referral_hub.paths.goals.editing import PLAN
from referral_hub.paths.goals.standing import Stands
from referral_hub.paths.rules.goals import Change, Course
from referral_hub.portal import acting, page, paging

ADDRESS = "/referrals/goals"
_PROGRESS, _STOOD = "progress-", "stood-"
_TONES = {Course.REACHED: "good", Course.BEHIND: "waiting", Course.LATE: "problem"}


@page.for_employees
def get_context(context):
	if frappe.request.method == "POST":
		return _act(context)
	return _show(context)


def _show(context, problem: str = "", form: dict | None = None) -> None:
	employee, today = context.employee.name, getdate()
	names = reporting.of_newcomers(employee)
	pages = paging.pages_of(len(names), _page_of(names), ADDRESS)
	newcomers = [frappe.get_doc(PLAN, name) for name in names[pages.start : pages.start + paging.SIZE]]
	context.update(
		mine=[plan_told(plan, today) for plan in reporting.mine(employee)],
		newcomers=[plan_told(plan, today, with_draft=True) for plan in newcomers],
		pages=pages,
		kept=bool(frappe.form_dict.get("kept")) and not problem,
		problem=problem,
		form=frappe._dict({"row": "", "progress": {}} | (form or {})),
		longest=plans.LONGEST_WORDS,
		title=_("First goals"),
		section="path",
		template="goals.html",
		script="copy_words.js",
	)


def _page_of(names: list[str]) -> int | str | None:
	"""Return the page on which the plan stands that was asked for, else the one that was."""
	asked = frappe.form_dict.get("plan")
	return 1 + names.index(asked) // paging.SIZE if asked in names else frappe.form_dict.get("page")


def _act(context):
	form = {field: str(frappe.form_dict.get(field) or "") for field in ("plan", "row", "words")}
	form["progress"] = _typed_progress()
	me, words = context.employee.name, form["words"]
	acts = {
		"report": partial(reporting.report_all, me, form["plan"], form["progress"]),
		"explain": partial(reporting.explain, me, form["plan"], form["row"], words),
		"talk": partial(reporting.keep_talk, me, form["plan"], words),
	}
	try:
		if act := acts.get(frappe.form_dict.get("do")):
			acting.do(act)
	except frappe.PermissionError:
		frappe.clear_messages()
		return page.not_found(context)
	except frappe.ValidationError as refused:
		frappe.clear_messages()
		context.status = 422
		return _show(context, frappe.utils.strip_html(str(refused)), form)
	return page.Redirect(f"{ADDRESS}?{urlencode({'kept': 1, 'plan': form['plan']})}#{quote(form['plan'])}")


def _typed_progress() -> dict[str, str]:
	"""Return by row what somebody has typed, not what merely stood there: it may have moved on in HRMS since."""
	form = frappe.form_dict
	return {
		name.removeprefix(_PROGRESS): str(typed)
		for name, typed in form.items()
		if name.startswith(_PROGRESS) and str(typed) != str(form.get(_STOOD + name.removeprefix(_PROGRESS)))
	}


def plan_told(plan, today, with_draft: bool = False) -> dict:
	goals = standing.of_plan(plan, today)
	months = talking.months_since(getdate(plan.joined_on), today)
	name = frappe.db.get_value("Employee", plan.employee, "first_name")
	said = plans.said_of(plan.name, (plans.CHECK_IN, plans.EXPLANATION))
	return {
		"name": plan.name,
		"who": frappe.db.get_value("Employee", plan.employee, "employee_name"),
		"since": plan.joined_on,
		"goals": [_goal(one) for one in goals],
		"said": [{"by": _(each.said_by, context=plans.NOTE), **each} for each in said],
		"draft": talking.draft(name, months, goals) if with_draft else "",
	}


def _goal(one: Stands) -> dict:
	return {
		"row": one.row,
		"words": one.goal.words,
		"measure": one.goal.measure,
		"ends_on": one.ends_on,
		"progress": int(one.standing.progress),
		"course": _course(one.standing.course),
		"tone": _TONES.get(one.standing.course, ""),
		"changes": [_changed(change, one) for change in one.standing.changes],
		"deviates": one.standing.deviates,
		"may_report": reporting.may_report(one.goal_in_hrms),
	}


def _course(course: Course) -> str:
	return {
		Course.REACHED: _("Reached", context="a goal"),
		Course.ON_COURSE: _("On course"),
		Course.BEHIND: _("Behind an even pace"),
		Course.LATE: _("Its day has passed"),
		Course.SET_ASIDE: _("Set aside"),
		Course.DELETED: _("Not in HRMS any more"),
	}[course]


def _changed(change: Change, one: Stands) -> str:
	if change == Change.WORDS:
		return _("Now it reads: {0}").format(one.goal_in_hrms.goal_name)
	return _("Its day was moved.")
