"""Choices, factors and conditions on a live site: what is promised, what the employee chooses, what is paid."""

import json

import frappe
import pytest
import reward_factories as given
import site_factories as make
from frappe.utils import add_days, getdate, today
from path_factories import promote

from referral_hub import hrms_events
from referral_hub.rewards import choosing
from referral_hub.rewards import service as rewards


@pytest.fixture(autouse=True)
def no_other_rules(site):
	frappe.db.set_value("Reward Rule", {"enabled": 1}, "enabled", 0)


def cash_or_points(**more):
	"""300 points for an interview whatever is chosen; on joining 1,000 cash, or 500 cash and 200 points."""
	return [
		given.points("Interviewed", 300),
		given.cash("Joined", 1000, option="A", payout_delay_days=30, **more),
		given.cash("Joined", 500, option="B", payout_delay_days=30, **more),
		given.points("Joined", 200, option="B", payout_delay_days=30, **more),
	]


def rewards_by_what(story):
	rows = frappe.get_all("Referral Reward", {"referral": story.name}, ["option", "kind", "amount", "state"])
	return {(row.option, row.kind, row.amount): row.state for row in rows}


def test_without_a_choice_the_reward_waits_and_nothing_is_paid():
	story = given.make_story(*cash_or_points(), user=True)
	given.hire(story)
	assert rewards_by_what(story) == {("", "Points", 300): "Due", ("A", "Cash", 1000): "Choice"}
	given.pay(add_days(today(), 60))
	assert rewards_by_what(story) == {("", "Points", 300): "Paid", ("A", "Cash", 1000): "Choice"}
	story.referral.reload()
	assert getdate(story.referral.choose_until) == getdate(add_days(today(), 14))
	(told,) = given.told(story, "reward_choice")
	assert told.recipient == story.referrer.name


def test_the_employee_chooses_and_can_change_until_something_was_paid():
	story = given.make_story(*cash_or_points())
	given.hire(story)
	rewards.choose(story.name, "B")
	now = rewards_by_what(story)
	assert (now["A", "Cash", 1000], now["B", "Cash", 500], now["B", "Points", 200]) == (
		"Void",
		"Earned",
		"Earned",
	)
	rewards.choose(story.name, "A")
	now = rewards_by_what(story)
	assert (now["A", "Cash", 1000], now["B", "Cash", 500], now["B", "Points", 200]) == (
		"Earned",
		"Void",
		"Void",
	)
	rewards.choose(story.name, "B")
	given.pay(add_days(today(), 31))
	assert rewards_by_what(story)["B", "Points", 200] == "Paid"
	with pytest.raises(choosing.ChoiceFrozen, match="A part of your choice was paid already"):
		rewards.choose(story.name, "A")
	assert rewards_by_what(story)["A", "Cash", 1000] == "Void"


def test_a_choice_made_before_joining_is_earned_at_once():
	story = given.make_story(*cash_or_points())
	rewards.choose(story.name, "B")
	given.hire(story)
	assert set(rewards_by_what(story)) == {("", "Points", 300), ("B", "Cash", 500), ("B", "Points", 200)}
	with pytest.raises(choosing.WrongChoice):
		rewards.choose(story.name, "C")


def test_who_does_not_choose_in_time_gets_the_option_proposed_first():
	story = given.make_story(*cash_or_points())
	given.hire(story)
	assert story.name not in choosing.not_chosen_in_time(add_days(today(), 14))
	late = add_days(today(), 15)
	assert story.name in choosing.not_chosen_in_time(late)
	choosing.choose_by_time(story.name, late)
	story.referral.reload()
	assert (story.referral.reward_option, story.referral.reward_option_by) == ("A", "Time")
	assert rewards_by_what(story)["A", "Cash", 1000] == "Earned"
	assert story.name not in choosing.not_chosen_in_time(late)


