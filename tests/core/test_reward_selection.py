"""Which rule pays: tables of rules against openings, the order of weight, ties."""

from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_hub.rewards.rules.promising.badges import Award, held_on
from referral_hub.rewards.rules.selection import (
	CONDITION_NAMES,
	Conditions,
	OpeningFacts,
	Rule,
	RuleBook,
	tied_with,
)

TODAY = date(2026, 6, 15)
ENGINEER = OpeningFacts(
	designation="Engineer",
	grade="L3",
	departments=("Backend", "Development", "All Departments"),
	employment_type="Full-time",
	company="Acme",
	program="Standard",
	referrer_badges=("Star", "Gold"),
)


def rule(name, valid_from=None, valid_to=None, enabled=True, **conditions):
	return Rule(
		name=name,
		title=name,
		conditions=Conditions(**conditions),
		valid_from=valid_from,
		valid_to=valid_to,
		enabled=enabled,
	)


def chosen(*rules, facts=ENGINEER, on=TODAY):
	for order in (rules, rules[::-1]):
		selected = RuleBook(order).select(facts, on)
	return selected and selected.name


@pytest.mark.parametrize(
	("conditions", "fits"),
	[
		({}, True),
		({"designation": "Engineer"}, True),
		({"designation": "Driver"}, False),
		({"grade": "L3"}, True),
		({"grade": "L4"}, False),
		({"department": "Backend"}, True),
		({"department": "Development"}, True),
		({"department": "All Departments"}, True),
		({"department": "Sales"}, False),
		({"employment_type": "Full-time"}, True),
		({"employment_type": "Intern"}, False),
		({"company": "Acme"}, True),
		({"company": "Other"}, False),
		({"program": "Standard"}, True),
		({"program": "Campus"}, False),
		({"referrer_badge": "Star"}, True),
		({"referrer_badge": "Gold"}, True),
		({"referrer_badge": "Silver"}, False),
		({"designation": "Engineer", "company": "Acme", "grade": "L3"}, True),
		({"designation": "Engineer", "company": "Other"}, False),
	],
)
def test_a_rule_fits_when_every_condition_it_has_is_met(conditions, fits):
	assert chosen(rule("it", **conditions)) == ("it" if fits else None)


def test_an_opening_that_says_nothing_is_met_only_by_rules_that_ask_nothing():
	facts = OpeningFacts()
	assert chosen(rule("any"), facts=facts) == "any"
	for name in CONDITION_NAMES:
		assert chosen(rule("asks", **{name: "x"}), facts=facts) is None


@pytest.mark.parametrize(
	("more_specific", "less_specific"),
	[
		({"designation": "Engineer"}, {"grade": "L3", "department": "Backend", "company": "Acme"}),
		({"grade": "L3"}, {"department": "Backend", "employment_type": "Full-time"}),
		({"department": "Backend"}, {"department": "Development", "employment_type": "Full-time"}),
		({"department": "All Departments"}, {"employment_type": "Full-time", "company": "Acme"}),
		({"employment_type": "Full-time"}, {"company": "Acme", "program": "Standard"}),
		({"company": "Acme"}, {"program": "Standard"}),
		({"referrer_badge": "Star"}, {"referrer_badge": "Gold", "program": "Standard"}),
		({"company": "Acme"}, {"referrer_badge": "Star"}),
		({"referrer_badge": "Gold"}, {"program": "Standard"}),
		({"program": "Standard"}, {}),
		({"designation": "Engineer", "program": "Standard"}, {"designation": "Engineer"}),
	],
)
def test_the_first_difference_in_the_order_of_weight_decides(more_specific, less_specific):
	assert chosen(rule("z-more", **more_specific), rule("a-less", **less_specific)) == "z-more"


def test_a_limited_period_wins_over_the_standing_rule_and_ends_with_its_last_day():
	standing = rule("standing", company="Acme")
	campaign = rule("z-campaign", date(2026, 6, 1), date(2026, 6, 30), company="Acme")
	assert chosen(standing, campaign, on=date(2026, 5, 31)) == "standing"
	assert chosen(standing, campaign, on=date(2026, 6, 1)) == "z-campaign"
	assert chosen(standing, campaign, on=date(2026, 6, 30)) == "z-campaign"
	assert chosen(standing, campaign, on=date(2026, 7, 1)) == "standing"


