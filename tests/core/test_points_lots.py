"""Which points leave first and which come back, as tables and as properties."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_hub.points.rules.lots import (
	NEVER,
	Lot,
	Return,
	Take,
	by_last_day,
	due,
	give_back,
	in_order,
	take,
)

TODAY = date(2026, 11, 21)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)

days = st.integers(-400, 400).map(lambda offset: TODAY + timedelta(days=offset)) | st.just(NEVER)


@st.composite
def wallets(draw) -> list[Lot]:
	amounts = draw(st.lists(st.integers(0, 50), max_size=12))
	return [Lot(f"lot{number}", number, draw(days), amount) for number, amount in enumerate(amounts, start=1)]


def total(lots) -> int:
	return sum(lot.remaining for lot in lots)


def after(lots: list[Lot], takes: tuple[Take, ...]) -> dict[str, int]:
	left = {lot.entry: lot.remaining for lot in lots}
	for taken in takes:
		left[taken.lot] -= taken.points
	return left


@pytest.mark.parametrize(
	("lots", "points", "takes"),
	[
		pytest.param([Lot("a", 1, TOMORROW, 5)], 5, (Take("a", 5),), id="all of one"),
		pytest.param([Lot("a", 1, NEVER, 5), Lot("b", 2, TOMORROW, 5)], 6, (Take("b", 5), Take("a", 1)), id="expiring first"),
		pytest.param([Lot("b", 2, TODAY, 5), Lot("a", 1, TODAY, 5)], 6, (Take("a", 5), Take("b", 1)), id="older first on the same day"),
		pytest.param([Lot("a", 1, TODAY, 0), Lot("b", 2, NEVER, 5)], 1, (Take("b", 1),), id="an empty lot is passed over"),
		pytest.param([Lot("a", 1, TODAY, 5)], 0, (), id="nothing"),
	],
)  # fmt: skip
def test_spends_take_the_lot_that_expires_first(lots, points, takes):
	assert take(lots, points) == takes


def test_a_claw_back_empties_its_own_lot_first():
	lots = [Lot("a", 1, TODAY, 5), Lot("own", 2, NEVER, 3)]
	assert take(lots, 4, first="own") == (Take("own", 3), Take("a", 1))


def test_more_than_there_is_can_not_be_taken():
	with pytest.raises(ValueError, match="1 points fewer"):
		take([Lot("a", 1, NEVER, 4)], 5)


@given(wallets(), st.data())
def test_a_spend_takes_exactly_what_was_asked_and_leaves_no_earlier_lot_behind(lots, data):
	points = data.draw(st.integers(0, total(lots)))
	left = after(lots, take(lots, points))
	assert sum(left.values()) == total(lots) - points
	assert min(left.values(), default=0) >= 0
	touched = [lot for lot in lots if left[lot.entry] != lot.remaining]
	last = max(((lot.expires_on, lot.seq) for lot in touched), default=None)
	untouched_earlier = [lot for lot in lots if left[lot.entry] and last and (lot.expires_on, lot.seq) < last]
	assert untouched_earlier == []


@given(wallets(), st.data())
def test_two_spends_take_what_one_spend_of_both_would(lots, data):
	first = data.draw(st.integers(0, total(lots)))
	second = data.draw(st.integers(0, total(lots) - first))
	left = after(lots, take(lots, first))
	rest = [Lot(lot.entry, lot.seq, lot.expires_on, left[lot.entry]) for lot in lots]
	assert after(rest, take(rest, second)) == after(lots, take(lots, first + second))


@given(wallets())
def test_a_lot_expires_the_day_after_its_last_day_with_what_is_left(lots):
	assert due(lots, TODAY) == tuple(
		Take(lot.entry, lot.remaining) for lot in in_order(lots) if lot.expires_on <= YESTERDAY
	)


@given(wallets(), st.data())
def test_what_was_spent_can_not_expire(lots, data):
	takes = take(lots, data.draw(st.integers(0, total(lots))))
	left = after(lots, takes)
	rest = [Lot(lot.entry, lot.seq, lot.expires_on, left[lot.entry]) for lot in lots]
	expired = sum(taken.points for taken in due(rest, TODAY))
	spent = sum(taken.points for taken in takes)
	assert spent + expired <= total(lots)
	assert all(left[taken.lot] == taken.points for taken in due(rest, TODAY))


@given(wallets(), st.data(), st.integers(0, 60))
def test_a_reversed_spend_gives_back_every_point(lots, data, grace):
	takes = take(lots, data.draw(st.integers(0, total(lots))))
	last_day = {lot.entry: lot.expires_on for lot in lots}
	back = give_back(((taken, last_day[taken.lot], True) for taken in takes), TODAY, grace)
	assert sum(taken.points for taken in back.takes) + back.fresh == sum(taken.points for taken in takes)
	assert {taken for taken in takes if last_day[taken.lot] >= TODAY} == set(back.takes)
	if back.fresh:
		assert back.fresh_expires_on == TODAY + timedelta(days=grace)


def test_a_spend_from_a_merged_wallet_comes_back_with_its_last_day():
	taken = [(Take("a", 2), TOMORROW, False), (Take("b", 3), NEVER, False), (Take("c", 4), TOMORROW, True)]
	assert give_back(taken, TODAY, 30) == Return((Take("c", 4),), 5, NEVER)
	assert give_back(taken[:1], TODAY, 30) == Return((), 2, TODAY + timedelta(days=30))


def test_what_moves_is_put_together_by_its_last_day():
	lots = [Lot("a", 1, TOMORROW, 5), Lot("b", 2, TOMORROW, 7), Lot("c", 3, NEVER, 9)]
	assert by_last_day(lots, take(lots, 15)) == [
		(TOMORROW, [Take("a", 5), Take("b", 7)]),
		(NEVER, [Take("c", 3)]),
	]
	assert by_last_day(lots, ()) == []
