"""Does what a button of a page says: deadlocks are retried, and what was refused half-way is undone, so that the page can say why.

Called by pages with several buttons.
"""

from collections.abc import Callable

import frappe

from referral_hub.retry import retry_deadlocks

_SAVEPOINT = "referral_hub_act"


def do(act: Callable, *arguments) -> None:
	retry_deadlocks(lambda: _undone_when_refused(act, *arguments))


def _undone_when_refused(act: Callable, *arguments) -> None:
	frappe.db.savepoint(_SAVEPOINT)
	try:
		act(*arguments)
	except frappe.ValidationError:
		frappe.db.rollback(save_point=_SAVEPOINT)
		raise
