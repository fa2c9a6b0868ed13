"""Home in one look: what waits, what was announced, where the path leads, and why the last reward is what it is, one tap away."""

import re

import frappe
import portal_requests as web
import pytest
import reward_factories as given
import site_factories as hr
from announcing_factories import make_announcement
from frappe.utils import add_days, today
from path_factories import level, make_path
from portal_factories import make_paid_opening, make_referrer
from referral_factories import applicant_of, followed, make_referral
from reward_factories import cash, points

from referral_hub.api.v1 import home as api_home

CHOICE = (
	cash("Joined", 1000, option="A"),
	cash("Joined", 500, option="B"),
	points("Joined", 200, option="B"),
)


@pytest.fixture(autouse=True)
def no_other_rules(site):
	frappe.db.set_value("Reward Rule", {"enabled": 1}, "enabled", 0)


def home() -> str:
	return web.get("/referrals").text


def to_choose() -> list[dict]:
	"""What the API says of home waits for a choice."""
	look = api_home.look.operation
	return look.call(look.takes())["choose"]


def places(text: str, *parts: str) -> list[int]:
	"""Where these parts stand in a page; each has to be there."""
	return [text.index(part) for part in parts]


def test_a_choice_waits_on_home_until_it_is_made(as_user):
	story = given.refer(make_referrer(), make_paid_opening(None, *CHOICE))
	given.hire(story)
	as_user(story.referrer.user_id)
	frappe.local.lang = "en"
	said = f"Choose your reward for {story.referral.candidate_name}, "
	page = home()
	assert said in page and "Waiting for you" in page
	assert f'href="/referrals/mine/{story.name}#reward-title"' in page
	assert [(row["referral"], row["choose_until"]) for row in to_choose()] == [
		(story.name, add_days(today(), 14))
	]
	web.post(f"/referrals/choose?referral={story.name}", {"option": "B", "csrf_token": "x"})
	page = home()
	assert said not in page and "Waiting for you" not in page
	assert to_choose() == []


def test_another_employees_choice_waits_on_theirs_alone(as_user, anna):
	as_user("Administrator")
	story = given.refer(make_referrer("Ben"), make_paid_opening(None, *CHOICE))
	given.hire(story)
	as_user(frappe.db.get_value("Employee", anna, "user_id"))
	assert "Choose your reward" not in home()


def test_the_button_stands_before_what_waits_and_that_before_the_news(as_user, anna):
	as_user("Administrator")
	post = make_announcement(pinned=1)
	story = given.refer(frappe.get_doc("Employee", anna), make_paid_opening(None, *CHOICE))
	given.hire(story)
	as_user(frappe.db.get_value("Employee", anna, "user_id"))
	found = places(home(), "Refer someone", "Waiting for you", post.title, 'id="wallet-title"')
	assert found == sorted(found)


@pytest.mark.parametrize(
	("branches", "said"),
	[((), "{0}"), (("L2",), "{0}. Next: {1}."), (("L2", "E2"), "{0}. Next: {1} or {2}.")],
)
def test_my_path_is_said_in_one_line(as_user, branches, said):
	named = [hr.make_designation().name for _number in range(1 + len(branches))]
	above = [
		level(code, name, follows="L1", branch=code) for code, name in zip(branches, named[1:], strict=True)
	]
	make_path(level("L1", named[0]), *above)
	anna = make_referrer("Anna", designation=named[0])
	as_user(anna.user_id)
	frappe.local.lang = "en"
	[line] = re.findall(r'<a class="target" href="/referrals/path">([^<]+)</a>', home())
	assert line == said.format(*named)


def test_who_is_on_no_path_reads_nothing_of_one(as_user):
	anna = make_referrer("Anna", designation=hr.make_designation().name)
	as_user(anna.user_id)
	assert 'id="path-title"' not in home()


def test_why_the_last_reward_is_what_it_is_stands_one_tap_from_home(as_user):
	anna = make_referrer("Anna")
	opening = make_paid_opening(
		None, points("Screened", 50), points("Interviewed", 20), points("Joined", 300)
	)
	referral = make_referral(anna, opening)
	hr.set_applicant_status(applicant_of(referral), "Replied")
	followed(referral)
	as_user(anna.user_id)
	frappe.local.lang = "en"
	address = f"/referrals/mine/{referral.name}"
	assert f'href="{address}#reward-title">Last: A recruiter got in touch: 50 points. Why?</a>' in home()
	page = web.get(address).text
	[reason] = re.findall(r'<details class="why" open>.*?<p>(.*?)</p>', page, re.S)
	assert "version 1" in reason
	assert page.count('<details class="why">') == 2


def test_nothing_was_earned_yet_and_the_next_reason_is_unfolded(as_user, anna):
	as_user("Administrator")
	referral = make_referral(frappe.get_doc("Employee", anna), make_paid_opening())
	as_user(frappe.db.get_value("Employee", anna, "user_id"))
	page = home()
	assert "Last: " not in page and "Whom do you know who fits an opening?" in page
	assert web.get(f"/referrals/mine/{referral.name}").text.count('<details class="why" open>') == 1


def test_a_newcomer_sees_three_pictures_and_what_they_can_earn(anna, as_user):
	as_user("Administrator")
	make_paid_opening()
	as_user(frappe.db.get_value("Employee", anna, "user_id"))
	page = home()
	assert page.count("1. Choose an opening") == 1 and "What you can earn now" in page
	assert "Waiting for you" not in page and "Last: " not in page and "Whom do you know" not in page
