"""One person may have several Employee records, and one login may have been two people's: whose money it is, is never mixed up."""

import frappe
import pytest
import reward_factories as given
import site_factories as make
from frappe.utils import today

from referral_hub.patches import keep_whom_promised
from referral_hub.people import employments
from referral_hub.points import service as points
from referral_hub.referrals import credit


def test_a_login_given_to_somebody_else_gives_them_no_money():
	story = given.make_story(given.points("Joined", 300), user=True)
	make.part_with_employee(story.referrer, today())
	successor = make.make_employee("Bob", user_id=story.referrer.user_id, date_of_birth="2000-02-02")
	given.hire(story)
	given.pay()
	assert employments.record_now(story.referrer.name) == story.referrer.name
	assert given.reward_of(story, "Joined").employee == story.referrer.name
	assert points.balance(successor.name) == 0
	told = frappe.get_all("Referral Message", {"referral": story.name}, pluck="recipient")
	assert successor.name not in told


def paid_story(*milestones):
	"""A referrer whose candidate joined some weeks ago: 300 points were paid, to the record they have now."""
	story = given.make_story(given.points("Joined", 300), *milestones, user=True)
	given.hire(story, date_of_joining=make.days_ago(40))
	given.pay()
	return story


def confirm(story):
	make.confirm_employee(story.hire, today())
	given.follow(story)
	given.pay()


def whole(story) -> dict[tuple[str, str], str]:
	rows = frappe.get_all("Referral Reward", {"referral": story.name}, ["milestone", "employee", "state"])
	return {(row.milestone, row.employee): row.state for row in rows}


def test_what_was_paid_is_not_paid_again_when_records_are_one_no_longer():
	story = given.make_story(given.points("Joined", 300), given.points("Confirmed", 50), user=True)
	first = story.referrer
	make.part_with_employee(first, today())
	second = make.make_employee(user_id=first.user_id)
	given.hire(story, date_of_joining=make.days_ago(40))
	given.pay()
	frappe.db.set_value("Employee", second.name, {"status": "Left", "user_id": None})
	frappe.db.set_value("Employee", first.name, {"status": "Active", "relieving_date": None})
	confirm(story)
	assert whole(story) == {("Joined", second.name): "Paid", ("Confirmed", first.name): "Paid"}


def test_what_was_paid_is_not_paid_again_when_the_records_become_one_after_the_credit_moved():
	story = paid_story(given.points("Confirmed", 50))
	first, second = story.referrer, make.make_employee()
	credit.move_credit(story.name, second.name, "A new contract")
	given.follow(story)
	given.pay()
	paid = frappe.db.get_value("Referral Reward", {"referral": story.name, "state": "Paid"})
	frappe.db.sql("update `tabReferral Reward` set name = '0000000000' where name = %s", paid)
	make.part_with_employee(first, today())
	frappe.db.set_value("Employee", second.name, "user_id", first.user_id)
	confirm(story)
	assert whole(story) == {
		("Joined", first.name): "Clawed Back",
		("Joined", second.name): "Paid",
		("Confirmed", second.name): "Paid",
	}


def test_credit_does_not_move_to_another_record_of_the_same_person():
	story = paid_story()
	make.part_with_employee(story.referrer, today())
	again = make.make_employee(user_id=story.referrer.user_id)
	with pytest.raises(credit.CreditNotMoved, match="credited already"):
		credit.move_credit(story.name, again.name, "A new contract")


def test_rewards_of_before_learn_whom_they_were_promised_to():
	"""What was paid to the record its person has now is the promise; what was undone before it is another."""
	story = paid_story()
	first = story.referrer.name
	make.part_with_employee(first, today())
	second = make.make_employee(user_id=story.referrer.user_id).name
	(name,) = frappe.get_all("Referral Reward", {"referral": story.name}, pluck="name")
	frappe.db.set_value("Referral Reward", name, {"referrer": None, "employee": second})
	keep_whom_promised.execute()
	assert frappe.db.get_value("Referral Reward", name, "referrer") == first
	undone = frappe._dict(name="undone", employee=first, state="Clawed Back", credited_now=first)
	paid = frappe._dict(name="paid", employee=second, state="Paid", credited_now=first)
	for rows in ([undone, paid], [paid, undone]):
		assert keep_whom_promised.promised_to(rows) == {"paid": first, "undone": second}
