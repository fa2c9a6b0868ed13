"""Runs the reconcile as a job: one chunk after the other, one transaction per referral, resumed where it stopped.

Where it is stands in the settings, so that a run that was killed or ran out of time goes on from there next time.
"""

from datetime import datetime

import frappe
from frappe.utils import now_datetime

from referral_hub.referrals.facts import read_masters
from referral_hub.referrals.jobs import in_own_transaction
from referral_hub.referrals.reconcile import find_moved

_SETTINGS = "Referral Hub Settings"


def run(since: datetime | None = None) -> int:
	"""Look at all referrals from where the last run stopped to the end; return how many changed. Commits."""
	started, changed = now_datetime(), 0
	cursor = frappe.db.get_single_value(_SETTINGS, "reconcile_cursor", cache=False) or ""
	while cursor is not None:
		frappe.db.rollback()  # each chunk sees what is committed now
		batch = find_moved(cursor, since, read_masters())
		changed += sum(_refresh(name) for name in batch.changed)
		cursor = batch.last
		_remember("reconcile_cursor", cursor)
	_remember("reconciled_until", started)
	return changed


def _refresh(referral: str) -> bool:
	"""Refresh one referral; one that can't be must not hold up the others, so it is logged and tried next time."""
	try:
		return in_own_transaction(referral)
	except Exception:
		frappe.db.rollback()
		frappe.log_error(
			title="A referral could not be reconciled",
			message=frappe.get_traceback(),
			reference_doctype="Referral",
			reference_name=referral,
		)
		frappe.db.commit()
		return False


def _remember(field: str, value) -> None:
	frappe.db.set_single_value(_SETTINGS, field, value, update_modified=False)
	frappe.db.commit()
