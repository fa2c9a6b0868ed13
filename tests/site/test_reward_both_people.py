"""Both people are looked at on the due date again, on real documents; who comes back is neither paid for twice nor lost."""

from datetime import date

import frappe
import pytest
import reward_factories as given
import site_factories as make
from frappe.utils import add_months, today

from referral_hub.api import desk
from referral_hub.points import service as points
from referral_hub.rewards.paying import payroll, salaries

INACTIVE = "The referrer is not an active employee."
WAS_AWAY = "The referrer was not an active employee on the day this was earned."
HIRE_LEFT = "The new colleague no longer works here."
OWNED = (
	*(("Referral", "referrer"), ("Candidate Key", "referrer")),
	*(("Referral Reward", "referrer"), ("Referral Reward", "employee")),
	*(("Reward Recovery", "employee"), ("Reward Fulfilment", "employee")),
)


def here(employee, is_here: bool) -> None:
	frappe.db.set_value("Employee", employee.name, "status", "Active" if is_here else "Inactive")


def referred(may_be_paid: bool, **milestone):
	story_of = given.points("Joined", 100, **milestone)
	referrer, opening = make.make_employee(), make.make_opening()
	if not may_be_paid:
		frappe.get_doc(
			doctype="Opening Profile", job_opening=opening.name, hiring_manager=referrer.name
		).insert()
	return given.refer(referrer, opening, given.make_rule(story_of, designation=opening.designation))


def joined(story) -> tuple:
	reward = given.rewards_of(story).get("Joined")
	return (reward.state, reward.state_reason) if reward else ()


def balance(story) -> int:
	return points.balance(story.referrer.name)


@pytest.mark.parametrize(
	("at_referral", "at_hire", "at_payout", "expected"),
	[
		(True, True, True, ("Paid", None)),
		(True, True, False, ("On Hold", INACTIVE)),
		(True, False, True, ("On Hold", WAS_AWAY)),
		(True, False, False, ("On Hold", INACTIVE)),
		(False, True, True, ()),
		(False, True, False, ()),
		(False, False, True, ()),
		(False, False, False, ()),
	],
)
def test_the_eight_cases_of_who_is_here_when(at_referral, at_hire, at_payout, expected):
	story = referred(may_be_paid=at_referral)
	here(story.referrer, at_hire)
	given.hire(story)
	here(story.referrer, at_payout)
	given.pay()
	assert joined(story) == expected
	assert balance(story) == (100 if expected[:1] == ("Paid",) else 0)


def test_who_is_back_is_paid_and_who_was_away_when_a_person_says_so():
	story = referred(may_be_paid=True)
	here(story.referrer, False)
	given.hire(story)
	given.pay()
	here(story.referrer, True)
	given.pay()
	assert joined(story) == ("On Hold", WAS_AWAY)
	desk.release_reward(given.reward_of(story, "Joined").name, "On parental leave")
	assert given.pay()["paid"] == 1
	assert (joined(story), balance(story)) == (("Paid", None), 100)


def test_a_hire_who_left_before_the_due_date_is_not_paid_for_until_they_are_back():
	story = referred(may_be_paid=True, payout_delay_days=30)
	hire = given.hire(story)
	make.part_with_employee(hire)
	given.follow(story)
	given.pay(make.in_days(30))
	assert joined(story) == ("On Hold", HIRE_LEFT)
	come_back(hire)
	given.follow(story)
	given.pay(make.in_days(30))
	given.pay(make.in_days(31))
	assert (joined(story), balance(story)) == (("Paid", None), 100)


def come_back(hire) -> None:
	hire.reload()
	hire.update({"status": "Active", "relieving_date": None})
	hire.save()


def test_a_second_stay_on_the_same_record_is_not_paid_again():
	story = referred(may_be_paid=True)
	hire = given.hire(story)
	given.pay()
	make.part_with_employee(hire)
	given.follow(story)
	come_back(hire)
	given.follow(story)
	given.pay()
	assert (joined(story), balance(story)) == (("Paid", None), 100)


def test_a_second_record_of_the_same_person_counts_its_own_months_and_pays_once():
	joining, staying = given.points("Joined", 100), given.points("Retained", 50, after_months=6)
	story = given.make_story(joining, staying)
	first = given.hire(story, date_of_joining=str(add_months(today(), -3)))
	given.pay()
	make.part_with_employee(first, on=str(add_months(today(), -1)))
	given.follow(story)
	assert given.states_of(story) == {"Joined": "Paid", "Retained": "Void"}
	second = frappe.copy_doc(frappe.get_doc("Employee", first.name))
	second.update({"status": "Active", "relieving_date": None, "date_of_joining": today(), "user_id": None})
	second.insert()
	given.follow(story)
	assert given.states_of(story) == {"Joined": "Paid", "Retained": "Promised"}
	retained = given.reward_of(story, "Retained")
	assert str(retained.earned_on) == str(add_months(today(), 6))
	given.pay()
	assert balance(story) == 100


