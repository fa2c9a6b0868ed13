"""*Learn to Refer* among the activities of HRMS's onboarding: put into templates, given to the newcomer, done when they open the page.

An activity of ours is known by the page its description leads to, so it may be renamed and is never put in twice. Nobody's role gets
it: HRMS would give the task to everybody who has the role. The newcomer is given it once they can sign in. Commits nothing.
"""

import frappe
from frappe import _
from frappe.desk.form import assign_to
from frappe.utils import get_url

PAGE = "/referrals/learn"
TEMPLATE, ONBOARDING, ACTIVITY = (
	"Employee Onboarding Template",
	"Employee Onboarding",
	"Employee Boarding Activity",
)
_SAVEPOINT = "referral_hub_learned"


def templates() -> list[frappe._dict]:
	"""Return the onboarding templates the caller may change: {"name", "title", "has_it"}. HRMS lets System Managers alone do so."""
	if not frappe.has_permission(TEMPLATE, "write"):
		words = _("This is for whoever may change Employee Onboarding Templates: in HRMS a System Manager.")
		frappe.throw(words, frappe.PermissionError)
	rows = frappe.get_list(TEMPLATE, fields=["name", "title"], limit_page_length=200, order_by="title asc")
	with_it = set(_activities({"parenttype": TEMPLATE}, "parent"))
	return [frappe._dict(row, has_it=row.name in with_it) for row in rows]


def put_into(name: str, day: int) -> bool:
	"""Add the activity to a template, to begin this many days after the onboarding; False where it is there."""
	template = frappe.get_doc(TEMPLATE, name)
	template.check_permission("write")
	if any(PAGE in (row.description or "") for row in template.activities):
		return False
	address = get_url(PAGE, allow_header_override=False)
	words = _(
		"Three pictures show how to refer somebody, and what it brings. Opening the page completes this task."
	)
	link = f'<a href="{address}">{_("Learn to Refer")}</a>'
	row = {"activity_name": _("Learn to Refer"), "description": f"<p>{words}</p><p>{link}</p>"}
	template.append("activities", {**row, "begin_on": day, "duration": 1})
	template.save()
	return True


def complete(employee: str) -> bool:
	"""Complete the task HRMS made for this employee, where there is one; say whether there was. What HRMS refuses disturbs nobody's reading."""
	done = False
	for task in _open_tasks(employee):
		frappe.db.savepoint(_SAVEPOINT)
		try:
			_complete(task)
			done = True
		except frappe.ValidationError:
			frappe.db.rollback(save_point=_SAVEPOINT)
			frappe.clear_messages()
			frappe.log_error(title="A task of an onboarding could not be completed", defer_insert=True)
	return done


def to_give() -> list[str]:
	"""Return the tasks that wait for a newcomer who can sign in, and were not given to them."""
	return frappe.db.sql_list(
		f"""select task.name from {_TASKS}
		where {_OURS} and task.status not in ('Completed', 'Cancelled') and worker.user_id != ''
			and not exists (select 1 from `tabToDo` todo where todo.reference_type = 'Task'
				and todo.reference_name = task.name and todo.allocated_to = worker.user_id)""",
		{"ours": f"%{PAGE}%"},
	)


def give(task: str) -> None:
	"""Assign a task to the newcomer it is about, as HRMS assigns those of others."""
	user = frappe.db.sql(
		f"select worker.user_id from {_TASKS} where task.name = %(task)s and {_OURS}",
		{"task": task, "ours": f"%{PAGE}%"},
	)[0][0]
	words = frappe.db.get_value("Task", task, "description")
	asked = {"assign_to": [user], "doctype": "Task", "name": task, "description": words, "notify": 0}
	assign_to.add(asked, ignore_permissions=True)


def take_out() -> None:
	"""Leave templates, and onboardings that are drafts, as they were: the app is uninstalled. What was submitted stays as it is."""
	for row in frappe.get_all(
		ACTIVITY, {"description": ("like", f"%{PAGE}%")}, ["name", "parent", "parenttype", "docstatus"]
	):
		if row.docstatus == 0:
			frappe.db.delete(ACTIVITY, {"name": row.name})
			frappe.clear_document_cache(row.parenttype, row.parent)


_OURS = "activity.description like %(ours)s"
_TASKS = """`tabEmployee Boarding Activity` activity
		join `tabEmployee Onboarding` boarding on boarding.name = activity.parent
			and activity.parenttype = 'Employee Onboarding' and boarding.docstatus = 1
		join `tabTask` task on task.name = activity.task
		join `tabEmployee` worker on worker.status = 'Active'
			and (worker.name = boarding.employee or worker.job_applicant = boarding.job_applicant)"""


def _open_tasks(employee: str) -> list[str]:
	return frappe.db.sql_list(
		f"""select task.name from {_TASKS}
		where worker.name = %(who)s and {_OURS} and task.status not in ('Completed', 'Cancelled')""",
		{"who": employee, "ours": f"%{PAGE}%"},
	)


def _complete(name: str) -> None:
	task = frappe.get_doc("Task", name)
	task.update({"status": "Completed", "completed_on": frappe.utils.nowdate()})
	task.flags.ignore_permissions = True
	task.save(ignore_permissions=True)


def _activities(filters: dict, field: str) -> list:
	return frappe.get_all(ACTIVITY, {**filters, "description": ("like", f"%{PAGE}%")}, pluck=field)
