"""Where somebody stands in the pool, and how that is written. Whoever is hired or says no is not called any more.

Whoever was forgotten stays so: of them there are only numbers.
"""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime, nowdate

from referral_hub.talent.cadence import closing
from referral_hub.talent.requests import ending
from referral_hub.talent.rules import requests
from referral_hub.talent.stopping import stop

DOCTYPE = "Talent Pool Record"
PROPOSED, IN_POOL, RESTING, MATCHED = "Proposed", "In Pool", "Resting", "Matched"
HIRED, DO_NOT_CONTACT, CLOSED, ANONYMISED = "Hired", "Do Not Contact", "Closed", "Anonymised"
# nobody is asked to call these
NOT_CALLED = frozenset({PROPOSED, HIRED, DO_NOT_CONTACT, CLOSED, ANONYMISED})


class Forgotten(frappe.ValidationError):
	"""There is nobody any more to call or to write about."""


class SaidNo(frappe.ValidationError):
	"""The person does not want to hear from us."""


def lock(name: str) -> Document:
	return frappe.get_doc(DOCTYPE, name, for_update=True)


def put(record: str, state: str, why: str = "") -> bool:
	"""Let a record stand there from now on; False when it did already."""
	row = lock(record)
	if row.state in (state, ANONYMISED):
		return False
	values = {"state": state, "state_on": now_datetime(), "state_reason": why or None}
	row.db_set(values | ({"hired_on": nowdate()} if state == HIRED else {}))
	if state in NOT_CALLED:
		stop(record, why or state)
		ending.end_all(record, why)
	elif state != IN_POOL:
		closing.stop(record, why)
	if state == HIRED:
		ending.follow(record, requests.HIRED)
	return True


def check_is_somebody(state: str) -> None:
	"""Refuse to go on with a record whose person was forgotten."""
	if state == ANONYMISED:
		frappe.throw(_("This person was forgotten: only the numbers are kept."), Forgotten)
