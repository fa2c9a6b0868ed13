"""What other systems send us, signed. Nothing is answered that would tell a stranger who is known here."""

import time

import frappe

from referral_hub import limits
from referral_hub.talent import signals
from referral_hub.talent.rules.signals import LARGEST, Refused

SIGNALS_PER_ADDRESS = 10_000
STATUS = {"large": 413, "unsigned": 401, "late": 401, "unreadable": 400, "unknown": 422, "consent": 422}


@frappe.whitelist(allow_guest=True, methods=["POST"])
def signal(**_ignored) -> dict:
	"""Take one signal about a person of the talent pool: {"taken": true}, {"taken": false} when it was taken before.

	Headers: X-Hub-Time, seconds since 1970 (at most 300 away from ours); X-Hub-Signature, hex HMAC-SHA256 of time + "." + body with
	*Secret for Signals* of the settings. The body is JSON: {"id", "kind", "words", "email" or "phone"}, or WeCom's
	change_external_contact with the contact's e-mail or phone. Refused with 401 (not signed, too late), 413 (over 64 kB), 400
	(unreadable), 422 (nobody we know, or no consent: nothing is stored), 429 (too many).
	"""
	if not limits.within("signal", limits.address(), SIGNALS_PER_ADDRESS):
		return _refuse(429)
	try:
		return {
			"taken": signals.receive(_body(), _header("X-Hub-Time"), _header("X-Hub-Signature"), time.time())
		}
	except Refused as refused:
		return _refuse(STATUS[refused.why])


def _body() -> bytes:
	if (frappe.request.content_length or 0) > LARGEST:
		raise Refused("large")
	return frappe.request.get_data(cache=True)


def _header(name: str) -> str | None:
	return frappe.get_request_header(name)


def _refuse(status: int) -> dict:
	frappe.db.rollback()
	frappe.local.response.http_status_code = status
	return {"taken": False}
