"""Taken back exactly once: whoever does it is killed after every single database statement in turn, and begins again."""

import frappe
import pytest
import reward_factories as given
import site_factories as make
from kill_in_turn import assert_once, count, kill_in_turn, lock, not_killed_in, state_of
from live_site import Commits, become_administrator
from reward_processes import commit_quietly

from referral_hub.messages.rules.events import event_key
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


@pytest.fixture(scope="module")
def shared(site):
	"""What all tests here use is made once, committed, and removed after the last."""
	become_administrator()
	helper = Commits()
	yield helper
	helper.clean_up()


@pytest.fixture(scope="module")
def payroll(shared):
	"""The components that pay, tax and deduct, named in the settings until the end."""
	settings = frappe.get_doc(given.SETTINGS)
	before = {field: settings.get(field) for field in CHANGED}
	shared.at_end(lambda: frappe.db.set_single_value(given.SETTINGS, before))
	value = given.make_component(is_tax_applicable=1, do_not_include_in_total=1)
	settings.update({"cash_salary_component": given.make_component().name, "submit_additional_salary": 1})
	settings.update({"taxable_component": value.name})
	settings.update({"claw_back_component": given.make_component(kind="Deduction").name})
	settings.save()
	commit_quietly(shared)


@pytest.fixture(scope="module")
def paid(shared, payroll) -> dict:
	"""The rewards of one referral that paid in every kind, by kind; of the points some are spent, the value is taxed."""
	story = given.make_story(*every_kind(), user=True)
	given.put_on_payroll(story.referrer)
	given.interview(story)
	given.pay()
	rows = {row.kind: row for row in frappe.get_all("Referral Reward", {"referral": story.name}, ["*"])}
	points.post(story.referrer.name, -20, "Shop", f"bought {story.name}")
	assert taxable.hand_over(rows["Training"].name)
	commit_quietly(shared)
	return rows


def every_kind() -> list[dict]:
	leave_type = frappe.get_doc(doctype="Leave Type", leave_type_name=make.unique("Leave")).insert()
	badge = frappe.get_doc(doctype="Recognition Badge", badge_name=make.unique("Badge")).insert()
	return [
		given.points("Interviewed", 50),
		given.cash("Interviewed", 100),
		thing("Leave", leave_type=leave_type.name),
		thing("Training", training_event=given.make_training_event().name, taxable_value=200),
		thing("Badge", badge=badge.name),
		thing("Gift", what="A book", responsible=make.make_user().name),
	]


def thing(kind: str, **more) -> dict:
	return {"milestone": "Interviewed", "kind": kind, "amount": 1, "currency": "", **more}


def taken_back(reward, *evidence) -> dict:
	"""HR voids a reward, killed in turn; what was seen: state and what is owed, `evidence`, messages about it."""
	name, employee = frappe.db.escape(reward.name), frappe.db.escape(reward.employee)
	told = event_key("reward_taken_back", f"{reward.name}:{reward.attempt}")
	return kill_in_turn(
		"void",
		reward.name,
		lock("Referral Reward", reward.name),
		f"select concat(state, ' ', format(owed_amount, 0)) from `tabReferral Reward` where name = {name}",
		*(query.format(reward=name, employee=employee) for query in evidence),
		f"select count(distinct event_key) from `tabReferral Message` where event_key = {frappe.db.escape(told)}",
	)


def test_no_kind_takes_back_by_code_in_which_nobody_is_killed():
	assert not_killed_in("take_back") == []


def test_points_of_which_some_are_spent(paid):
	balance = "select balance from `tabPoints Account` where employee = {employee}"
	seen = taken_back(paid["Points"], balance)
	assert_once(seen, ["Paid 0", "30", "0"], ["Owed 20", "0", "1"], "insert into `tabpoints ledger entry`")


def test_cash_that_no_slip_carries(paid):
	salaries = "select group_concat(docstatus) from `tabAdditional Salary` where ref_docname = {reward}"
	seen = taken_back(paid["Cash"], salaries)
	assert_once(seen, ["Paid 0", "1", "0"], ["Void 0", "2", "1"], "update `tabadditional salary`")


def test_leave(paid):
	days = "select format(sum(leaves), 1) from `tabLeave Ledger Entry` where employee = {employee}"
	seen = taken_back(paid["Leave"], days)
	assert_once(seen, ["Paid 0", "1.0", "0"], ["Clawed Back 0", "None", "1"], "update `tableave allocation`")


def test_a_place_at_a_training_and_its_taxable_value(paid):
	seen = taken_back(
		paid["Training"],
		count("Training Event Employee", parent=paid["Training"].payout_name),
		"select group_concat(docstatus) from `tabAdditional Salary` where ref_docname = {reward}",
	)
	before, after = ["Paid 0", "1", "1", "0"], ["Void 0", "0", "2", "1"]
	assert_once(seen, before, after, "delete from `tabtraining event employee`")


def test_a_badge(paid):
	award = "select state from `tabRecognition Award` where source_name = {reward}"
	seen = taken_back(paid["Badge"], award)
	assert_once(
		seen, ["Paid 0", "Held", "0"], ["Clawed Back 0", "Revoked", "1"], "update `tabrecognition award`"
	)


def test_a_task_that_nobody_has_done_yet(paid):
	task = "select state from `tabReward Fulfilment` where source_name = {reward}"
	seen = taken_back(paid["Gift"], task)
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
