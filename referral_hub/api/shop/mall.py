"""What malls tell us of orders, signed. Nothing is answered that would tell a stranger which orders there are."""

import time

import frappe

from referral_hub import limits
from referral_hub.points.shop import service as shop
from referral_hub.retry import retry_deadlocks
from referral_hub.talent.rules.signals import LARGEST, Refused

ANSWERS_PER_ADDRESS = 10_000
STATUS = {"large": 413, "unsigned": 401, "late": 401, "unreadable": 400}


@frappe.whitelist(allow_guest=True, methods=["POST"])
def answer(**_ignored) -> dict:
	"""Take what a mall says of an order: {"taken": true}, {"taken": false} when that was known.

	Headers: X-Hub-Time, seconds since 1970 (at most 300 away from ours); X-Hub-Signature, hex HMAC-SHA256 of time + "." + body with
	the mall's *Secret*. The body is JSON: {"order", "state": "accepted", "delivered" or "refused", and if you like "reference", "code",
	"why"}. Refused with 401 (not signed, too late, no such order), 413 (over 64 kB), 400 (unreadable), 429 (too many).
	"""
	if not limits.within("mall", limits.address(), ANSWERS_PER_ADDRESS):
		return _refuse(429)
	try:
		return {"taken": retry_deadlocks(_receive)}
	except Refused as refused:
		return _refuse(STATUS[refused.why])


def _receive() -> bool:
	if (frappe.request.content_length or 0) > LARGEST:
		raise Refused("large")
	body = frappe.request.get_data(cache=True)
	sent, signature = (frappe.get_request_header(name) for name in ("X-Hub-Time", "X-Hub-Signature"))
	return shop.hear_mall(body, sent, signature, time.time())


def _refuse(status: int) -> dict:
	frappe.db.rollback()
	frappe.local.response.http_status_code = status
	return {"taken": False}
