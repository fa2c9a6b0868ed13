"""The messages to malls: one for an order and one for its end, kept until answered. The only writer of that DocType; never commits.

A message is written in the transaction of what it tells, so no order is forgotten, and goes out again under the same number,
so a mall that had heard it knows it. What went wrong too often is Stopped: HR sees it in the list and sends it again or
cancels the order. Lock order: the order, then its messages.
"""

from collections.abc import Collection
from datetime import datetime

import frappe
from frappe import _
from frappe.utils import cint, now_datetime

from referral_hub import kept
from referral_hub.background import start_after_commit
from referral_hub.points.rules import mall, shop
from referral_hub.points.shop.errors import WrongState

DOCTYPE = "Reward Mall Message"
AT_ONCE = 100  # tries in one run


def put(order: str, its_mall: str, event: str = mall.ORDER):
	"""Keep a message to a mall; it goes out once this transaction is committed."""
	row = frappe.new_doc(DOCTYPE)
	row.update({"mall": its_mall, "reward_order": order, "event": event, "state": mall.TO_SEND})
	row.update({"message_key": f"{order}:{event}", "next_try": now_datetime(), "attempts": 0})
	_save(row)
	_start()
	return row


def of(order: str, event: str = mall.ORDER):
	"""Return a message of an order, locked; None when there is none."""
	name = frappe.db.get_value(DOCTYPE, {"message_key": f"{order}:{event}"}, "name", for_update=True)
	return frappe.get_doc(DOCTYPE, name, for_update=True) if name else None


def next_due(silent: Collection[str], tried: Collection[str]) -> str | None:
	"""Return the oldest message whose time has come, but for these malls and messages."""
	filters = [["state", "=", mall.TO_SEND], ["next_try", "<=", now_datetime()]]
	filters += [["mall", "not in", [*silent]]] if silent else []
	filters += [["name", "not in", [*tried]]] if tried else []
	order = {"order_by": "next_try asc, name asc", "limit_page_length": 1}
	return next(iter(frappe.get_all(DOCTYPE, filters, pluck="name", **order)), None)


def claim(name: str, now: datetime):
	"""Count one more try of a message that is due; None when somebody else is at it or it is not to go.

	Its next try is set before it goes out: a process that dies meanwhile has only lost time.
	"""
	row = frappe.get_doc(DOCTYPE, name, for_update=True)
	if row.state != mall.TO_SEND or row.next_try > now:
		return None
	row.attempts = cint(row.attempts) + 1
	row.sent_on = now
	row.next_try = now + (mall.wait_after(row.attempts) or mall.WAITS[-1])
	_save(row)
	return row


def try_again(row, why: str) -> bool:
	"""Let a message wait for its next try; say whether there is one."""
	if mall.wait_after(row.attempts):
		mark(row, mall.TO_SEND, why)
		return True
	mark(row, mall.STOPPED, why)
	return False


def mark(row, state: str, said: str = "", reference: str = "") -> None:
	row.update({"state": state, "said": said or None})
	row.reference = reference or row.reference
	row.next_try = row.next_try if state == mall.TO_SEND else None
	_save(row)


def end(order: str) -> None:
	"""Tell the mall that an order has ended, where it may have heard of it."""
	row = of(order)
	if mall.may_be_there(row.state, cint(row.attempts)):
		mark(row, mall.DONE, _("The order has ended."))
		put(order, row.mall, mall.CANCEL)
	else:
		mark(row, mall.WITHDRAWN)


def is_heard(order: str) -> bool:
	"""Say whether a mall may have heard of an order."""
	row = of(order)
	return bool(row) and mall.may_be_there(row.state, cint(row.attempts))


def heard_of(orders: list[str]) -> set[str]:
	"""Return which of these orders a mall may have heard of: one query, for showing alone."""
	filters = {"reward_order": ("in", orders), "event": mall.ORDER}
	rows = frappe.get_all(DOCTYPE, filters, ["reward_order", "state", "attempts"])
	return {row.reward_order for row in rows if mall.may_be_there(row.state, cint(row.attempts))}


def send_again(name: str) -> None:
	"""HR lets a message that stopped go out once more, from the first try on; an order that has ended is not ordered again."""
	order = frappe.db.get_value(DOCTYPE, name, "reward_order")
	state = frappe.db.get_value("Reward Order", order, "state", for_update=True)
	row = frappe.get_doc(DOCTYPE, name, for_update=True)
	if row.state != mall.STOPPED:
		raise WrongState(_("Only a message that stopped is sent again."))
	if row.event == mall.ORDER and state != shop.APPROVED:
		raise WrongState(_("The order has ended or was delivered; look at it and settle it with the mall."))
	row.update({"attempts": 0, "next_try": now_datetime()})
	mark(row, mall.TO_SEND)
	_start()


def _start() -> None:
	start_after_commit("referral_hub.tasks.send_to_malls", once_as="referral_hub_send_to_malls")


def _save(row) -> None:
	row.flags.ignore_links = True
	with kept.writing(row):
		row.insert(ignore_permissions=True) if row.is_new() else row.save(ignore_permissions=True)
