"""HR takes a reward back in the moment in which payroll submits the slip that carries it: two transactions that don't see each other.

Both are real: each has a connection of its own, and has looked around before the other commits.
"""

import time
from collections.abc import Callable

import frappe
import pytest
import reward_factories as given
import site_factories as make
from reward_processes import CONNECT, another_connection, commit_quietly, process

from referral_hub.api import desk
from referral_hub.database import short_waits
from referral_hub.rewards import service as rewards
from referral_hub.rewards.oversight import reconciliation
from referral_hub.rewards.paying import payroll
from referral_hub.rewards.recovery import crossed, deductions, service

pytestmark = pytest.mark.commits
PAYOUT = "Additional Salary"


@pytest.fixture
def in_payroll_alone():
	"""A story whose cash payroll was given, and nothing has carried yet."""
	return cash_in_payroll()


@pytest.fixture
def due(commits):
	"""A story whose cash is due, for tests that commit."""
	before = frappe.get_doc(given.SETTINGS)
	old = {field: before.get(field) for field in ("cash_salary_component", "submit_additional_salary")}
	commits.at_end(lambda: frappe.db.set_single_value(given.SETTINGS, old))
	return cash_that_is_due()


@pytest.fixture
def in_payroll(due):
	"""The same, once payroll was given it."""
	given.pay()
	return due


def cash_in_payroll():
	story = cash_that_is_due()
	given.pay()
	return story


def cash_that_is_due():
	given.pay_cash_with(given.make_component())
	story = given.make_story(given.cash("Interviewed", 1000), user=True)
	given.put_on_payroll(story.referrer)
	given.interview(story)
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


def unmatched() -> list[tuple]:
	return [(row.code, row.salary_slip) for row in reconciliation.rows({})]


def test_a_slip_that_is_submitted_when_its_payment_is_voided_is_seen_and_the_payment_is_owed(
	commits, in_payroll
):
	slip, name = carried_by(in_payroll), reward(in_payroll).name
	cross(commits, slip.submit, lambda: desk.void_reward(name, "The interview never happened"))
	assert stands(in_payroll) == ("Owed", 1000, "Administrator")
	assert frappe.db.get_value(PAYOUT, reward(in_payroll).payout_name, "docstatus") == 1
	follow_lost_jobs()
	assert (stands(in_payroll)[0], unmatched()) == ("Owed", [])


def test_a_void_that_payroll_keeps_waiting_is_refused_in_words_and_changes_nothing(
	commits, in_payroll, monkeypatch
):
	name, payout = reward(in_payroll).name, reward(in_payroll).payout_name
	commit_quietly(commits)
	frappe.db.sql("select name from `tabReferral Reward` where name = %s for update", name)
	monkeypatch.setattr(short_waits.waiting_shortly.__wrapped__, "__defaults__", (1,))
	with another_connection():
		with pytest.raises(short_waits.BusyNow, match="please try again in a minute"):
			desk.void_reward(name, "The interview never happened")
		assert (
			frappe.db.sql("select @@innodb_lock_wait_timeout = @@global.innodb_lock_wait_timeout")[0][0] == 1
		)
		frappe.db.rollback()
	frappe.db.rollback()
	assert (stands(in_payroll)[0], frappe.db.get_value(PAYOUT, payout, "docstatus")) == ("Paid", 1)


VOID = f"""{CONNECT}
from referral_hub.api import desk
print(frappe.db.sql("select connection_id()")[0][0], flush=True)
desk.void_reward(sys.argv[1], "The interview never happened")
commit_quietly()
"""


def test_a_void_waits_for_the_slip_that_is_being_submitted(commits, in_payroll):
	slip, name = carried_by(in_payroll), reward(in_payroll).name
	commit_quietly(commits)
	slip.submit()
	with process(VOID, name) as voiding:
		number = int(voiding.stdout.readline())
		asked = "select info from information_schema.processlist where id = %s and info like %s"
		with another_connection():
			while not frappe.db.sql(asked, (number, "%tabSalary Slip%FOR UPDATE")):
				assert voiding.poll() is None
				time.sleep(0.05)
		commit_quietly(commits)
		assert voiding.wait(timeout=60) == 0
	frappe.db.rollback()
	assert stands(in_payroll) == ("Owed", 1000, "Administrator")
	assert frappe.db.get_value(PAYOUT, reward(in_payroll).payout_name, "docstatus") == 1


