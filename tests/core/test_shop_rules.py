"""Who may order what, and where an order may go: the rules of the points shop."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_hub.points.rules import shop
from referral_hub.points.rules.shop import APPROVED, CANCELLED, DELIVERED, HELD, REFUNDED, Buyer, Offer

TODAY = date(2026, 3, 10)
MUG = Offer(price=50, left=3)


@pytest.mark.parametrize(
	("changes", "company", "reason"),
	[
		({}, "One", None),
		({"enabled": False, "left": 0}, "One", "not_offered"),
		({"companies": frozenset({"Two"})}, "One", "other_company"),
		({"companies": frozenset({"One", "Two"})}, "One", None),
		({"valid_from": date(2026, 3, 11)}, "One", "not_yet"),
		({"valid_from": TODAY, "valid_until": TODAY}, "One", None),
		({"valid_until": date(2026, 3, 9)}, "One", "over"),
		({"left": 0}, "One", "sold_out"),
		({"left": None}, "One", None),
	],
)
def test_an_item_says_why_it_can_not_be_had(changes, company, reason):
	assert shop.refusal(replace(MUG, **changes), Buyer(company), TODAY) == reason


@pytest.mark.parametrize(
	("changes", "balance", "ordered", "reason"),
	[
		({}, 50, 9, None),
		({}, 49, 0, "not_enough"),
		({"limit": 2}, 50, 1, None),
		({"limit": 2}, 0, 2, "limit_reached"),
		({"limit": 2, "left": 0}, 0, 2, "sold_out"),
	],
)
def test_a_person_hears_first_what_nobody_could_change(changes, balance, ordered, reason):
	assert shop.refusal_for(replace(MUG, **changes), Buyer("One"), TODAY, balance, ordered) == reason


@pytest.mark.parametrize(
	("rank", "reason"), [(0, "level_too_low"), (29, "level_too_low"), (30, None), (31, None)]
)
def test_an_item_for_a_level_is_for_those_above_it_too(rank, reason):
	gold = replace(MUG, from_rank=30, from_level="Gold Referrer")
	assert shop.refusal(gold, Buyer("One", rank=rank), TODAY) == reason
	assert shop.refusal_for(replace(gold, left=0), Buyer("One"), TODAY, 0, 0) == "level_too_low"


@pytest.mark.parametrize(
	("departments", "grade", "reason"),
	[
		(("Sales North", "Sales", "All"), "G5", None),
		(("Sales",), "G6", None),
		(("All",), "G5", "other_department"),
		((), "G5", "no_department"),
		(("Sales",), "G1", "other_grade"),
		(("Sales",), None, "no_grade"),
		(("Lab",), "G1", "other_department"),
	],
)
def test_an_item_for_groups_is_for_who_is_in_one_of_each_kind(departments, grade, reason):
	"""A department means those below it as well."""
	item = replace(MUG, departments=frozenset({"Sales", "Shops"}), grades=frozenset({"G5", "G6"}))
	buyer = Buyer("One", departments, grade)
	assert (shop.not_for(item, buyer), shop.refusal(item, buyer, TODAY)) == (reason, reason)
	assert shop.refusal(MUG, buyer, TODAY) is None


def test_who_is_in_another_company_hears_that_first():
	item = replace(MUG, companies=frozenset({"Two"}), departments=frozenset({"Sales"}))
	assert shop.not_for(item, Buyer("One")) == "other_company"


def test_an_order_goes_forward_and_ends_once():
	allowed = {(state, to) for state in shop.MOVES for to in shop.MOVES if shop.may_move(state, to)}
	assert allowed == {
		(HELD, APPROVED),
		(HELD, CANCELLED),
		(APPROVED, DELIVERED),
		(APPROVED, CANCELLED),
		(DELIVERED, REFUNDED),
	}


@given(st.lists(st.sampled_from(list(shop.MOVES)), max_size=12))
def test_whatever_is_tried_an_order_is_paid_for_until_it_ends_and_never_again(tries):
	state, ends = HELD, 0
	for to in tries:
		if shop.may_move(state, to):
			assert state in shop.PAID_FOR
			state, ends = to, ends + (to not in shop.PAID_FOR)
	assert ends == (state not in shop.PAID_FOR)


@pytest.mark.parametrize(
	("stock", "sold", "is_unlimited", "left"), [(3, 1, False, 2), (3, 5, False, 0), (0, 9, True, None)]
)
def test_what_is_left(stock, sold, is_unlimited, left):
	assert shop.left(stock, sold, is_unlimited) == left


@pytest.mark.parametrize(
	("values", "found"),
	[
		(("Goods", 1, 2, 2, 0, 0, False), []),
		(("Goods", 0, 1, 2, 0, 0, False), ["no_price", "less_than_sold"]),
		(("Goods", 5, 0, 9, 0, 0, True), []),
		(("Code", 5, 0, 9, 0, 0, False), []),
		(("Leave Days", 5, 9, 0, 1.5, 0, False), []),
		(("Leave Days", 5, 9, 0, 0.3, 0, False), ["no_days"]),
		(("Leave Days", 5, 9, 0, 0, 0, False), ["no_days"]),
		(("Team Fund", 5, 9, 0, 0, 0, False), ["no_amount"]),
	],
)
def test_an_item_that_could_not_be_handed_over_is_found(values, found):
	assert shop.problems(*values) == found
