"""The seven examples the product was asked for, with their figures, and what factors and shares promise in general."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_hub.rewards.rules.cumulative import Hire, ahead, bonuses, counts_until, helped, stood_for
from referral_hub.rewards.rules.milestones import Progress, reached_on
from referral_hub.rewards.rules.periods import PERIODS, last_day_of, period_of
from referral_hub.rewards.rules.promising import factors as sizes
from referral_hub.rewards.rules.promising.checks import (
	Problem,
	find_counting_problems,
	find_factor_problems,
	find_problems,
)
from referral_hub.rewards.rules.promising.factors import Factor
from referral_hub.rewards.rules.promising.policy import Policy
from referral_hub.rewards.rules.selection import (
	Conditions,
	NotMet,
	OpeningFacts,
	Rule,
	RuleBook,
	tied_with,
	unmet,
)
from referral_hub.rewards.rules.shares import split
from referral_hub.rewards.rules.terms import Promise, dump, load, totals

TODAY = date(2026, 6, 15)
DIGITS = {"CNY": 2, "JPY": 0, "KWD": 3}
VERY_HARD = "Very Hard to Fill"
HARD_POST = OpeningFacts(designation="Clerk", difficulty=VERY_HARD)
CLERK = OpeningFacts(designation="Clerk", referrer_grade="Staff")


def pays(milestone, kind, amount, **more):
	for figure in {"percent"} & set(more):
		more[figure] = Decimal(more[figure])
	return Promise("", milestone, kind, Decimal(amount), **more)


def rule(*promises, name="rule", asks=None, **more):
	return Rule(name, name.title(), 1, Conditions(**(asks or {})), promises=promises, **more)


def promised(*rules, facts=CLERK, on=TODAY, currency="CNY"):
	return Policy(rules, DIGITS).terms(facts, on, currency)


def amounts(terms):
	return [(each.milestone, each.kind, str(each.amount)) for each in terms.milestones]


def times(name, factor, **more):
	return Factor(name, Decimal(factor), **more)


# the examples


def test_a_front_line_post_pays_1000_and_a_day_of_leave():
	terms = promised(
		rule(pays("Joined", "Cash", 1000), pays("Joined", "Leave", 1), asks={"designation": "Clerk"})
	)
	assert amounts(terms) == [("Joined", "Cash", "1000.00"), ("Joined", "Leave", "1.0")]


def test_a_manager_pays_5000_and_a_tenth_of_a_percent_of_options():
	terms = promised(
		rule(
			pays("Joined", "Cash", 5000), pays("Confirmed", "Equity Note", "0.1"), asks={"grade": "Manager"}
		),
		facts=OpeningFacts(grade="Manager"),
	)
	assert amounts(terms) == [("Joined", "Cash", "5000.00"), ("Confirmed", "Equity Note", "0.1000")]


def test_an_engineer_pays_3000_and_a_conference():
	conference = pays("Joined", "Training", 1, details={"training_event": "Industry Conference"})
	terms = promised(
		rule(pays("Joined", "Cash", 3000), conference, asks={"designation": "Engineer"}),
		rule(pays("Joined", "Cash", 10), name="all others"),
		facts=OpeningFacts(designation="Engineer"),
	)
	assert amounts(terms) == [("Joined", "Cash", "3000.00"), ("Joined", "Training", "1")]
	assert terms.milestones[1].details == {"training_event": "Industry Conference"}


def test_a_cto_pays_five_times_an_admin_post():
	one_rule = rule(pays("Joined", "Cash", 1000), factors=(times("Very Hard to Fill", 5),))
	admin = promised(one_rule, facts=OpeningFacts(designation="Admin"))
	cto = promised(one_rule, facts=OpeningFacts(designation="CTO", difficulty="Very Hard to Fill"))
	assert (amounts(admin), amounts(cto)) == (
		[("Joined", "Cash", "1000.00")],
		[("Joined", "Cash", "5000.00")],
	)
	(only,) = cto.milestones
	assert (only.base_amount, only.factors) == (
		Decimal("1000.00"),
		({"name": "Very Hard to Fill", "factor": "5", "why": ""},),
	)


def test_who_stays_12_months_brings_20_percent_more():
	staying = times("Staying", "1.2", after_months=12)
	terms = promised(
		rule(pays("Joined", "Cash", 1000), pays("Interviewed", "Points", 50), factors=(staying,))
	)
	assert amounts(terms) == [
		("Joined", "Cash", "1000.00"),
		("Interviewed", "Points", "50"),
		("Retained", "Cash", "200.00"),
		("Retained", "Points", "10"),
	]
	assert [each.after_months for each in terms.milestones] == [0, 0, 12, 12]
	joined = Progress("Joined", "Hired", joined_on=date(2024, 2, 29))
	assert reached_on("Retained", 12, joined, date(2025, 2, 27)) is None
	assert reached_on("Retained", 12, joined, date(2025, 2, 28)) == date(2025, 2, 28)


def test_staying_brings_more_of_each_thing_and_never_of_another():
	annual, care = {"leave_type": "Annual"}, {"leave_type": "Care"}
	days = [
		pays("Joined", "Leave", 1, details=annual),
		pays("Confirmed", "Leave", 3, details=care),
		pays("Confirmed", "Leave", 2, details=annual),
	]
	terms = promised(rule(*days, factors=(times("Staying", 2, after_months=12),)))
	more = [(str(each.amount), each.details) for each in terms.milestones if each.milestone == "Retained"]
	assert more == [("3.0", annual), ("3.0", care)]


def test_30_percent_at_joining_and_70_after_probation():
	parts = (pays("Joined", "Cash", 3000, percent=30), pays("Confirmed", "Cash", 3000, percent=70))
	terms = promised(rule(*parts, factors=(times("Staying", "1.2", after_months=12),)))
	assert amounts(terms) == [
		("Joined", "Cash", "900.00"),
		("Confirmed", "Cash", "2100.00"),
		("Retained", "Cash", "600.00"),
	]


def fund(milestone, amount="1000", **more):
	return pays(milestone, "Team Fund", amount, details={"what": "Party", "taxable_value": "1000.01"}, **more)


def values(terms):
	return [(str(each.amount), each.details.get("taxable_value")) for each in terms.milestones]


def test_a_taxable_value_is_split_with_its_shares_and_grows_with_its_amount():
	parts = (fund("Joined", percent=30), fund("Confirmed", percent=70))
	assert values(promised(rule(*parts))) == [("300.00", "300.00"), ("700.00", "700.01")]
	staying = times("Staying", "1.2", after_months=12)
	doubled = promised(rule(*parts, factors=(times(VERY_HARD, 2), staying)), facts=HARD_POST)
	assert values(doubled) == [("600.00", "600.01"), ("1400.00", "1400.01"), ("400.00", "400.00")]
	assert totals(doubled.milestones) == [
		{"kind": "Team Fund", "amount": "2400.00", "currency": "CNY", "details": {"what": "Party"}}
	]


def test_a_thing_that_can_not_be_divided_is_taxed_with_the_part_that_brings_it():
	gift = {"details": {"what": "A tablet", "taxable_value": "500"}}
	terms = promised(
		rule(pays("Joined", "Gift", 1, percent=30, **gift), pays("Confirmed", "Gift", 1, percent=70, **gift))
	)
	assert values(terms) == [("1", "500.00")]


@pytest.mark.parametrize(
	("kind", "whole", "amount"),
	[("Badge", 1, "1"), ("Training", 1, "1"), ("Points", 1, "1"), ("Leave", "0.5", "0.5")],
)
def test_a_part_that_comes_to_nothing_is_not_promised_and_the_others_keep_their_numbers(kind, whole, amount):
	rows = (pays("Joined", kind, whole, percent=30), pays("Confirmed", kind, whole, percent=70))
	(only,) = promised(rule(*rows)).milestones
	assert (only.share, only.milestone, str(only.amount)) == ("2", "Confirmed", amount)


def test_an_amount_that_factors_make_smaller_than_a_cent_is_not_promised():
	lowered = rule(pays("Joined", "Cash", "0.01"), factors=(times("Urgent", "0.1"),))
	assert amounts(promised(lowered, facts=OpeningFacts(urgency="Urgent"))) == []


@given(st.decimals("0.01", 10**6, places=2), st.integers(1, 99))
def test_parts_of_a_taxable_value_always_add_up(value, percent):
	rows = [
		pays(step, "Donation", 1000, percent=part, details={"taxable_value": str(value)})
		for step, part in (("Joined", percent), ("Confirmed", 100 - percent))
	]
	found = [Decimal(each.details.get("taxable_value", 0)) for each in promised(rule(*rows)).milestones]
	assert sum(found) == value


def test_how_far_it_is_to_the_next_bonus_of_the_period_that_runs():
	terms = promised(rule(pays("Joined", "Cash", 1000)), gold(pays("Joined", "Badge", 1, hires=5)))
	hires = [hire(number, date(2026, number, 1), terms) for number in range(1, 6)]
	found = [[(a.counted, a.promise.hires, a.period) for a in ahead(hires[:n], TODAY)] for n in range(6)]
	assert found == [[], [(1, 3, "2026")], [(2, 3, "2026")], [(3, 5, "2026")], [(4, 5, "2026")], []]
	assert ahead(hires[:2], date(2027, 1, 1)) == []
	assert ahead([hire(1, date(2026, 1, 1), terms, "Duplicate")], TODAY) == []


def gold(*extra, name="gold", **more):
	return rule(pays("Joined", "Cash", 2000, hires=3), *extra, name=name, period="Year", **more)


def hire(number, day, terms, outcome="Hired", stage="Joined"):
	return Hire(f"REF-{number}", terms.counting, Progress(stage, outcome, joined_on=day))


def test_three_hires_pay_2000_more_and_five_make_the_star_of_the_year():
	star = pays("Joined", "Badge", 1, hires=5, details={"badge": "Referral star of the year"})
	terms = promised(rule(pays("Joined", "Cash", 1000)), gold(star))
	hires = [hire(number, date(2026, number, 1), terms) for number in range(1, 7)]
	earned = [
		[(bonus.promise.kind, bonus.referral, bonus.on) for bonus in bonuses(hires[:n], TODAY)]
		for n in range(7)
	]
	third, fifth = ("Cash", "REF-3", date(2026, 3, 1)), ("Badge", "REF-5", date(2026, 5, 1))
	assert earned == [[], [], [], [third], [third], [third, fifth], [third, fifth]]
	assert bonuses(hires[:3], TODAY)[0].promise.amount == Decimal("2000.00")


# several hires


def test_hires_of_two_years_do_not_add_up():
	terms = promised(gold())
	days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 2, 1)]
	assert bonuses([hire(number, day, terms) for number, day in enumerate(days)], TODAY) == []


@pytest.mark.parametrize(
	("period", "day", "name", "last_day"),
	[
		("Month", date(2026, 1, 31), "2026-01", date(2026, 1, 31)),
		("Month", date(2027, 2, 1), "2027-02", date(2027, 2, 28)),
		("Month", date(2028, 2, 29), "2028-02", date(2028, 2, 29)),
		("Month", date(2026, 12, 1), "2026-12", date(2026, 12, 31)),
		("Quarter", date(2028, 2, 29), "2028-Q1", date(2028, 3, 31)),
		("Quarter", date(2026, 4, 1), "2026-Q2", date(2026, 6, 30)),
		("Quarter", date(2026, 12, 31), "2026-Q4", date(2026, 12, 31)),
		("Half-Year", date(2026, 6, 30), "2026-H1", date(2026, 6, 30)),
		("Half-Year", date(2026, 7, 1), "2026-H2", date(2026, 12, 31)),
		("Year", date(2028, 2, 29), "2028", date(2028, 12, 31)),
		("Any Time", date(2028, 2, 29), "any", None),
	],
)
def test_a_period_has_a_name_and_a_last_day(period, day, name, last_day):
	assert (period_of(day, period), last_day_of(day, period)) == (name, last_day)


@given(st.dates(date(2024, 1, 1), date(2040, 1, 1)), st.sampled_from(PERIODS[:-1]))
def test_the_day_after_the_last_of_a_period_begins_the_next(day, period):
	last = last_day_of(day, period)
	assert day <= last
	assert period_of(last, period) == period_of(day, period) != period_of(last + timedelta(days=1), period)


@pytest.mark.parametrize(
	("days", "earned_on"),
	[
		([date(2026, 1, 31), date(2026, 2, 1), date(2026, 2, 28)], []),
		([date(2026, 1, 1), date(2026, 1, 31), date(2026, 1, 15)], [date(2026, 1, 31)]),
		([date(2024, 2, 29), date(2024, 2, 1), date(2024, 2, 28)], [date(2024, 2, 29)]),
		([date(2024, 2, 29), date(2024, 2, 28), date(2024, 3, 1)], []),
	],
)
def test_hires_of_a_month_count_together_from_its_first_to_its_last_day(days, earned_on):
	terms = promised(rule(pays("Joined", "Cash", 2000, hires=3), name="month", period="Month"))
	hires = [hire(number, day, terms) for number, day in enumerate(days)]
	assert [bonus.on for bonus in bonuses(hires, TODAY)] == earned_on


def test_a_hire_stands_for_a_bonus_while_its_period_runs_and_then_only_when_it_was_earned():
	terms = promised(gold(pays("Joined", "Badge", 1, hires=5)))
	hires = [hire(number, date(2026, number, 1), terms) for number in range(1, 5)]
	later = date(2027, 1, 1)

	def stands(hires, each, today):
		return [promise.hires for promise in stood_for(each, lambda: helped(hires, today), today)]

	assert [stands(hires[:2], each, TODAY) for each in hires[:2]] == [[3, 5], [3, 5]]
	assert [stands(hires[:2], each, later) for each in hires[:2]] == [[], []]
	assert [stands(hires, each, later) for each in hires] == [[3], [3], [3], []]
	last = date(2026, 12, 31)
	assert [counts_until(hires[0], day) for day in (TODAY, last, later)] == [last, last, None]
	gone = hire(1, date(2026, 1, 1), terms, "Duplicate")
	assert (stands(hires, gone, TODAY), counts_until(gone, TODAY)) == ([], None)


def test_a_hire_undone_after_the_bonus_and_a_later_one_known_before_it_bring_the_same_bonus_again():
	terms = promised(gold())
	hires = [hire(number, date(2026, number, 1), terms) for number in (1, 2, 3)]
	(before,) = bonuses(hires, TODAY)
	gone = hire(3, date(2026, 3, 1), terms, "No-show")
	assert bonuses([*hires[:2], gone], TODAY) == []
	(again,) = bonuses([hire(4, date(2026, 5, 1), terms), gone, *hires[:2]], TODAY)
	assert (again.key(), again.on) == (before.key(), date(2026, 5, 1))
	assert again.hires == ("REF-1", "REF-2", "REF-4")


def test_a_hire_that_is_undone_takes_the_bonus_with_it():
	terms = promised(gold())
	hires = [hire(number, date(2026, 1, number), terms) for number in (1, 2, 3)]
	assert len(bonuses(hires, TODAY)) == 1
	for outcome in ("No-show", "Duplicate", "Ineligible"):
		gone = hire(3, date(2026, 1, 3), terms, outcome)
		assert bonuses([*hires[:2], gone], TODAY) == []
	left = hire(3, date(2026, 1, 3), terms, "Left")
	assert len(bonuses([*hires[:2], left], TODAY)) == 1


def test_of_two_versions_the_one_promised_first_counts_and_only_that():
	old = promised(gold(), on=date(2026, 1, 1))
	new = promised(
		Rule("gold", "Gold", 2, promises=(pays("Joined", "Cash", 9000, hires=3),), period="Year"),
		on=date(2026, 2, 1),
	)
	hires = [hire(1, date(2026, 3, 1), new), hire(2, date(2026, 4, 1), old), hire(3, date(2026, 5, 1), new)]
	(bonus,) = bonuses(hires, TODAY)
	assert (bonus.terms.rule_version, bonus.promise.amount) == (1, Decimal("2000.00"))
	(bonus,) = bonuses([hires[0], hires[2], hire(4, date(2026, 6, 1), new)], TODAY)
	assert bonus.promise.amount == Decimal("9000.00")


days_of_a_year = st.dates(date(2025, 7, 1), date(2026, 12, 31))
outcomes = st.sampled_from(["Hired", "Left", "No-show", "Duplicate", "Open"])


@given(st.lists(st.tuples(days_of_a_year, outcomes, st.integers(1, 3)), max_size=12), st.randoms())
def test_the_same_hires_in_any_order_earn_the_same(facts, random):
	versions = {
		number: promised(
			Rule(
				"gold",
				"Gold",
				number,
				promises=(
					pays("Joined", "Cash", 1000 * number, hires=number + 1),
					pays("Joined", "Points", 5, hires=4),
				),
				period="Quarter",
			),
			on=date(2025, number, 1),
		)
		for number in (1, 2, 3)
	}
	hires = [hire(n, day, versions[version], outcome) for n, (day, outcome, version) in enumerate(facts)]
	shuffled = hires.copy()
	random.shuffle(shuffled)
	earned = bonuses(shuffled, TODAY)
	assert earned == bonuses(hires, TODAY)
	assert len({bonus.key() for bonus in earned}) == len(earned)
	assert all(len(bonus.hires) == bonus.promise.hires for bonus in earned)


# factors


CAMPAIGN = times("Campaign", 2, title="Spring", valid_from=date(2026, 6, 1), valid_to=date(2026, 6, 30))


@pytest.mark.parametrize(
	("stacking", "amount", "names"),
	[
		("Multiply", "300.00", ["Campaign", "Urgent"]),
		("Add", "250.00", ["Campaign", "Urgent"]),
		("Largest", "200.00", ["Campaign"]),
	],
)
def test_how_factors_stack_is_said_by_the_rule(stacking, amount, names):
	base = rule(pays("Joined", "Cash", 100), factors=(CAMPAIGN, times("Urgent", "1.5")), stacking=stacking)
	(only,) = promised(base, facts=OpeningFacts(urgency="Urgent")).milestones
	assert (str(only.amount), [factor["name"] for factor in only.factors]) == (amount, names)


def test_factors_that_take_away_more_than_there_is_leave_nothing_and_owe_nothing():
	lowered = (times("Urgent", "0.3"), times(VERY_HARD, "0.2"))
	assert sizes.together(lowered, "Add") == 0
	assert sizes.together(lowered[:1], "Add") == Decimal("0.3")


def test_half_a_cent_goes_up():
	base = rule(pays("Joined", "Cash", "33.33"), factors=(times("Urgent", "1.5"),))
	(only,) = promised(base, facts=OpeningFacts(urgency="Urgent")).milestones
	assert str(only.amount) == "50.00"  # 49.995


def test_base_100_and_a_campaign_of_two_is_200_and_only_while_it_lasts():
	base = rule(pays("Joined", "Cash", 100), factors=(CAMPAIGN,))
	amount_on = {
		day: str(promised(base, on=day).milestones[0].amount)
		for day in (date(2026, 5, 31), date(2026, 6, 1), date(2026, 6, 30), date(2026, 7, 1))
	}
	assert list(amount_on.values()) == ["100.00", "200.00", "200.00", "100.00"]


def test_terms_made_on_other_days_carry_their_own_day():
	policy = Policy([rule(pays("Joined", "Cash", 100), factors=(CAMPAIGN,)), gold()], DIGITS)
	days = [date(2026, 6, 1), date(2026, 6, 2), date(2026, 7, 1), date(2026, 7, 2)]
	made = [policy.terms(CLERK, day, "CNY") for day in days]
	assert [(each.frozen_on, each.counting.frozen_on) for each in made] == [(day, day) for day in days]
	assert [str(each.milestones[0].amount) for each in made] == ["200.00", "200.00", "100.00", "100.00"]


def test_factors_leave_alone_what_is_fixed_and_what_cannot_grow():
	rows = (
		pays("Joined", "Cash", 100, fixed=True),
		pays("Joined", "Leave", 1),
		pays("Joined", "Badge", 1),
		pays("Joined", "Equity Note", "0.1"),
		pays("Joined", "Points", 10),
	)
	terms = promised(rule(*rows, factors=(CAMPAIGN, times("Staying", "1.2", after_months=12))))
	assert amounts(terms) == [
		("Joined", "Cash", "100.00"),
		("Joined", "Leave", "2.0"),
		("Joined", "Badge", "1"),
		("Joined", "Equity Note", "0.1000"),
		("Joined", "Points", "20"),
		("Retained", "Leave", "0.5"),
		("Retained", "Points", "4"),
	]


@given(
	st.lists(st.decimals("0.1", "9", places=2), max_size=5),
	st.sampled_from(["Multiply", "Add", "Largest"]),
	st.randoms(),
)
def test_factors_come_to_the_same_in_any_order(figures, stacking, random):
	made = [times("Campaign", figure, title=str(n)) for n, figure in enumerate(figures)]
	shuffled = made.copy()
	random.shuffle(shuffled)
	assert sizes.together(tuple(shuffled), stacking) == sizes.together(tuple(made), stacking)


@pytest.mark.parametrize(
	("factor", "codes"),
	[
		(times("Urgent", 2), []),
		(times("Urgent", 0), ["factor_not_positive"]),
		(times("Campaign", 2), ["campaign_unnamed"]),
		(times("Staying", 2), ["factor_months_missing"]),
		(times("Staying", 1, after_months=12), ["factor_adds_nothing"]),
		(
			times("Urgent", 2, valid_from=TODAY, valid_to=TODAY - timedelta(1)),
			["factor_ends_before"],
		),
	],
)
def test_a_factor_that_means_nothing_is_named(factor, codes):
	assert find_factor_problems([factor]) == [Problem(code, 1) for code in codes]


def test_the_same_factor_twice_is_named():
	assert find_factor_problems([times("Urgent", 2), times("Urgent", 3)]) == [
		Problem("factor_repeated", 2, 1)
	]


# shares


@given(
	st.integers(0, 10**9),
	st.lists(st.decimals("0.01", "100", places=2), min_size=1, max_size=12),
	st.sampled_from([Decimal(1), Decimal("0.5"), Decimal("0.01"), Decimal("0.001")]),
)
def test_shares_always_add_up_to_the_smallest_unit(units, weights, step):
	whole = units * step
	parts = split(whole, weights, step)
	assert sum(parts) == whole
	total = sum(weights)
	for part, weight in zip(parts, weights, strict=True):
		assert part % step == 0
		assert abs(part - whole * weight / total) < step


def test_what_is_left_goes_to_the_largest_remainders_the_earlier_first():
	third = [Decimal(1)] * 3
	assert split(Decimal(100), third, Decimal("0.01")) == [
		Decimal("33.34"),
		Decimal("33.33"),
		Decimal("33.33"),
	]
	assert split(Decimal(10), [Decimal(50), Decimal(25), Decimal(25)], Decimal(1)) == [5, 3, 2]


@given(
	st.decimals("0.01", "100000", places=2),
	st.lists(st.integers(1, 50), min_size=1, max_size=6),
	st.decimals("0.5", "5", places=2),
	st.sampled_from(["CNY", "JPY", "KWD"]),
)
def test_the_parts_of_a_promise_add_up_to_the_whole_with_its_factors(amount, weights, factor, currency):
	percents = split(Decimal(100), [Decimal(weight) for weight in weights], Decimal("0.01"))
	milestones = ("Received", "Screened", "Interviewed", "Selected", "Offered", "Joined")
	rows = [
		pays(milestone, "Cash", amount, percent=percent)
		for milestone, percent in zip(milestones, percents, strict=False)
	]
	campaign = times("Campaign", factor, title="Spring")
	terms = promised(rule(*rows, factors=(campaign,)), currency=currency)
	whole = promised(rule(pays("Joined", "Cash", amount), factors=(campaign,)), currency=currency)
	assert sum(each.amount for each in terms.milestones) == sum(each.amount for each in whole.milestones)
	assert all(each.amount > 0 for each in terms.milestones)
	assert load(dump(terms)) == terms


@pytest.mark.parametrize(
	("rows", "problems"),
	[
		([pays("Joined", "Cash", 100, percent=30), pays("Confirmed", "Cash", 100, percent=70)], []),
		(
			[pays("Joined", "Cash", 100, percent=30), pays("Confirmed", "Cash", 100, percent=60)],
			[Problem("shares_not_whole", 1, values={"rows": "1, 2", "total": "90"})],
		),
		(
			[pays("Joined", "Cash", 100, percent=30), pays("Confirmed", "Cash", 90, percent=70)],
			[
				Problem("shares_not_whole", 1, values={"rows": "1", "total": "30"}),
				Problem("shares_not_whole", 2, values={"rows": "2", "total": "70"}),
			],
		),
		([pays("Joined", "Cash", 100, option="A")], [Problem("choice_of_one", 1, values={"option": "A"})]),
		([pays("Joined", "Cash", 100, option="A"), pays("Joined", "Cash", 50, option="B")], []),
	],
)
def test_shares_that_lose_money_and_choices_of_one_are_named(rows, problems):
	assert find_problems(rows, DIGITS) == problems


def test_rows_for_several_hires_count_one_step_and_hold_no_choice():
	rows = [
		pays("Joined", "Cash", 100, hires=3),
		pays("Confirmed", "Cash", 100, hires=1, option="A", percent=50),
	]
	assert find_counting_problems(rows) == [
		Problem("hires_missing", 2),
		Problem("counts_two_steps", 2, 1),
		Problem("choice_of_several", 2),
		Problem("share_of_several", 2),
	]


# selection


def test_what_a_rule_asks_and_the_facts_do_not_say_is_named():
	asking = rule(asks={"designation": "Driver", "referrer_department": "Sales", "referrer_grade": "Staff"})
	facts = OpeningFacts(designation="Clerk", referrer_grade="Staff", referrer_departments=("Backend", "All"))
	assert unmet(asking, facts) == [
		NotMet("designation", "Driver", "Clerk"),
		NotMet("referrer_department", "Sales", "Backend"),
	]


def test_a_rule_for_one_hire_and_one_for_several_are_no_tie():
	paying, counting = rule(pays("Joined", "Cash", 1), name="one"), gold(name="two")
	assert tied_with(paying, [counting]) is None
	assert tied_with(gold(name="three"), [counting]) is counting


def test_the_cost_of_selecting_does_not_grow_with_the_rules():
	class Counted(dict):
		asked = 0

		def get(self, *key):
			Counted.asked += 1
			return super().get(*key)

	def asked_with(number):
		rules = [
			rule(name=f"r{n}", asks={"designation": f"Job {n}", "company": "Acme"}) for n in range(number)
		]
		book = RuleBook([*rules, rule(name="any")])
		book._index = {pattern: Counted(found) for pattern, found in book._index.items()}
		Counted.asked = 0
		assert book.select(OpeningFacts(designation="Job 3", company="Acme"), TODAY).name == "r3"
		return Counted.asked

	assert asked_with(10) == asked_with(2000) == 2
