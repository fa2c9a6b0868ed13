"""A hire who comes back or is transferred by HRMS keeps what was reached; a correction still takes back."""

import frappe
import pytest
import reward_factories as given
import site_factories as make
from frappe.utils import add_days, add_months, getdate, today

from referral_hub.points import service as points
from referral_hub.referrals.deriving.reconcile import find_moved
from referral_hub.rewards.paying import payroll

MILESTONES = (
	given.points("Joined", 100),
	given.points("Confirmed", 200),
	given.points("Retained", 300, after_months=4),
)
ALL_PAID = {"Joined": "Paid", "Confirmed": "Paid", "Retained": "Paid"}


def hired(*milestones, joined: int = -200):
	"""A story whose hire joined some days ago, with everything reached since then paid."""
	story = given.make_story(*(milestones or MILESTONES), user=True)
	given.hire(story, date_of_joining=make.days_ago(-joined))
	given.pay()
	return story


def leave(story, days: int) -> None:
	make.part_with_employee(story.hire, add_days(today(), days))
	given.follow(story)


def come_back(story, days: int):
	offer = frappe.db.get_value("Job Offer", {"job_applicant": story.applicant.name})
	again = make.hire(offer, date_of_joining=add_days(today(), days))
	given.follow(story)
	return again


def transfer(story, *, new_id: bool, company: str | None = None, employee=None):
	"""HR transfers the hire, or the record the hire has now; return that of afterwards."""
	now = make.transfer(employee or frappe.get_doc("Employee", story.hire.name), company, new_id)
	given.follow(story)
	return now


def standing(story) -> tuple:
	return story.referral.outcome, story.referral.stage, given.states_of(story)


def wallet(story) -> int:
	return points.balance(story.referrer.name)


@pytest.mark.parametrize("days", [20, 0], ids=["in twenty days", "today"])
def test_a_hire_who_comes_back_takes_nothing_away_and_pays_nothing_twice(days):
	story = hired()
	assert standing(story) == ("Hired", "Confirmed", ALL_PAID)
	leave(story, -20)
	again = come_back(story, days)
	given.pay()
	outcome, person = ("Left", story.hire.name) if days else ("Hired", again.name)
	assert standing(story) == (outcome, "Confirmed", ALL_PAID)
	assert (story.referral.hired_employee, wallet(story)) == (person, 600)
	assert str(story.referral.joined_on) == make.days_ago(200)
	assert given.told(story, "reward_taken_back") == []


def test_what_the_first_stay_had_not_reached_can_be_reached_in_the_next():
	story = hired(joined=-100)
	assert given.states_of(story) == {"Joined": "Paid", "Confirmed": "Paid", "Retained": "Promised"}
	leave(story, -6)
	assert given.reward_of(story, "Retained").state == "Void"
	come_back(story, 0)
	assert given.states_of(story) == {"Joined": "Paid", "Confirmed": "Paid", "Retained": "Promised"}
	assert given.reward_of(story, "Retained").earned_on == getdate(add_months(today(), 4))


@pytest.mark.parametrize("new_id", [True, False], ids=["with a new id", "on the same record"])
@pytest.mark.parametrize("is_other", [True, False], ids=["another company", "the same company"])
def test_a_transfer_goes_on_from_the_first_day(new_id, is_other):
	story = hired(*MILESTONES, given.points("Retained", 50, after_months=8))
	before = frappe.get_all(
		"Referral Reward", {"referral": story.name}, ["name", "state", "earned_on"], order_by="name"
	)
	now = transfer(story, new_id=new_id, company=make.other_company() if is_other else None)
	assert (now.name != story.hire.name) is new_id
	assert now.date_of_joining == (getdate() if is_other else getdate(make.days_ago(200)))  # HRMS moves it
	given.pay()
	after = frappe.get_all(
		"Referral Reward", {"referral": story.name}, ["name", "state", "earned_on"], order_by="name"
	)
	assert after == before
	assert (story.referral.outcome, story.referral.stage) == ("Hired", "Confirmed")
	assert story.referral.hired_employee == now.name
	assert (str(story.referral.joined_on), story.referral.stays) == (make.days_ago(200), None)
	assert wallet(story) == 600


def test_a_transfer_counts_also_when_hr_moved_its_first_day_and_forgot_the_applicant():
	story = hired()
	now = transfer(story, new_id=True, company=make.other_company())
	now.db_set({"date_of_joining": make.in_days(9), "job_applicant": None})
	given.follow(story)
	assert standing(story) == ("Hired", "Confirmed", ALL_PAID)
	assert story.referral.hired_employee == now.name


def test_two_transfers_in_a_row_are_one_stay():
	story = hired()
	first = transfer(story, new_id=True, company=make.other_company())
	transfer(story, new_id=False, company=make.other_company(), employee=first)
	assert standing(story) == ("Hired", "Confirmed", ALL_PAID)
	assert str(story.referral.joined_on) == make.days_ago(200)


def test_a_transfer_that_is_cancelled_leaves_its_date_behind_and_takes_nothing_away():
	story = hired()
	transfer(story, new_id=False, company=make.other_company())
	frappe.get_last_doc("Employee Transfer", {"employee": story.hire.name}).cancel()
	given.follow(story)
	assert frappe.db.get_value("Employee", story.hire.name, "date_of_joining") == getdate()
	assert standing(story) == ("Hired", "Confirmed", ALL_PAID)


def test_a_joining_date_that_was_wrong_still_takes_back_and_tells_once():
	story = hired()
	employee = frappe.get_doc("Employee", story.hire.name)
	employee.date_of_joining = make.in_days(20)
	employee.save()
	given.follow(story)
	given.follow(story)
	assert standing(story) == ("Open", "Offered", dict.fromkeys(ALL_PAID, "Clawed Back"))
	assert wallet(story) == 0
	told = given.told(story, "reward_taken_back")
	assert len(told) == 3
	assert {row.recipient for row in told} == {story.referrer.name}
	assert {row.why_en for row in told} == {"The candidate is no longer at the step this reward is for."}
	assert {row.why_zh for row in told} != {row.why_en for row in told}


def test_cash_on_a_submitted_slip_stays_when_the_hire_comes_back_and_is_owed_after_a_correction():
	given.pay_cash_with(given.make_component())
	story = given.make_story(given.cash("Joined", 1000), user=True)
	given.put_on_payroll(story.referrer)
	given.hire(story, date_of_joining=make.days_ago(200))
	given.pay()
	slip = given.make_slip(story.referrer)
	slip.submit()
	for name in payroll.rewards_in_slip(slip.name):
		payroll.follow(name)
	assert given.states_of(story) == {"Joined": "Confirmed"}
	leave(story, -20)
	again = come_back(story, 20)
	assert given.states_of(story) == {"Joined": "Confirmed"}
	again.delete()
	employee = frappe.get_doc("Employee", story.hire.name)
	employee.update({"status": "Active", "relieving_date": None, "date_of_joining": make.in_days(20)})
	employee.save()
	given.follow(story)
	assert given.states_of(story) == {"Joined": "Owed"}
	(told,) = given.told(story, "reward_taken_back")
	assert "1,000.00" in told.owed_en


def test_the_applicant_of_who_came_back_may_be_deleted():
	story = hired()
	leave(story, -20)
	come_back(story, 0)
	frappe.db.delete("Job Applicant", {"name": story.applicant.name})
	given.follow(story)
	assert standing(story) == ("Hired", "Confirmed", ALL_PAID)


def test_the_reconcile_sees_the_same_stays():
	story = hired()
	leave(story, -20)
	come_back(story, 0)
	assert story.name not in find_moved(after="", limit=100000).changed
