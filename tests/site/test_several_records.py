"""One person may have several Employee records, and one login may have been two people's: whose money it is, is never mixed up."""

import frappe
import reward_factories as given
import site_factories as make
from frappe.utils import today

from referral_hub.people import employments
from referral_hub.points import service as points


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