@pytest.mark.parametrize("job_is_lost", [True, False], ids=["no job", "job"])
def test_what_a_slip_carries_that_was_voided_in_the_same_moment_is_owed(commits, in_payroll, job_is_lost):
	slip, name = carried_by(in_payroll), reward(in_payroll).name
	cross(commits, lambda: desk.void_reward(name, "The interview never happened"), slip.submit)
	payout = reward(in_payroll).payout_name
	assert (stands(in_payroll)[0], frappe.db.get_value(PAYOUT, payout, "docstatus")) == ("Void", 2)
	assert frappe.db.get_value("Salary Slip", slip.name, "docstatus") == 1
	assert unmatched() == [("crossed", slip.name)]
	if job_is_lost:
		follow_lost_jobs()
	else:
		for each in payroll.rewards_in_slip(slip.name):
			payroll.follow(each)
	assert (stands(in_payroll), unmatched()) == (("Owed", 1000, "Administrator"), [])
	told = given.told(in_payroll, "reward_taken_back")
	assert [(facts.was_paid, facts.owed_en) for facts in told] == [(0, None), (1, "CNY 1,000.00")]
	desk.void_reward(name, "We let it be")
	follow_lost_jobs()
	assert (stands(in_payroll), unmatched()) == (("Void", 0, "Administrator"), [])


def test_released_before_the_job_of_the_slip_ran_it_is_paid_by_that_slip_alone(commits, in_payroll):
	slip, name = carried_by(in_payroll), reward(in_payroll).name
	cross(commits, lambda: desk.void_reward(name, "A mistake"), slip.submit)
	desk.release_reward(name, "It was right")
	given.pay()
	assert (stands(in_payroll), unmatched()) == (("Confirmed", 0, None), [])
	assert frappe.get_all(PAYOUT, {"ref_docname": name}, pluck="docstatus") == [2]


def test_released_while_the_slip_is_being_submitted_it_is_paid_once(commits, in_payroll):
	"""Voided and released at once; the slip has read what it carries before, and is submitted when the pay-out looks."""
	slip, name = carried_by(in_payroll), reward(in_payroll).name

	def void_and_release():
		desk.void_reward(name, "A mistake")
		desk.release_reward(name, "No, it was right")
		given.pay()

	cross(commits, void_and_release, slip.submit)
	held = reward(in_payroll)
	words = (
		f"The draft Salary Slip {slip.name} still lists what was withdrawn. "
		"Remove the row from the slip, or delete the slip and make it again: then it is paid."
	)
	assert (held.state, held.state_reason) == ("On Hold", words)
	given.pay()
	assert reward(in_payroll).state_reason == "A Salary Slip that was submitted already carries this amount."
	follow_lost_jobs()
	assert (stands(in_payroll), unmatched()) == (("Confirmed", 0, None), [])
	assert frappe.get_all(PAYOUT, {"ref_docname": name}, pluck="docstatus") == [2]


def test_a_draft_that_lists_what_was_withdrawn_keeps_a_released_reward_waiting_until_it_is_gone(
	in_payroll_alone,
):
	slip, name = carried_by(in_payroll_alone), reward(in_payroll_alone).name
	desk.void_reward(name, "A mistake")
	desk.release_reward(name, "No, it was right")
	assert given.pay() == {"paid": 0, "held": 1, "failed": 0}
	slip.delete()
	assert given.pay() == {"paid": 1, "held": 0, "failed": 0}


def test_what_a_slip_carries_that_was_held_in_the_same_moment_is_paid_and_not_a_second_time(
	commits, in_payroll
):
	old, name = carried_by(in_payroll), reward(in_payroll).name
	for act in (old.submit, old.cancel):
		act()
		payroll.follow(name)
	assert stands(in_payroll)[0] == "Due"
	slip = carried_by(in_payroll)
	cross(commits, lambda: desk.hold_reward(name, "Let me look"), slip.submit)
	assert (stands(in_payroll)[0], reward(in_payroll).payout_name) == ("On Hold", None)
	follow_lost_jobs()
	assert stands(in_payroll) == ("Confirmed", 0, None)
	assert len(frappe.get_all(PAYOUT, {"ref_docname": name})) == 1


