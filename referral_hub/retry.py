"""Begins again after a deadlock: for the outermost caller of a transaction, a job or a request.

A deadlock has rolled back everything the transaction did, so it can only be retried as a whole. Never call this
inside a hook or a service: the work of the caller would be lost and half of it done again. Called by what was itself called
that way, it leaves the beginning to the outermost. What has left the site can't be taken back: after `something_left` nothing begins again.
"""

from collections.abc import Callable
from typing import TypeVar

import frappe
from tenacity import retry, retry_if_exception, stop_after_attempt, wait_random_exponential

ATTEMPTS = 8
_BEGINS_AGAIN, _HAS_LEFT = "referral_hub_begins_again", "referral_hub_has_left"

T = TypeVar("T")


def retry_deadlocks(step: Callable[[], T]) -> T:
	"""Run `step` in the current transaction; on a deadlock roll back, wait a little, and run it again."""
	if frappe.local.flags.get(_BEGINS_AGAIN):
		return step()
	frappe.local.flags.update({_BEGINS_AGAIN: True, _HAS_LEFT: False})
	try:
		return _begin_again(step)
	finally:
		frappe.local.flags[_BEGINS_AGAIN] = False


def something_left() -> None:
	"""Note that a request was made of somebody outside: from here on a deadlock is an error, and not a reason to ask them once more."""
	frappe.local.flags[_HAS_LEFT] = True


def _may_begin_again(error: BaseException) -> bool:
	is_passing = isinstance(error, frappe.QueryDeadlockError | frappe.QueryTimeoutError)
	return is_passing and not frappe.local.flags.get(_HAS_LEFT)


@retry(
	retry=retry_if_exception(_may_begin_again),
	stop=stop_after_attempt(ATTEMPTS),
	wait=wait_random_exponential(multiplier=0.05, max=2),
	before_sleep=lambda _state: frappe.db.rollback(),
	reraise=True,
)
def _begin_again(step: Callable[[], T]) -> T:
	return step()
