"""A place at a training: the employee is on the list of HRMS's Training Event, and off it again unless they went."""

import frappe
import pytest
import reward_factories as given
import site_factories as make
from frappe.utils import add_days, today

from referral_hub import tasks
from referral_hub.rewards import service as rewards

EVENT = "Training Event"


@pytest.fixture
def program():
	return given.make_training_program()


def training(milestone: str = "Interviewed", **more) -> dict:
	return {"milestone": milestone, "kind": "Training", "amount": 1, "currency": "", **more}


def earned(**more):
	story = given.make_story(training(**more), user=True)
	given.interview(story)
	return story


def reward(story):
	return given.reward_of(story, "Interviewed")


def guests(event) -> list[tuple]:
	rows = frappe.get_all(
		"Training Event Employee", {"parent": event.name}, ["employee", "status"], order_by="idx"
	)
	return [(row.employee, row.status) for row in rows]


def undo_interview(story) -> None:
	for name in frappe.get_all("Interview", {"job_applicant": story.applicant.name}, pluck="name"):
		frappe.get_doc("Interview", name).delete()
	given.follow(story)


@pytest.mark.parametrize("submit", [False, True], ids=["draft", "submitted"])
def test_the_employee_is_on_the_list_of_the_next_event_once(program, submit):
	later, sooner = (
		given.make_training_event(program, 20, submit),
		given.make_training_event(program, 10, submit),
	)
	story = earned(training_program=program)
	assert given.pay()["paid"] == 1
	assert given.pay()["paid"] == 0
	assert [row[0] for row in guests(sooner)] == [story.referrer.name]
	assert guests(later) == []
	assert frappe.db.get_value(EVENT, sooner.name, "employee_emails") == story.referrer.user_id
	paid = reward(story)
	assert (paid.state, paid.payout_doctype, paid.payout_name) == ("Paid", EVENT, sooner.name)
	assert rewards.explain(paid.name)["sentence"].startswith(f"A place at {program}: ")


def test_a_rule_may_name_the_event(program):
	given.make_training_event(program, 5)
	named = given.make_training_event(program, 10)
	story = earned(training_event=named.name)
	given.pay()
	assert reward(story).payout_name == named.name


def test_without_an_event_to_come_the_reward_waits_and_says_for_what(program):
	given.make_training_event(program, -10)
	given.make_training_event(program, 10, event_status="Cancelled")
	story = earned(training_program=program)
	assert given.pay()["held"] == 1
	assert reward(story).state_reason == (
		f"No Training Event of {program} is scheduled that the employee is not on already."
	)
	event = given.make_training_event(program)
	assert given.pay()["paid"] == 1
	assert [row[0] for row in guests(event)] == [story.referrer.name]


def test_an_event_the_employee_goes_to_anyway_is_no_reward(program):
	first = given.make_training_event(program, 5)
	second = given.make_training_event(program, 10)
	story = given.make_story(training(training_program=program))
	first.append("employees", {"employee": story.referrer.name})
	first.save()
	given.interview(story)
	given.pay()
	assert len(guests(first)) == 1
	assert [row[0] for row in guests(second)] == [story.referrer.name]


@pytest.mark.parametrize("submit", [False, True], ids=["draft", "submitted"])
def test_undone_before_the_event_the_place_is_free_again(program, submit):
	event = given.make_training_event(program, submit=submit)
	colleague = make.make_employee()
	event.append("employees", {"employee": colleague.name})
	event.save()
	story = earned(training_program=program)
	given.pay()
	undo_interview(story)
	assert [row[0] for row in guests(event)] == [colleague.name]
	assert (reward(story).state, reward(story).payout_name) == ("Void", None)
	given.interview(story)
	given.pay()
	assert [row[0] for row in guests(event)] == [colleague.name, story.referrer.name]


def test_who_attended_owes_it(program):
	event = given.make_training_event(program, submit=True)
	story = earned(training_program=program)
	given.pay()
	event.reload()
	event.employees[0].attendance = "Present"
	event.event_status = "Completed"
	event.save()
	undo_interview(story)
	assert (reward(story).state, reward(story).owed_amount) == ("Owed", 1)
	assert guests(event) == [(story.referrer.name, "Completed")]


def test_an_event_that_is_cancelled_makes_the_reward_due_for_the_next_one(program, commits):
	event = given.make_training_event(program, submit=True)
	story = earned(training_program=program)
	given.pay()
	event.reload()
	event.event_status = "Cancelled"
	event.save()
	next_one = given.make_training_event(program, 30)
	commits.commit()
	tasks.pay_due_rewards()
	assert [row[0] for row in guests(next_one)] == [story.referrer.name]
	assert (reward(story).state, reward(story).payout_name) == ("Paid", next_one.name)


def test_a_rule_names_a_program_or_an_event():
	with pytest.raises(frappe.ValidationError, match="Row 1: choose a Training Program or a Training Event."):
		given.make_rule(training())


def test_the_event_of_another_company_is_not_ours(program):
	other = frappe.get_doc(
		doctype="Company",
		company_name=make.unique("Other"),
		abbr=frappe.generate_hash(length=5),
		default_currency="CNY",
	)
	other.name = other.company_name
	other.db_insert()
	given.make_training_event(program, company=other.name)
	story = earned(training_program=program)
	assert given.pay()["held"] == 1
	assert reward(story).due_on <= frappe.utils.getdate(add_days(today(), 0))