# what is paid while HR takes it back


def voided_while_paid(commits, story) -> list[int]:
	"""Let HR void a reward in the moment in which it is paid: what is left of its pay-out."""
	name = reward(story).name
	cross(commits, given.pay, lambda: desk.void_reward(name, "The interview never happened"))
	return frappe.get_all(PAYOUT, {"ref_docname": name}, pluck="docstatus")


def test_what_is_paid_while_hr_voids_it_is_withdrawn(commits, due):
	assert voided_while_paid(commits, due) == [2]
	assert (stands(due), unmatched()) == (("Void", 0, "Administrator"), [])


def test_what_a_slip_carries_that_was_voided_beside_what_was_kept_before_is_owed_too(commits, owes):
	name = reward(owes).name
	desk.note_paid_back(name, "In cash", 700)
	desk.release_reward(name, "It did happen")
	given.pay()
	slip = given.make_slip(owes.referrer, given.next_month())
	cross(commits, lambda: desk.void_reward(name, "It did not"), slip.submit)
	assert (stands(owes)[:2], unmatched()) == (("Owed", 300), [("crossed", slip.name)])
	assert payroll.not_followed() == [name]
	follow_lost_jobs()
	assert (stands(owes)[:2], unmatched(), payroll.not_followed()) == (("Owed", 1000), [], [])
	desk.release_reward(name, "It did")
	assert (stands(owes)[:2], given.pay()["paid"]) == (("Confirmed", 0), 0)


def test_what_is_netted_while_hr_voids_what_it_is_taken_from_is_withdrawn(commits, owes):
	later = given.refer(owes.referrer, owes.opening)
	given.interview(later)
	assert voided_while_paid(commits, later) == [2]
	netted = frappe.get_last_doc("Reward Recovery", {"taken_from": reward(later).name})
	assert (netted.state, frappe.db.get_value(PAYOUT, netted.payout_name, "docstatus")) == ("Cancelled", 2)
	assert (stands(later)[:2], stands(owes)[:2], unmatched()) == (("Void", 0), ("Owed", 1000), [])


def test_what_is_asked_back_while_hr_writes_it_off_is_withdrawn(commits, owes):
	name = reward(owes).name
	cross(
		commits, lambda: desk.deduct_owed(name, "Please", 400), lambda: desk.void_reward(name, "We let it be")
	)
	asked = frappe.get_last_doc("Reward Recovery", {"reward": name})
	assert (stands(owes)[:2], asked.state) == (("Void", 0), "Cancelled")
	assert (frappe.db.get_value(PAYOUT, asked.payout_name, "docstatus"), unmatched()) == (2, [])


def test_a_place_at_a_training_that_is_given_while_hr_voids_it_is_taken_back(commits):
	event = given.make_training_event().name
	row = {"milestone": "Interviewed", "kind": "Training", "amount": 1, "currency": ""}
	story = given.make_story(row | {"training_event": event}, user=True)
	given.interview(story)
	voided_while_paid(commits, story)
	assert stands(story)[:2] == ("Void", 0)
	assert frappe.get_all("Training Event Employee", {"parent": event}) == []


def test_days_of_leave_that_are_given_while_hr_voids_them_are_all_taken_back(commits):
	about = {"leave_type_name": make.unique("Leave")}
	leave_type = frappe.get_doc(doctype="Leave Type", **about).insert().name
	row = {"milestone": "Interviewed", "kind": "Leave", "amount": 3, "currency": ""}
	story = given.make_story(row | {"leave_type": leave_type}, user=True)
	given.interview(story)
	voided_while_paid(commits, story)
	assert stands(story)[:2] == ("Clawed Back", 0)
	days = {"employee": story.referrer.name, "leave_type": leave_type}
	assert sum(frappe.get_all("Leave Ledger Entry", days, pluck="leaves")) == 0


# what is asked back


