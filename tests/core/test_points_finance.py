"""What points mean to the books: buckets, movements that tie, and what is likely to become of what is there."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_hub.points.rules import finance
from referral_hub.points.rules.finance import EXPIRED, RETURNED, SPENT, Month, Open
from referral_hub.points.rules.lots import NEVER

TODAY = date(2026, 11, 22)


def lot(points: int, ends_in: int | None, earned_before: int = 0) -> Open:
	ends = NEVER if ends_in is None else TODAY + timedelta(days=ends_in)
	return Open(ends, TODAY - timedelta(days=earned_before), points)


@pytest.mark.parametrize(
	("days", "bucket"), [(0, "30"), (30, "30"), (31, "90"), (365, "365"), (366, "more"), (None, "never")]
)
def test_points_stand_where_they_end(days, bucket):
	assert {name for name, points in finance.by_bucket([lot(5, days)], TODAY).items() if points} == {bucket}


@pytest.mark.parametrize(("days", "bucket"), [(0, "90"), (91, "180"), (365, "365"), (4000, "more")])
def test_points_stand_where_they_began(days, bucket):
	found = finance.by_bucket([lot(5, None, days)], TODAY, is_age=True)
	assert found == {"90": 0, "180": 0, "365": 0, "more": 0} | {bucket: 5}


def test_every_month_begins_as_the_one_before_ended():
	rows = [
		(date(2026, 9, 1), "Issuance", "In", 100),
		(date(2026, 9, 1), "Shop", "Out", 30),
		(date(2026, 11, 1), "Shop", "In", 10),
		(date(2026, 11, 1), "Issuance", "Out", 5),
		(date(2026, 11, 1), "Expiry", "Out", 20),
		(date(2026, 11, 1), "Adjustment", "Out", 7),
		(date(2026, 11, 1), "Adjustment", "In", 2),
		(date(2026, 11, 1), "Wallet", "Out", 9),
		(date(2026, 11, 1), "Wallet", "In", 9),
	]
	months = finance.months(rows)
	assert [(month.begins.month, month.opening, month.closing) for month in months] == [
		(9, 0, 70),
		(10, 70, 70),
		(11, 70, 50),
	]
	assert (months[2].moved["corrected"], months[2].moved["moved"]) == (-5, 0)
	assert finance.months([]) == []


def test_the_pace_is_that_of_whole_months_with_returns_taken_off():
	def month(number, spent, returned=0):
		return Month(date(2026, number, 1), 0, {SPENT: spent, RETURNED: returned})

	history = [month(8, 900), month(9, 100, 40), month(10, 60), month(11, 5000)]
	assert finance.pace(history, date(2026, 11, 1), number=2) == 60
	assert finance.pace([], date(2026, 11, 1)) == 0
	assert finance.pace(history[:2], date(2026, 12, 1), number=4) == 240
	assert finance.pace(history[:2], date(2027, 6, 1), number=6) == 0


def test_what_expired_or_was_taken_back_and_came_again_makes_nobody_spend_less():
	rows = [
		(date(2026, 10, 1), "Shop", "Out", 60),
		(date(2026, 10, 1), "Shop", "In", 20),
		(date(2026, 10, 1), "Expiry", "In", 15),
		(date(2026, 10, 1), "Clawback", "In", 10),
	]
	(month,) = finance.months(rows)
	assert (month.moved[RETURNED], month.moved["restored"], month.closing) == (20, 25, -15)
	assert finance.pace([month], date(2026, 11, 1)) == 40


def test_what_ends_first_is_spent_first_and_the_rest_of_it_expires():
	lots = [lot(50, 20), lot(40, 200), lot(10, None)]
	first, second, *_more = finance.forecast(lots, 30, TODAY)
	assert (first.opening, first.moved, first.closing) == (100, {SPENT: 30, EXPIRED: 0}, 70)
	assert (second.begins, second.moved) == (date(2026, 12, 1), {SPENT: 30, EXPIRED: 0})
	assert finance.forecast([lot(50, 3)], 10, TODAY, 1)[0].moved == {SPENT: 10, EXPIRED: 40}


@given(
	st.lists(st.builds(lot, st.integers(0, 10_000), st.none() | st.integers(0, 900)), max_size=20),
	st.integers(0, 3_000),
)
def test_no_point_is_made_or_lost_by_a_forecast(lots, per_month):
	months = finance.forecast(lots, per_month, TODAY, 24)
	assert months[0].opening == sum(each.points for each in lots)
	assert all(after.opening == before.closing for before, after in pairwise(months))
	assert months[-1].closing >= 0
	if not per_month and all(each.expires_on == NEVER for each in lots):
		assert months[-1].closing == months[0].opening


def test_what_left_one_company_came_to_another_and_ties_over_the_group():
	day = date(2026, 11, 1)
	given_up = finance.months([(day, "Issuance", "In", 50), (day, "Between Companies", "Out", 30)])
	taken_over = finance.months([(day, "Between Companies", "In", 30)])
	group = finance.months(
		[
			(day, "Issuance", "In", 50),
			(day, "Between Companies", "Out", 30),
			(day, "Between Companies", "In", 30),
		]
	)
	assert [finance.between_companies(each) for each in (given_up, taken_over, group)] == [
		(0, 30),
		(30, 0),
		(30, 30),
	]
	assert [each[-1].closing for each in (given_up, taken_over, group)] == [20, 30, 50]
	assert finance.called_so(finance.CAME) == [("Between Companies", "In")]
