"""What the tests of the points shop need: items, people with points, orders."""

import frappe
import site_factories as hr

from referral_hub import flow
from referral_hub.points import service as points
from referral_hub.points.shop import service as shop


def make_item(kind: str = "Goods", price: int = 50, **fields):
	"""An item of which there are three, unless told otherwise."""
	item = frappe.new_doc("Reward Item")
	item.update(
		{"item_name": hr.unique("Mug"), "kind": kind, "price": price, "stock": 3, "enabled": 1, **fields}
	)
	return item.insert()


def make_buyer(balance: int = 100, **fields):
	"""An employee who has points."""
	employee = hr.make_employee(**fields)
	if balance:
		points.post(employee.name, balance, "Issuance", hr.unique("earn"))
	return employee


def make_codes(item, *codes: str) -> dict:
	return shop.take_in(item.name, "\n".join(codes))


def order(buyer, item, key: str | None = None):
	return flow.order_item(buyer.name, item.name, key or hr.unique("order"))


def state_of(order) -> str:
	return frappe.db.get_value("Reward Order", order.name, "state")


def sold(item) -> int:
	return frappe.db.get_value("Reward Item", item.name, "sold")
