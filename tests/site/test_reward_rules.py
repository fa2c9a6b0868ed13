"""Rules on a live site: what saving refuses, what a version is, and what openings offer."""

import json

import frappe
import pytest
import reward_factories as given
import site_factories as make
from frappe.utils import add_days, today

from referral_hub.points import service as points
from referral_hub.rewards import kinds
from referral_hub.rewards import service as rewards
from referral_hub.rewards.kinds.points import Points
from referral_hub.rewards.promising import rule_words
from referral_hub.rewards.promising.rule_editing import InvalidRule, TiedRule
from referral_hub.rewards.rules.selection import CONDITION_NAMES
from referral_hub.rewards.rules.units import BUILT_IN, NEEDS_WHAT
from referral_hub.setup.sample_rules import make_sample_rules, sample_rules


@pytest.fixture(autouse=True)
def no_other_rules(site):
	frappe.db.set_value("Reward Rule", {"enabled": 1}, "enabled", 0)


@pytest.fixture
def count_queries(monkeypatch):
	"""Run something and say how many statements it sent to the database."""

	def count(work) -> int:
		sent, send = [], frappe.db.sql
		with monkeypatch.context() as patched:
			patched.setattr(
				frappe.db,
				"sql",
				lambda query, *args, **more: sent.append(query) or send(query, *args, **more),
			)
			work()
		return len(sent)

	return count


@pytest.mark.parametrize(
	("milestone", "message"),
	[
		(given.points("Joined", 0), "Row 1: the amount must be above 0."),
		(given.points("Joined", -5), "Row 1: the amount must be above 0."),
		(given.cash("Joined", -0.01), "Row 1: the amount must be above 0."),
		(given.points("Joined", 1_000_001), "Row 1: the amount can be at most 1,000,000."),
		(given.points("Joined", 2e9), "Row 1: the amount can be at most 1,000,000."),
		(given.cash("Joined", 1_000_000_000.01), "Row 1: the amount can be at most 1,000,000,000."),
		(given.cash("Joined", 1e13), "Row 1: the amount can be at most 1,000,000,000."),
		(given.cash("Joined", 1e30), "Row 1: the amount can be at most 1,000,000,000."),
		(given.cash("Joined", float("inf")), "Row 1: the amount is not a number."),
		(given.cash("Joined", "NaN"), "Row 1: the amount is not a number."),
		(given.points("Joined", float("nan")), "Row 1: the amount is not a number."),
		(given.points("Joined", float("-inf")), "Row 1: the amount is not a number."),
		(given.points("Joined", "abc"), "Row 1: the amount must be above 0."),
		(given.points("Joined", 1.5), "Row 1: points are whole numbers."),
		(
			given.cash("Joined", 1.005, currency="CNY"),
			"Row 1: the amount is finer than the smallest unit of the currency.",
		),
		(given.points("Retained", 10, after_months=10**9), "Row 1: 120 months are the most."),
		(given.points("Joined", 10, payout_delay_days=10**9), "Row 1: the days to wait can be at most 3650."),
		(given.points("Retained", 10), "Row 1: say after how many months."),
		(
			{"milestone": "Joined", "kind": "Gift", "amount": 1, "what": "A mug", "taxable_value": 1e15},
			"Row 1: Taxable Value can be at most 1,000,000,000.",
		),
		(
			{
				"milestone": "Joined",
				"kind": "Gift",
				"amount": 1,
				"what": "A mug",
				"taxable_value": float("inf"),
			},
			"Row 1: Taxable Value can be at most 1,000,000,000.",
		),
		(
			{
				"milestone": "Joined",
				"kind": "Gift",
				"amount": 1,
				"what": "A mug",
				"fulfil_within_days": 10**9,
			},
			"Row 1: Hand Over Within (days) can be at most 3,650.",
		),
		(given.points("Joined", 10, payout_delay_days=-1), "Row 1: the days to wait can't be below 0."),
	],
)
def test_a_rule_that_cannot_be_paid_is_refused_in_words(milestone, message):
	with pytest.raises(InvalidRule) as refused:
		given.make_rule(milestone)
	assert str(refused.value) == message


