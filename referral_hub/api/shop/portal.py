"""The points shop for signed-in employees, as JSON. Who asks is always the active Employee of the session's user.

Points are integers, dates ISO in the site's time zone, words in the user's language. An order of somebody else is a 404.
"""

import frappe
from frappe import _
from frappe.utils import cint

from referral_hub import flow
from referral_hub.api.contract import caller
from referral_hub.api.contract.problems import not_found
from referral_hub.points.draw import reading
from referral_hub.points.shop import service as shop
from referral_hub.portal.points import draws as told_draws
from referral_hub.portal.points import shop as told
from referral_hub.retry import retry_deadlocks

LARGEST_PAGE = 100


@frappe.whitelist(methods=["GET"])
def items() -> list[dict]:
	"""List what the caller is offered: [{name, title, text, photo, kind, price, left, refusal}].

	`left`: null when it never runs out. `refusal`: why it can't be ordered now, in words, or null.
	"""
	keys = ("name", "title", "text", "photo", "kind", "price", "left", "refusal")
	return [{key: item.get(key) for key in keys} for item in told.items(caller.employee())]


@frappe.whitelist(methods=["POST"])
def order(item: str, order_key: str) -> dict:
	"""Order one item and pay for it with points: {"order", "state"}.

	:param item: name of an item that `items` lists
	:param order_key: up to 140 characters; the same key again returns the first order and charges nothing
	Raises SoldOut, LimitReached, NotEnoughPoints, NotOffered, KeyOfAnotherOrder: nothing was charged. After NotEnoughPoints
	a new key is needed.
	"""
	buyer = caller.employee().name
	made = retry_deadlocks(lambda: flow.order_item(buyer, item, (order_key or "")[:140]))
	return {"order": made.name, "state": made.state}


@frappe.whitelist(methods=["GET"])
def orders(start: int = 0, limit: int = 20) -> list[dict]:
	"""List the caller's orders, newest first: [{name, title, points, state, words, ordered_on, has_code, may_cancel}]."""
	keys = ("name", "title", "points", "state", "words", "ordered_on", "has_code", "may_cancel")
	found = told.orders(caller.employee(), max(0, cint(start)), min(max(1, cint(limit)), LARGEST_PAGE + 1))
	return [{key: row.get(key) for key in keys} for row in found]


@frappe.whitelist(methods=["POST"])
def show_code(order: str) -> dict:
	"""Return {"code"} of one of the caller's orders. It is shown once; after that this raises CodeRefused.

	:param order: name of a delivered order
	"""
	_mine(order)
	return {"code": shop.show_code(order)}


@frappe.whitelist(methods=["POST"])
def cancel_order(order: str) -> None:
	"""Cancel one of the caller's orders that was not delivered yet; the points come back. Raises WrongState.

	:param order: name of the order
	"""
	if not _mine(order).may_cancel:
		frappe.throw(_("This was delivered or has ended; ask HR about it."))
	retry_deadlocks(lambda: flow.cancel_own_order(order, _("Cancelled by the buyer")))


@frappe.whitelist(methods=["GET"])
def draws() -> list[dict]:
	"""List the prize draws announced to the caller's company, the newest first.

	[{name, title, state ("Announced", "Closed", "Drawn", "Cancelled"), words, from_day, to_day, brings: [words], outside_source, prizes: [{title,
	how_many}], mine: [words], why_mine, winners: [{who, title, why}], commitment}]. `mine` says which tickets the caller has and what they won.
	"""
	keys = ("name", "title", "state", "words", "from_day", "to_day", "brings", "outside_source")
	found = []
	for row in told_draws.draws(caller.employee()):
		prizes = [{"title": prize.title, "how_many": prize.how_many} for prize in row.prizes]
		winners = [{"who": each.who, "title": each.title, "why": each.why} for each in row.winners]
		more = {key: row.get(key) for key in ("mine", "why_mine", "commitment")}
		found.append({key: row.get(key) for key in keys} | more | {"prizes": prizes, "winners": winners})
	return found


@frappe.whitelist(methods=["GET"])
def draw_proof(draw: str) -> dict:
	"""Return all that is needed to check a draw that was drawn (docs/prize-draws.md); 404 where there is none for the caller.

	:param draw: `name` of a draw as `draws` lists it
	"""
	return reading.proof(draw, caller.employee()) or not_found()


def _mine(order: str):
	return shop.order_of(order, caller.employee().name) or not_found()
