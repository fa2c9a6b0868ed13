"""What HR does with orders and codes of the points shop in the desk. Each changes by POST and asks for the right to the record."""

import frappe
from frappe import _
from frappe.utils import cint

from referral_hub import flow
from referral_hub.permissions import is_hr
from referral_hub.points.shop import service as shop

ORDER, ITEM = "Reward Order", "Reward Item"
LARGEST_FILE = 2_000_000  # bytes


@frappe.whitelist(methods=["POST"])
def approve_order(order: str) -> None:
	"""Approve an order that is On Hold; it is handed over, or somebody gets the task.

	:param order: name of the Reward Order
	Raises WrongState when it is not On Hold, OwnOrder for the buyer, NotHandedOver with what is missing.
	"""
	flow.approve_order(_order(order))


@frappe.whitelist(methods=["POST"])
def end_order(order: str, reason: str, is_back: int = 1) -> None:
	"""Cancel an order, or refund one that was delivered. The points come back.

	:param order: name of the Reward Order
	:param reason: what the buyer reads; needed
	:param is_back: 1 when a delivered item is back and can be ordered again; a code that was shown never is
	Raises WrongState when it has ended, NotTakenBack when leave was used, OwnOrder for a refund to oneself, or an own order a mall has heard of.
	"""
	if not (reason or "").strip():
		frappe.throw(_("Say why: the buyer reads it."))
	flow.end_order(_order(order), reason.strip(), bool(cint(is_back)))


@frappe.whitelist(methods=["POST"])
def let_code_be_shown_again(order: str) -> None:
	"""Let a buyer who did not see their code see it once more. Raises CodeRefused when it was not shown yet.

	:param order: name of the Reward Order
	"""
	shop.let_be_shown_again(_order(order))


@frappe.whitelist(methods=["POST"])
def add_codes(item: str, codes: str) -> dict:
	"""Add codes to the pool of an item; a code that is there already is not added again.

	:param item: name of a Reward Item of the kind Code
	:param codes: text of a CSV file, a row for each code: code, and its last day (YYYY-MM-DD) where it has one; at most 2 MB
	Returns {"added": n, "known": n}. Raises CodeRefused, and adds none, when a row is wrong.
	"""
	row = frappe.get_doc(ITEM, item)
	row.check_permission("write")
	if len(codes) > LARGEST_FILE:
		frappe.throw(_("The file is too large. Send the codes in several files."))
	return shop.take_in(item, codes)


@frappe.whitelist(methods=["POST"])
def send_again(message: str) -> None:
	"""Let a message to a mall that stopped go out again. Raises WrongState when it did not stop, or its order has ended.

	:param message: name of the Reward Mall Message
	"""
	row = frappe.get_doc("Reward Mall Message", message)
	row.check_permission("read")
	if not is_hr():
		raise frappe.PermissionError
	shop.send_to_mall_again(message)


@frappe.whitelist(methods=["POST"])
def import_catalogue(mall: str, text: str, is_whole: int = 0) -> dict:
	"""Take a mall's catalogue into the shop: items that are new are added, others changed; orders keep what they promised.

	:param mall: name of the Reward Mall
	:param text: CSV with a first row of names, or JSON, a list of objects: sku, name, price, and if you like name_zh,
		description, description_zh, stock (empty: never runs out), taxable_value, currency, valid_until (YYYY-MM-DD), enabled; at most 2 MB
	:param is_whole: 1: items of this mall that are not in it can no longer be ordered
	Returns {"added": n, "changed": n, "same": n, "closed": n}. Raises CatalogueRefused, and changes nothing, when a row is wrong.
	"""
	frappe.get_doc("Reward Mall", mall).check_permission("write")
	frappe.has_permission(ITEM, "create", throw=True)
	if len(text) > LARGEST_FILE:
		frappe.throw(_("The file is too large. Send it in several files."))
	return shop.take_in_catalogue(mall, text, bool(cint(is_whole)))


def _order(name: str) -> str:
	row = frappe.get_doc(ORDER, name)
	row.check_permission("read")
	if not is_hr():
		raise frappe.PermissionError
	return name
