"""A hire who leaves within the months of the rule ends the reward, on real documents, and who comes back earns it again."""

import frappe
import pytest
import reward_factories as given
import site_factories as make
from frappe.utils import add_days, add_months, today

from referral_hub.points import service as points
from referral_hub.rewards import service as rewards

REASON = "The new colleague left within 6 months."


def hired(joined: str, *rows: dict, **fields):
	"""A story whose hire began on a day, with everything that is due paid."""
	story = given.make_story(*(rows or (given.points("Joined", 100, back_within_months=6),)), **fields)
	story.joined = given.hire(story, date_of_joining=joined)
	given.pay()
	return story


def leave(story, on: str) -> None:
	make.part_with_employee(story.joined, on)
	given.follow(story)


def at(story, milestone: str = "Joined") -> tuple:
	reward = given.reward_of(story, milestone)
	return reward.state, reward.state_reason


def balance(story) -> int:
	return points.balance(story.referrer.name)


def month_ago(months: int, days: int = 0) -> str:
	"""The joining date from which `months` are full `days` before today."""
	return str(add_days(add_months(today(), -months), -days))


def test_paid_points_go_when_the_hire_leaves_early():
	story = hired(month_ago(3))
	assert (at(story)[0], balance(story)) == ("Paid", 100)
	leave(story, today())
	assert (at(story), balance(story)) == (("Clawed Back", REASON), 0)
	assert rewards.earn(story.referral) == []


def test_what_was_not_paid_yet_is_void():
	story = hired(month_ago(1), given.points("Joined", 100, back_within_months=6, payout_delay_days=90))
	assert at(story)[0] == "Earned"
	leave(story, today())
	assert (at(story), balance(story)) == (("Void", REASON), 0)


def test_what_is_spent_is_owed():
	story = hired(month_ago(3))
	points.post(story.referrer.name, -60, "Shop", make.unique("key"))
	leave(story, today())
	reward = given.reward_of(story, "Joined")
	assert (reward.state, reward.owed_amount, balance(story)) == ("Owed", 60, 0)


def test_who_stayed_the_months_leaves_the_reward_alone():
	story = hired(month_ago(7))
	leave(story, str(add_months(story.joined.date_of_joining, 6)))
	assert (at(story)[0], balance(story)) == ("Paid", 100)


def test_a_corrected_last_day_takes_back_and_gives_again():
	story = hired(month_ago(7))
	full = add_months(story.joined.date_of_joining, 6)
	leave(story, str(full))
	assert at(story)[0] == "Paid"
	leave(story, str(add_days(full, -1)))
	assert (at(story), balance(story)) == (("Clawed Back", REASON), 0)
	leave(story, str(full))
	assert (at(story), balance(story)) == (("Due", None), 0)
	given.pay()
	assert (at(story)[0], balance(story)) == ("On Hold", 0)  # who is gone is for HR to decide


def test_who_comes_back_earns_it_again_once():
	story = hired(month_ago(3))
	leave(story, today())
	hire = frappe.get_doc("Employee", story.joined.name)
	hire.update({"status": "Active", "relieving_date": None})
	hire.save()
	given.follow(story)
	given.pay()
	given.pay()
	assert (at(story)[0], balance(story)) == ("Paid", 100)


def test_a_reward_for_probation_is_taken_back_alone():
	rows = given.points("Joined", 10), given.points("Confirmed", 100, back_within_months=6)
	story = hired(month_ago(4), *rows)
	assert {name: row.state for name, row in given.rewards_of(story).items()} == {
		"Joined": "Paid",
		"Confirmed": "Paid",
	}
	leave(story, today())
	assert (at(story)[0], at(story, "Confirmed"), balance(story)) == ("Paid", ("Clawed Back", REASON), 10)


def test_terms_that_were_frozen_before_keep_the_reward():
	story = given.make_story(given.points("Joined", 100, back_within_months=6))
	frozen = frappe.parse_json(story.referral.terms)
	del frozen["milestones"][0]["back_within"]
	story.referral.db_set("terms", frappe.as_json(frozen))
	story.joined = given.hire(story, date_of_joining=month_ago(3))
	given.pay()
	leave(story, today())
	assert (at(story)[0], balance(story)) == ("Paid", 100)


def test_a_rule_edited_after_the_referral_takes_nothing_back():
	story = given.make_story(given.points("Joined", 100))
	story.rule.reload()
	story.rule.milestones[0].back_within_months = 6
	story.rule.save()
	story.joined = given.hire(story, date_of_joining=month_ago(3))
	given.pay()
	leave(story, today())
	assert (at(story)[0], balance(story)) == ("Paid", 100)


def test_the_reward_says_under_which_condition_it_stands():
	story = hired(month_ago(3))
	sentence = rewards.explain(given.reward_of(story, "Joined").name)["sentence"]
	assert "the new colleague joined, taken back if the new colleague leaves within 6 months" in sentence


def test_a_rule_that_would_take_back_an_offer_is_refused():
	with pytest.raises(frappe.ValidationError, match="Row 1: only what is paid for joining"):
		given.make_rule(given.points("Offered", 5, back_within_months=6))
