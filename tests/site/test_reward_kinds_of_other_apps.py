"""A kind of reward that another app brings: from the rule to the portal, paid, undone, and said when the app is gone.

The app is a real package with hooks of its own (tests/helpers/example_app), on the path and installed for the test.
"""

import frappe
import other_app
import pytest
import reward_factories as given

from referral_hub.api import desk
from referral_hub.portal import story as portal
from referral_hub.rewards import service as rewards


@pytest.fixture
def installed(monkeypatch):
	"""The example app, installed beside ours; calling it uninstalls it again."""
	uninstall = other_app.install(monkeypatch)
	yield uninstall
	uninstall()


def parking(weeks: float = 2, what: str = "beside the door") -> dict:
	return {"milestone": "Interviewed", "kind": "Parking", "amount": weeks, "currency": "", "what": what}


def earned(**employee_fields):
	story = given.make_story(parking(), user=True, **employee_fields)
	given.interview(story)
	return story


def reward(story):
	return given.reward_of(story, "Interviewed")


def notes(story) -> list[str]:
	return frappe.get_all("Note", {"content": story.referrer.name}, pluck="title", order_by="creation")


def undo_interview(story) -> None:
	for name in frappe.get_all("Interview", {"job_applicant": story.applicant.name}, pluck="name"):
		frappe.get_doc("Interview", name).delete()
	given.follow(story)


def test_it_is_promised_earned_paid_once_explained_and_undone(installed):
	story = given.make_story(parking(), user=True)
	ahead = portal.tell(story.name, story.referrer.name).ahead
	assert [step["pays"] for step in ahead if step["pays"]] == ["2 weeks of parking (beside the door)"]
	given.interview(story)
	terms = frappe.parse_json(story.referral.terms)["milestones"][0]
	assert (terms["kind"], terms["amount"], terms["currency"]) == ("Parking", "2", None)
	assert terms["details"] == {"what": "beside the door"}
	assert [given.pay()["paid"], given.pay()["paid"]] == [1, 0]
	paid = reward(story)
	assert notes(story) == [f"Parking {paid.name} 1"]
	assert (paid.state, paid.payout_doctype) == ("Paid", "Note")
	words = "2 weeks of parking (beside the door)"
	assert rewards.explain(paid.name)["sentence"].startswith(f"{words}: the candidate was interviewed")
	told = portal.tell(story.name, story.referrer.name)
	assert [row["amount"] for row in told.rewards] == [words]
	undo_interview(story)
	assert (notes(story), reward(story).state) == ([], "Clawed Back")
	given.interview(story)
	given.pay()
	assert notes(story) == [f"Parking {paid.name} 2"]


def test_the_form_of_a_rule_offers_it_and_what_it_refuses_is_said(installed):
	offered = {kind["value"]: kind for kind in desk.reward_kinds()}["Parking"]
	assert offered == {"value": "Parking", "label": "Parking", "has_currency": False, "columns": ["what"]}
	with pytest.raises(frappe.ValidationError) as refused:
		given.make_rule(parking(weeks=5, what=""))
	assert str(refused.value) == "Row 1: What is missing.<br>Row 1: the car park is free for 4 weeks at most."
	with pytest.raises(frappe.ValidationError, match=r"Row 1: pieces are whole numbers\."):
		given.make_rule(parking(weeks=1.5))


def test_what_it_says_is_missing_holds_the_reward(installed):
	story = earned(first_name="Walker")
	assert given.pay() == {"paid": 0, "held": 1, "failed": 0}
	assert (reward(story).state, reward(story).state_reason) == ("On Hold", "Walks to work (porter)")


def test_without_the_app_its_rewards_wait_and_say_why(installed):
	story = earned()
	installed()
	assert given.pay()["held"] == 1
	assert reward(story).state_reason == "No app on this site pays rewards of the kind Parking."
	assert "Parking" not in [kind["value"] for kind in desk.reward_kinds()]