@pytest.mark.parametrize("decide", [rewards.void, rewards.hold])
def test_what_hr_has_stopped_is_not_got_by_choosing_another_option(decide):
	story = given.make_story(*cash_or_points())
	given.hire(story)
	if decide is rewards.hold:
		rewards.choose(story.name, "A")
	name = frappe.db.get_value("Referral Reward", {"referral": story.name, "option": "A"})
	decide(name, "We look at it again")
	with pytest.raises(choosing.ChoiceFrozen, match="HR is looking at this reward"):
		rewards.choose(story.name, "B")
	choosing.choose_by_time(story.name, add_days(today(), 15))
	assert frappe.db.get_value("Referral", story.name, "reward_option") == "A"
	assert [key for key in rewards_by_what(story) if key[0] == "B"] == []
	rewards.release(name, "It is in order")
	rewards.choose(story.name, "B")
	assert rewards_by_what(story)["B", "Cash", 500] == "Earned"


def test_options_are_proposed_by_what_was_chosen_before_and_say_so():
	first = given.make_story(*cash_or_points())
	assert [option["option"] for option in rewards.options_of(first.referral)] == ["A", "B"]
	rewards.choose(first.name, "B")
	own = rewards.options_of(first.referral.reload())
	assert [(option["because"], option["is_chosen"]) for option in own] == [("", False), ("", True)]
	second = given.refer(first.referrer, first.opening)
	options = rewards.options_of(second.referral)
	assert [
		(option["option"], option["words"], option["because"], option["is_chosen"]) for option in options
	] == [
		("B", "CNY 500.00 + 200 points", "You chose this before.", False),
		("A", "CNY 1,000.00", "", False),
	]
	assert options[1]["totals"] == [{"kind": "Cash", "amount": "1000.00", "currency": "CNY"}]


def test_colleagues_of_the_same_grade_are_counted_only_when_they_are_many():
	grade = make.make_grade().name
	colleagues = [given.make_story(*cash_or_points(), grade=grade) for _ in range(5)]
	mine = given.make_story(*cash_or_points(), grade=grade)
	for colleague in colleagues[:4]:
		rewards.choose(colleague.name, "B")
	assert [option["option"] for option in rewards.options_of(mine.referral)] == ["A", "B"]
	rewards.choose(colleagues[4].name, "B")
	options = rewards.options_of(mine.referral)
	assert [(option["option"], option["because"]) for option in options] == [
		("B", "Many colleagues of your grade choose this."),
		("A", ""),
	]


def test_a_choice_by_time_is_nobodys_taste():
	first = given.make_story(*cash_or_points())
	given.hire(first)
	choosing.choose(first.name, "B", "Time")
	second = given.refer(first.referrer, first.opening)
	assert [option["because"] for option in rewards.options_of(second.referral)] == ["", ""]


# what makes an amount larger


def profile(opening, **fields):
	name = frappe.db.get_value("Opening Profile", {"job_opening": opening.name})
	row = frappe.get_doc("Opening Profile", name) if name else frappe.new_doc("Opening Profile")
	row.update({"job_opening": opening.name, **fields})
	return row.save()


def factor(name, times, **more):
	return {"factor": name, "times": times, **more}


def test_difficulty_and_a_campaign_are_frozen_and_said():
	referrer, opening = make.make_employee(), make.make_opening()
	profile(opening, difficulty="Very Hard to Fill")
	rule = given.make_rule(
		given.cash("Joined", 1000, share_percent=30),
		given.cash("Confirmed", 1000, share_percent=70),
		designation=opening.designation,
		factors=[
			factor("Very Hard to Fill", 5),
			factor("Campaign", 2, title="Spring", valid_from=today(), valid_to=today()),
			factor("Urgent", 3),
		],
	)
	story = given.refer(referrer, opening, rule)
	rule.factors = []
	rule.save()
	assert rule.version == 2
	given.hire(story)
	row = given.reward_of(story, "Joined")
	assert row.amount == 3000
	assert rewards.explain(row.name)["sentence"] == (
		f'CNY 3,000.00: the new colleague joined. Rule "{rule.rule_name}", version 1, as it stood on '
		f"{frappe.utils.formatdate(today())}. "
		"30 % of CNY 1,000.00 x 5 (Very Hard to Fill) x 2 (campaign Spring)."
	)


