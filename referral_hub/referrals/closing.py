"""What HR or the candidate decides by hand about an open referral: withdrawn, no-show, duplicate and so on.

HRMS stays the source of truth: what it says wins, and somebody who joined can't be closed by hand.
"""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime

from referral_hub.referrals.deriving.following import refresh
from referral_hub.referrals.making import ownership
from referral_hub.referrals.rules.outcomes import CLOSED_BY_HAND, Outcome
from referral_hub.referrals.rules.ownership import Candidate

# The referrer is not credited, so others may refer the person.
_GIVES_UP_OWNERSHIP = frozenset({Outcome.DUPLICATE, Outcome.INELIGIBLE, Outcome.EXPIRED})


class NotOpen(frappe.ValidationError):
	"""Only an open referral can be closed by hand, and only one closed by hand can be opened again."""


def close(referral: Document | str, closed_as: str, reason: str | None = None) -> None:
	"""Close an open referral as Withdrawn, No-show, Expired, Duplicate or Ineligible."""
	row = _lock(referral)
	if closed_as not in CLOSED_BY_HAND:
		frappe.throw(_("A referral can't be closed as {0}.").format(closed_as))
	if row.outcome != Outcome.OPEN:
		frappe.throw(
			_("{0} is not open any more: {1}.").format(row.name, _(row.outcome, context="Referral")),
			exc=NotOpen,
		)
	row.db_set(
		{
			"closed_as": closed_as,
			"closed_reason": reason,
			"closed_on": now_datetime(),
			"closed_by": frappe.session.user,
		}
	)
	if closed_as in _GIVES_UP_OWNERSHIP:
		ownership.release(row.name)
	refresh(referral)


def reopen(referral: Document | str) -> None:
	"""Take back what was closed by hand; the referral is what HRMS says again."""
	row = _lock(referral)
	if not row.closed_as:
		frappe.throw(_("{0} was not closed by hand.").format(row.name), exc=NotOpen)
	_check_can_go_on(row)
	row.db_set({"closed_as": None, "closed_reason": None, "closed_on": None, "closed_by": None})
	ownership.claim_again(row.name, frappe.utils.nowdate())
	refresh(referral)


def _check_can_go_on(row: Document) -> None:
	"""Refuse to open again what nobody is in any more, or whom another referral has by now: one person has one owner."""
	if row.erased_on:
		words = _("{0} stays closed: the details of this person were deleted.")
		frappe.throw(words.format(row.name), exc=NotOpen)
	candidate = Candidate(row.candidate_name, row.candidate_email, row.candidate_phone)
	if others := ownership.under_way(row.name, candidate):
		words = _("{0} is about the same person and goes on. Close it first, or move its credit.")
		frappe.throw(words.format(", ".join(others)), exc=NotOpen)


def _lock(referral: Document | str) -> Document:
	name = referral if isinstance(referral, str) else referral.name
	return frappe.get_doc("Referral", name, for_update=True)
