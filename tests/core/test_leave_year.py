"""Days earned late in a leave year are allocated for the next one; what was not used at its end is nobody's any more."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_hub.rewards.rules.paying.leave_year import Days, can_be_taken_back, days_for, lapsed_of

APRIL = Days(date(2026, 4, 1), date(2027, 3, 31))
NEXT_APRIL = Days(date(2027, 4, 1), date(2028, 3, 31))
AFTER = Days(date(2027, 4, 1), date(2027, 12, 31))


@pytest.mark.parametrize(
	("days", "today", "this_year", "next_year", "first", "last"),
	[
		("0.5", "2026-11-22", None, None, "2026-11-22", "2026-12-31"),
		("1", "2026-11-22", APRIL, NEXT_APRIL, "2026-11-22", "2027-03-31"),
		("2", "2026-12-30", None, None, "2026-12-30", "2026-12-31"),
		("2.5", "2026-12-30", None, None, "2027-01-01", "2027-12-31"),
		("0.5", "2026-12-31", None, None, "2027-01-01", "2027-12-31"),
		("1", "2027-03-31", APRIL, NEXT_APRIL, "2027-04-01", "2028-03-31"),
		("1", "2027-03-31", APRIL, AFTER, "2027-04-01", "2027-12-31"),
		("1", "2027-12-31", None, None, "2028-01-01", "2028-12-31"),
		("1", "2028-02-29", Days(date(2027, 3, 1), date(2028, 2, 29)), None, "2028-03-01", "2029-02-28"),
	],
)
def test_the_days_of_an_allocation(days, today, this_year, next_year, first, last):
	covered = days_for(Decimal(days), date.fromisoformat(today), this_year, next_year)
	assert covered == Days(date.fromisoformat(first), date.fromisoformat(last))


halves = st.integers(1, 60).map(lambda number: Decimal(number) / 2)


@given(halves, st.dates(date(2020, 1, 1), date(2040, 12, 31)))
def test_there_are_always_enough_days_to_take_what_was_earned(days, today):
	covered = days_for(days, today, None)
	assert covered.first >= today
	assert covered.number >= max(days, 2)


@given(halves, st.integers(-20, 60).map(Decimal))
def test_what_is_taken_and_what_is_owed_add_up(days, unused):
	assert 0 <= can_be_taken_back(days, unused) <= days
	assert 0 <= lapsed_of(days, unused) <= days
	assert can_be_taken_back(days, unused) == min(days, max(unused, 0))
