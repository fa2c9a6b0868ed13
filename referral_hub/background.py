"""Starts jobs after commit, so that a job never sees less than was committed. Every slice starts its jobs here.

Nothing here fails whoever saved: they have saved. Without Redis the scheduler's next run does the work.
"""

from collections.abc import Callable
from itertools import count

import frappe
from frappe.utils.background_jobs import get_job_status
from redis.exceptions import RedisError
from rq.job import JobStatus


def start_after_commit(method: str, queue: str = "default", once_as: str | None = None, **arguments) -> None:
	"""Enqueue a job once this transaction is committed; nothing happens when it is rolled back.

	With `once_as`, a job of that name which still waits is enough: it will see this commit. Asked for twice in one
	transaction it is looked for once.
	"""
	if once_as:
		_asked_for().add(once_as)
	after_commit(lambda: _start_asked_for(method, queue, once_as, arguments))


def after_commit(work: Callable[[], None]) -> None:
	"""Do something small once this transaction is committed; what goes wrong is logged and troubles nobody."""
	frappe.db.after_commit.add(lambda: _never_fail(work))


def start(method: str, queue: str = "default", once_as: str | None = None, **arguments) -> None:
	"""Enqueue a job now, for callers that are after their commit already.

	Redis away or full is no reason to trouble whoever saved, nor to keep them waiting for each job.
	"""
	if frappe.flags.referral_hub_queue_is_away:
		return
	try:
		if not once_as:
			frappe.enqueue(method, queue=queue, **arguments)
		elif job_id := _free_id(once_as):
			frappe.enqueue(method, queue=queue, job_id=job_id, **arguments)
	except (RedisError, frappe.QueueOverloaded):
		frappe.flags.referral_hub_queue_is_away = True
		frappe.logger("referral_hub").warning(f"No queue for {method}: it waits for the scheduler")


def _start_asked_for(method: str, queue: str, once_as: str | None, arguments: dict) -> None:
	if once_as and once_as not in _asked_for():
		return  # asked for twice, and started a moment ago
	_asked_for().discard(once_as)
	start(method, queue, once_as, **arguments)


def _asked_for() -> set[str]:
	return frappe.flags.setdefault("referral_hub_asked_for", set())


def _free_id(name: str) -> str | None:
	"""Return the next free id of a job, None when one waits.

	One that is running already may have read before this commit, so it doesn't count.
	"""
	for number in count():
		job_id = f"{name}::{number}"
		status = get_job_status(job_id)
		if status == JobStatus.QUEUED:
			return None
		if status != JobStatus.STARTED:
			return job_id


def _never_fail(work: Callable[[], None]) -> None:
	"""Log by way of Redis: the transaction that begins here may never be committed."""
	try:
		work()
	except Exception:
		try:
			frappe.log_error(title="Nothing could be started after a commit", defer_insert=True)
		except RedisError:
			frappe.logger("referral_hub").exception("Nothing could be started after a commit")
