"""Pays for an order with what a person has in one company, whichever of their Employee records it was given to.

What ends first is spent first, whichever wallet it lies in: what an earlier record holds of that is moved to the wallet of the record
they have now, with its last day, and that pays. Points of another company pay nothing here: books are not mixed. Commits nothing.
"""

import frappe
from frappe import _

from referral_hub.people import employments
from referral_hub.points import clock, statements
from referral_hub.points import service as points
from referral_hub.points.accounts import SHOP
from referral_hub.points.errors import InsufficientPoints
from referral_hub.points.moving import gathering
from referral_hub.points.shop.errors import refuse

DOCTYPE = "Reward Order"


def balance(employee: str, company: str) -> int:
	"""Return what this person holds in a company by all their records."""
	rows = statements.wallets(employments.records_of(employee))
	return sum(row["balance"] for row in rows if row["company"] == company)


def pay(name: str, employee: str, company: str, offer, order_key: str) -> str:
	"""Take the price of an order, gathered first where it lies in several wallets; return the entry. Refuses in words."""
	records = employments.records_of(employee)
	try:
		_gather(records, company, offer.price, order_key)
		return points.post(
			employee, -offer.price, SHOP, f"order:{order_key}", company=company, source=(DOCTYPE, name)
		)
	except InsufficientPoints as short:
		frappe.clear_last_message() if frappe.message_log else None
		refuse("not_enough", offer, balance(employee, company) if records[1:] else short.available)


def _gather(records: list[str], company: str, price: int, order_key: str) -> None:
	"""Move what earlier records hold of what ends first to the one of now, the first of these; nothing where all is not enough."""
	if not records[1:]:
		return
	held = gathering.held(records, company, clock.today())
	if sum(some for _record, some in held) < price:
		return
	some = gathering.first_of(held, price)
	some.pop(records[0], None)
	gathering.move(some, records[0], company, f"order:{order_key}", _("Ordered in the points shop"))
