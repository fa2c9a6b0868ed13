"""What a company sets aside for open points: which months, how much, where a month stands."""

from datetime import date
from decimal import Decimal

import pytest

from referral_hub.points.rules import provision
from referral_hub.points.rules.provision import Entry

NEVER_MADE, DRAFT, BOOKED, GONE = Entry(None), Entry(0, True), Entry(1, True), Entry(None, True)


@pytest.mark.parametrize(
	("first", "today", "months"),
	[
		(date(2026, 11, 1), date(2026, 11, 30), []),
		(date(2026, 11, 1), date(2026, 12, 1), [date(2026, 11, 1)]),
		(date(2026, 11, 17), date(2027, 1, 31), [date(2026, 11, 1), date(2026, 12, 1)]),
		(date(2027, 1, 1), date(2026, 12, 1), []),
	],
)
def test_a_month_is_booked_once_it_is_over(first, today, months):
	assert provision.finished_months(first, today) == months


def test_the_last_day_of_a_month_knows_leap_years():
	assert [provision.last_day(date(year, 2, 1)).day for year in (2026, 2028)] == [28, 29]


@pytest.mark.parametrize(
	("points", "value", "share", "places", "amount"),
	[
		(1000, "0.1", "100", 2, "100.00"),
		(333, "0.015", "100", 2, "5.00"),  # 4.995: half up
		(333, "0.015", "99", 2, "4.95"),  # 4.94505
		(7, "0.5", "100", 0, "4"),  # a currency without minor units: 3.5
		(0, "0.1", "100", 2, "0.00"),
	],
)
def test_what_points_are_worth_is_exact_to_the_minor_unit(points, value, share, places, amount):
	assert str(provision.worth(points, Decimal(value), Decimal(share), places)) == amount


@pytest.mark.parametrize(
	("entry", "reversal", "state", "may_reverse"),
	[
		(NEVER_MADE, NEVER_MADE, "Waiting", False),
		(DRAFT, NEVER_MADE, "Draft", False),
		(BOOKED, NEVER_MADE, "Booked", True),
		(BOOKED, DRAFT, "Booked", False),
		(BOOKED, BOOKED, "Reversed", False),
		(BOOKED, GONE, "Booked", False),
		(GONE, NEVER_MADE, "Taken Out", False),
		(GONE, DRAFT, "Taken Out", False),
	],
)
def test_a_month_stands_where_its_entries_stand(entry, reversal, state, may_reverse):
	assert provision.state_of(entry, reversal) == state
	assert provision.may_reverse(entry, reversal) is may_reverse
