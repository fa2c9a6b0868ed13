"""HR thanks somebody in person: in HR's words, once, to who is meant, by whoever may read the referral."""

import frappe
import pytest
import reward_factories as given
import site_factories as hr
from message_factories import messages_to
from portal_factories import make_referrer
from referral_factories import make_referral

from referral_hub.announcing import thanking
from referral_hub.api.announcing import thanks
from referral_hub.messages import service as messages

SETTINGS = "Referral Hub Settings"


@pytest.fixture
def anna():
	return make_referrer("Anna")


def told(employee) -> list:
	return messages_to(employee, event="thanks_from_hr", channel="Email")


def test_hr_thanks_the_referrer_once_for_the_same_words(anna, as_user):
	referral = make_referral(anna)
	as_user(hr.make_hr_manager().name)
	assert thanks.draft(referral.name)["to"] == anna.employee_name
	assert thanks.send(referral.name, "You made our day.") is True
	assert thanks.send(referral.name, "You made our day.") is False
	assert thanks.send(referral.name, "Again: thank you.") is True
	frappe.set_user("Administrator")
	messages.send_pending()
	first, second = told(anna)
	assert (first.state, second.state) == ("Sent", "Sent")
	assert "<p>You made our day.</p>" in first.content and referral.name in first.content
	notes = frappe.get_all(
		"Comment", {"reference_name": referral.name, "comment_type": "Info"}, pluck="content"
	)
	assert len([note for note in notes if "You made our day." in note]) == 1


def test_the_usual_words_are_hrs_own_in_the_readers_language(anna):
	mei = make_referrer("Mei", language="zh")
	values = {"thanks_words": "Thanks a lot.", "thanks_words_zh": "非常感谢。"}
	for field, words in values.items():
		frappe.db.set_single_value(SETTINGS, field, words)
	frappe.clear_document_cache(SETTINGS, SETTINGS)
	assert thanking.draft(anna.name)["words"] == "Thanks a lot."
	assert thanking.draft(mei.name)["words"] == "非常感谢。"


def test_of_a_reward_its_bearer_is_thanked_and_paid_says_thank_you_once():
	story = given.make_story(given.points("Interviewed", 50), user=True)
	given.interview(story)
	given.pay()
	messages.send_pending()
	(paid,) = messages_to(story.referrer, event="reward_paid", channel="Email")
	assert f"Thank you for bringing {story.referral.candidate_name} to us." in paid.content
	reward = frappe.get_all("Referral Reward", {"referral": story.referral.name}, pluck="name")[0]
	assert thanks.send(story.referral.name, "Great.", reward) is True
	assert len(told(story.referrer)) == 1
	other = make_referral(make_referrer("Bo"))
	with pytest.raises(frappe.ValidationError, match="belongs to another referral"):
		thanks.send(other.name, "Great.", reward)


def test_nobody_else_thanks_in_hrs_name_and_nobody_is_thanked_with_nothing(anna, as_user):
	referral = make_referral(anna)
	for words in ("", "  ", "x" * 1001):
		with pytest.raises(thanking.NothingToSay):
			thanks.send(referral.name, words)
	other = hr.make_hr_manager().name
	frappe.get_doc(
		doctype="User Permission", user=other, allow="Company", for_value=hr.other_company()
	).insert()
	for user in (anna.user_id, other):
		as_user(user)
		for ask in (lambda: thanks.draft(referral.name), lambda: thanks.send(referral.name, "Thanks")):
			with pytest.raises(frappe.PermissionError):
				ask()
	assert told(anna) == []
