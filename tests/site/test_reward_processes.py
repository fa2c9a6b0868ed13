"""Exactly once, with real processes: many at a time, and killed after every single database statement."""

import json
import os
import subprocess
import sys
from pathlib import Path

import frappe
import pytest
import reward_factories as given
import site_factories as make
from live_site import site_name, sites_folder
from reward_processes import CONNECT, commit_quietly, run_together

from referral_hub.points import service as points

pytestmark = pytest.mark.commits

REPOSITORY = Path(__file__).resolve().parents[2]
KILLER = REPOSITORY / "tests" / "helpers" / "killed_at_every_statement.py"

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


UNPAID, PAID = [["Due", 0]], [["Paid", 1]]


def pay_and_be_killed(story, counted: str) -> tuple[list, list]:
	"""What was to be seen after each attempt that was killed, and after the one that lived."""
	command = [sys.executable, str(KILLER), site_name(), story.name, counted]
	environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
	done = subprocess.run(
		command, cwd=sites_folder(), env=environment, capture_output=True, text=True, timeout=900
	)
	assert done.returncode == 0, done.stderr
	result = json.loads(done.stdout)
	frappe.db.rollback()
	assert result["exit"] == 0
	return result["seen"], result["end"]


@pytest.fixture(params=[given.points, given.cash], ids=["points", "cash"])
def due_story(request, commits, settings):
	"""A referral with one reward to pay, committed."""
	given.pay_cash_with(given.make_component())
	story = given.make_story(request.param("Interviewed", 50), user=True)
	given.put_on_payroll(story.referrer)
	given.interview(story)
	commit_quietly(commits)
	return story


def test_killed_after_any_statement_it_is_paid_exactly_once(due_story):
	seen, end = pay_and_be_killed(due_story, "statements")
	unpaid = seen.count(UNPAID)
	assert unpaid >= 20
	assert [*seen, end] == [UNPAID] * unpaid + [PAID] * (len(seen) + 1 - unpaid)
	assert given.reward_of(due_story, "Interviewed").state == "Paid"
	assert len(given.told(due_story, "reward_paid")) == 1
	assert points.verify(make.COMPANY) == []


def test_killed_after_the_commit_before_it_and_after_its_own_it_is_paid_exactly_once(due_story):
	assert pay_and_be_killed(due_story, "commits") == ([UNPAID, PAID], PAID)
	assert len(given.told(due_story, "reward_paid")) == 1
	assert points.verify(make.COMPANY) == []
