"""Whether anything happens by itself: the scheduler, its workers, and the jobs of this app."""

from datetime import datetime

import frappe
from frappe import _
from frappe.utils import add_to_date, format_datetime, get_url_to_form, get_url_to_list, now_datetime
from frappe.utils.background_jobs import get_workers
from frappe.utils.scheduler import is_scheduler_inactive
from redis.exceptions import RedisError

from referral_hub.health.lateness import Planned, late
from referral_hub.health.line import BROKEN, LOOK, Line, sound
from referral_hub.wording.counting import counted

OURS = ("like", "referral_hub.%")
QUEUES = {"short", "default", "long"}


def scheduler() -> list[Line]:
	what, link = _("Scheduler"), get_url_to_form("System Settings", "System Settings")
	if is_scheduler_inactive(verbose=False):
		seen = _("It is switched off: nobody is paid, reminded or told anything by itself.")
		return [Line(what, BROKEN, seen, _("Run: bench --site {0} enable-scheduler").format(_site()), link)]
	jobs = _jobs()
	began = [job.last_on for job in jobs if job.last_on]
	if not began:
		seen = _("It is switched on, and has not started any job of Referral Hub yet.")
		return [Line(what, LOOK, seen, _("Look again in half an hour."), link)]
	if overdue := late(jobs, now_datetime()):
		seen = counted(
			len(overdue),
			_("{0} of {1} jobs is overdue: {2}, due on {3}."),
			_("{0} of {1} jobs are overdue; the longest: {2}, due on {3}."),
		)
		seen = seen.format(len(overdue), len(jobs), overdue[0].name, format_datetime(overdue[0].next_on))
		to_do = _("See whether bench schedule and the workers run on the server.")
		return [Line(what, BROKEN, seen, to_do, get_url_to_list("Scheduled Job Type"))]
	seen = counted(
		len(jobs),
		_("{0} job, not overdue; it last began on {1}."),
		_("{0} jobs, none overdue; the last began on {1}."),
	).format(len(jobs), format_datetime(max(began)))
	return [sound(what, seen)]


def stopped() -> list[Line]:
	what, link = _("Jobs Switched Off"), get_url_to_list("Scheduled Job Type")
	names = [job.name for job in _jobs() if job.is_stopped]
	if not names:
		return [sound(what, _("None."))]
	seen = _("{0}: {1}").format(len(names), ", ".join(names))
	return [
		Line(what, LOOK, seen, _("Open them and take the mark out of Stopped, if nobody meant that."), link)
	]


def failed() -> list[Line]:
	"""Look at how each job of ours ended last, in the last two days."""
	what, link = _("Jobs That Failed"), get_url_to_list("Scheduled Job Log")
	ours = {job.name: job.scheduled for job in _named()}
	since = {"creation": (">", add_to_date(None, days=-2)), "scheduled_job_type": ("in", list(ours.values()))}
	fields = ["scheduled_job_type", "status"]
	ended = {
		row.scheduled_job_type: row.status
		for row in frappe.get_all("Scheduled Job Log", since, fields, order_by="creation")
		if row.status in ("Complete", "Failed")
	}
	names = sorted(name for name, job_type in ours.items() if ended.get(job_type) == "Failed")
	if not names:
		return [sound(what, _("None whose last run failed."))]
	seen = _("The last run failed: {0}").format(", ".join(names))
	return [Line(what, BROKEN, seen, _("The log says why; the next run tries again."), link)]


def workers() -> list[Line]:
	what, link = _("Background Workers", context="Referral Hub Health"), get_url_to_list("RQ Worker")
	to_do = _("Start them on the server (bench worker, or supervisor).")
	try:
		served = {name.rpartition(":")[2] for worker in get_workers() for name in worker.queue_names()}
	except RedisError as error:
		seen = _("Redis can't be reached: {0}").format(error)
		return [Line(what, BROKEN, seen, _("Start Redis on the server (redis_queue)."))]
	if missing := sorted(QUEUES - served):
		return [Line(what, BROKEN, _("Nobody works on: {0}.").format(", ".join(missing)), to_do, link)]
	return [sound(what, _("All queues are worked on."))]


def _named() -> list[frappe._dict]:
	fields = [
		"name as scheduled",
		"method",
		"stopped",
		"last_execution",
		"creation",
		"frequency",
		"cron_format",
	]
	rows = frappe.get_all("Scheduled Job Type", {"method": OURS}, fields)
	return [row.update(name=row.method.rpartition(".")[2]) for row in rows]


def _jobs() -> list[Planned]:
	return [
		Planned(row.name, row.last_execution, _next(row.scheduled), bool(row.stopped)) for row in _named()
	]


def _next(name: str) -> datetime:
	return frappe.get_cached_doc("Scheduled Job Type", name).get_next_execution()


def _site() -> str:
	return frappe.local.site
