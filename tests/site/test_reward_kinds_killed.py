"""Exactly once for every kind: whoever pays is killed after every single database statement in turn, and begins again."""

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

from referral_hub.points import service as points

pytestmark = pytest.mark.commits

REPOSITORY = Path(__file__).resolve().parents[2]
KILLER = REPOSITORY / "tests" / "helpers" / "killed_in_turn.py"
FEWEST_STATEMENTS = 10


def kill_in_turn(work: str, about: str, *evidence: str) -> dict:
	environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
	command = [sys.executable, str(KILLER), site_name(), work, about, json.dumps(evidence)]
	done = subprocess.run(
		command, cwd=sites_folder(), env=environment, capture_output=True, text=True, timeout=900
	)
	assert done.returncode == 0, done.stderr
	frappe.db.rollback()
	return json.loads(done.stdout)


def assert_once(result: dict, before: list, after: list, statement: str) -> None:
	"""Nothing until the commit that carries all of it, all of it from then on, and a kill at each point of the way.

	`statement`: one that must have been among the points, so that the way is known to lead through the payment.
	"""
	left = [killed["left"] for killed in result["killed"]]
	said = [killed["after"].lower() for killed in result["killed"]]
	undone = left.count(before)
	assert left == [before] * undone + [after] * (len(left) - undone)
	assert result["end"] == after
	assert undone >= FEWEST_STATEMENTS
	assert said[undone] == "commit"
	assert any(words.startswith(statement.lower()) for words in said[:undone])
	assert points.verify(make.COMPANY) == []


def story_of(commits, kind: str, prepare=None, **more):
	story = given.make_story(
		{"milestone": "Interviewed", "kind": kind, "amount": 1, "currency": "", **more}, user=True
	)
	if prepare:
		prepare(story)
	given.interview(story)
	commit_quietly(commits)
	return story


def commit_quietly(commits) -> None:
	"""Commit without the jobs that would follow: a worker somewhere would pay before the killed one does."""
	frappe.db.after_commit.reset()
	commits.commit()


def reward_of(story):
	return given.reward_of(story, "Interviewed")


def lock(doctype: str, name: str) -> str:
	return f"select name from `tab{doctype}` where name = {frappe.db.escape(name)} for update"


def state_of(reward) -> str:
	return f"select state from `tabReferral Reward` where name = {frappe.db.escape(reward.name)}"


def told(story) -> str:
	event = "select count(distinct event_key) from `tabReferral Message` where event = 'reward_paid'"
	return f"{event} and referral = {frappe.db.escape(story.name)}"


def count(doctype: str, **filters) -> str:
	where = " and ".join(f"`{field}` = {frappe.db.escape(value)}" for field, value in filters.items())
	return f"select count(*) from `tab{doctype}` where {where}"


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
