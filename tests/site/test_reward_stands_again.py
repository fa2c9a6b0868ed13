"""A reward that was taken back and stands again pays only what the employee does not have of it already."""

import frappe
import pytest
import reward_factories as given
import site_factories as make
from frappe.utils import add_days, today

from referral_hub.api import desk
from referral_hub.rewards.paying import payroll

PAYOUT = "Additional Salary"


@pytest.fixture(autouse=True)
def cash_component(component):
	return component


def reward(story):
	return frappe.get_doc("Referral Reward", given.reward_of(story, "Interviewed").name)


def stands(story) -> tuple:
	row = reward(story)
	return row.state, row.owed_amount


def void(story, why: str = "The interview never happened") -> tuple:
	desk.void_reward(reward(story).name, why)
	return stands(story)


def release(story) -> tuple:
	desk.release_reward(reward(story).name, "It did happen")
	given.pay()
	return stands(story)


def carried(amount: float = 1000):
	"""A story whose cash a submitted salary slip has carried."""
	story = given.make_story(given.cash("Interviewed", amount))
	given.put_on_payroll(story.referrer)
	given.interview(story)
	given.pay()
	carry(story)
	return story


def carry(story, on=None) -> None:
	slip = given.make_slip(story.referrer, on)
	slip.submit()
	for name in payroll.rewards_in_slip(slip.name):
		payroll.follow(name)


def salaries(story) -> list[float]:
	named = {"ref_docname": reward(story).name, "docstatus": 1}
	return frappe.get_all(PAYOUT, named, pluck="amount", order_by="creation asc")


def test_what_was_written_off_is_not_paid_a_second_time():
	story = carried()
	assert void(story) == ("Owed", 1000)
	assert void(story, "We let it be") == ("Void", 0)
	assert desk.reward_reconciliation(employee=story.referrer.name) == []
	assert release(story) == ("Confirmed", 0)
	assert salaries(story) == [1000]
	assert void(story) == ("Owed", 1000)


def test_of_what_was_partly_given_back_and_then_written_off_only_the_rest_is_paid():
	story = carried()
	void(story)
	desk.note_paid_back(reward(story).name, "At the counter", 400)
	assert void(story, "We let it be") == ("Void", 0)
	assert release(story) == ("Paid", 0)
	assert salaries(story) == [1000, 400]
	assert void(story) == ("Owed", 600)


def test_what_was_given_back_in_full_meanwhile_is_not_asked_back_again():
	story = carried()
	void(story)
	desk.note_paid_back(reward(story).name, "At the counter", 400)
	release(story)
	assert void(story) == ("Owed", 600)
	desk.note_paid_back(reward(story).name, "The rest")
	assert release(story) == ("Paid", 0)
	assert salaries(story) == [1000, 1000]
	carry(story, given.next_month())
	assert void(story) == ("Owed", 1000)


def test_what_was_kept_is_owed_again_when_it_is_voided_before_the_rest_is_paid():
	story = carried()
	void(story)
	desk.note_paid_back(reward(story).name, "At the counter", 400)
	desk.release_reward(reward(story).name, "It did happen")
	assert stands(story) == ("Due", 600)
	assert void(story) == ("Owed", 600)


def test_no_more_is_asked_back_than_payroll_has_paid(component):
	given.pay_cash_with(component, submit=False)
	story = given.make_story(given.cash("Interviewed", 1000))
	given.put_on_payroll(story.referrer)
	given.interview(story)
	given.pay()
	draft = frappe.get_doc(PAYOUT, reward(story).payout_name)
	draft.amount = 800
	draft.submit()
	carry(story)
	assert void(story) == ("Owed", 800)
	assert release(story) == ("Confirmed", 0)


def test_days_of_leave_that_were_taken_are_not_given_a_second_time():
	leave_type = frappe.get_doc(doctype="Leave Type", leave_type_name=make.unique("Leave")).insert().name
	days = {
		"milestone": "Interviewed",
		"kind": "Leave",
		"amount": 3,
		"currency": "",
		"leave_type": leave_type,
	}
	story = given.make_story(days)
	given.interview(story)
	given.pay()
	take_a_day(story, leave_type)
	assert void(story) == ("Owed", 1)
	assert release(story) == ("Paid", 0)
	assert allocated(story, leave_type) == 3


def take_a_day(story, leave_type: str) -> None:
	day = add_days(today(), 2)
	about = {"leave_type": leave_type, "from_date": day, "to_date": day, "docstatus": 1, "leaves": -1}
	about |= {"transaction_type": "Leave Application", "transaction_name": "taken"}
	frappe.get_doc(doctype="Leave Ledger Entry", employee=story.referrer.name, **about).db_insert()


def allocated(story, leave_type: str) -> float:
	about = {
		"employee": story.referrer.name,
		"leave_type": leave_type,
		"transaction_type": "Leave Allocation",
	}
	return sum(frappe.get_all("Leave Ledger Entry", about, pluck="leaves"))
