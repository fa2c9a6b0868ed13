"""For a person at a screen: a row that somebody else is at is waited for a few seconds, not for the database's fifty."""

from contextlib import contextmanager

import frappe
from frappe import _

SECONDS = 5


class BusyNow(frappe.ValidationError):
	"""Somebody else is at the same documents: nothing was changed, and a moment later it works."""


@contextmanager
def waiting_shortly(seconds: int = SECONDS):
	"""Let the statements inside wait for locks this long; then raise BusyNow. The caller's transaction must end with it."""
	frappe.db.sql("set session innodb_lock_wait_timeout = %s", seconds)
	try:
		yield
	except (frappe.QueryTimeoutError, frappe.QueryDeadlockError) as error:
		message = _(
			"Payroll or somebody else is working on this in this moment. Nothing was changed: please try again in a minute."
		)
		raise BusyNow(message) from error
	finally:
		frappe.db.sql("set session innodb_lock_wait_timeout = default")
