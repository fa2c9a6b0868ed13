"""Begins again after a deadlock: for the outermost caller of a transaction, a job or a request.

A deadlock has rolled back everything the transaction did, so it can only be retried as a whole. Never call this
inside a hook or a service: the work of the caller would be lost and half of it done again. Called by what was itself called
that way, it leaves the beginning to the outermost.
"""

from collections.abc import Callable
from typing import TypeVar

import frappe
from tenacity import retry, retry_if_exception_type, stop_after_attempt, wait_random_exponential

ATTEMPTS = 8

T = TypeVar("T")


def retry_deadlocks(step: Callable[[], T]) -> T:
	"""Run `step` in the current transaction; on a deadlock roll back, wait a little, and run it again."""
	if frappe.local.flags.referral_hub_begins_again:
		return step()
	frappe.local.flags.referral_hub_begins_again = True
	try:
		return _begin_again(step)
	finally:
		frappe.local.flags.referral_hub_begins_again = False


@retry(
	retry=retry_if_exception_type((frappe.QueryDeadlockError, frappe.QueryTimeoutError)),
	stop=stop_after_attempt(ATTEMPTS),
	wait=wait_random_exponential(multiplier=0.05, max=2),
	before_sleep=lambda _state: frappe.db.rollback(),
	reraise=True,
)
def _begin_again(step: Callable[[], T]) -> T:
	return step()
