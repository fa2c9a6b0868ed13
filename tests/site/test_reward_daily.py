"""What falls to a day is done by the job of that day, as the scheduler starts it: nobody opens a page or saves a document."""

import frappe
import pytest
import reward_factories as given
import site_factories as make
from frappe.utils import add_days, add_months, today


@pytest.fixture
def daily(monkeypatch):
	"""Run a job that the scheduler starts every day."""
	monkeypatch.setattr(frappe.db, "commit", lambda: None)

	def run(name: str) -> None:
		(path,) = (
			each for each in frappe.get_hooks("scheduler_events")["daily_long"] if each.endswith(f".{name}")
		)
		frappe.get_attr(path)()

	return run


@pytest.fixture
def hired():
	"""Two hires of one person: the first may be chosen for, staying a month brings more, and so do two together."""
	frappe.db.set_value("Reward Rule", {"enabled": 1}, "enabled", 0)
	referrer, opening = make.make_employee(), make.make_opening()
	given.make_rule(
		given.points("Joined", 100, option="A"),
		given.cash("Joined", 10, option="B"),
		given.points("Retained", 50, after_months=1),
		designation=opening.designation,
	)
	given.make_rule(given.points("Joined", 2000, hires=2), pays_for="Several Hires", period="Any Time")
	stories = [given.refer(referrer, opening) for _ in range(2)]
	for story in stories:
		given.hire(story)
	return stories


def amounts(story) -> dict:
	"""Return the states of a referral's rewards by their amounts."""
	return {
		row.amount: row.state for row in frappe.get_all("Referral Reward", {"referral": story.name}, ["*"])
	}


def test_who_has_not_chosen_in_time_gets_what_is_proposed_first(hired, daily):
	late, in_time = hired
	frappe.db.set_value("Referral", late.name, "choose_until", add_days(today(), -1))
	daily("choose_rewards_by_time")
	chosen = [frappe.db.get_value("Referral", story.name, "reward_option") for story in hired]
	assert chosen == ["A", None]
	assert [amounts(story)[100] for story in (late, in_time)] == ["Due", "Choice"]


def test_who_has_stayed_the_months_earns_it_on_that_day(hired, daily):
	stays, later = hired
	frappe.db.set_value("Referral", stays.name, {"joined_on": add_months(today(), -1), "stays": None})
	frappe.db.set_value("Referral Reward", {"referral": stays.name, "amount": 50}, "earned_on", today())
	daily("earn_rewards_by_time")
	assert [amounts(story)[50] for story in (stays, later)] == ["Due", "Promised"]


def test_a_hire_who_is_what_the_terms_ask_for_by_now_is_found_though_the_job_was_lost(daily):
	frappe.db.set_value("Reward Rule", {"enabled": 1}, "enabled", 0)
	opening, grade = make.make_opening(), make.make_grade().name
	rule = given.make_rule(given.points("Joined", 70), designation=opening.designation, hire_grade=grade)
	story = given.refer(make.make_employee(), opening, rule)
	given.hire(story)
	frappe.db.set_value("Employee", story.hire.name, "grade", grade)
	daily("earn_rewards_by_time")
	assert amounts(story) == {70: "Due"}


def test_hires_are_counted_though_the_job_of_a_hire_was_lost(hired, daily):
	daily("count_hires")
	daily("count_hires")
	counted = {"employee": hired[0].referrer.name, "counted_key": ("is", "set")}
	assert frappe.get_all("Referral Reward", counted, ["amount", "state"]) == [
		{"amount": 2000, "state": "Due"}
	]