@pytest.mark.parametrize(
	("day", "badges"),
	[
		(date(2026, 1, 31), ()),
		(date(2026, 2, 1), ("Gold",)),
		(date(2026, 3, 9), ("Gold",)),
		(date(2026, 3, 10), ("Club", "Star", "Gold")),
		(date(2026, 5, 1), ("Club", "Star", "Gold")),
		(date(2026, 5, 2), ("Club", "Gold")),
		(date(2027, 1, 31), ("Club", "Gold")),
		(date(2027, 2, 1), ("Club",)),
	],
)
def test_a_badge_is_held_from_the_day_it_is_given_to_its_last_or_until_it_is_revoked(day, badges):
	awards = [
		Award("Gold", date(2026, 2, 1), held_until=date(2027, 1, 31)),
		Award("Star", date(2026, 3, 10), revoked_on=date(2026, 5, 2)),
		Award("Club", date(2026, 3, 10)),
		Award("Gold", date(2026, 2, 20), held_until=date(2026, 2, 25)),
	]
	for given_in in (awards, awards[::-1]):
		assert held_on(given_in, day) == badges


def test_a_disabled_rule_is_never_selected():
	assert chosen(rule("off", enabled=False)) is None


@pytest.mark.parametrize(
	("one", "other", "tied"),
	[
		(rule("a"), rule("b"), True),
		(rule("a", company="Acme"), rule("b", company="Acme"), True),
		(rule("a", company="Acme"), rule("b", company="Other"), False),
		(rule("a", company="Acme"), rule("b"), False),
		(rule("a", date(2026, 1, 1), None), rule("b"), True),
		(rule("a", None, date(2026, 3, 31)), rule("b", date(2026, 4, 1), None), False),
		(rule("a", None, date(2026, 4, 1)), rule("b", date(2026, 4, 1), None), True),
		(rule("a", date(2026, 1, 1), date(2026, 3, 31)), rule("b"), False),
		(rule("a", date(2026, 1, 1), date(2026, 3, 31)), rule("b", date(2026, 3, 1), date(2026, 5, 1)), True),
		(rule("a"), rule("b", enabled=False), False),
		(rule("a", enabled=False), rule("b"), False),
		(rule("a"), rule("a"), False),
	],
)
def test_ties_are_found_from_both_sides(one, other, tied):
	assert (tied_with(one, [other]) == other) is tied
	assert (tied_with(other, [one]) == one) is tied


values = st.sampled_from([None, "x", "y"])
rules = st.lists(
	st.builds(
		Conditions,
		designation=values,
		grade=values,
		department=st.sampled_from([None, "leaf", "root", "elsewhere"]),
		company=values,
	),
	unique=True,
	max_size=12,
)


@given(rules, st.permutations(range(12)))
def test_the_index_finds_what_trying_each_rule_finds_whatever_their_order(conditions, order):
	facts = OpeningFacts(designation="x", grade="y", departments=("leaf", "root"), company="x")
	book = [Rule(name=f"{number:02}", conditions=each) for number, each in enumerate(conditions)]
	fitting = [each for each in book if fits(each.conditions, facts)]
	best = max(fitting, key=lambda each: weights(each.conditions, facts), default=None)
	shuffled = [book[position] for position in order if position < len(book)]
	assert RuleBook(shuffled).select(facts, TODAY) == best


@given(rules)
def test_rules_without_a_tie_never_weigh_the_same(conditions):
	facts = OpeningFacts(designation="x", grade="y", departments=("leaf", "root"), company="x")
	fitting = [each for each in conditions if fits(each, facts)]
	for one, other in combinations(fitting, 2):
		assert weights(one, facts) != weights(other, facts)


def fits(conditions, facts):
	"""The rule in words, tried on one rule: the oracle for the index."""
	return all(
		asked is None
		or (asked in facts.departments if name == "department" else asked == getattr(facts, name))
		for name, asked in zip(CONDITION_NAMES, conditions.values(), strict=True)
	)


def weights(conditions, facts):
	return [
		0
		if asked is None
		else (len(facts.departments) - facts.departments.index(asked) if name == "department" else 1)
		for name, asked in zip(CONDITION_NAMES, conditions.values(), strict=True)
	]
