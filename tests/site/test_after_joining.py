"""After joining, a hire is followed to the end: confirmed, moved dates, gone, back again, and what each earns."""

import reward_factories as given
import site_factories as hr
from frappe.utils import add_months, today

from referral_hub.rewards import service as rewards


def months_ago(months: int) -> str:
	return str(add_months(today(), -months))


def test_every_milestone_after_joining_is_earned_by_the_employee_record():
	story = given.make_story(
		given.points("Joined", 1), given.points("Confirmed", 2), given.points("Retained", 3, after_months=6)
	)
	employee = given.hire(story, date_of_joining=months_ago(2))
	assert given.states_of(story) == {"Joined": "Due", "Retained": "Promised"}
	hr.confirm_employee(employee)
	given.follow(story)
	assert given.states_of(story)["Confirmed"] == "Due"
	rewards.earn_by_time(str(add_months(today(), 4)))
	assert given.states_of(story)["Retained"] == "Due"


def test_a_confirmation_moved_to_a_later_day_is_not_earned_yet():
	story = given.make_story(given.points("Confirmed", 2))
	employee = given.hire(story, date_of_joining=months_ago(2))
	hr.confirm_employee(employee)
	given.follow(story)
	hr.confirm_employee(employee, hr.in_days(20))
	given.follow(story)
	assert (story.referral.stage, given.states_of(story)) == ("Joined", {"Confirmed": "Void"})


def test_who_leaves_too_early_and_comes_back_counts_from_the_same_joining_date():
	story = given.make_story(given.points("Retained", 3, after_months=6))
	employee = given.hire(story, date_of_joining=months_ago(2))
	hr.part_with_employee(employee)
	given.follow(story)
	assert (story.referral.outcome, given.states_of(story)) == ("Left", {"Retained": "Void"})
	employee.reload()
	employee.update({"status": "Active", "relieving_date": None})
	employee.save()
	given.follow(story)
	assert (story.referral.outcome, given.states_of(story)) == ("Hired", {"Retained": "Promised"})
