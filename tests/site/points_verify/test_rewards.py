"""A reward and the entry it paid name each other."""

import frappe
import pytest
import reward_factories as rewards
import site_factories as hr
from frappe.utils import getdate, today
from points_attacker import (
	SEAL,
	entry,
	keep,
	owner,
	put_back,
	row_of,
	tamper,
)

from referral_hub.points import service

REWARD_UNPAID = (
	"Reward {reward} was handed over, but its entry {entry} is gone, was reversed or says something else."
)
REWARD_OTHER = "Wallet {wallet}: entry {entry} was issued for reward {reward}, which names another entry or none, or is gone."


@pytest.fixture
def reward(rewarded):
	return frappe.db.get_value("Referral Reward", {"payout_name": rewarded})


def test_points_earned_by_somebody_else_are_found(wallet, rewarded):
	"""Who owns a wallet is a label outside the chain; what it earned names the person too."""
	assert service.verify() == []
	tamper("update `tabPoints Account` set employee = %s where name = %s", hr.make_employee().name, wallet)
	assert service.verify() == [
		SEAL.format(account=wallet),
		f"Wallet {wallet}: entry {rewarded} was earned by somebody else than the wallet's owner.",
	]


def test_a_reward_of_long_ago_whose_entry_was_reversed_today_is_found_among_what_moved(wallet):
	story = rewards.make_story(rewards.points("Joined", 100))
	rewards.hire(story)
	rewards.pay()
	reward = rewards.reward_of(story, "Joined")
	tamper("update `tabReferral Reward` set modified = '2020-01-01' where name = %s", reward.name)
	service.reverse(reward.payout_name, hr.unique("by hand"))
	assert any(reward.name in line for line in service.verify(since=getdate()))


@pytest.mark.parametrize("state", ["Paid", "Confirmed"])
def test_a_tail_cut_with_its_older_account_row_put_back_is_found_by_the_reward_it_paid(wallet, state):
	"""The row's own seal of that time: no key is needed for this, and no head was kept since."""
	story = rewards.make_story(rewards.points("Interviewed", 50), rewards.points("Joined", 100))
	rewards.interview(story)
	rewards.pay()
	keep()
	account = frappe.db.get_value("Points Account", {"employee": story.referrer.name})
	before = row_of(account)
	rewards.hire(story)
	rewards.pay()
	reward = rewards.reward_of(story, "Joined")
	tamper("update `tabReferral Reward` set state = %s where name = %s", state, reward.name)
	assert service.verify() == []
	put_back(account, before)
	assert service.balance(story.referrer.name) == 50
	assert service.verify() == [REWARD_UNPAID.format(reward=reward.name, entry=reward.payout_name)]
	keep()
	assert service.verify(hr.COMPANY) == [REWARD_UNPAID.format(reward=reward.name, entry=reward.payout_name)]


def test_a_tail_cut_with_its_older_account_row_put_back_is_found_by_the_heads(wallet):
	before = row_of(wallet)
	service.post(owner(wallet), -30, "Shop", hr.unique("key"))
	keep()
	put_back(wallet, before)
	assert service.balance(owner(wallet)) == 130
	assert service.verify()[1].startswith(f"Wallet {wallet}: entry 6 was kept on {today()}")


@pytest.mark.parametrize(
	"change",
	[
		"payout_name = 'gone'",
		"payout_name = null",
		"payout_name = '{first}'",
		"payout_name = null, payout_doctype = null",
		"payout_doctype = 'Additional Salary'",
		"amount = 11",
	],
)
def test_a_paid_reward_that_does_not_match_its_entry_is_found(wallet, reward, change):
	assert service.verify() == []
	tamper(f"update `tabReferral Reward` set {change.format(first=entry(wallet, 1))} where name = %s", reward)
	named = frappe.db.get_value("Referral Reward", reward, "payout_name") or ""
	assert REWARD_UNPAID.format(reward=reward, entry=named) in service.verify()
	assert REWARD_UNPAID.format(reward=reward, entry=named) in service.verify(hr.COMPANY)


def test_a_reward_that_is_paid_though_its_entry_was_reversed_is_found(reward, rewarded):
	service.reverse(rewarded, hr.unique("undo"))
	assert service.verify() == [REWARD_UNPAID.format(reward=reward, entry=rewarded)]
	frappe.db.set_value("Referral Reward", reward, "state", "Clawed Back")
	assert service.verify() == []


@pytest.mark.parametrize(
	"forget",
	["update `tabReferral Reward` set payout_name = null, state = 'Due'", "delete from `tabReferral Reward`"],
)
def test_an_entry_whose_reward_knows_nothing_of_it_is_found(wallet, reward, rewarded, forget):
	"""Somebody has a reward paid twice: it is made to look unpaid, or to have never been."""
	tamper(f"{forget} where name = %s", reward)
	sentence = REWARD_OTHER.format(wallet=wallet, entry=rewarded, reward=reward)
	assert service.verify() == [sentence]
	assert service.verify(hr.COMPANY) == [sentence]


def test_a_reward_that_is_paid_again_after_it_was_undone_is_sound():
	"""The first entry is spent: nothing can be taken back, later points are netted, and the next attempt pays again."""
	story = rewards.make_story(rewards.points("Interviewed", 10), rewards.points("Joined", 90))
	meeting = rewards.interview(story)
	rewards.pay()
	service.post(story.referrer.name, -10, "Shop", hr.unique("key"))
	frappe.delete_doc("Interview", meeting.name, force=True)
	rewards.follow(story)
	assert rewards.states_of(story)["Interviewed"] == "Owed"
	assert service.verify() == []
	opening = hr.make_opening()
	rule = rewards.make_rule(rewards.points("Interviewed", 30), designation=opening.designation)
	rewards.interview(rewards.refer(story.referrer, opening, rule))
	rewards.pay()
	assert rewards.states_of(story)["Interviewed"] == "Clawed Back"
	assert service.verify() == []
	rewards.interview(story)
	rewards.pay()
	reward = rewards.reward_of(story, "Interviewed")
	assert (reward.state, reward.attempt, service.balance(story.referrer.name)) == ("Paid", 2, 30)
	assert service.verify() == []