@pytest.fixture
def owes(commits, in_payroll):
	"""1,000 that a slip has carried, and that are owed."""
	carried_by(in_payroll).submit()
	name = reward(in_payroll).name
	payroll.follow(name)
	before = frappe.db.get_single_value(given.SETTINGS, "claw_back_component")
	commits.at_end(lambda: frappe.db.set_single_value(given.SETTINGS, "claw_back_component", before))
	frappe.db.set_single_value(
		given.SETTINGS, "claw_back_component", given.make_component(kind="Deduction").name
	)
	desk.void_reward(name, "The interview never happened")
	return in_payroll


@pytest.fixture
def asked_back(owes):
	"""Of 1,000 that are owed payroll is to deduct 400, in a slip that is not submitted yet: the story, the slip, the recovery."""
	name = reward(owes).name
	desk.deduct_owed(name, "Please", 400)
	row = frappe.get_last_doc("Reward Recovery", {"reward": name})
	slip = given.make_slip(owes.referrer, given.next_month())
	assert [row.amount for row in slip.deductions if row.additional_salary] == [400]
	return owes, slip, row.name


def deducted(recovery: str) -> str:
	return frappe.db.get_value("Reward Recovery", recovery, "state")


def follow_deductions(slip) -> None:
	for name in deductions.in_slip(slip.name):
		crossed.follow(name)


def test_writing_off_what_a_slip_has_just_deducted_leaves_only_the_rest(commits, asked_back):
	story, slip, recovery = asked_back
	cross(commits, slip.submit, lambda: desk.void_reward(reward(story).name, "We let it be"))
	assert (stands(story)[0], deducted(recovery), unmatched()) == ("Void", "Done", [])
	assert rewards.explain(reward(story).name)["written_off"] == "600"


@pytest.mark.parametrize("job_is_lost", [True, False], ids=["no job", "job"])
def test_what_a_slip_deducts_that_was_written_off_in_the_same_moment_counts(commits, asked_back, job_is_lost):
	story, slip, recovery = asked_back
	cross(commits, lambda: desk.void_reward(reward(story).name, "We let it be"), slip.submit)
	assert (stands(story)[0], deducted(recovery)) == ("Void", "Cancelled")
	assert unmatched() == [("still_deducted", slip.name)]
	if job_is_lost:
		assert crossed.unnoticed() == [recovery]
		crossed.follow(recovery)
	else:
		follow_deductions(slip)
	assert (deducted(recovery), unmatched(), crossed.unnoticed()) == ("Done", [], [])
	assert rewards.explain(reward(story).name)["written_off"] == "600"
	slip.cancel()
	follow_deductions(slip)
	assert deducted(recovery) == "Cancelled"
	assert rewards.explain(reward(story).name)["written_off"] == "1000"


def test_what_a_slip_deducts_of_a_reward_that_stands_again_is_paid_again(commits, asked_back):
	paid_again(commits, asked_back)


def paid_again(commits, asked_back):
	"""400 that a slip deducts though the reward stands again, and that are paid anew: story, slip, recovery, reward."""
	story, slip, recovery = asked_back
	name = reward(story).name

	cross(commits, lambda: desk.release_reward(name, "It did happen"), slip.submit)
	assert (stands(story), deducted(recovery)) == (("Confirmed", 0, None), "Cancelled")
	follow_deductions(slip)
	assert (stands(story), deducted(recovery)) == (("Due", 600, None), "Done")
	given.pay()
	paid = reward(story)
	assert (paid.state, paid.paid_amount, unmatched()) == ("Paid", 400, [])
	assert frappe.db.get_value("Reward Recovery", recovery, "attempt") == paid.attempt - 1
	return story, slip, recovery, paid


def test_what_was_paid_again_over_a_deduction_that_is_gone_is_taken_back_while_payroll_has_not_paid_it(
	commits, asked_back
):
	story, slip, recovery, paid = paid_again(commits, asked_back)
	slip.cancel()
	assert deductions.not_followed() == [recovery]
	follow_deductions(slip)
	now = reward(story)
	assert (now.state, now.owed_amount, now.paid_amount, deducted(recovery)) == (
		"Confirmed",
		0,
		0,
		"Cancelled",
	)
	assert frappe.db.get_value(PAYOUT, paid.payout_name, "docstatus") == 2
	assert frappe.db.get_value(PAYOUT, now.payout_name, ["docstatus", "amount"]) == (1, 1000)
	assert (given.pay()["paid"], deductions.not_followed(), unmatched()) == (0, [], [])


