"""Where somebody stands in the pool, and how that is written. Whoever is hired or says no is not called any more."""

import frappe
from frappe.model.document import Document
from frappe.utils import now_datetime

from referral_hub.talent.cadence import closing
from referral_hub.talent.requests import ending
from referral_hub.talent.rules import requests

DOCTYPE = "Talent Pool Record"
PROPOSED, IN_POOL, RESTING, MATCHED = "Proposed", "In Pool", "Resting", "Matched"
HIRED, DO_NOT_CONTACT, CLOSED = "Hired", "Do Not Contact", "Closed"
# nobody is asked to call these
NOT_CALLED = frozenset({PROPOSED, HIRED, DO_NOT_CONTACT, CLOSED})


def lock(name: str) -> Document:
	return frappe.get_doc(DOCTYPE, name, for_update=True)


def put(record: str, state: str, why: str = "") -> bool:
	"""Let a record stand there from now on; False when it did already."""
	row = lock(record)
	if row.state == state:
		return False
	row.db_set({"state": state, "state_on": now_datetime(), "state_reason": why or None})
	if state != IN_POOL:
		closing.stop(record, why)
	if state in NOT_CALLED:
		ending.end_all(record, why)
	if state == HIRED:
		ending.follow(record, requests.HIRED)
	return True
