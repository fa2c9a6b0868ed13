"""Who may order what, and where an order may go next: pure.

An order is one item. Its points leave the wallet when it is made and come back when it ends without the item. It waits
On Hold for HR where the item asks for that, is Approved while somebody hands it over, and Delivered. What was not
delivered is Cancelled, what was is Refunded; both are the end.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date

GOODS, CODE, LEAVE, FUND, MALL = "Goods", "Code", "Leave Days", "Team Fund", "External Mall"

HELD, APPROVED, DELIVERED = "On Hold", "Approved", "Delivered"
CANCELLED, REFUNDED = "Cancelled", "Refunded"
MOVES = {
	HELD: frozenset({APPROVED, CANCELLED}),
	APPROVED: frozenset({DELIVERED, CANCELLED}),
	DELIVERED: frozenset({REFUNDED}),
	CANCELLED: frozenset(),
	REFUNDED: frozenset(),
}
LARGEST = {
	"price": 10_000_000,
	"stock": 1_000_000,
	"limit_per_person": 1_000,  # an order may try each place
	"fulfil_within_days": 3_650,
	"days": 365,
	"amount": 1_000_000_000,
	"taxable_value": 1_000_000_000,
}
PAID_FOR = frozenset({HELD, APPROVED, DELIVERED})


@dataclass(frozen=True)
class Offer:
	"""What an item promises. `left`: None when it never runs out; no companies, departments or grades: for all; limit 0: none.

	`departments`: with those below them. `from_rank`: how high the level of a referrer must be, 0: any; `from_level` names it.
	"""

	price: int
	enabled: bool = True
	left: int | None = None
	limit: int = 0
	companies: Set[str] = frozenset()
	departments: Set[str] = frozenset()
	grades: Set[str] = frozenset()
	valid_from: date | None = None
	valid_until: date | None = None
	needs_approval: bool = False
	from_rank: int = 0
	from_level: str = ""


@dataclass(frozen=True)
class Buyer:
	"""Who orders, on the record they have now. `departments`: their own and those above it; `rank` of their level, 0: none."""

	company: str
	departments: Sequence[str] = ()
	grade: str | None = None
	rank: int = 0


def refusal(offer: Offer, buyer: Buyer, today: date) -> str | None:
	"""Say in one word why nobody in this buyer's place gets the item today; None when it can be had."""
	if not offer.enabled:
		return "not_offered"
	if found := not_for(offer, buyer):
		return found
	if offer.valid_from and today < offer.valid_from:
		return "not_yet"
	if offer.valid_until and today > offer.valid_until:
		return "over"
	if buyer.rank < offer.from_rank:
		return "level_too_low"
	return "sold_out" if offer.left is not None and offer.left <= 0 else None


def not_for(offer: Offer, buyer: Buyer) -> str | None:
	"""Say in one word to which group of those the item is for this buyer does not belong; None when it is for them."""
	if offer.companies and buyer.company not in offer.companies:
		return "other_company"
	if offer.departments and not offer.departments.intersection(buyer.departments):
		return "other_department" if buyer.departments else "no_department"
	if offer.grades and buyer.grade not in offer.grades:
		return "other_grade" if buyer.grade else "no_grade"
	return None


def refusal_for(offer: Offer, buyer: Buyer, today: date, balance: int, ordered: int) -> str | None:
	"""Say why this person does not get it: what the item refuses, then their limit, then their points."""
	if found := refusal(offer, buyer, today):
		return found
	if offer.limit and ordered >= offer.limit:
		return "limit_reached"
	return "not_enough" if balance < offer.price else None


def first_state(offer: Offer) -> str:
	"""Return where an order begins."""
	return HELD if offer.needs_approval else APPROVED


def may_move(state: str, to: str) -> bool:
	return to in MOVES[state]


def left(stock: int, sold: int, is_unlimited: bool) -> int | None:
	"""Count what can still be ordered; None when it never runs out."""
	return None if is_unlimited else max(0, stock - sold)


def problems(
	kind: str,
	price: int,
	stock: int,
	sold: int,
	days: float,
	amount: float,
	is_unlimited: bool,
	has_mall: bool = False,
) -> list[str]:
	"""Say in words for the code what is wrong with an item as HR wrote it."""
	found = []
	if price < 1:
		found.append("no_price")
	if kind != CODE and not is_unlimited and stock < sold:
		found.append("less_than_sold")
	if kind == LEAVE and (days <= 0 or days * 2 != int(days * 2)):
		found.append("no_days")
	if kind == FUND and amount <= 0:
		found.append("no_amount")
	if kind == MALL and not has_mall:
		found.append("no_mall")
	return found
