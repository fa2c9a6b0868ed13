"""Starts jobs after commit, so that a job never sees less than was committed.

Without Redis nothing fails: whoever saved has saved, and the scheduler's next run does the work.
"""

import frappe
from redis.exceptions import RedisError


def start_after_commit(method: str, queue: str = "default", **arguments) -> None:
	"""Enqueue a job once this transaction is committed; nothing happens when it is rolled back."""
	frappe.db.after_commit.add(lambda: _start(method, queue, arguments))


def _start(method: str, queue: str, arguments: dict) -> None:
	try:
		frappe.enqueue(method, queue=queue, **arguments)
	except RedisError:
		frappe.logger("referral_hub").warning(f"Redis is away: {method} waits for the scheduler")
