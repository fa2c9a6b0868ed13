"""Taken back exactly once: whoever does it is killed after every single database statement in turn, and begins again."""

import frappe
import pytest
import reward_factories as given
import site_factories as make
from kill_in_turn import assert_once, count, kill_in_turn, lock, state_of
from reward_processes import commit_quietly

from referral_hub.points import service as points
from referral_hub.rewards import service as rewards
from referral_hub.rewards.paying import taxable

pytestmark = pytest.mark.commits

CHANGED = (
	"cash_salary_component",
	"submit_additional_salary",
	"taxable_component",
	"claw_back_component",
)


@pytest.fixture
def payroll(commits):
	"""The components that pay, tax and deduct, named in the settings until the end."""
	settings = frappe.get_doc(given.SETTINGS)
	before = {field: settings.get(field) for field in CHANGED}
	commits.at_end(lambda: frappe.db.set_single_value(given.SETTINGS, before))
	value = given.make_component(is_tax_applicable=1, do_not_include_in_total=1)
	settings.update({"cash_salary_component": given.make_component().name, "submit_additional_salary": 1})
	settings.update({"taxable_component": value.name})
	settings.update({"claw_back_component": given.make_component(kind="Deduction").name})
	settings.save()


def thing(kind: str, **more) -> dict:
	return {"milestone": "Interviewed", "kind": kind, "amount": 1, "currency": "", **more}


def paid(kind_of_reward: dict):
	"""A referral that paid one reward, and that reward."""
	story = given.make_story(kind_of_reward, user=True)
	if kind_of_reward["kind"] == "Cash":
		given.put_on_payroll(story.referrer)
	given.interview(story)
	given.pay()
	return story, given.reward_of(story, "Interviewed")


def taken_back(commits, kind_of_reward: dict, *evidence, prepare=lambda story, reward: None) -> dict:
	"""HR voids a paid reward, killed in turn; what was seen: state and what is owed, `evidence`, messages."""
	story, reward = paid(kind_of_reward)
	prepare(story, reward)
	commit_quietly(commits)
	name, employee = frappe.db.escape(reward.name), frappe.db.escape(story.referrer.name)
	return kill_in_turn(
		"void",
		reward.name,
		lock("Referral Reward", reward.name),
		f"select concat(state, ' ', format(owed_amount, 0)) from `tabReferral Reward` where name = {name}",
		*(
			query.format(reward=name, employee=employee, payout=frappe.db.escape(reward.payout_name))
			for query in evidence
		),
		f"""select count(distinct event_key) from `tabReferral Message`
		where event = 'reward_taken_back' and referral = {frappe.db.escape(story.name)}""",
	)


def test_points_of_which_some_are_spent(commits):
	def spend(story, reward):
		points.post(story.referrer.name, -20, "Shop", f"bought {story.name}")

	balance = "select balance from `tabPoints Account` where employee = {employee}"
	seen = taken_back(commits, given.points("Interviewed", 50), balance, prepare=spend)
	assert_once(seen, ["Paid 0", "30", "0"], ["Owed 20", "0", "1"], "insert into `tabpoints ledger entry`")


def test_cash_that_no_slip_carries(commits, payroll):
	salaries = "select group_concat(docstatus) from `tabAdditional Salary` where ref_docname = {reward}"
	seen = taken_back(commits, given.cash("Interviewed", 100), salaries)
	assert_once(seen, ["Paid 0", "1", "0"], ["Void 0", "2", "1"], "update `tabadditional salary`")


def test_leave(commits):
	leave_type = frappe.get_doc(doctype="Leave Type", leave_type_name=make.unique("Leave")).insert().name
	days = "select format(sum(leaves), 1) from `tabLeave Ledger Entry` where employee = {employee}"
	seen = taken_back(commits, thing("Leave", leave_type=leave_type), days)
	assert_once(seen, ["Paid 0", "1.0", "0"], ["Clawed Back 0", "None", "1"], "update `tableave allocation`")


def test_a_place_at_a_training_and_its_taxable_value(commits, payroll):
	def tax(story, reward):
		given.put_on_payroll(story.referrer)
		assert taxable.hand_over(reward.name)

	event = given.make_training_event()
	seen = taken_back(
		commits,
		thing("Training", training_event=event.name, taxable_value=200),
		count("Training Event Employee", parent=event.name),
		"select group_concat(docstatus) from `tabAdditional Salary` where ref_docname = {reward}",
		prepare=tax,
	)
	before, after = ["Paid 0", "1", "1", "0"], ["Void 0", "0", "2", "1"]
	assert_once(seen, before, after, "delete from `tabtraining event employee`")


def test_a_badge(commits):
	badge = frappe.get_doc(doctype="Recognition Badge", badge_name=make.unique("Badge")).insert().name
	award = "select state from `tabRecognition Award` where source_name = {reward}"
	seen = taken_back(commits, thing("Badge", badge=badge), award)
	assert_once(
		seen, ["Paid 0", "Held", "0"], ["Clawed Back 0", "Revoked", "1"], "update `tabrecognition award`"
	)


def test_a_task_that_nobody_has_done_yet(commits):
	task = "select state from `tabReward Fulfilment` where source_name = {reward}"
	gift = thing("Gift", what="A book", responsible=make.make_user().name)
	seen = taken_back(commits, gift, task)
	assert_once(seen, ["Due 0", "Open", "0"], ["Void 0", "Cancelled", "1"], "update `tabreward fulfilment`")


def test_by_a_deduction_and_by_the_slip_that_carries_it(commits, payroll):
	story = given.make_story(given.cash("Interviewed", 1000), user=True)
	given.put_on_payroll(story.referrer)
	given.interview(story)
	given.pay()
	given.make_slip(story.referrer).submit()
	name = given.reward_of(story, "Interviewed").name
	rewards.void(name, "The interview never happened")
	commit_quietly(commits)
	recoveries = f"""select group_concat(concat(recovery.state, ' ', payout.docstatus, ' ', format(payout.amount, 0)))
		from `tabReward Recovery` recovery join `tabAdditional Salary` payout on payout.name = recovery.payout_name
		where recovery.reward = {frappe.db.escape(name)}"""
	evidence = (lock("Referral Reward", name), state_of(given.reward_of(story, "Interviewed")), recoveries)
	seen = kill_in_turn("deduct", name, *evidence)
	assert_once(seen, ["Owed", "None"], ["Owed", "Waiting 1 1,000"], "insert into `tabadditional salary`")
	given.make_slip(story.referrer, given.next_month()).submit()
	commit_quietly(commits)
	recovery = frappe.db.get_value("Reward Recovery", {"reward": name})
	seen = kill_in_turn("settle", recovery, *evidence)
	assert_once(
		seen, ["Owed", "Waiting 1 1,000"], ["Clawed Back", "Done 1 1,000"], "update `tabreward recovery`"
	)