def test_nobody_is_given_more_days_to_choose_than_calendars_have():
	options = given.points("Joined", 10, option="A"), given.cash("Joined", 10, option="B")
	with pytest.raises(InvalidRule, match="The days to choose can be at most 3650."):
		given.make_rule(*options, choose_within_days=10**9)


def test_the_largest_promises_are_kept_and_read_back_as_they_are():
	designation = make.make_designation().name
	rule = given.make_rule(
		given.points("Joined", 1_000_000), given.cash("Joined", 1_000_000_000), designation=designation
	)
	rule.reload()
	assert [row.amount for row in rule.milestones] == [1_000_000, 1_000_000_000]


def test_the_largest_promise_of_points_is_paid():
	story = given.make_story(given.points("Interviewed", 1_000_000))
	given.interview(story)
	assert given.pay() == {"paid": 1, "held": 0, "failed": 0}
	assert points.balance(story.referrer.name) == 1_000_000


def test_a_rule_that_ends_before_it_begins_is_refused():
	with pytest.raises(InvalidRule, match="The last day is before the first day."):
		given.make_rule(given.points("Joined", 1), valid_from=today(), valid_to=add_days(today(), -1))


def test_a_rule_for_the_same_openings_on_the_same_days_is_refused_and_the_other_is_named():
	first = given.make_rule(given.points("Joined", 100), rule_name="Drivers", company=make.COMPANY)
	with pytest.raises(TiedRule) as refused:
		given.make_rule(given.points("Joined", 200), company=make.COMPANY)
	assert str(refused.value) == (
		"Rule <strong>Drivers</strong> is for the same openings on the same days."
		" Add a condition, change the dates, or disable one."
	)
	first.reload()
	first.enabled = 0
	first.save()
	second = given.make_rule(given.points("Joined", 200), company=make.COMPANY)
	first.enabled = 1
	with pytest.raises(TiedRule):
		first.save()
	first.reload()
	second.valid_to = add_days(today(), -1)
	second.save()
	first.enabled = 1
	with pytest.raises(TiedRule):
		first.save()
	first.reload()
	first.update({"enabled": 1, "valid_from": today()})
	first.save()
	assert first.version == 2


def test_an_empty_company_means_every_company_and_survives_frappes_defaults():
	rule = given.make_rule(given.points("Joined", 1))
	assert rule.company in ("", None)
	for sample in frappe.get_all("Reward Rule", {"rule_name": sample_rules()[0]["rule_name"]}, ["company"]):
		assert not sample.company


def test_the_version_counts_changes_of_what_is_promised_and_to_whom():
	rule = given.make_rule(given.points("Joined", 100))
	assert rule.version == 1
	rule.rule_name = make.unique("Renamed")
	rule.save()
	assert rule.version == 1
	rule.milestones[0].amount = 200
	rule.save()
	assert rule.version == 2
	rule.designation = make.make_designation().name
	rule.save()
	assert rule.version == 3
	rule.save()
	assert rule.version == 3


def test_points_have_no_currency_and_only_retained_has_months():
	rule = given.make_rule(given.points("Joined", 1, currency="CNY", after_months=4))
	assert (rule.milestones[0].currency, rule.milestones[0].after_months) == (None, 0)


def test_terms_are_frozen_when_somebody_is_referred_and_later_edits_change_nothing():
	story = given.make_story(given.points("Interviewed", 100), given.points("Joined", 300))
	story.rule.milestones[0].amount = 999
	story.rule.milestones[1].milestone = "Offered"
	story.rule.save()
	assert story.rule.version == 2
	given.hire(story)
	earned = {name: (row.amount, row.rule_version) for name, row in given.rewards_of(story).items()}
	assert earned == {"Interviewed": (100, 1), "Joined": (300, 1)}
	after = given.refer(story.referrer, story.opening)
	terms = json.loads(after.referral.terms)
	assert [(row["milestone"], row["amount"]) for row in terms["milestones"]] == [
		("Interviewed", "999"),
		("Offered", "300"),
	]
	assert terms["rule_version"] == 2


