"""In which order options are proposed, and what a budget lets through."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_hub.rewards.rules.choice import Proposal, Taste, mix_of, propose
from referral_hub.rewards.rules.promising.budget import Budget, dearest
from referral_hub.rewards.rules.terms import Promise

MIXES = {"A": mix_of(["Cash"]), "B": mix_of(["Leave", "Cash", "Cash"]), "C": "Points"}


@pytest.mark.parametrize(
	("taste", "proposed"),
	[
		(Taste(), [("A", ""), ("B", ""), ("C", "")]),
		(Taste(own={"Points": 1}), [("C", "own"), ("A", ""), ("B", "")]),
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
