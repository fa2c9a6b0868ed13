"""The points shop in words: what can be had, one item, my orders. Used by the pages and by api/shop/portal.py."""

from urllib.parse import quote

from frappe import _

from referral_hub.points.shop import service as shop
from referral_hub.portal import words
from referral_hub.wording import kept_words

PATH, ORDERS = "/referrals/shop", "/referrals/orders"
MEANINGS = {shop.HELD: "waiting", shop.APPROVED: "waiting", shop.DELIVERED: "good"}


def items(employee) -> list:
	return [_item(row) for row in shop.items_for(employee)]


def item(name: str, employee):
	"""Return one item, None when it is not offered to this employee."""
	found = shop.item_for(name, employee) if name else None
	return _item(found) if found else None


def orders(employee, start: int = 0, limit: int = 20) -> list:
	return [_order(row) for row in shop.orders_of(employee.name, start, limit)]


def titles_of_orders(names: set[str]) -> dict[str, str]:
	"""Return what was ordered, in the reader's language: two queries."""
	return (
		{row.name: words.in_language(row, "item_name") for row in shop.orders_named(names)} if names else {}
	)


def balance(employee) -> str:
	return words.points(shop.balance(employee.name, employee.company))


def _item(row):
	row.title = words.in_language(row, "item_name")
	row.text = words.in_language(row, "description")
	row.costs = words.points(row.price)
	row.address = f"{PATH}/{quote(row.name)}"
	row.left_words = _left(row.left)
	if row.reason == "sold_out":
		row.refusal = _("None left at the moment.")
	if row.reason == "not_enough":
		row.refusal = _("{0} more and it is yours.").format(words.points(row.missing))
	return row


def _left(left: int | None) -> str:
	if not left:
		return ""
	return _("The last one") if left == 1 else _("{0} left").format(left) if left <= 10 else ""


def _order(row):
	row.title = words.in_language(row, "item_name")
	row.costs = words.points(row.points)
	row.words = _state(row)
	row.meaning = MEANINGS.get(row.state, "neutral")
	row.has_code = row.has_code and row.state == shop.DELIVERED and not row.shown_on
	return row


def _state(row) -> str:
	if row.state == shop.HELD:
		return _("Waits for HR's yes")
	if row.state == shop.APPROVED:
		return (
			_("The mall is getting it ready for you")
			if row.kind == shop.MALL
			else _("Somebody is getting it ready for you")
		)
	if row.state == shop.DELIVERED:
		return _("Yours since {0}").format(words.day(row.delivered_on))
	ended = _("Ended {0}, the points are back").format(words.day(row.ended_on))
	why = kept_words.in_words(row.ended_because)
	return _("{0}: {1}", context="Referral Hub").format(ended, why) if why else ended