def test_parts_of_nothing_that_older_terms_hold_are_neither_earned_nor_to_come():
	story = given.make_story(given.points("Interviewed", 5), given.points("Joined", 7))
	terms = json.loads(story.referral.terms)
	terms["milestones"][0]["amount"] = terms["milestones"][1]["amount"] = "0"
	frappe.db.set_value("Referral", story.name, "terms", json.dumps(terms))
	story.referral.reload()
	given.interview(story)
	assert given.states_of(story) == {}
	assert rewards.possible(story.referral) == []


def test_a_part_keeps_its_number_where_another_came_to_nothing():
	story = given.make_story(given.points("Joined", 7), given.points("Interviewed", 5))
	terms = json.loads(story.referral.terms)
	del terms["milestones"][0]
	frappe.db.set_value("Referral", story.name, "terms", json.dumps(terms))
	given.interview(story)
	kept = json.loads(given.reward_of(story, "Interviewed").explanation)
	assert (kept["share"], kept["shares"]) == ("2", 2)


def test_what_a_row_says_beside_the_amount_is_frozen_and_reaches_the_reward(monkeypatch):
	monkeypatch.setattr(Points, "details", lambda kind, row: {"item": f"{row.amount} stars"})
	story = given.make_story(given.points("Joined", 300))
	assert json.loads(story.referral.terms)["milestones"][0]["details"] == {"item": "300.0 stars"}
	monkeypatch.undo()
	given.hire(story)
	assert json.loads(given.reward_of(story, "Joined").details) == {"item": "300.0 stars"}


def test_a_rule_that_paid_is_not_deleted_and_a_rule_that_is_gone_still_pays():
	story = given.make_story(given.points("Interviewed", 100), given.points("Joined", 300))
	given.interview(story)
	with pytest.raises(InvalidRule, match="Rewards were earned by this rule. Disable it instead."):
		story.rule.delete()
	other = given.make_story(given.points("Joined", 70))
	other.rule.delete()
	given.hire(other)
	assert given.reward_of(other, "Joined").amount == 70


def test_no_rule_means_no_terms_and_nothing_earned():
	story = given.refer(make.make_employee(), make.make_opening())
	assert json.loads(story.referral.terms) == {}
	given.hire(story)
	assert given.rewards_of(story) == {}


def test_a_department_rule_covers_the_departments_below_it_and_the_nearer_one_wins():
	parent = make.make_department(is_group=1)
	child = make.make_department(parent_department=parent.name)
	opening = make.make_opening(department=child.name)
	employee = make.make_employee()
	given.make_rule(given.points("Joined", 10), department=parent.name)
	assert total(opening, employee) == [{"kind": "Points", "amount": "10", "currency": None}]
	given.make_rule(given.points("Joined", 20), department=child.name)
	assert total(opening, employee) == [{"kind": "Points", "amount": "20", "currency": None}]


def test_the_grade_of_an_opening_comes_from_its_profile():
	grade = make.make_grade().name
	opening, employee = make.make_opening(), make.make_employee()
	given.make_rule(given.points("Joined", 10))
	given.make_rule(given.points("Joined", 50), grade=grade)
	assert total(opening, employee)[0]["amount"] == "10"
	profile = frappe.db.get_value("Opening Profile", {"job_opening": opening.name})
	profile = frappe.get_doc("Opening Profile", profile) if profile else frappe.new_doc("Opening Profile")
	profile.update({"job_opening": opening.name, "grade": grade})
	profile.save()
	assert total(opening, employee)[0]["amount"] == "50"