def test_what_a_slip_has_paid_again_over_a_deduction_that_is_gone_is_asked_back_once_more(
	commits, asked_back
):
	story, slip, _recovery, paid = paid_again(commits, asked_back)
	later = given.make_slip(story.referrer, frappe.utils.add_months(given.next_month(), 1))
	later.submit()
	payroll.follow(paid.name)
	slip.cancel()
	for _again in range(2):
		follow_deductions(slip)
	again = frappe.get_last_doc("Reward Recovery", {"reward": paid.name, "state": "Waiting"})
	states = [row.state for row in frappe.get_all("Reward Recovery", {"reward": paid.name}, ["state"])]
	assert (sorted(states), again.amount, stands(story)[0]) == (["Cancelled", "Waiting"], 400, "Confirmed")
	last = given.make_slip(story.referrer, frappe.utils.add_months(given.next_month(), 2))
	last.submit()
	follow_deductions(last)
	assert (deducted(again.name), stands(story)[:2], unmatched()) == ("Done", ("Confirmed", 0), [])


def test_what_was_netted_from_a_payment_that_is_taken_back_while_a_slip_deducts_it_counts(
	commits, asked_back
):
	story, slip, recovery = asked_back
	row = frappe.get_doc("Reward Recovery", recovery)
	taken_from = reward(story).name
	row.db_set("taken_from", taken_from)
	cross(commits, lambda: service.give_up_netted(frappe._dict(name=taken_from)), slip.submit)
	assert (stands(story)[:2], deducted(recovery)) == (("Owed", 1000), "Cancelled")
	follow_deductions(slip)
	assert (stands(story)[:2], deducted(recovery), unmatched()) == (("Owed", 600), "Done", [])
	cross(commits, slip.cancel, lambda: None)
	follow_deductions(slip)
	assert (stands(story)[:2], deducted(recovery)) == (("Owed", 1000), "Cancelled")


def test_netting_is_not_given_up_where_a_slip_has_just_deducted_it(commits, asked_back):
	story, slip, recovery = asked_back
	taken_from = reward(story).name
	frappe.db.set_value("Reward Recovery", recovery, "taken_from", taken_from)
	cross(commits, slip.submit, lambda: service.give_up_netted(frappe._dict(name=taken_from)))
	assert (stands(story)[:2], deducted(recovery), unmatched()) == (("Owed", 600), "Done", [])


def test_more_is_not_asked_back_than_is_owed_once_a_slip_has_deducted_what_was_given_up(commits, asked_back):
	story, slip, recovery = asked_back
	taken_from = reward(story).name
	frappe.db.set_value("Reward Recovery", recovery, "taken_from", taken_from)
	cross(commits, lambda: service.give_up_netted(frappe._dict(name=taken_from)), slip.submit)
	desk.deduct_owed(taken_from, "All of it, please")
	anew = frappe.get_last_doc("Reward Recovery", {"reward": taken_from, "amount": 1000})
	follow_deductions(slip)
	assert (stands(story)[:2], deducted(recovery), deducted(anew.name)) == (
		("Owed", 600),
		"Done",
		"Cancelled",
	)
	assert frappe.db.get_value(PAYOUT, anew.payout_name, "docstatus") == 2


def test_what_a_slip_deducts_of_a_reward_that_is_due_again_was_kept_no_longer(commits, asked_back):
	story, slip, recovery = asked_back
	name = reward(story).name
	desk.note_paid_back(name, "In cash", 100)
	cross(commits, lambda: desk.release_reward(name, "It did happen"), slip.submit)
	assert (stands(story)[:2], deducted(recovery)) == (("Due", 900), "Cancelled")
	follow_deductions(slip)
	assert (stands(story)[:2], deducted(recovery)) == (("Due", 500), "Done")
	given.pay()
	assert (reward(story).state, reward(story).paid_amount) == ("Paid", 500)
