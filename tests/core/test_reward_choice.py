"""In which order options are proposed, and what a budget lets through."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_hub.rewards.rules.choice import Proposal, Taste, mix_of, propose
from referral_hub.rewards.rules.promising.budget import Budget, dearest, of_terms
from referral_hub.rewards.rules.terms import Promise, Terms

MIXES = {"A": mix_of(["Cash"]), "B": mix_of(["Leave", "Cash", "Cash"]), "C": "Points"}


@pytest.mark.parametrize(
	("taste", "proposed"),
	[
		(Taste(), [("A", ""), ("B", ""), ("C", "")]),
		(Taste(own={"Points": 1}), [("C", "own"), ("A", ""), ("B", "")]),
		(
			Taste(own=dict.fromkeys(MIXES.values(), 2), job={"Points": 5}),
			[("C", "job"), ("A", ""), ("B", "")],
		),
		(Taste(own={"Cash": 1, "Cash + Leave": 2}), [("B", "own"), ("A", "own"), ("C", "")]),
		(Taste(grade={"Points": 5}), [("C", "grade"), ("A", ""), ("B", "")]),
		(Taste(grade={"Points": 4}), [("A", ""), ("B", ""), ("C", "")]),
		(Taste(grade={"Points": 3}, job={"Cash + Leave": 5}), [("B", "job"), ("A", ""), ("C", "")]),
		(
			Taste(own={"Cash": 1}, grade={"Points": 9}, job={"Cash + Leave": 9}),
			[("A", "own"), ("C", "grade"), ("B", "job")],
		),
	],
)
def test_options_are_ordered_by_own_choices_then_grade_then_job(taste, proposed):
	assert propose(MIXES, taste) == [Proposal(*pair) for pair in proposed]


counts = st.dictionaries(st.sampled_from(sorted(MIXES.values())), st.integers(0, 9))


@given(st.builds(Taste, own=counts, grade=counts, job=counts))
def test_every_option_is_proposed_once(taste):
	assert sorted(proposal.option for proposal in propose(MIXES, taste)) == sorted(MIXES)


def pays(amount, option=""):
	return Promise("", "Joined", "Cash", Decimal(amount), option=option)


def test_of_a_choice_the_dearest_option_counts_against_the_budget():
	promises = [pays(100), pays(1000, "A"), pays(500, "B"), pays(700, "B")]
	assert dearest(promises, lambda promise: promise.amount) == 1300
	assert dearest([], lambda promise: promise.amount) == 0


def promised(*bonuses, own=()):
	counting = Terms("gold", "Gold", 1, date(2026, 1, 1), tuple(bonuses), period="Year") if bonuses else None
	return Terms("rule", "Rule", 1, date(2026, 1, 1), tuple(own), counting=counting)


def bonus(amount, hires):
	return Promise("", "Joined", "Cash", Decimal(amount), hires=hires)


def amount_of(promise):
	return promise.amount


def test_each_referral_counts_its_part_of_a_bonus_for_several_hires_rounded_up():
	assert of_terms(promised(bonus(2000, 3), own=[pays(1000)]), amount_of) == Decimal("1666.67")
	assert of_terms(promised(bonus(2000, 3), bonus(9000, 5)), amount_of) == Decimal("2466.67")
	assert of_terms(promised(own=[pays(1000)]), amount_of) == 1000


@given(st.decimals("0.01", 10**6, places=2), st.integers(2, 60))
def test_when_so_many_are_hired_all_of_the_bonus_was_counted(amount, hires):
	part = of_terms(promised(bonus(amount, hires)), amount_of)
	assert amount <= hires * part < amount + hires * Decimal("0.01")


@pytest.mark.parametrize(
	("limit", "used", "cost", "allowed"),
	[
		(None, 0, 10**9, True),
		(1000, 0, 1000, True),
		(1000, 1, 1000, False),
		(1000, 2000, 1, False),
		(1000, 2000, 0, True),
		(0, 0, 1, False),
	],
)
def test_a_budget_stops_a_promise_that_does_not_fit_and_nothing_else(limit, used, cost, allowed):
	budget = Budget(None if limit is None else Decimal(limit), Decimal(used))
	assert budget.allows(Decimal(cost)) is allowed


@pytest.mark.parametrize(("used", "warns"), [(799, False), (800, True), (1500, True)])
def test_a_budget_warns_before_it_stops(used, warns):
	assert Budget(Decimal(1000), Decimal(used)).is_at_warning() is warns
	assert not Budget(None, Decimal(used)).is_at_warning()
