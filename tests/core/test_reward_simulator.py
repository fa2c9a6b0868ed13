"""What if: referrals of the past played through rules. The figures of the articles, and what holds whatever the history."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_hub.rewards.rules.milestones import Progress
from referral_hub.rewards.rules.promising.budget import Budget
from referral_hub.rewards.rules.promising.factors import Factor
from referral_hub.rewards.rules.promising.policy import Policy
from referral_hub.rewards.rules.selection import Conditions, OpeningFacts, Rule
from referral_hub.rewards.rules.simulating import tallies
from referral_hub.rewards.rules.simulating.history import Past, dates_of, over_on
from referral_hub.rewards.rules.simulating.simulator import play
from referral_hub.rewards.rules.simulating.stacking import stacks
from referral_hub.rewards.rules.simulating.worth import Worth
from referral_hub.rewards.rules.terms import Promise

TODAY = date(2026, 11, 20)
DIGITS = {"CNY": 2, "USD": 2}
MADE = datetime(2026, 1, 5, 9)


def pays(milestone, kind, amount, **more):
	if "percent" in more:
		more["percent"] = Decimal(more["percent"])
	return Promise("", milestone, kind, Decimal(amount), **more)


def rule(*promises, name="rule", asks=None, **more):
	return Rule(name, name.title(), 1, Conditions(**(asks or {})), promises=promises, **more)


def past(number=1, person="Li Na", outcome="Hired", made_at=MADE, joined=None, currency="CNY", **more):
	facts = more.pop("facts", OpeningFacts(designation="Clerk", departments=("Sales", "All")))
	if outcome in ("Hired", "Left"):
		joined = joined or made_at.date() + timedelta(45)
		progress = Progress("Joined", outcome, joined, joined_on=joined, left_on=more.pop("left", None))
	else:
		progress = Progress(more.pop("stage", "Interviewing"), outcome, made_at.date() + timedelta(9))
	return Past(f"REF-{number:03}", person, made_at, facts, progress, currency, **more)


def played(rules, pasts, budgets=None, worth=None, **more):
	return play(Policy(rules, DIGITS), pasts, TODAY, worth or Worth("CNY"), budgets, **more)


def got(found, kind="Cash"):
	return [(piece.person, str(piece.amount), piece.due_on) for piece in found.pieces if piece.kind == kind]


def lines(found, key, cast="tried"):
	worth = Worth("CNY")
	return {
		line.key: (str(line.of(cast).money), str(line.of(cast).points))
		for line in tallies.compare({cast: found.pieces}, key, worth)
	}


# the figures of the articles


def test_thirty_percent_at_joining_and_seventy_after_probation_cost_two_months():
	parts = rule(
		pays("Joined", "Cash", 3000, percent=30, payout_delay_days=10),
		pays("Confirmed", "Cash", 3000, percent=70),
	)
	confirmed = Progress("Confirmed", "Hired", joined_on=date(2026, 2, 25), confirmed_on=date(2026, 5, 25))
	only = Past("REF-1", "Li Na", MADE, OpeningFacts(departments=("Sales",)), confirmed, "CNY")
	assert lines(played([parts], [only]), tallies.by_month) == {
		"2026-03": ("900.00", "0"),
		"2026-05": ("2100.00", "0"),
	}


def test_three_hires_bring_2000_more_and_five_the_star_of_the_year():
	star = rule(
		pays("Joined", "Cash", 2000, hires=3),
		pays("Joined", "Badge", 1, hires=5, details={"badge": "Referral star of the year"}),
		name="several",
		period="Year",
	)
	pasts = [past(number, made_at=MADE + timedelta(number)) for number in range(5)]
	found = played([rule(pays("Joined", "Cash", 1000)), star], pasts)
	assert lines(found, tallies.by_person) == {"Li Na": ("7000.00", "0")}
	assert [piece.referral for piece in found.pieces if piece.hires] == ["REF-002", "REF-004"]


def test_a_cto_costs_five_times_an_admin_post_by_department():
	hard = rule(pays("Joined", "Cash", 1000), factors=(Factor("Very Hard to Fill", Decimal(5)),))
	admin = past(1, facts=OpeningFacts(designation="Admin", departments=("Office",)))
	cto = past(
		2,
		facts=OpeningFacts(designation="CTO", departments=("Board",), difficulty="Very Hard to Fill"),
	)
	assert lines(played([hard], [admin, cto]), tallies.by_department) == {
		"Board": ("5000.00", "0"),
		"Office": ("1000.00", "0"),
	}


def test_base_100_a_campaign_of_two_and_an_urgent_opening_are_300_and_named():
	factors = (Factor("Campaign", Decimal(2), "Spring"), Factor("Urgent", Decimal("1.5")))
	found = played(
		[rule(pays("Joined", "Cash", 100), factors=factors)],
		[past(1, facts=OpeningFacts(urgency="Urgent")), past(2)],
	)
	(only,) = stacks(found, Worth("CNY"))
	assert (only.rule, only.how, only.referrals) == ("Rule", "Multiply", ["REF-001"])
	assert only.parts == (("Campaign", "2", "Spring"), ("Urgent", "1.5", ""))
	assert (only.base, only.promised, only.times()) == (100, 300, 3)


def test_staying_and_a_bonus_for_several_hires_on_top_are_named_too():
	staying = rule(
		pays("Joined", "Cash", 1000), factors=(Factor("Staying", Decimal("1.2"), after_months=12),)
	)
	bonus = rule(pays("Joined", "Cash", 2000, hires=2), name="gold", period="Any Time")
	found = played([staying, bonus], [past(1), past(2, made_at=MADE + timedelta(1))])
	(only,) = stacks(found, Worth("CNY"))
	assert only.parts == (("Staying", "1.2", ""), ("Several Hires", "2", "Gold"))
	assert (only.referrals, only.base, only.promised) == (["REF-002"], 1000, 3200)


# what was earned


@pytest.mark.parametrize(
	("outcome", "stage", "amounts"),
	[
		("Open", "Interviewing", ["10", "20"]),
		("Open", "Submitted", ["10"]),
		("No-show", "Offered", ["10", "20"]),
		("Not Selected", "Screening", ["10"]),
		("Duplicate", "Interviewing", []),
		("Ineligible", "Submitted", []),
	],
)
def test_what_was_reached_is_earned_and_a_no_show_does_not_take_it_back(outcome, stage, amounts):
	steps = rule(pays("Received", "Points", 10), pays("Interviewed", "Points", 20), pays("Joined", "Cash", 1))
	found = played([steps], [past(outcome=outcome, stage=stage)])
	assert [str(piece.amount) for piece in found.pieces] == amounts


def test_who_leaves_within_the_months_brings_nothing_and_without_such_a_rule_all():
	back = rule(pays("Joined", "Cash", 1000, back_within=6), pays("Joined", "Points", 50))
	leaver = past(outcome="Left", joined=date(2026, 2, 1), left=date(2026, 5, 1))
	assert [(piece.kind, piece.earned_on) for piece in played([back], [leaver]).pieces] == [
		("Points", date(2026, 2, 1))
	]


def test_staying_is_earned_on_the_anniversary_and_not_before():
	stays = rule(pays("Retained", "Cash", 200, after_months=6))
	assert got(played([stays], [past(joined=date(2026, 5, 20))])) == [("Li Na", "200.00", TODAY)]
	later = played([stays], [past(joined=date(2026, 5, 21))])
	assert (got(later), later.ahead) == ([], 200)


def test_days_known_better_than_the_last_stage_count():
	moves = [
		("Submitted", date(2026, 1, 5)),
		("Interviewing", date(2026, 1, 9)),
		("Screening", date(2026, 1, 10)),
		("Selected", date(2026, 2, 1)),
	]
	dates = dates_of(moves)
	assert dates == {
		"Received": date(2026, 1, 5),
		"Screened": date(2026, 1, 9),
		"Interviewed": date(2026, 2, 1),
		"Selected": date(2026, 2, 1),
	}
	screened = rule(pays("Screened", "Cash", 1))
	assert got(played([screened], [past(dates=dates)]))[0][2] == date(2026, 1, 9)


@pytest.mark.parametrize(
	("outcome", "closed", "endings", "day"),
	[
		("Open", None, [4], None),
		("Hired", 3, [4], None),
		("Not Selected", None, [4, 6, 5], 6),
		("Withdrawn", 3, [4], 3),
		("Expired", None, [], None),
	],
)
def test_a_referral_is_over_since_it_was_closed_else_since_its_last_outcome(outcome, closed, endings, day):
	def march(number):
		return number and date(2026, 3, number)

	assert over_on(outcome, march(closed), map(march, endings)) == march(day)


def test_of_a_choice_the_kinds_that_were_chosen_count_else_the_first_option():
	choice = rule(
		pays("Joined", "Cash", 1000, option="A"),
		pays("Joined", "Cash", 500, option="B"),
		pays("Joined", "Leave", 2, option="B"),
	)
	assert got(played([choice], [past()])) == [("Li Na", "1000.00", date(2026, 2, 19))]
	chosen = past(option="A", mix="Cash + Leave")
	assert [str(piece.amount) for piece in played([choice], [chosen]).pieces] == ["500.00", "2.0"]


def test_who_was_hired_as_something_else_earns_nothing_that_needs_the_hire():
	asks = rule(pays("Interviewed", "Points", 5), pays("Joined", "Cash", 1), hire=(("designation", "Clerk"),))
	driver = past(hire={"designation": "Driver"})
	assert [piece.kind for piece in played([asks], [driver]).pieces] == ["Points"]
	assert len(played([asks], [past(hire={"designation": "Clerk"})]).pieces) == 2


def test_referrals_that_no_rule_pays_for_are_named_and_those_not_to_be_paid_are_not():
	clerks = rule(pays("Joined", "Cash", 1), asks={"designation": "Clerk"})
	pasts = [
		past(1),
		past(2, facts=OpeningFacts(designation="Driver")),
		past(3, facts=OpeningFacts(designation="Driver"), is_paid=False),
	]
	found = played([clerks], pasts)
	assert [each.referral for each in found.unfit] == ["REF-002"]
	assert [piece.referral for piece in found.pieces] == ["REF-001"]


def test_referrals_can_be_played_as_if_they_were_made_later():
	next_year = rule(pays("Joined", "Cash", 1), valid_from=date(2027, 1, 1))
	assert [each.referral for each in played([next_year], [past()]).unfit] == ["REF-001"]
	assert got(played([next_year], [past()], months_later=12)) == [("Li Na", "1.00", date(2026, 2, 19))]


# money


def test_other_currencies_and_things_count_at_their_rate_and_points_do_not():
	worth = Worth("CNY", {"USD": Decimal("7.1")})
	gift = pays("Joined", "Gift", 1, details={"taxable_value": "80", "taxable_currency": "USD"})
	found = played(
		[rule(gift, pays("Joined", "Points", 50), pays("Joined", "Cash", 100, currency="USD"))], [past()]
	)
	(line,) = tallies.compare({"tried": found.pieces}, tallies.by_person, worth)
	assert (line.of("tried").money, line.of("tried").points) == (Decimal("1278.00"), 50)
	assert worth.unknown == set()


def test_a_currency_without_a_rate_is_named_and_not_counted():
	worth = Worth("CNY")
	found = played([rule(pays("Joined", "Cash", 100, currency="USD"))], [past()], worth=worth)
	(line,) = tallies.compare({"tried": found.pieces}, tallies.by_person, worth)
	assert (line.of("tried").money, line.of("tried").pieces, worth.unknown) == (0, 1, {"USD"})


def test_a_budget_without_a_rate_stops_nothing_of_what_it_can_not_count():
	rules = [rule(pays("Joined", "Cash", 100, currency="USD"))]
	budget = {"Main": Budget(Decimal(150), used=Decimal(150))}
	found = played(rules, [in_program(1, (1, 1)), in_program(2, (1, 2))], budget)
	purse = found.purses["Main"]
	assert (len(found.promised), purse.stopped, purse.budget.used) == (2, 0, 150)
	assert purse.worth.unknown == {"USD"}


def test_a_budget_counts_in_its_own_currency_whatever_the_report_is_in():
	rules = [rule(pays("Joined", "Cash", 100, currency="USD"))]
	found = played(
		rules,
		[in_program(1, (1, 1)), in_program(2, (1, 2))],
		{"Main": Budget(Decimal(150))},
		counted_in={"Main": Worth("USD")},
	)
	purse = found.purses["Main"]
	assert (len(found.promised), purse.stopped, purse.budget.used) == (1, 1, 100)
	assert purse.worth.unknown == set()


def test_winners_come_first_and_who_gets_the_same_is_left_out():
	old, new = (
		rule(pays("Joined", "Cash", 1000)),
		rule(pays("Joined", "Cash", 3000), asks={"designation": "Clerk"}),
	)
	driver, cook = (OpeningFacts(designation=each) for each in ("Driver", "Cook"))
	pasts = [past(1), past(2, "Wang Wei", facts=driver), past(3, "Zhao Lei", facts=cook)]
	half = rule(pays("Joined", "Cash", 500), name="half", asks={"designation": "Driver"})
	same = rule(pays("Joined", "Cash", 1000), name="same", asks={"designation": "Cook"})
	casts = {"got": played([old], pasts).pieces, "tried": played([new, half, same], pasts).pieces}
	compared = tallies.compare(casts, tallies.by_person, Worth("CNY"))
	found = [
		(line.key, line.difference("tried", "got")[0]) for line in tallies.gains(compared, "tried", "got")
	]
	assert found == [("Li Na", 2000), ("Wang Wei", -500)]


# budgets


def in_program(number, day, outcome="Hired", **more):
	made_at = datetime(2026, *day)
	return past(number, made_at=made_at, outcome=outcome, facts=OpeningFacts(program="Main"), **more)


def test_a_budget_stops_promises_from_the_day_it_is_used_up_and_what_ended_is_free_again():
	thousand = rule(pays("Joined", "Cash", 1000))
	pasts = [
		in_program(1, (1, 1)),
		in_program(2, (1, 2), "Not Selected", ended_on=date(2026, 1, 31)),
		in_program(3, (1, 31)),
		in_program(4, (2, 1)),
		in_program(5, (3, 1)),
	]
	found = played([thousand], pasts, {"Main": Budget(Decimal(2000))})
	purse = found.purses["Main"]
	assert [each.referral for each in found.stopped] == ["REF-003", "REF-005"]
	assert (purse.stopped_on, purse.stopped, purse.budget.used) == (date(2026, 1, 31), 2, 2000)
	assert purse.at_month_ends() == {"2026-01": 1000, "2026-02": 2000}
	assert lines(found, tallies.by_person) == {"Li Na": ("2000.00", "0")}


def test_a_part_of_a_bonus_is_free_again_the_day_after_its_period_without_it():
	three = [
		rule(pays("Joined", "Points", 100)),
		rule(pays("Joined", "Cash", 900, hires=3), name="three", period="Month"),
	]

	def of(number, person, joined, made=(1, 1)):
		return in_program(number, made, person=person, joined=date(2026, *joined))

	lonely = [of(1, "Li Na", (1, 31)), of(2, "Li Na", (2, 1))]
	found = played(three, [*lonely, of(3, "Zhao Lei", (3, 1), (2, 1))], {"Main": Budget(Decimal(900))})
	assert found.purses["Main"].at_month_ends() == {"2026-01": 300, "2026-02": 300, "2026-03": 0}
	on_the_last_day = play(
		Policy(three, DIGITS), lonely[:1], date(2026, 1, 31), Worth("CNY"), {"Main": Budget(Decimal(900))}
	)
	assert on_the_last_day.purses["Main"].budget.used == 300
	enough = [of(number, "Li Na", (1, number)) for number in range(1, 5)]
	assert [piece.amount for piece in played(three, enough).pieces if piece.kind == "Cash"] == [900]
	found = played(three, enough, {"Main": Budget(Decimal(5000))})
	assert [(level.day, level.used) for level in found.purses["Main"].levels] == [
		(date(2026, 1, 1), 1200),
		(date(2026, 1, 31), 900),
	]


def test_a_budget_begins_with_what_earlier_referrals_use():
	found = played(
		[rule(pays("Joined", "Cash", 1000))],
		[in_program(1, (1, 1))],
		{"Main": Budget(Decimal(2000), used=Decimal(1500))},
	)
	assert [each.referral for each in found.stopped] == ["REF-001"]


def test_a_budget_counts_points_at_its_own_value_and_a_bonus_in_parts_as_on_a_live_site():
	rules = [
		rule(pays("Received", "Points", 100), pays("Joined", "Cash", 500)),
		rule(pays("Joined", "Cash", 900, hires=3), name="three", period="Quarter"),
	]
	pasts = [
		in_program(1, (1, 1)),
		in_program(2, (1, 2), "Not Selected", ended_on=date(2026, 2, 10)),
		in_program(3, (3, 1)),
	]
	found = played(rules, pasts, {"Main": Budget(Decimal(5000), point_value=Decimal(2))})
	assert found.purses["Main"].at_month_ends() == {
		"2026-01": 2000,
		"2026-02": 1200,
		"2026-03": 2200 - 300,
		"2026-06": 1900 - 300,
	}


# whatever the history


facts = st.builds(
	OpeningFacts,
	designation=st.sampled_from(["Clerk", "Driver", None]),
	departments=st.sampled_from([("Sales", "All"), ("All",), ()]),
	urgency=st.sampled_from([None, "Urgent"]),
	program=st.sampled_from([None, "Main"]),
)
histories = st.lists(
	st.tuples(
		facts,
		st.sampled_from(["Li Na", "Wang Wei"]),
		st.sampled_from(["Hired", "Left", "Open", "No-show", "Not Selected"]),
		st.datetimes(datetime(2025, 1, 1), datetime(2026, 11, 1)),
	),
	max_size=14,
)
RULES = (
	rule(
		pays("Received", "Points", 10),
		pays("Joined", "Cash", 1000, percent=30),
		pays("Confirmed", "Cash", 1000, percent=70),
		factors=(
			Factor("Urgent", Decimal("1.5")),
			Factor("Campaign", Decimal(2), "June", date(2026, 6, 1), date(2026, 6, 30)),
			Factor("Staying", Decimal("1.2"), after_months=6),
		),
		asks={"department": "All"},
	),
	rule(
		pays("Joined", "Cash", 500, option="A"),
		pays("Joined", "Leave", 2, option="B"),
		name="clerks",
		asks={"designation": "Clerk", "department": "Sales"},
	),
	rule(pays("Joined", "Cash", 2000, hires=2), name="two", period="Quarter"),
)


def totals(found):
	worth = Worth("CNY")
	casts = {"tried": found.pieces}
	return (
		[
			tallies.compare(casts, key, worth)
			for key in (tallies.by_month, tallies.by_person, tallies.by_kind)
		],
		found.ahead,
		[each.referral for each in found.unfit],
		[each.referral for each in found.stopped],
		{name: purse.levels for name, purse in found.purses.items()},
		stacks(found, worth),
	)


@given(histories, st.randoms())
def test_the_same_history_in_any_order_comes_to_the_same(rows, random):
	pasts = [
		past(number, person, outcome, made_at, facts=about, ended_on=made_at.date() + timedelta(20))
		for number, (about, person, outcome, made_at) in enumerate(rows)
	]
	budgets = {"Main": Budget(Decimal(4000))}
	shuffled = pasts.copy()
	random.shuffle(shuffled)
	assert totals(played(RULES, shuffled, budgets)) == totals(played(RULES, pasts, budgets))


@given(histories)
def test_every_way_of_adding_up_comes_to_the_same_whole(rows):
	pasts = [
		past(number, person, outcome, made_at, facts=about)
		for number, (about, person, outcome, made_at) in enumerate(rows)
	]
	found, worth = played(RULES, pasts), Worth("CNY")
	wholes = {
		sum(line.of("tried").money for line in tallies.compare({"tried": found.pieces}, key, worth))
		for key in (
			tallies.by_month,
			tallies.by_department,
			tallies.by_person,
			tallies.by_kind,
			tallies.by_referral,
		)
	}
	assert wholes == {sum(map(worth, found.pieces))}


def test_finding_rules_does_not_grow_with_their_number():
	asked = []

	class Counted(dict):
		def get(self, *key):
			asked.append(key)
			return super().get(*key)

	def asked_with(number):
		rules = [
			rule(pays("Joined", "Cash", 1), name=f"r{n}", asks={"designation": f"Job {n}"})
			for n in range(number)
		]
		policy = Policy(rules, DIGITS)
		policy.paying._index = {pattern: Counted(found) for pattern, found in policy.paying._index.items()}
		asked.clear()
		pasts = [past(n, facts=OpeningFacts(designation=f"Job {n}")) for n in range(5)]
		assert len(play(policy, pasts, TODAY, Worth("CNY")).pieces) == 5
		return len(asked)

	assert asked_with(5) == asked_with(500) == 5