def test_a_rule_for_holders_of_a_badge_pays_who_holds_it_on_the_day_of_the_referral():
	badge = frappe.get_doc(doctype="Recognition Badge", badge_name=make.unique("Gold"), is_title=1).insert()
	opening, newcomer = make.make_opening(), make.make_employee()
	given.make_rule(given.points("Joined", 10), designation=opening.designation)
	given.make_rule(given.points("Joined", 90), designation=opening.designation, referrer_badge=badge.name)
	earned = given.make_story(
		{"milestone": "Interviewed", "kind": "Badge", "amount": 1, "currency": "", "badge": badge.name}
	)
	holder = earned.referrer

	def offered():
		return [total(opening, employee)[0]["amount"] for employee in (holder, newcomer)]

	assert offered() == ["10", "10"]
	given.interview(earned)
	given.pay()
	assert offered() == ["90", "10"]
	promised = given.refer(holder, opening)
	rewards.void(given.reward_of(earned, "Interviewed").name, "It never happened")
	assert offered() == ["10", "10"]
	given.hire(promised)
	assert given.reward_of(promised, "Joined").amount == 90


def test_everything_a_rule_asks_is_looked_at():
	kind = frappe.get_doc(doctype="Employment Type", employee_type_name=make.unique("Type")).insert().name
	program = frappe.get_doc(doctype="Referral Program", program_name=make.unique("Program")).insert().name
	badge = frappe.get_doc(doctype="Recognition Badge", badge_name=make.unique("Gold")).insert().name
	of_opening = {"department": make.make_department().name, "employment_type": kind}
	of_profile = {"grade": make.make_grade().name, "difficulty": "Hard to Fill", "urgency": "Urgent"}
	of_referrer = {"designation": make.make_designation().name, "grade": make.make_grade().name}
	of_referrer["department"] = make.make_department().name
	opening, referrer = make.make_opening(**of_opening), make.make_employee(**of_referrer)
	frappe.get_doc(doctype="Opening Profile", job_opening=opening.name, **of_profile).insert()
	award = frappe.new_doc("Recognition Award")
	award.update({"employee": referrer.name, "badge": badge, "state": "Held", "awarded_on": today()})
	award.db_insert()
	asks = {**of_opening, **of_profile, "designation": opening.designation, "company": make.COMPANY}
	asks |= {f"referrer_{name}": value for name, value in of_referrer.items()}
	asks |= {"referrer_badge": badge, "program": program}
	assert set(asks) == set(CONDITION_NAMES)
	rule = given.make_rule(given.points("Joined", 10), **asks)

	def offered_with(condition: str, wanted: str) -> bool:
		frappe.db.set_value("Reward Rule", rule.name, condition, wanted)
		offers = rewards.offers_for([{"name": opening.name, "program": program}], referrer.name)
		frappe.db.set_value("Reward Rule", rule.name, condition, asks[condition])
		return offers[opening.name]["totals"] != []

	assert [name for name in asks if not offered_with(name, asks[name])] == []
	assert [name for name in asks if offered_with(name, "Another")] == []


def test_an_offer_is_in_the_currency_of_the_employees_company():
	opening = make.make_opening()
	given.make_rule(
		given.cash("Joined", 100.5), given.points("Confirmed", 7), designation=opening.designation
	)
	assert total(opening, make.make_employee()) == [
		{"kind": "Cash", "amount": "100.50", "currency": "CNY"},
		{"kind": "Points", "amount": "7", "currency": None},
	]


def offered(*milestones: dict, difficulty: str = "", **fields) -> list[tuple]:
	"""Return what an opening with a rule of its own offers: for which step, and what, in words."""
	opening = make.make_opening()
	given.make_rule(*milestones, designation=opening.designation, **fields)
	if difficulty:
		frappe.get_doc(doctype="Opening Profile", job_opening=opening.name, difficulty=difficulty).insert()
	offer = rewards.offers_for([{"name": opening.name}], make.make_employee().name)[opening.name]
	return [(row["milestone"], rule_words.total(row)) for row in offer["milestones"]]


