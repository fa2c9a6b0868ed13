"""Brings in the applicants HRMS knew before: `bench hub-import-talent-history`, or HR's list of the pool.

Oldest first, some hundreds in a transaction. A run that is stopped goes on where it was; one that is finished can be run again and
changes nothing. Nobody is told anything.
"""

from collections.abc import Callable

import frappe
from frappe import _

from referral_hub.talent import jobs
from referral_hub.talent.capturing.looking import Looked

_SETTINGS, _CURSOR = "Referral Hub Settings", "pool_history_until"
CHUNK = jobs.CHUNK


def run(
	say: Callable[[str], None] = print,
	limit: int | None = None,
	progress: Callable[[int, int], None] | None = None,
) -> Looked:
	"""Look at every applicant who was not looked at by an earlier run; return what came of it. Commits."""
	rows, looked = _applicants(jobs.remembered(_CURSOR)), Looked()
	wanted = rows[:limit]
	for at in range(0, len(wanted), CHUNK):
		chunk = wanted[at : at + CHUNK]
		looked += jobs.look([name for name, _creation in chunk])
		_remember(chunk[-1][1])
		done = at + len(chunk)
		say(_("{0} of {1} looked at, {2} kept").format(done, len(rows), looked.kept))
		if progress:
			progress(done, len(rows))
	if len(wanted) == len(rows):
		_remember(None)
	say(_("{0} have come back to work here, {1} can't be reached").format(looked.hired, looked.unreachable))
	return looked


def _applicants(since) -> list[tuple]:
	"""Return (name, creation) of who is still to be looked at; those of the very moment of the last one come again."""
	table = frappe.qb.DocType("Job Applicant")
	query = frappe.qb.from_(table).select(table.name, table.creation)
	query = query.where(table.creation >= since) if since else query
	return list(query.orderby(table.creation).orderby(table.name).run())


def _remember(moment) -> None:
	frappe.db.set_single_value(_SETTINGS, _CURSOR, moment, update_modified=False)
	frappe.db.commit()
