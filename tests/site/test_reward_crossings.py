"""HR takes a reward back in the moment in which payroll submits the slip that carries it: two transactions that don't see each other.

Both are real: each has a connection of its own, and has looked around before the other commits.
"""

from collections.abc import Callable

import frappe
import pytest
import reward_factories as given
from reward_processes import commit_quietly

from referral_hub.api import desk
from referral_hub.rewards.paying import payroll

pytestmark = pytest.mark.commits
PAYOUT = "Additional Salary"


@pytest.fixture
def in_payroll(commits):
	"""A story whose cash payroll was given, and nothing has carried yet."""
	before = frappe.get_doc(given.SETTINGS)
	old = {field: before.get(field) for field in ("cash_salary_component", "submit_additional_salary")}
	commits.at_end(lambda: frappe.db.set_single_value(given.SETTINGS, old))
	given.pay_cash_with(given.make_component())
	story = given.make_story(given.cash("Interviewed", 1000), user=True)
	given.put_on_payroll(story.referrer)
	given.interview(story)
	given.pay()
	return story


def reward(story):
	return frappe.get_doc("Referral Reward", given.reward_of(story, "Interviewed").name)


def stands(story) -> tuple:
	row = reward(story)
	return row.state, row.owed_amount, row.decided_by


def carried_by(story):
	slip = given.make_slip(story.referrer)
	assert [row.amount for row in slip.earnings if row.additional_salary] == [1000]
	return slip


def follow_lost_jobs() -> None:
	for name in payroll.not_followed():
		payroll.follow(name)


def cross(commits, first: Callable, second: Callable) -> None:
	"""Let the first commit after the second has looked around, in a transaction of its own, and before it decides."""
	commit_quietly(commits)
	ours = frappe.local.db
	frappe.connect()
	theirs = frappe.local.db
	theirs.sql("select name from `tabSalary Slip` limit 1")
	try:
		for database, act in ((ours, first), (theirs, second)):
			frappe.local.db = database
			act()
			database.after_commit.reset()
			database.commit()
	finally:
		theirs.close()
		frappe.local.db = ours
	ours.rollback()


@pytest.mark.parametrize(
	("slip_first", "job_is_lost"), [(True, False), (False, True)], ids=["slip first", "void first, no job"]
)
def test_what_a_slip_carries_that_was_voided_in_the_same_moment_is_owed(
	commits, in_payroll, slip_first, job_is_lost
):
	slip, name = carried_by(in_payroll), reward(in_payroll).name
	acts = [slip.submit, lambda: desk.void_reward(name, "The interview never happened")]
	cross(commits, *(acts if slip_first else reversed(acts)))
	payout = reward(in_payroll).payout_name
	assert (stands(in_payroll)[0], frappe.db.get_value(PAYOUT, payout, "docstatus")) == ("Void", 2)
	assert frappe.db.get_value("Salary Slip", slip.name, "docstatus") == 1
	if job_is_lost:
		follow_lost_jobs()
	else:
		for each in payroll.rewards_in_slip(slip.name):
			payroll.follow(each)
	assert stands(in_payroll) == ("Owed", 1000, "Administrator")
	told = given.told(in_payroll, "reward_taken_back")
	assert [(facts.was_paid, facts.owed_en) for facts in told] == [(0, None), (1, "CNY 1,000.00")]
	desk.void_reward(name, "We let it be")
	follow_lost_jobs()
	assert stands(in_payroll) == ("Void", 0, "Administrator")


def test_what_a_slip_carries_that_was_held_in_the_same_moment_is_paid_and_not_a_second_time(
	commits, in_payroll
):
	old, name = carried_by(in_payroll), reward(in_payroll).name
	for act in (old.submit, old.cancel):
		act()
		payroll.follow(name)
	assert stands(in_payroll)[0] == "Due"
	slip = carried_by(in_payroll)
	cross(commits, slip.submit, lambda: desk.hold_reward(name, "Let me look"))
	assert (stands(in_payroll)[0], reward(in_payroll).payout_name) == ("On Hold", None)
	follow_lost_jobs()
	assert stands(in_payroll) == ("Confirmed", 0, None)
	assert len(frappe.get_all(PAYOUT, {"ref_docname": name})) == 1
