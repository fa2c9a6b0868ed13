"""What the pages of the shop do when a form of theirs is sent: order, see a code, cancel. A refusal becomes a sentence."""

from dataclasses import dataclass
from functools import partial

import frappe
from frappe import _

from referral_hub import flow
from referral_hub.points.shop import service as shop
from referral_hub.portal.points.shop import ORDERS
from referral_hub.retry import retry_deadlocks


@dataclass(frozen=True)
class Answer:
	"""Where to go next, a code to show on this answer alone, or what is wrong."""

	address: str = ""
	code: str = ""
	order: str = ""
	problem: str = ""


def order(employee, item: str, key) -> Answer:
	"""Order an item once for each form that was shown."""
	if not key or len(str(key)) > 140:
		return Answer(problem=_("Please try that once more."))
	return _try(
		lambda: Answer(address=f"{ORDERS}?made={flow.order_item(employee.name, item, str(key)).name}")
	)


def act(employee, name: str, action: str) -> Answer:
	"""Do what a form beside one of the employee's orders asks for; somebody else's order is not there."""
	row = shop.order_of(name, employee.name) if name else None
	if not row:
		return Answer(problem=_("We could not find that"))
	if action == "show":
		return _try(lambda: Answer(code=shop.show_code(row.name), order=row.name))
	if action == "cancel" and row.may_cancel:
		return _try(partial(_cancel, row.name))
	return Answer(problem=_("This was delivered or has ended; ask HR about it."))


def _cancel(name: str) -> Answer:
	flow.cancel_own_order(name, _("Cancelled by the buyer"))
	return Answer(address=f"{ORDERS}?cancelled={name}")


def _try(step) -> Answer:
	try:
		return retry_deadlocks(step)
	except frappe.ValidationError as refused:
		frappe.db.rollback()
		frappe.clear_messages()
		return Answer(problem=str(refused))
