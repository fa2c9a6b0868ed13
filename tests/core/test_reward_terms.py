"""Terms are frozen to the minor unit and read back as they were; rules that can't be paid are refused."""

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_hub.rewards.rules.paying.payable import BothPeople, why_not_payable
from referral_hub.rewards.rules.promising.checks import Problem, find_problems
from referral_hub.rewards.rules.promising.freezing import freeze
from referral_hub.rewards.rules.selection import Conditions, Rule
from referral_hub.rewards.rules.terms import Promise, dump, load, totals

TODAY = date(2026, 6, 15)
DIGITS = {"CNY": 2, "JPY": 0, "KWD": 3}


def promise(milestone="Joined", kind="Cash", amount="100", **more):
	return Promise("", milestone, kind, Decimal(amount), **more)


def frozen(*promises, currency="CNY"):
	rule = Rule("r1", "Rule", 4, Conditions(company="Acme"), promises=promises)
	return freeze(rule, TODAY, currency, DIGITS)


def test_frozen_terms_say_rule_version_day_and_every_promise():
	terms = frozen(promise(amount="1000.5", payout_delay_days=30), promise("Confirmed", "Points", "300"))
	assert dump(terms) == {
		"rule": "r1",
		"rule_name": "Rule",
		"rule_version": 4,
		"frozen_on": "2026-06-15",
		"conditions": {"company": "Acme"},
		"milestones": [
			{
				"share": "1",
				"milestone": "Joined",
				"kind": "Cash",
				"amount": "1000.50",
				"after_months": 0,
				"currency": "CNY",
				"payout_delay_days": 30,
				"option": "",
				"details": {},
				"factors": [],
				"base_amount": "1000.50",
				"percent": None,
				"hires": 0,
				"fixed": False,
				"back_within": 0,
			},
			{
				"share": "2",
				"milestone": "Confirmed",
				"kind": "Points",
				"amount": "300",
				"after_months": 0,
				"currency": None,
				"payout_delay_days": 0,
				"option": "",
				"details": {},
				"factors": [],
				"base_amount": "300",
				"percent": None,
				"hires": 0,
				"fixed": False,
				"back_within": 0,
			},
		],
		"hire": {},
		"stacking": "Multiply",
		"choose_within_days": 0,
		"period": "",
		"counting": None,
	}


@pytest.mark.parametrize(("currency", "amount"), [("CNY", "99.99"), ("JPY", "100"), ("KWD", "99.990")])
def test_an_amount_without_a_currency_takes_the_employees_and_its_minor_unit(currency, amount):
	(only,) = frozen(promise(amount="99.99"), currency=currency).milestones
	assert (only.currency, str(only.amount)) == (currency, amount)


def test_a_currency_the_rule_names_is_kept():
	(only,) = frozen(promise(currency="JPY"), currency="CNY").milestones
	assert only.currency == "JPY"


def test_no_terms_read_back_as_none():
	assert [load(nothing) for nothing in (None, "", "{}", {})] == [None] * 4


def test_terms_frozen_before_there_were_options_and_details_still_work():
	old = dump(frozen(promise(amount="70")))
	for newer in ("option", "details", "factors", "base_amount", "percent", "hires", "fixed"):
		del old["milestones"][0][newer]
	for newer in ("hire", "stacking", "choose_within_days", "period", "counting"):
		del old[newer]
	(only,) = load(json.dumps(old)).milestones
	assert (only.amount, only.option, only.details, only.factors) == (Decimal("70"), "", {}, ())


amounts = st.decimals("0.01", "1000000", places=2)


@given(st.lists(st.builds(promise, amount=amounts.map(str), after_months=st.integers(0, 36)), max_size=6))
def test_terms_survive_json(promises):
	terms = frozen(*promises)
	assert load(json.dumps(dump(terms))) == terms


@given(st.lists(amounts, min_size=1, max_size=8))
def test_totals_add_up_exactly(parts):
	terms = frozen(*(promise(amount=str(part)) for part in parts))
	assert totals(terms.milestones) == [{"kind": "Cash", "amount": str(sum(parts)), "currency": "CNY"}]


@pytest.mark.parametrize(
	("row", "codes"),
	[
		(promise(amount="0"), ["amount_not_positive"]),
		(promise(amount="-1"), ["amount_not_positive"]),
		(promise(amount="0.01"), []),
		(promise(amount="1000000000"), []),
		(promise(amount="1000000000.01"), ["amount_too_large"]),
		(promise(amount="1E+30"), ["amount_too_large"]),
		(promise(kind="Points", amount="1000000"), []),
		(promise(kind="Points", amount="1000001"), ["amount_too_large"]),
		(promise(amount="NaN"), ["amount_not_a_number"]),
		(promise(amount="Infinity"), ["amount_not_a_number"]),
		(promise(amount="0.005"), ["amount_too_fine"]),
		(promise(amount="0.5", currency="JPY"), ["amount_too_fine"]),
		(promise(kind="Points", amount="0.5"), ["points_not_whole"]),
		(promise(kind="Leave", amount="1.3"), ["not_half_days"]),
		(promise(kind="Leave", amount="1.5"), []),
		(promise(kind="Points", amount="1"), []),
		(promise("Retained", after_months=0), ["months_missing"]),
		(promise(""), ["milestone_missing"]),
		(promise("Retained", after_months=6), []),
		(promise("Retained", after_months=120), []),
		(promise("Retained", after_months=121), ["months_too_many"]),
		(promise(payout_delay_days=-1), ["delay_negative"]),
		(promise(payout_delay_days=3650), []),
		(promise(payout_delay_days=3651), ["delay_too_long"]),
	],
)
def test_a_row_that_cannot_be_paid_is_named(row, codes):
	found = find_problems([promise("Received"), row], DIGITS)
	assert [(problem.code, problem.row) for problem in found] == [(code, 2) for code in codes]


def test_the_same_promise_twice_is_refused_but_not_at_another_time():
	assert find_problems([promise(), promise()], DIGITS) == [Problem("repeated", 2, 1)]
	assert find_problems([promise(), promise(payout_delay_days=90)], DIGITS) == []


@pytest.mark.parametrize(
	("milestone", "referrer", "hire", "reason"),
	[
		("Interviewed", "Active", None, None),
		("Interviewed", "Active", "Left", None),
		("Interviewed", "Left", None, "referrer_inactive"),
		("Interviewed", None, None, "referrer_inactive"),
		("Joined", "Active", "Active", None),
		("Joined", "Active", "Left", "hire_left"),
		("Joined", "Active", None, "hire_left"),
		("Confirmed", "Active", "Left", "hire_left"),
		("Retained", "Suspended", "Active", "referrer_inactive"),
	],
)
def test_both_people_are_looked_at_again(milestone, referrer, hire, reason):
	assert why_not_payable(milestone, BothPeople(referrer, hire)) == reason
