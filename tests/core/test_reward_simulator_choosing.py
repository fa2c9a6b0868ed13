"""What If: which rules are tried when drafts stand beside those in force."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import product

from referral_hub.rewards.rules.selection import Conditions, OpeningFacts, Rule, RuleBook
from referral_hub.rewards.rules.simulating.choosing import as_tried, choose, collision
from referral_hub.rewards.rules.terms import Promise

JANUARY, MARCH, APRIL, JUNE = date(2026, 1, 1), date(2026, 3, 1), date(2026, 4, 30), date(2026, 6, 30)
PAYS = (Promise("", "Joined", "Cash", Decimal(1000)),)


def rule(name, first=None, last=None, enabled=True, **asks):
	return Rule(
		name, name.title(), 1, Conditions(**asks), first, last, promises=PAYS, enabled=enabled, period=""
	)


def draft(name="draft", first=None, last=None, as_dated=False, **asks):
	return as_tried(rule(name, first, last, enabled=False, **asks), as_dated)


def days(choice, name="rule"):
	return [(each.valid_from, each.valid_to) for each in choice.tried if each.name == name]


def names(choice):
	return [each.name for each in choice.tried]


def test_a_draft_takes_the_place_of_the_rule_for_the_same_openings_and_of_no_other():
	current = [
		rule("rule", grade="A"),
		rule("all"),
		rule("other", grade="B"),
		rule("early", JANUARY, MARCH, grade="A"),
	]
	choice = choose(current, [draft(grade="A")])
	assert (names(choice), choice.current) == (["all", "other", "draft"], current)
	assert (choice.replaced, choice.tried[-1].enabled) == (["Early", "Rule"], True)


def test_what_is_left_out_does_not_count_and_is_not_said_to_be_replaced():
	current = [rule("rule"), rule("other", grade="B")]
	choice = choose(current, [draft(grade="C")], ["other"])
	assert (names(choice), choice.replaced) == (["rule", "draft"], [])
	alone = choose(current, [draft()], only_drafts=True)
	assert (names(alone), alone.replaced) == (["draft"], [])
	assert names(choose(current, [])) == ["rule", "other"]


def test_a_rule_in_force_that_is_tried_as_a_draft_is_there_once():
	choice = choose([rule("rule")], [draft("rule")])
	assert (names(choice), choice.replaced) == (["rule"], [])


def test_a_draft_holds_for_the_whole_period_whatever_the_days_of_both():
	choice = choose([rule("rule", JANUARY, MARCH)], [draft("draft", APRIL, JUNE)])
	assert (days(choice), days(choice, "draft"), choice.replaced) == ([], [(None, None)], ["Rule"])


def test_a_draft_taken_as_dated_pays_on_its_days_and_the_rule_on_all_others():
	calendar = [JANUARY + timedelta(day) for day in range(5)]
	bounds = [
		(first, last)
		for first, last in product([None, *calendar[1:4]], repeat=2)
		if not (first and last and last < first)
	]
	for of_rule, of_draft in product(bounds, bounds):
		in_force, taken = rule("rule", *of_rule), draft("draft", *of_draft, as_dated=True)
		choice = choose([in_force], [taken])
		both = [day for day in calendar if taken.is_valid_on(day) and in_force.is_valid_on(day)]
		assert choice.replaced == ["Rule"] * bool(both), (of_rule, of_draft)
		assert not [
			each
			for each in choice.tried
			if each.valid_from and each.valid_to and each.valid_to < each.valid_from
		]
		for day in calendar:
			pays = taken if taken.is_valid_on(day) else in_force if in_force.is_valid_on(day) else None
			found = RuleBook(choice.tried).select(OpeningFacts(), day)
			assert (found and found.name) == (pays and pays.name), (of_rule, of_draft, day)


def test_several_dated_drafts_take_their_days_one_after_the_other():
	drafts = [draft("one", JANUARY, MARCH, True), draft("two", APRIL, JUNE, True)]
	assert collision(drafts) is None
	in_force = rule("rule", JANUARY, date(2026, 12, 31))
	assert days(choose([in_force], drafts)) == [
		(date(2026, 3, 2), date(2026, 4, 29)),
		(date(2026, 7, 1), date(2026, 12, 31)),
	]


def test_drafts_for_the_same_openings_on_the_same_days_collide():
	one, two, other = draft("one", JANUARY, MARCH), draft("two", APRIL, JUNE), draft("other", grade="A")
	assert collision([one, other, two]) == (two, one)
	assert collision([one, other]) is None
	dated = [draft("one", JANUARY, APRIL, True), draft("two", MARCH, JUNE, True)]
	assert collision(dated) == (dated[1], dated[0])
