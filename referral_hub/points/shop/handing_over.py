"""Hands over what an approved order is for, where no kind of reward does: goods by a person, codes at once, the rest by a mall."""

from dataclasses import dataclass

import frappe
from frappe import _
from frappe.utils import add_days, cint, getdate

from referral_hub.fulfilment import service as fulfilment
from referral_hub.points import clock
from referral_hub.points.rules import shop
from referral_hub.points.shop.errors import CodeRefused
from referral_hub.points.shop.mall import outbox


@dataclass(frozen=True)
class Handed:
	"""What carries an order; not done while a person has to hand it over."""

	doctype: str
	name: str
	is_done: bool


def hand_over(order) -> Handed:
	"""Open the task for goods, or tell the mall; a code is the buyer's already."""
	if order.kind == shop.MALL:
		message = outbox.put(order.name, frappe.parse_json(order.details)["mall"])
		return Handed(outbox.DOCTYPE, message.name, is_done=False)
	if order.kind == shop.CODE:
		return Handed("Reward Item Code", _living_code(order.name), is_done=True)
	task = fulfilment.open_task(_task(order))
	return Handed(fulfilment.DOCTYPE, task.name, task.state == fulfilment.DONE)


def _living_code(order: str) -> str:
	"""Return the code kept for an order; one that ended while HR had yet to approve it is worth nothing."""
	name, ends = frappe.db.get_value(
		"Reward Item Code", {"reward_order": order}, ["name", "valid_until"], for_update=True
	)
	if ends and getdate(ends) < clock.today():
		raise CodeRefused(
			_("The code kept for this order has ended meanwhile. Cancel the order: the points come back.")
		)
	return name


def _task(order) -> fulfilment.Task:
	details = frappe.parse_json(order.details or "{}")
	usual = cint(frappe.get_cached_doc("Referral Hub Settings").fulfil_within_days)
	days = cint(details.get("fulfil_within_days")) or usual
	return fulfilment.Task(
		source=(order.doctype, order.name),
		key=f"order:{order.name}",
		employee=order.employee,
		kind=order.kind,
		what=lambda: _title(order),
		due_on=getdate(add_days(getdate(), days)),
		responsible=order.responsible,
		note=lambda: _("Ordered in the points shop"),
	)


def _title(order) -> str:
	"""Name what was ordered in the language that is spoken: that of who hands it over."""
	is_chinese = (frappe.local.lang or "").startswith("zh")
	chinese = frappe.db.get_value("Reward Item", order.item, "item_name_zh") if is_chinese else None
	return chinese or order.item_name
