"""The employee chooses on the portal and by the API: their own referral only, in both languages, without JavaScript."""

import frappe
import portal_requests as portal_page
import pytest
import reward_factories as given
from portal_factories import make_paid_opening, make_referrer

from referral_hub.api import portal
from referral_hub.rewards import counting
from referral_hub.rewards import service as rewards

CHOICE = (
	given.cash("Joined", 1000, option="A", payout_delay_days=30),
	given.cash("Joined", 500, option="B", payout_delay_days=30),
	given.points("Joined", 200, option="B", payout_delay_days=30),
)


@pytest.fixture
def story(as_user):
	frappe.db.set_value("Reward Rule", {"enabled": 1}, "enabled", 0)
	anna = make_referrer()
	story = given.refer(anna, make_paid_opening(None, *CHOICE))
	as_user(anna.user_id)
	return story


def test_the_offer_says_both_ways(story):
	offer = portal.offer(story.opening.name)
	assert offer["pays"] == "¥1,000 or ¥500 + 200 points"
	page = portal_page.get(f"/referrals/openings/{story.opening.name}").text
	assert "Option B, On the first day at work" in page


def test_the_page_shows_the_options_and_the_form_chooses(story):
	address = f"/referrals/mine/{story.name}"
	assert "Choose your reward" in portal_page.get(address).text
	sent = portal_page.post(f"/referrals/choose?referral={story.name}", {"option": "B", "csrf_token": "x"})
	assert (sent.status_code, sent.headers["Location"]) == (303, f"{address}#reward-title")
	assert frappe.db.get_value("Referral", story.name, "reward_option") == "B"
	assert "Choose again" in portal_page.get(address).text
	frappe.local.lang = "zh"
	assert [option["words"] for option in portal.referral(story.name)["choice"]["options"]] == [
		"¥1,000",
		"¥500 + 200 积分",
	]


def test_another_employees_choice_is_not_found(story, as_user):
	as_user("Administrator")
	other = make_referrer("Ben")
	as_user(other.user_id)
	with pytest.raises(frappe.DoesNotExistError):
		portal.choose_reward(story.name, "A")
	sent = portal_page.post(f"/referrals/choose?referral={story.name}", {"option": "A"})
	assert sent.status_code == 404
	assert not frappe.db.get_value("Referral", story.name, "reward_option")


def test_the_api_says_what_was_chosen_and_what_is_fixed(story, as_user):
	answer = portal.choose_reward(story.name, "A")["choice"]
	assert ([option["is_chosen"] for option in answer["options"]], answer["fixed"]) == ([True, False], False)
	as_user("Administrator")
	given.hire(story)
	row = given.reward_of(story, "Joined")
	frappe.db.set_value("Referral Reward", row.name, "state", "Paid")
	as_user(story.referrer.user_id)
	assert portal.referral(story.name)["choice"]["fixed"] is True
	with pytest.raises(frappe.ValidationError, match="can't be changed any more"):
		portal.choose_reward(story.name, "B")


def test_a_bonus_for_several_hires_is_told_on_the_referral_that_completed_it(story, as_user):
	as_user("Administrator")
	given.make_rule(
		given.points("Joined", 2000, hires=2),
		pays_for="Several Hires",
		period="Year",
		designation=story.opening.designation,
	)
	stories = [given.refer(story.referrer, story.opening) for _ in range(2)]
	for each in stories:
		given.hire(each)
	(name,) = counting.count(story.referrer.name)
	anchor = frappe.db.get_value("Referral Reward", name, "referral")
	as_user(story.referrer.user_id)
	told = portal.referral(anchor)["rewards"]
	assert [(row["what"], row["amount"]) for row in told][-1] == ("More for several hires", "2,000 points")
	assert rewards.explain(name)["sentence"] == told[-1]["why"]
