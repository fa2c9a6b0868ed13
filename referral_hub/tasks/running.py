"""How long work is cut into transactions, for every task."""

from collections.abc import Iterable
from functools import partial

import frappe

from referral_hub.retry import retry_deadlocks


def one_by_one(work, names: Iterable):
	"""Do each in a transaction of its own; one that fails is logged, left to the next run, and stops no other."""
	for name in names:
		frappe.db.commit()  # a new snapshot: plain reads see what others committed meanwhile
		try:
			retry_deadlocks(partial(work, name))
		except Exception:
			frappe.db.rollback()
			frappe.log_error(title=f"Referral Hub: {work.__name__} failed", message=frappe.get_traceback())
	frappe.db.commit()


def chunk_by_chunk(work, some):
	"""Do some hundreds in a transaction, as long as `some(after=)` names more."""
	names = some()
	while names:
		frappe.db.commit()
		retry_deadlocks(partial(work, names))
		frappe.db.commit()
		names = some(after=names[-1])