def test_rules_that_hr_writes_offer_the_figures_of_the_articles():
	leave = frappe.get_doc(doctype="Leave Type", leave_type_name=make.unique("Leave")).insert().name
	event = given.make_training_event().name
	one = {"milestone": "Joined", "amount": 1, "currency": ""}
	day, conference = {**one, "kind": "Leave", "leave_type": leave}, {**one, "kind": "Training"}
	options = {**one, "kind": "Equity Note", "amount": 0.1, "what": "of the options"}
	by_difficulty = [{"factor": "Very Hard to Fill", "times": 5}]
	staying = [{"factor": "Staying", "times": 1.2, "after_months": 12}]
	shares = [
		given.cash(step, 3000, share_percent=part) for step, part in (("Joined", 30), ("Confirmed", 70))
	]
	assert offered(given.cash("Joined", 1000), day) == [
		("Joined", "CNY 1,000.00"),
		("Joined", f"1 day of {leave}"),
	]
	assert offered(given.cash("Joined", 5000), options) == [
		("Joined", "CNY 5,000.00"),
		("Joined", "0.1 % of the options"),
	]
	assert offered(given.cash("Joined", 3000), {**conference, "training_event": event}) == [
		("Joined", "CNY 3,000.00"),
		("Joined", f"A place at {event}"),
	]
	admin = offered(given.cash("Joined", 1000), factors=by_difficulty)
	cto = offered(given.cash("Joined", 1000), factors=by_difficulty, difficulty="Very Hard to Fill")
	assert (admin, cto) == ([("Joined", "CNY 1,000.00")], [("Joined", "CNY 5,000.00")])
	assert offered(*shares, factors=staying) == [
		("Joined", "CNY 900.00"),
		("Confirmed", "CNY 2,100.00"),
		("Retained", "CNY 600.00"),
	]


def test_every_opening_gets_an_answer_with_a_constant_number_of_queries(count_queries):
	employee = make.make_employee()
	given.make_rule(given.points("Joined", 10))
	openings = [{"name": make.make_opening().name} for _ in range(12)]
	rewards.offers_for(openings[:1], employee.name)
	for_one = count_queries(lambda: rewards.offers_for(openings[:1], employee.name))
	for_all = count_queries(lambda: rewards.offers_for(openings, employee.name))
	assert 3 <= for_one <= 7
	assert for_all == for_one
	offers = rewards.offers_for(openings, employee.name)
	assert {name: offer["totals"][0]["amount"] for name, offer in offers.items()} == {
		opening["name"]: "10" for opening in openings
	}


def test_an_opening_that_is_gone_offers_nothing():
	offers = rewards.offers_for([{"name": "HR-OPN-gone"}], make.make_employee().name)
	assert offers == {"HR-OPN-gone": {"milestones": [], "totals": [], "options": {}}}


def test_samples_are_made_on_a_site_without_rules_only():
	frappe.db.delete("Reward Rule")
	make_sample_rules()
	made = frappe.get_all(
		"Reward Rule", fields=["rule_name", "enabled"], order_by="enabled desc, rule_name asc"
	)
	assert [row.enabled for row in made] == [1, 0, 0]
	make_sample_rules()
	assert frappe.db.count("Reward Rule") == 3
	standing = frappe.get_doc("Reward Rule", {"enabled": 1})
	assert [(row.milestone, row.kind, row.amount) for row in standing.milestones] == [
		("Interviewed", "Points", 50),
		("Joined", "Points", 300),
		("Confirmed", "Points", 700),
	]


def total(opening, employee):
	return rewards.offers_for([{"name": opening.name}], employee.name)[opening.name]["totals"]


def test_the_trial_without_a_site_asks_for_what_the_form_asks_for():
	row = frappe.new_doc("Reward Rule Milestone")
	asked = {kind for kind in BUILT_IN if kind != "Leave" and kinds.kind_named(kind).check(row)}
	assert asked == NEEDS_WHAT  # a type of leave may stand in the settings alone
