"""How long work is cut into transactions, for every task."""

import traceback
from collections.abc import Callable, Iterable
from functools import partial, wraps

import frappe

from referral_hub.retry import retry_deadlocks


class WorkFailed(Exception):
	"""What a job says that may not say what it held: which error, and where."""


def says_nothing_of_people(work: Callable) -> Callable:
	"""Let a job that holds what is private fail with places in the code alone.

	Frappe writes the variables of every frame of an error into the Error Log and the Scheduled Job Log, which System Managers read; the
	words of an error may quote what it failed on. The name of the error stays, and what the system said of a file.
	"""

	@wraps(work)
	def quietly(*args, **kwargs):
		try:
			return work(*args, **kwargs)
		except Exception as error:
			said = without_words(error)
		raise WorkFailed(said)

	return quietly


def without_words(error: Exception) -> str:
	"""Return which error it is and where in the code, and nothing that it or a variable says."""
	reason = error.strerror if isinstance(error, OSError) else None
	places = "".join(traceback.format_tb(error.__traceback__))
	return f"{type(error).__name__}: {reason or 'what it says is not kept'}\n{places}"


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
