"""Tells the buyer what became of an order, and HR that one waits. Called as an order is saved, in its transaction."""

import frappe

from referral_hub.fulfilment.assigning import managers
from referral_hub.messages import service as messages
from referral_hub.people import employments
from referral_hub.points.rules import shop
from referral_hub.wording import kept_words

ORDERS_PAGE = "/referrals/orders"
ENDS = frozenset({shop.CANCELLED, shop.REFUNDED})


def order_saved(order) -> None:
	"""Tell the buyer once that an order is delivered, or that it ended and the points are back."""
	if not order.has_value_changed("state"):
		return
	if order.state == shop.DELIVERED:
		_tell("order_delivered", order, words=order.for_employee)
	elif order.state in ENDS and frappe.session.user not in employments.users_of(order.employee):
		_tell("order_ended", order, **kept_words.in_all("why", order.ended_because))


def tell_who_approves(order) -> None:
	"""Tell the HR Managers of the company that an order waits for them."""
	for user in managers(order.company):
		messages.tell_user(
			"order_waits",
			user,
			key=order.name,
			of_company=order.company,
			**_facts(order),
			buyer=order.employee_name,
			link=frappe.utils.get_url_to_form(order.doctype, order.name),
		)


def tell_of_stop(order, why: str) -> None:
	"""Tell the HR Managers of the company that an order does not go on at its mall, each time it stops."""
	key = f"{order.name}:{frappe.generate_hash(length=10)}"
	for user in managers(order.company):
		messages.tell_user(
			"mall_stopped",
			user,
			key=key,
			of_company=order.company,
			**_facts(order),
			buyer=order.employee_name,
			why=why,
			link=frappe.utils.get_url_to_form(order.doctype, order.name),
		)


def _tell(event: str, order, **facts) -> None:
	person = employments.record_now(order.employee)
	messages.tell(event, person, key=order.name, **_facts(order), **facts, link=ORDERS_PAGE)


def _facts(order) -> dict:
	chinese = frappe.db.get_value("Reward Item", order.item, "item_name_zh")
	return {"item": order.item_name, "item_zh": chinese or None, "amount": order.points, "kind": "Points"}
