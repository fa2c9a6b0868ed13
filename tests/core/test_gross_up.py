"""What the company pays on top covers the tax on the value and on itself, to the minor unit."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_hub.rewards.rules.paying.gross_up import NoSuchRate, tax_to_pay


@pytest.mark.parametrize(
	("value", "rate", "places", "tax"),
	[
		("800", "20", 2, "200.00"),  # 800 + 200 = 1,000; a fifth of it is 200
		("1000", "7.65", 2, "82.84"),  # the textbook case of US payroll taxes: 1000 / 0.9235 = 1,082.84
		("500", "3", 2, "15.46"),
		("1000", "10", 0, "111"),
		("1000", "0", 2, "0.00"),
		("0", "45", 2, "0.00"),
	],
)
def test_the_formula(value, rate, places, tax):
	assert str(tax_to_pay(Decimal(value), Decimal(rate), places)) == tax


@pytest.mark.parametrize("rate", ["100", "120", "-1"])
def test_a_rate_that_leaves_nothing_is_none(rate):
	with pytest.raises(NoSuchRate):
		tax_to_pay(Decimal(100), Decimal(rate), 2)


@given(st.decimals("0.01", "100000", places=2), st.decimals("0.01", "60", places=2))
def test_the_tax_on_all_of_it_is_what_the_company_pays(value, rate):
	tax = tax_to_pay(value, rate, 2)
	owed = (value + tax) * rate / 100
	assert abs(owed - tax) <= Decimal("0.005")
