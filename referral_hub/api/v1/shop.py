"""The points shop: what there is, ordering it, and what was ordered; prize draws announced to one's company."""

from datetime import date
from typing import Annotated, Any

import frappe
from pydantic import Field

from referral_hub.api.contract.operations import changes, reads
from referral_hub.api.contract.shapes import ROWS, Done, Limit, Moment, Name, Page, Shape, Start, Text, some
from referral_hub.api.shop import portal


class Item(Shape):
	name: str
	title: Text
	text: Text
	photo: str | None
	kind: Text
	price: int = Field(description="In points.")
	left: int | None = Field(description="Null when it never runs out.")
	refusal: str | None = Field(description="Why it can't be ordered now.")


class Order(Shape):
	name: str
	title: Text
	points: int
	state: str
	words: Text
	ordered_on: Moment
	has_code: bool
	may_cancel: bool


class Ordered(Shape):
	order: str
	state: str


class Code(Shape):
	code: str


@reads
def items() -> list[Item]:
	"""List what is offered."""
	return portal.items()


@changes
def order(
	item: Name,
	order_key: Annotated[
		str, Field(max_length=140, description="The same key orders once; made here when it is empty.")
	] = "",
) -> Ordered:
	"""Order an item and pay for it with points. A refusal charges nothing."""
	return portal.order(item, order_key or frappe.generate_hash(length=32))


@reads
def orders(start: Start = 0, limit: Limit = ROWS) -> Page[Order]:
	"""List one's own orders, newest first."""
	return some(portal.orders(start, limit + 1), start, limit)


@changes
def show_code(order: Name) -> Code:
	"""Show the code of a delivered order; it is shown once."""
	return portal.show_code(order)


@changes
def cancel(order: Name) -> Done:
	"""Cancel an order that was not delivered yet; the points come back."""
	portal.cancel_order(order)
	return {}


class Prize(Shape):
	title: Text
	how_many: int


class Winner(Shape):
	who: Text
	title: Text
	why: Text


class Draw(Shape):
	name: str
	title: Text
	state: str = Field(description="Announced, Closed, Drawn or Cancelled.")
	words: Text
	from_day: date | None
	to_day: date | None
	brings: list[str]
	outside_source: Text
	prizes: list[Prize]
	mine: list[str] | None
	why_mine: Text
	winners: list[Winner]
	commitment: Text


@reads
def draws() -> list[Draw]:
	"""List the draws, the newest first, with one's own tickets and who won."""
	return portal.draws()


@reads
def draw_proof(draw: Name) -> dict[str, Any]:
	"""Return all that is needed to check a draw that was drawn."""
	return portal.draw_proof(draw)
