"""Takes one message to its mall and brings back what it says. Signed, short of patience, follows nobody elsewhere; writes nothing.

Signature: hex HMAC-SHA256 of time + "." + body under the mall's secret, as for signals from outside.
"""

import json
import time

import frappe
import requests
from frappe.utils import get_datetime
from frappe.utils.password import get_decrypted_password

from referral_hub.points.rules import mall
from referral_hub.talent.rules.signals import sign

DOCTYPE = "Reward Mall"
PATIENCE = (5, 15)  # seconds to reach it, and between two pieces of its answer
LONGEST = 30  # seconds for the whole answer
NO_ANSWER = (0, b"")


def deliver(message) -> tuple[int, bytes]:
	"""Return the status and the body of what the mall answered; 0 when nothing came in time."""
	address = frappe.db.get_value(DOCTYPE, message.mall, "address")
	body = json.dumps(content_of(message), ensure_ascii=False).encode()
	moment = str(int(time.time()))
	headers = {
		"Content-Type": "application/json",
		"X-Hub-Time": moment,
		"X-Hub-Signature": sign(secret_of(message.mall), moment, body),
	}
	try:
		return _ask(address, body, headers)
	except requests.RequestException:
		return NO_ANSWER


def _ask(address: str, body: bytes, headers: dict) -> tuple[int, bytes]:
	"""Post, and read no more and no longer than an answer takes."""
	until, pieces, size = time.monotonic() + LONGEST, [], 0
	with requests.post(
		address, data=body, headers=headers, timeout=PATIENCE, allow_redirects=False, stream=True
	) as answer:
		for piece in answer.iter_content(8192):
			pieces.append(piece)
			size += len(piece)
			if time.monotonic() > until:
				return NO_ANSWER
			if size > mall.LARGEST_ANSWER:
				break
		return answer.status_code, b"".join(pieces)


def content_of(message) -> dict:
	"""Return what a mall is told. Who the buyer is only where HR wants the mall to know."""
	order = frappe.get_doc("Reward Order", message.reward_order)
	details = frappe.parse_json(order.details or "{}")
	told = {
		"id": message.name,
		"event": message.event.lower(),
		"order": order.name,
		"sku": details.get("sku"),
		"item": order.item_name,
		"points": order.points,
		"ordered_on": get_datetime(order.ordered_on).isoformat(),
	}
	if frappe.db.get_value(DOCTYPE, message.mall, "tells_buyer"):
		told["buyer"] = _buyer(order)
	return told


def secret_of(name: str) -> bytes:
	"""Return a mall's secret, empty when there is none that is long enough."""
	secret = get_decrypted_password(DOCTYPE, name, "secret", raise_exception=False) or ""
	return secret.encode() if len(secret) >= mall.SHORTEST_SECRET else b""


def _buyer(order) -> dict:
	fields = ["employee_name", "company_email", "user_id", "cell_number"]
	person = frappe.db.get_value("Employee", order.employee, fields, as_dict=True)
	return {
		"name": person.employee_name,
		"email": person.company_email or person.user_id,
		"phone": person.cell_number,
	}
