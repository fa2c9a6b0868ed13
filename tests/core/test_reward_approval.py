"""Which rewards wait for an approval, and who may give it."""

from decimal import Decimal

import pytest

from referral_hub.rewards.rules.paying.approval import Limit, People, limit_for, why_not_approve, why_not_pay

THOUSAND = Limit("Cash", Decimal(1000), "HR User", "CNY")
TEN_THOUSAND = Limit("Cash", Decimal(10000), "HR Manager", "CNY")
POINTS = Limit("Points", Decimal(500), "HR User")
CAMPUS = Limit("Cash", Decimal(50000), "HR Manager", "CNY", "Campus")
LIMITS = [TEN_THOUSAND, THOUSAND, POINTS, CAMPUS]


@pytest.mark.parametrize(
	("kind", "amount", "currency", "program", "expected"),
	[
		("Cash", "1000", "CNY", None, None),
		("Cash", "1000.01", "CNY", None, THOUSAND),
		("Cash", "10000", "CNY", None, THOUSAND),
		("Cash", "10001", "CNY", "Spring", TEN_THOUSAND),
		("Cash", "20000", "CNY", "Campus", None),
		("Cash", "50001", "CNY", "Campus", CAMPUS),
		("Cash", "1", "USD", None, THOUSAND),
		("Points", "501", None, None, POINTS),
		("Points", "501", None, "Campus", POINTS),
		("Leave", "30", None, None, None),
	],
)
def test_the_highest_limit_that_is_exceeded_says_who_approves(kind, amount, currency, program, expected):
	assert limit_for(LIMITS, kind, Decimal(amount), currency, program) == expected


PEOPLE = People(referrer=frozenset({"li", "li.old"}), hire=frozenset({"wang"}), maker="hr", approver="boss")


@pytest.mark.parametrize(
	("user", "separate", "expected"),
	[
		("li", False, "own_reward"),
		("wang", False, "own_hire"),
		("hr", False, None),
		("hr", True, "recorded_it"),
		("boss", True, None),
	],
)
def test_nobody_approves_their_own_and_who_recorded_it_only_where_allowed(user, separate, expected):
	assert why_not_approve(user, PEOPLE, separate) == expected


@pytest.mark.parametrize(
	("user", "separate", "expected"),
	[
		("li", False, "own_reward"),
		("boss", False, None),
		("boss", True, "approved_it"),
		("hr", True, "recorded_it"),
		("payroll", True, None),
	],
)
def test_maker_approver_and_payer_are_three_people_where_the_settings_say_so(user, separate, expected):
	assert why_not_pay(user, PEOPLE, separate) == expected
