"""Points from milestone to wallet and back: earned once, paid once, undone by adding, owed and netted."""

import frappe
import pytest
import reward_factories as given
import site_factories as make
from frappe.utils import add_days, add_months, getdate, today

from referral_hub.api import desk
from referral_hub.points import service as points
from referral_hub.portal import story as portal_story
from referral_hub.referrals import service as referrals
from referral_hub.rewards import earning
from referral_hub.rewards import service as rewards
from referral_hub.wording import languages


@pytest.fixture
def story():
	return given.make_story(given.points("Interviewed", 50), given.points("Joined", 300), user=True)


def balance(story) -> int:
	return points.balance(story.referrer.name)


def spend(story, amount: int) -> None:
	points.post(story.referrer.name, -amount, "Shop", make.unique("spent"))


def test_a_milestone_is_earned_once_however_often_it_is_looked_at(story):
	given.interview(story)
	earned = given.rewards_of(story)
	assert list(earned) == ["Interviewed"]
	assert rewards.earn(story.referral) == []
	given.follow(story)
	assert given.rewards_of(story) == earned


def test_a_reward_keeps_what_it_came_from(story):
	given.interview(story)
	reward = given.reward_of(story, "Interviewed")
	kept = frappe.parse_json(reward.explanation)
	assert (reward.employee, reward.amount, reward.kind, reward.currency) == (
		story.referrer.name,
		50,
		"Points",
		"",
	)
	assert (reward.state, reward.earned_on, reward.due_on) == ("Due", getdate(), getdate())
	assert (reward.rule, reward.rule_version, reward.share) == (story.rule.name, 1, "1")
	assert (kept["rule_name"], kept["shares"]) == (story.rule.rule_name, 2)
	assert kept["inputs"] == {"stage": "Interviewing", "outcome": "Open", "stage_changed_on": today()}


def test_skipped_stages_are_earned_too(story):
	given.hire(story)
	assert given.states_of(story) == {"Interviewed": "Due", "Joined": "Due"}


def test_points_are_paid_on_the_due_date_and_only_once():
	story = given.make_story(given.points("Interviewed", 50, payout_delay_days=10))
	given.interview(story)
	assert given.states_of(story) == {"Interviewed": "Earned"}
	assert given.pay(add_days(today(), 9)) == {"paid": 0, "held": 0, "failed": 0}
	assert given.pay(add_days(today(), 10)) == {"paid": 1, "held": 0, "failed": 0}
	assert given.pay(add_days(today(), 10)) == {"paid": 0, "held": 0, "failed": 0}
	assert balance(story) == 50


def test_paid_points_expire_as_the_program_says_and_name_their_reward(story):
	given.interview(story)
	program = frappe.db.get_value("Referral", story.name, "program")
	frappe.db.set_value("Referral Program", program, "points_lifetime_months", 6)
	given.pay()
	assert points.expiring(story.referrer.name, until=add_months(today(), 5)) == []
	assert [row["points"] for row in points.expiring(story.referrer.name, until=add_months(today(), 6))] == [
		50
	]
	reward = given.reward_of(story, "Interviewed")
	assert reward.payout_doctype == "Points Ledger Entry"
	source = frappe.db.get_value("Points Ledger Entry", reward.payout_name, ["source_doctype", "source_name"])
	assert source == ("Referral Reward", reward.name)


def test_the_referrer_is_told_when_it_is_earned_and_when_it_is_paid_once_each(story):
	given.interview(story)
	given.pay()
	given.pay()
	(earned,) = given.told(story, "reward_earned")
	(paid,) = given.told(story, "reward_paid")
	assert (earned.recipient, earned.amount, earned.kind, earned.due_on) == (
		story.referrer.name,
		"50",
		"Points",
		today(),
	)
	assert (paid.amount, paid.kind) == ("50", "Points")


@pytest.mark.parametrize("close_as", ["Duplicate", "Ineligible"])
def test_a_referral_that_does_not_count_gives_back_what_it_earned(story, close_as):
	given.interview(story)
	given.pay()
	referrals.close(story.name, close_as)
	assert given.states_of(story) == {"Interviewed": "Clawed Back"}
	assert balance(story) == 0


def test_a_no_show_keeps_what_was_earned_and_earns_nothing_more():
	story = given.make_story(
		given.points("Interviewed", 50), given.points("Offered", 100), given.points("Joined", 300)
	)
	given.interview(story)
	make.make_offer(story.applicant)
	referrals.close(story.name, "No-show")
	story.referral.reload()
	assert (story.referral.stage, story.referral.outcome) == ("Offered", "No-show")
	assert given.states_of(story) == {"Interviewed": "Due"}
	assert rewards.possible(story.referral) == []


def test_a_mistaken_interview_voids_what_was_not_paid_and_the_next_one_revives_it(story):
	meeting = given.interview(story)
	first = given.reward_of(story, "Interviewed")
	meeting.reload()
	meeting.delete()
	given.follow(story)
	voided = given.reward_of(story, "Interviewed")
	assert (voided.state, voided.state_reason) == (
		"Void",
		"The candidate is no longer at the step this reward is for.",
	)
	assert given.pay() == {"paid": 0, "held": 0, "failed": 0}
	given.interview(story)
	again = given.reward_of(story, "Interviewed")
	assert (again.name, again.state, again.attempt) == (first.name, "Due", 2)
	given.pay()
	assert balance(story) == 50


