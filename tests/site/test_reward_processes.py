"""Exactly once, with real processes: many at a time, and killed after every single database statement."""

import frappe
import pytest
import reward_factories as given
import site_factories as make
from kill_in_turn import assert_once, count, kill_in_turn, lock, state_of, told
from reward_processes import CONNECT, commit_quietly, run_together

from referral_hub.points import service as points

pytestmark = pytest.mark.commits

PAY_BY_TASK = CONNECT + "tasks.pay_due_rewards()\nprint(0)"
PAY_AT_ONCE = CONNECT + 'paid = retry_deadlocks(service.pay_due)["paid"]\nfrappe.db.commit()\nprint(paid)'
EARN = (
	CONNECT
	+ "earned = retry_deadlocks(lambda: service.earn(sys.argv[1]))\ncommit_quietly()\nprint(len(earned))"
)


def due_stories(number: int) -> list:
	"""Referrals whose interview pays points and cash, to few people, so that processes meet at their wallets."""
	given.pay_cash_with(given.make_component())
	opening = make.make_opening()
	given.make_rule(
		given.points("Interviewed", 10), given.cash("Interviewed", 100), designation=opening.designation
	)
	referrers = [make.make_employee() for _ in range(3)]
	for referrer in referrers:
		given.put_on_payroll(referrer)
	stories = [given.refer(referrers[each % 3], opening) for each in range(number)]
	for story in stories:
		given.interview(story)
	return stories


def all_rewards(stories: list) -> list:
	names = [story.name for story in stories]
	return frappe.get_all(
		"Referral Reward", {"referral": ["in", names]}, ["name", "kind", "state", "payout_name"]
	)


@pytest.fixture
def settings(commits):
	"""The settings that cash needs, put back at the end."""
	before = frappe.get_doc(given.SETTINGS)
	old = (before.cash_salary_component, before.submit_additional_salary)

	def put_back():
		frappe.db.set_single_value(given.SETTINGS, "cash_salary_component", old[0])
		frappe.db.set_single_value(given.SETTINGS, "submit_additional_salary", old[1])

	commits.at_end(put_back)


@pytest.mark.parametrize("script", [PAY_BY_TASK, PAY_AT_ONCE], ids=["hourly task", "one transaction"])
def test_eight_processes_pay_every_reward_once(commits, settings, script):
	stories = due_stories(9)
	commit_quietly(commits)
	paid = run_together(script)
	rewards = all_rewards(stories)
	assert [reward.state for reward in rewards] == ["Paid"] * 18
	for reward in rewards:
		entries = frappe.get_all("Points Ledger Entry", {"source_name": reward.name}, pluck="name")
		salaries = frappe.get_all("Additional Salary", {"ref_docname": reward.name}, pluck="name")
		assert [*entries, *salaries] == [reward.payout_name]
	assert [points.balance(story.referrer.name) for story in stories[:3]] == [30] * 3
	assert points.verify(make.COMPANY) == []
	if script == PAY_AT_ONCE:
		assert paid == 18


def test_eight_processes_earn_a_milestone_once(commits):
	story = given.make_story(given.points("Screened", 5), given.points("Interviewed", 50), user=True)
	frappe.db.set_value("Referral", story.name, "stage", "Interviewing")
	commit_quietly(commits)
	assert run_together(EARN, story.name) == 2
	assert given.states_of(story) == {"Screened": "Due", "Interviewed": "Due"}
	assert sorted(news.amount for news in given.told(story, "reward_earned")) == ["5", "50"]


PAYMENT = {"Points": "Points Ledger Entry", "Cash": "Additional Salary"}


@pytest.mark.parametrize("promise", [given.points, given.cash], ids=["points", "cash"])
def test_killed_after_any_statement_it_is_paid_exactly_once(promise, commits, settings):
	given.pay_cash_with(given.make_component())
	story = given.make_story(promise("Interviewed", 50), user=True)
	given.put_on_payroll(story.referrer)
	given.interview(story)
	commit_quietly(commits)
	reward = given.reward_of(story, "Interviewed")
	payment = PAYMENT[reward.kind]
	source = {"Points": "source_name", "Cash": "ref_docname"}[reward.kind]
	paid = count(payment, **{source: reward.name})
	seen = kill_in_turn(
		"pay", story.name, lock("Referral Reward", reward.name), state_of(reward), paid, told(story)
	)
	assert_once(seen, ["Due", "0", "0"], ["Paid", "1", "1"], f"insert into `tab{payment}`")