def test_a_second_stay_that_begins_later_is_paid_once_in_the_end():
	story = referred(may_be_paid=True)
	hire = given.hire(story)
	given.pay()
	hire.reload()
	hire.update({"date_of_joining": make.in_days(10)})
	hire.save()
	given.follow(story)
	assert (joined(story)[0], balance(story)) == ("Clawed Back", 0)
	hire.reload()
	hire.update({"date_of_joining": today()})
	hire.save()
	given.follow(story)
	given.pay()
	assert (joined(story)[0], balance(story)) == ("Paid", 100)


@pytest.mark.parametrize(
	("first", "last", "due", "expected"),
	[
		("2027-01-01", "2027-01-31", date(2027, 1, 31), date(2027, 2, 1)),
		("2027-02-01", "2027-02-28", date(2027, 2, 28), date(2027, 3, 1)),
		("2028-02-01", "2028-02-29", date(2028, 2, 28), date(2028, 3, 1)),
		("2028-02-01", "2028-02-29", date(2028, 3, 1), date(2028, 3, 1)),
		("2027-12-01", "2027-12-31", date(2027, 12, 5), date(2028, 1, 1)),
	],
)
def test_a_payroll_period_that_is_closed_is_passed_over_whatever_its_length(first, last, due, expected):
	employee = make.make_employee()
	slip = frappe.get_doc(
		doctype="Salary Slip", employee=employee.name, start_date=first, end_date=last, docstatus=1
	)
	slip.name = make.unique("Slip")
	slip.db_insert()
	assert salaries.payroll_date(employee.name, due) == expected


def test_who_gets_the_number_of_a_deleted_referrer_gets_none_of_their_rewards():
	story = given.make_story(given.points("Interviewed", 50))
	given.interview(story)
	number, name = story.referrer.name, given.reward_of(story, "Interviewed").name
	frappe.delete_doc("Employee", number, force=True)
	assert make.make_employee().name == number  # by the series
	assert given.pay() == {"paid": 0, "held": 1, "failed": 0}
	waits = frappe.get_doc("Referral Reward", name)
	assert (waits.state, waits.state_reason) == ("On Hold", "The referrer is not an active employee.")
	assert number not in (
		waits.employee,
		waits.referrer,
		frappe.db.get_value("Referral", story.name, "referrer"),
	)
	assert waits.employee == waits.referrer == frappe.db.get_value("Referral", story.name, "referrer")


def test_nothing_of_a_deleted_referrer_stands_under_their_number():
	gift = {"milestone": "Interviewed", "kind": "Gift", "amount": 1, "currency": "", "what": "A tablet"}
	story = given.make_story(given.cash("Interviewed", 1000), gift)
	given.interview(story)
	given.pay()
	cash = frappe.db.get_value("Referral Reward", {"referral": story.name, "kind": "Cash"})
	frappe.db.set_value("Referral Reward", cash, {"state": "Owed", "owed_amount": 1000})
	desk.note_paid_back(cash, "At the counter", 400)
	number = story.referrer.name

	def under_the_number() -> list:
		return [column for column in OWNED if frappe.db.exists(column[0], {column[1]: number})]

	assert under_the_number() == [*OWNED]
	frappe.delete_doc("Employee", number, force=True)
	assert under_the_number() == []


def test_cash_for_a_month_after_a_transfer_is_paid_to_the_record_they_have_now(component):
	"""As it was promised: the salary of before was in another currency."""
	given.make_rate("CNY", "USD", 0.15)
	story = given.make_story(given.cash("Interviewed", 1000))
	given.put_on_payroll(story.referrer, currency="USD")
	given.interview(story)
	given.pay()
	name, payout = (given.reward_of(story, "Interviewed").get(field) for field in ("name", "payout_name"))
	assert frappe.db.get_value("Additional Salary", payout, "amount") == 150
	frappe.db.set_value("Additional Salary", payout, "payroll_date", given.next_month())
	assert payroll.without_salary() == []
	now = make.transfer(story.referrer)
	given.put_on_payroll(now)
	assert [row.code for row in desk.reward_reconciliation()] == ["never_carried"]
	assert payroll.without_salary() == [name]
	assert payroll.follow_salary_gone(name)
	assert given.pay()["paid"] == 1
	paid = frappe.get_doc("Referral Reward", name)
	assert (paid.state, paid.employee, payroll.without_salary()) == ("Paid", now.name, [])
	alive = {"ref_docname": name, "docstatus": 1}
	assert frappe.get_all("Additional Salary", alive, ["employee", "amount", "currency"], as_list=True) == (
		(now.name, 1000, "CNY"),
	)