def test_paid_points_are_reversed_and_paid_again_under_a_new_attempt(story):
	meeting = given.interview(story)
	given.pay()
	first = given.reward_of(story, "Interviewed")
	meeting.reload()
	meeting.delete()
	given.follow(story)
	assert given.states_of(story) == {"Interviewed": "Clawed Back"}
	assert balance(story) == 0
	assert frappe.db.get_value("Points Ledger Entry", {"reverses": first.payout_name}, "points") == 50
	given.interview(story)
	given.pay()
	again = given.reward_of(story, "Interviewed")
	assert (again.state, again.attempt, again.payout_name != first.payout_name) == ("Paid", 2, True)
	assert balance(story) == 50
	assert points.verify(make.COMPANY) == []


def undo_interview(story, meeting) -> None:
	meeting.reload()
	meeting.delete()
	given.follow(story)


def test_what_was_spent_is_owed_and_netted_from_later_points(story):
	meeting = given.interview(story)
	given.pay()
	spend(story, 30)
	undo_interview(story, meeting)
	owed = given.reward_of(story, "Interviewed")
	assert (owed.state, owed.owed_amount, balance(story)) == ("Owed", 30, 0)
	other = given.refer(story.referrer, story.opening)
	given.hire(other)
	assert given.pay() == {"paid": 2, "held": 0, "failed": 0}
	settled = given.reward_of(story, "Interviewed")
	assert (settled.state, settled.owed_amount) == ("Clawed Back", 0)
	assert settled.state_reason == "What was owed was taken from points earned later."
	assert balance(story) == 50 + 300 - 30
	assert points.verify(make.COMPANY) == []


def test_what_is_earned_pays_off_what_is_owed_step_by_step():
	story = given.make_story(given.points("Interviewed", 50))
	meeting = given.interview(story)
	given.pay()
	spend(story, 50)
	undo_interview(story, meeting)
	given.make_rule(given.points("Interviewed", 20), designation=make.make_designation().name)
	other_opening = make.make_opening(designation=frappe.get_last_doc("Reward Rule").designation)
	for expected in (30, 10, 0):
		other = given.refer(story.referrer, other_opening)
		given.interview(other)
		given.pay()
		assert given.reward_of(story, "Interviewed").owed_amount == expected
	assert given.reward_of(story, "Interviewed").state == "Clawed Back"
	assert balance(story) == 3 * 20 - 50


def test_earning_it_again_while_all_of_it_was_kept_pays_nothing_twice(story):
	meeting = given.interview(story)
	given.pay()
	spend(story, 50)
	undo_interview(story, meeting)
	assert given.reward_of(story, "Interviewed").owed_amount == 50
	given.interview(story)
	kept = given.reward_of(story, "Interviewed")
	assert (kept.state, kept.owed_amount, kept.attempt) == ("Paid", 0, 1)
	assert given.pay() == {"paid": 0, "held": 0, "failed": 0}
	assert balance(story) == 0


def test_earning_it_again_while_part_of_it_was_kept_pays_the_rest(story):
	meeting = given.interview(story)
	given.pay()
	spend(story, 20)
	undo_interview(story, meeting)
	assert given.reward_of(story, "Interviewed").owed_amount == 20
	given.interview(story)
	given.pay()
	again = given.reward_of(story, "Interviewed")
	assert (again.state, again.owed_amount, again.attempt) == ("Paid", 0, 2)
	assert balance(story) == 50 - 20
	assert points.verify(make.COMPANY) == []


def test_a_referrer_who_left_is_not_paid_until_they_are_back(story):
	given.interview(story)
	make.part_with_employee(story.referrer)
	assert given.pay() == {"paid": 0, "held": 1, "failed": 0}
	held = given.reward_of(story, "Interviewed")
	assert (held.state, held.state_reason) == ("On Hold", "The referrer is not an active employee.")
	assert given.pay() == {"paid": 0, "held": 1, "failed": 0}
	frappe.db.set_value("Employee", story.referrer.name, {"status": "Active", "relieving_date": None})
	assert given.pay() == {"paid": 1, "held": 0, "failed": 0}
	assert balance(story) == 50


def test_a_hire_who_left_holds_back_the_joining_reward_but_not_the_interview(story):
	hire = given.hire(story)
	make.part_with_employee(hire)
	given.follow(story)
	assert given.pay() == {"paid": 1, "held": 1, "failed": 0}
	assert given.states_of(story) == {"Interviewed": "Paid", "Joined": "On Hold"}
	assert given.reward_of(story, "Joined").state_reason == "The new colleague no longer works here."


