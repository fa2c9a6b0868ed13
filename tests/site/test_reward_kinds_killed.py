"""Exactly once for every kind: whoever pays is killed after every single database statement in turn, and begins again."""

import frappe
import pytest
import reward_factories as given
import site_factories as make
from kill_in_turn import assert_once, count, kill_in_turn, lock, not_killed_in, state_of, told
from reward_processes import commit_quietly

pytestmark = pytest.mark.commits


def story_of(commits, kind: str, prepare=None, **more):
	story = given.make_story(
		{"milestone": "Interviewed", "kind": kind, "amount": 1, "currency": "", **more}, user=True
	)
	if prepare:
		prepare(story)
	given.interview(story)
	commit_quietly(commits)
	return story


def reward_of(story):
	return given.reward_of(story, "Interviewed")


def leave_ledger(story) -> str:
	about = frappe.db.escape(story.referrer.name)
	return f"select concat(count(*), ' ', format(sum(leaves), 1)) from `tabLeave Ledger Entry` where employee = {about}"


@pytest.fixture
def leave_type(commits) -> str:
	return frappe.get_doc(doctype="Leave Type", leave_type_name=make.unique("Leave")).insert().name


def ten_days(leave_type: str):
	def allocate(story) -> None:
		year = {"from_date": frappe.utils.get_year_start(make.days_ago(0)), "to_date": make.in_days(300)}
		about = {"employee": story.referrer.name, "leave_type": leave_type, "new_leaves_allocated": 10}
		frappe.get_doc(doctype="Leave Allocation", **about, **year).insert().submit()

	return allocate


def kill_while_giving_leave(story):
	"""Pay the leave of a story, killed in turn; what was seen: the reward's state, HRMS's leave ledger, messages."""
	reward = reward_of(story)
	return kill_in_turn(
		"pay",
		story.name,
		lock("Referral Reward", reward.name),
		state_of(reward),
		leave_ledger(story),
		told(story),
	)


def test_no_kind_pays_by_code_in_which_nobody_is_killed():
	assert not_killed_in("pay") == []


def test_new_leave(commits, leave_type):
	story = story_of(commits, "Leave", leave_type=leave_type)
	seen = kill_while_giving_leave(story)
	assert_once(seen, ["Due", "None", "0"], ["Paid", "1 1.0", "1"], "insert into `tableave ledger entry`")


def test_leave_added_to_an_allocation(commits, leave_type):
	story = story_of(commits, "Leave", ten_days(leave_type), leave_type=leave_type)
	seen = kill_while_giving_leave(story)
	assert_once(seen, ["Due", "1 10.0", "0"], ["Paid", "2 11.0", "1"], "insert into `tableave ledger entry`")


def test_a_place_at_a_training(commits):
	event = given.make_training_event()
	story = story_of(commits, "Training", training_event=event.name)
	reward = reward_of(story)
	places = count("Training Event Employee", parent=event.name, employee=story.referrer.name)
	seen = kill_in_turn(
		"pay", story.name, lock("Referral Reward", reward.name), state_of(reward), places, told(story)
	)
	assert_once(seen, ["Due", "0", "0"], ["Paid", "1", "1"], "insert into `tabtraining event employee`")


def test_a_badge(commits):
	badge = frappe.get_doc(doctype="Recognition Badge", badge_name=make.unique("Badge")).insert()
	story = story_of(commits, "Badge", badge=badge.name)
	reward = reward_of(story)
	awards = count("Recognition Award", source_name=reward.name)
	seen = kill_in_turn(
		"pay", story.name, lock("Referral Reward", reward.name), state_of(reward), awards, told(story)
	)
	assert_once(seen, ["Due", "0", "0"], ["Paid", "1", "1"], "insert into `tabrecognition award`")


def test_a_task_its_assignment_and_the_gift_handed_over(commits):
	office = make.make_user().name
	story = story_of(commits, "Gift", what="A book", responsible=office)
	reward = reward_of(story)
	evidence = (
		lock("Referral Reward", reward.name),
		state_of(reward),
		count("Reward Fulfilment", source_name=reward.name, state="Open"),
		count("Reward Fulfilment", source_name=reward.name, state="Done"),
		count("ToDo", reference_type="Reward Fulfilment", allocated_to=office, status="Open"),
		told(story),
	)
	opened = ["Due", "1", "0", "1", "0"]
	seen = kill_in_turn("pay", story.name, *evidence)
	assert_once(seen, ["Due", "0", "0", "0", "0"], opened, "insert into `tabreward fulfilment`")
	task = reward_of(story).payout_name
	seen = kill_in_turn("finish", task, *evidence)
	assert_once(seen, opened, ["Paid", "0", "1", "0", "1"], "update `tabreferral reward`")


def test_the_taxable_value(commits):
	value = given.make_component(is_tax_applicable=1, do_not_include_in_total=1)
	settings = frappe.get_doc(given.SETTINGS)
	before = (settings.taxable_component, settings.submit_additional_salary)

	def put_back():
		frappe.db.set_single_value(given.SETTINGS, "taxable_component", before[0])
		frappe.db.set_single_value(given.SETTINGS, "submit_additional_salary", before[1])

	commits.at_end(put_back)
	settings.update({"taxable_component": value.name, "submit_additional_salary": 1})
	settings.save()
	badge = {"what": "A tablet", "taxable_value": 500}
	story = given.make_story(
		{"milestone": "Interviewed", "kind": "Gift", "amount": 1, "currency": "", **badge}
	)
	given.put_on_payroll(story.referrer)
	given.interview(story)
	given.pay()
	from referral_hub.fulfilment import service

	service.finish(reward_of(story).payout_name, "Given")
	commit_quietly(commits)
	reward = reward_of(story)
	seen = kill_in_turn(
		"tax",
		reward.name,
		lock("Referral Reward", reward.name),
		f"select taxable_state from `tabReferral Reward` where name = {frappe.db.escape(reward.name)}",
		count("Additional Salary", ref_docname=reward.name),
	)
	assert_once(seen, ["Waiting", "0"], ["In Payroll", "1"], "insert into `tabadditional salary`")