def test_a_rule_looks_at_who_refers():
	grade, opening = make.make_grade().name, make.make_opening()
	given.make_rule(given.points("Joined", 10))
	given.make_rule(given.points("Joined", 50), referrer_grade=grade)
	offered = {
		who: rewards.offers_for([{"name": opening.name}], employee.name)[opening.name]["totals"][0]["amount"]
		for who, employee in (("staff", make.make_employee()), ("senior", make.make_employee(grade=grade)))
	}
	assert offered == {"staff": "10", "senior": "50"}


def test_a_rule_that_asks_how_somebody_is_hired_pays_only_then_and_takes_nothing_back_later():
	referrer, opening = make.make_employee(), make.make_opening()
	grade = make.make_grade().name
	rule = given.make_rule(
		given.points("Interviewed", 5),
		given.points("Joined", 70),
		designation=opening.designation,
		hire_grade=grade,
	)
	story = given.refer(referrer, opening, rule)
	hired = given.hire(story)
	assert given.states_of(story) == {"Interviewed": "Due"}
	assert f"hired with the grade {grade}" in json.dumps(
		rewards.explain(given.reward_of(story, "Interviewed").name)
	)
	hired.db_set("grade", grade)
	rewards.earn(story.name)
	assert given.states_of(story) == {"Interviewed": "Due", "Joined": "Due"}
	hired.db_set("grade", None)
	rewards.earn(story.name)
	assert given.states_of(story) == {"Interviewed": "Due", "Joined": "Due"}


def test_what_hr_fills_in_of_a_hire_after_the_first_day_earns_what_was_promised(monkeypatch):
	"""No referral moves by a grade: the save of the Employee starts a job, and only one that says what a hire is does."""
	opening, grade, started = make.make_opening(), make.make_grade().name, []
	rows = [given.points("Joined", 70), given.points("Retained", 7, after_months=6)]
	rule = given.make_rule(*rows, designation=opening.designation, hire_grade=grade)
	story = given.refer(make.make_employee(), opening, rule)
	given.hire(story)
	assert given.states_of(story) == {}
	monkeypatch.setattr(hrms_events, "start_after_commit", lambda job, **facts: started.append((job, facts)))
	hired = frappe.get_doc("Employee", story.hire.name)
	hired.update({"cell_number": "13800000000"}).save()
	assert started == []
	hired.update({"grade": grade}).save()
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	for job, facts in started:
		frappe.get_attr(job)(**facts)
	assert given.states_of(story) == {"Joined": "Due", "Retained": "Promised"}


def test_what_was_promised_for_a_hire_looks_at_what_they_were_before_their_first_promotion():
	opening, (grade, lower, higher) = make.make_opening(), (make.make_grade().name for _ in range(3))
	rows = [given.points("Joined", 70), given.points("Confirmed", 30)]
	rows.append(given.points("Retained", 7, after_months=6))
	rule = given.make_rule(*rows, designation=opening.designation, hire_grade=grade)
	fits, promoted_into_it = (given.refer(make.make_employee(), opening, rule) for _ in range(2))
	given.hire(fits, grade=grade)
	assert given.states_of(fits) == {"Joined": "Due", "Retained": "Promised"}
	given.hire(promoted_into_it, grade=lower)
	promote(fits.hire.name, today(), grade=higher)
	promote(promoted_into_it.hire.name, today(), grade=grade)
	for story in (fits, promoted_into_it):
		make.confirm_employee(story.hire)
		given.follow(story)
		rewards.earn(story.name, add_days(today(), 200))
	assert given.states_of(fits) == {"Joined": "Due", "Confirmed": "Due", "Retained": "Due"}
	assert given.states_of(promoted_into_it) == {}


def test_who_stays_brings_more_and_it_is_said():
	story = given.make_story(given.cash("Joined", 1000))
	story.rule.append("factors", factor("Staying", 1.2, after_months=12))
	story.rule.save()
	again = given.refer(story.referrer, story.opening)
	given.hire(again)
	row = given.reward_of(again, "Retained")
	assert (row.amount, row.state) == (200, "Promised")
	assert rewards.explain(row.name)["sentence"].endswith("20 % of CNY 1,000.00 more for staying.")
