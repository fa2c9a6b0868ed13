"""Invitations nobody answered: their time runs out, and others may refer the person again.

Who answers late is let in all the same while nobody else refers them (`admitting`). Called daily, one by one.
"""

import frappe
from frappe.model.document import Document
from frappe.utils import cint, getdate, nowdate

from referral_hub.referrals.closing import close
from referral_hub.referrals.rules.outcomes import Outcome
from referral_hub.referrals.rules.stages import Stage


def expire(referral: str) -> bool:
	"""Close an invitation that nobody answered in time, and let others refer the person; say whether it was one."""
	row = frappe.get_doc("Referral", referral, for_update=True)
	if not _has_run_out(row):
		return False
	close(row, Outcome.EXPIRED)
	return True


def run_out(after: str = "", limit: int = 500) -> list[str]:
	"""Return invitations that ran out, in the order of their numbers, from after that one."""
	return frappe.get_all(
		"Referral",
		filters={
			"stage": Stage.INVITED,
			"outcome": Outcome.OPEN,
			"invited_until": ("<", nowdate()),
			"name": (">", after),
		},
		order_by="name asc",
		limit=cint(limit),
		pluck="name",
	)


def _has_run_out(row: Document) -> bool:
	is_waiting = row.stage == Stage.INVITED and row.outcome == Outcome.OPEN and row.invited_until
	return bool(is_waiting) and getdate(row.invited_until) < getdate(nowdate())
