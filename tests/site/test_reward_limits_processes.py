"""What is limited stays so with real processes at once: a program's budget, and a bonus for several hires."""

import json

import frappe
import pytest
import reward_factories as given
import site_factories as make
from reward_processes import (
	CONNECT,
	PROCESSES,
	another_connection,
	commit_quietly,
	run_each,
	run_together,
)

from referral_hub.rewards.promising import rule_editing

pytestmark = pytest.mark.commits

REFER = (
	CONNECT
	+ """
from referral_hub.referrals.service import Candidate, submit

employee, opening, program, email = sys.argv[1:]
made = retry_deadlocks(lambda: submit(employee, Candidate("Ada", email), opening, program))
frappe.db.commit()
print(int(bool(frappe.parse_json(made.terms)["milestones"])))
"""
)
COUNT = (
	CONNECT
	+ """
from referral_hub.people import employments
from referral_hub.rewards import counting

person = employments.person_of(sys.argv[1])
frappe.db.commit()
earned = retry_deadlocks(lambda: counting.count(person))
commit_quietly()
print(len(earned))
"""
)


@pytest.fixture
def only_our_rules(commits):
	"""No rule of another test counts; those that were enabled are so again at the end."""
	enabled = frappe.get_all("Reward Rule", {"enabled": 1}, pluck="name")

	def switch(value: int) -> None:
		for name in enabled:
			frappe.db.set_value("Reward Rule", name, "enabled", value, update_modified=False)

	switch(0)
	commits.at_end(lambda: switch(1))


def test_eight_who_refer_at_once_are_promised_no_more_than_the_budget(commits, only_our_rules):
	budget = {"budget_amount": 2500, "budget_currency": "CNY", "enabled": 1}
	program = frappe.get_doc(
		doctype="Referral Program", program_name=make.unique("Spring"), **budget
	).insert()
	opening = make.make_opening()
	given.make_rule(given.cash("Joined", 1000), designation=opening.designation)
	referrers = [make.make_employee().name for _ in range(PROCESSES)]
	commit_quietly(commits)
	promised = run_each(
		REFER, [(name, opening.name, program.name, make.unique_email("ada")) for name in referrers]
	)
	assert promised == 2
	rows = frappe.get_all("Referral", {"program": program.name}, ["terms", "budget_cost"])
	unpaid = [row for row in rows if json.loads(row.terms) == {"milestones": [], "budget": "used up"}]
	assert (len(rows), len(unpaid), sum(row.budget_cost for row in rows)) == (8, 6, 2000)
	assert frappe.db.get_value("Referral Program", program.name, "budget_used") == 2000


def test_eight_who_count_at_once_earn_a_bonus_for_several_hires_once(commits, only_our_rules):
	referrer, opening = make.make_employee(user=True), make.make_opening()
	given.make_rule(
		given.points("Joined", 2000, hires=2),
		pays_for="Several Hires",
		period="Year",
		designation=opening.designation,
	)
	stories = [given.refer(referrer, opening) for _ in range(2)]
	for story in stories:
		given.hire(story)
	commit_quietly(commits)
	assert run_together(COUNT, referrer.name) == 1
	bonuses = frappe.get_all("Referral Reward", {"employee": referrer.name}, ["amount", "state", "attempt"])
	assert bonuses == [{"amount": 2000, "state": "Due", "attempt": 1}]
	assert sum(len(given.told(story, "reward_earned")) for story in stories) == 1


def test_a_rule_that_somebody_saved_while_another_waited_is_not_overlooked(commits, only_our_rules):
	rule = given.make_rule(given.points("Joined", 10), designation=make.make_opening().designation)
	commit_quietly(commits)
	rule.reload()  # and has looked around: what others commit from now on is not seen
	with another_connection():
		frappe.db.sql("update `tabReward Rule` set modified = now(6) where name = %s", rule.name)
	with pytest.raises(frappe.TimestampMismatchError, match="Somebody else has just changed a rule"):
		rule_editing.refuse_tie(rule)
	frappe.db.rollback()
	rule_editing.refuse_tie(rule.reload())