def test_a_deleted_employee_undoes_the_joining(story):
	hire = given.hire(story)
	given.pay()
	assert balance(story) == 350
	frappe.db.set_value("Employee", hire.name, "job_applicant", None)
	given.follow(story)
	assert story.referral.stage == "Offered"
	assert given.states_of(story) == {"Interviewed": "Paid", "Joined": "Clawed Back"}
	assert balance(story) == 50


def retained_story():
	story = given.make_story(given.points("Joined", 100), given.points("Retained", 500, after_months=3))
	given.hire(story)
	return story


def test_retained_is_promised_at_joining_and_earned_when_the_months_are_over():
	story = retained_story()
	day = getdate(add_months(today(), 3))
	promised = given.reward_of(story, "Retained")
	assert (promised.state, promised.earned_on) == ("Promised", day)
	assert [(row["milestone"], row["expected_on"]) for row in rewards.possible(story.referral)] == [
		("Retained", str(day))
	]
	assert rewards.earn_by_time(add_days(day, -1)) == []
	given.pay(add_days(day, -1))
	assert balance(story) == 100
	assert rewards.earn_by_time(day) == [promised.name]
	assert rewards.earn_by_time(day) == []
	assert rewards.possible(story.referral) == []
	given.pay(day)
	assert balance(story) == 600


def test_a_hire_who_leaves_early_is_not_retained():
	story = retained_story()
	make.part_with_employee(story.hire)
	given.follow(story)
	assert given.states_of(story)["Retained"] == "Void"
	assert (
		given.reward_of(story, "Retained").state_reason
		== "The new colleague left before the months were over."
	)
	assert rewards.earn_by_time(add_months(today(), 12)) == []


def test_a_joining_date_that_moves_takes_the_promised_day_with_it():
	story = retained_story()
	earlier = make.days_ago(40)
	frappe.db.set_value("Employee", story.hire.name, "date_of_joining", earlier)
	referrals.refresh(story.name)
	story.referral.reload()
	earning.earn(story.referral)
	assert given.reward_of(story, "Retained").earned_on == getdate(add_months(earlier, 3))


def test_one_reward_that_fails_stops_no_other_and_stays_payable(story, monkeypatch):
	other = given.make_story(given.points("Interviewed", 70))
	for each in (story, other):
		given.interview(each)
	post = points.post

	def broken_for_one(employee, *args, **kwargs):
		if employee == story.referrer.name:
			raise RuntimeError("the disk is full")
		return post(employee, *args, **kwargs)

	monkeypatch.setattr(points, "post", broken_for_one)
	assert given.pay() == {"paid": 1, "held": 0, "failed": 1}
	failed = given.reward_of(story, "Interviewed")
	assert (failed.state, failed.state_reason) == (
		"On Hold",
		"The pay-out failed and will be tried again: the disk is full",
	)
	monkeypatch.undo()
	assert given.pay() == {"paid": 1, "held": 0, "failed": 0}
	assert (balance(story), balance(other)) == (50, 70)


def test_a_kind_no_app_pays_waits_in_words(story):
	given.interview(story)
	frappe.db.set_value("Referral Reward", given.reward_of(story, "Interviewed").name, "kind", "Balloon ride")
	assert given.pay() == {"paid": 0, "held": 1, "failed": 0}
	assert (
		given.reward_of(story, "Interviewed").state_reason
		== "No app on this site pays rewards of the kind Balloon ride."
	)


def test_a_reward_explains_itself_in_the_readers_language(story):
	given.interview(story)
	why = rewards.explain(given.reward_of(story, "Interviewed").name)
	frozen_on = frappe.utils.formatdate(today())
	assert why["sentence"] == (
		f'50 points: the candidate was interviewed. Rule "{story.rule.rule_name}", version 1, as it stood on {frozen_on}.'
	)
	assert (why["rule"], why["rule_version"], why["factors"]) == (story.rule.name, 1, [])
	assert why["not_met"] == [
		{
			"share": "2",
			"milestone": "Joined",
			"after_months": 0,
			"sentence": "Not reached yet: the new colleague joined.",
		}
	]
	referrals.close(story.name, "Ineligible")
	why = rewards.explain(given.reward_of(story, "Interviewed").name)
	assert why["state_sentence"] == "The referral does not count, because it was closed as Ineligible."
	assert [row["sentence"] for row in why["not_met"]] == [
		"Not reached: the candidate was interviewed. The referral is closed.",
		"Not reached: the new colleague joined. The referral is closed.",
	]


def test_why_is_said_in_the_same_words_on_the_portal_in_the_desk_and_by_the_api_in_both_languages(story):
	given.interview(story)
	name, rule = given.reward_of(story, "Interviewed").name, story.rule.rule_name
	day = "{0.year}年{0.month}月{0.day}日".format(getdate(today()))
	for language, words in (
		("en", f'50 points: the candidate was interviewed. Rule "{rule}", version 1, as it stood on '),
		("zh", f"50 积分：候选人已面试。规则“{rule}”，第 1 版，以 {day} 为准。"),
	):
		with languages.speaking(language):
			told, _awaited = portal_story.tell(story.name, story.referrer.name).rewards
			why = desk.explain_reward(name)["sentence"]
		assert (why.startswith(words), told["why"]) == (True, why)
