"""While a wallet is broken, its rewards wait with a reason, referrals go on, and after the repair nothing is lost or doubled."""

import frappe
import pytest
import reward_factories as given
import site_factories as hr
from points_attacker import SEAL, tamper

from referral_hub.points import service
from referral_hub.referrals import service as referrals
from referral_hub.rewards import undoing
from referral_hub.wording import languages

CONTRADICTS = (
	"Wallet {0} contradicts its entries: nothing was posted. An administrator sees why with bench hub-verify."
)
WAITS = "This could not be taken back yet and is tried again every hour: " + CONTRADICTS
BREAK = "update `tabPoints Account` set balance = balance + 1 where name = %s"
REPAIR = "update `tabPoints Account` set balance = balance - 1 where name = %s"


@pytest.fixture
def story():
	"""A referral whose interview brought 50 points, more than its referrer had."""
	story = given.make_story(given.points("Interviewed", 50), user=True)
	story.meeting = given.interview(story)
	given.pay()
	story.wallet = frappe.db.get_value("Points Account", {"employee": story.referrer.name})
	return story


def undo_interview(story) -> None:
	story.meeting.reload()
	story.meeting.delete()
	given.follow(story)


def take_back_again() -> list[bool]:
	"""What the hourly task does."""
	return [undoing.take_back_again(name) for name in undoing.not_taken_back()]


def kept(story) -> tuple:
	reward = given.reward_of(story, "Interviewed")
	return reward.state, reward.owed_amount, reward.state_reason


def test_a_refresh_that_takes_points_back_goes_on_and_takes_them_after_the_repair(story):
	tamper(BREAK, story.wallet)
	with languages.speaking("zh"):
		undo_interview(story)  # what is kept is in the site's language, whoever caused it
	assert story.referral.stage == "Submitted"
	assert kept(story) == ("Owed", 50, WAITS.format(story.wallet))
	assert take_back_again() == [False]
	assert SEAL.format(account=story.wallet) in service.verify()
	tamper(REPAIR, story.wallet)
	assert service.verify() == []
	assert take_back_again() == [True]
	assert kept(story) == ("Clawed Back", 0, "The candidate is no longer at the step this reward is for.")
	assert (service.balance(story.referrer.name), service.verify()) == (0, [])
	assert take_back_again() == []


def test_what_waits_is_not_netted_from_points_that_come_before_it_was_taken_back(story):
	tamper(BREAK, story.wallet)
	undo_interview(story)
	tamper(REPAIR, story.wallet)
	other = given.refer(story.referrer, story.opening)
	given.interview(other)
	assert given.pay() == {"paid": 1, "held": 0, "failed": 0}
	assert service.balance(story.referrer.name) == 100
	assert take_back_again() == [True]
	assert (service.balance(story.referrer.name), service.verify()) == (50, [])


def test_what_was_spent_before_the_repair_stays_owed(story):
	service.post(story.referrer.name, -20, "Shop", hr.unique("spent"))
	tamper(BREAK, story.wallet)
	undo_interview(story)
	tamper(REPAIR, story.wallet)
	assert take_back_again() == [True]
	assert kept(story)[:2] == ("Owed", 20)
	assert take_back_again() == []
	assert (service.balance(story.referrer.name), service.verify()) == (0, [])


def test_a_candidate_who_is_back_before_the_repair_lets_the_points_stand(story):
	tamper(BREAK, story.wallet)
	undo_interview(story)
	given.interview(story)
	assert kept(story) == ("Paid", 0, None)
	tamper(REPAIR, story.wallet)
	assert take_back_again() == []
	assert (service.balance(story.referrer.name), service.verify()) == (50, [])


def test_a_referral_that_is_closed_goes_on_too(story):
	tamper(BREAK, story.wallet)
	referrals.close(story.name, "Duplicate")
	assert frappe.db.get_value("Referral", story.name, "outcome") == "Duplicate"
	tamper(REPAIR, story.wallet)
	assert take_back_again() == [True]
	assert kept(story)[:2] == ("Clawed Back", 0)


def test_points_that_are_due_are_held_and_paid_after_the_repair(story):
	tamper(BREAK, story.wallet)
	other = given.refer(story.referrer, story.opening)
	given.interview(other)
	assert given.pay() == {"paid": 0, "held": 1, "failed": 0}
	assert kept(other) == ("On Hold", 0, "The pay-out was refused: " + CONTRADICTS.format(story.wallet))
	tamper(REPAIR, story.wallet)
	assert given.pay() == {"paid": 1, "held": 0, "failed": 0}
	assert (service.balance(story.referrer.name), service.verify()) == (100, [])
