"""Makes cash that a salary slip carried, that is owed, and that is asked back, for the tests of recovery."""

import frappe
import reward_factories as given

from referral_hub.api import desk
from referral_hub.rewards.paying import payroll
from referral_hub.rewards.recovery import crossed, deductions


def choose_components() -> None:
	given.pay_cash_with(given.make_component())
	claw_back_with(given.make_component(kind="Deduction"))


def owed_story():
	"""A reward of 1,000 that a submitted slip carried, and that HR voided."""
	story = paid_story()
	carry(story)
	desk.void_reward(reward(story).name, "The interview never happened")
	return story


def claw_back_with(component, by_itself: int = 0) -> None:
	settings = frappe.get_doc("Referral Hub Settings")
	settings.claw_back_component = component.name if component else None
	settings.claw_back_by_itself = by_itself
	settings.save()


def paid_story(amount: float = 1000):
	story = given.make_story(given.cash("Interviewed", amount))
	given.put_on_payroll(story.referrer)
	given.interview(story)
	given.pay()
	return story


def carry(story, on=None):
	"""Submit the salary slip of the month that carries it, and do what its job does."""
	slip = given.make_slip(story.referrer, on)
	slip.submit()
	follow(slip.name)
	return slip


def follow(slip: str) -> None:
	for name in payroll.rewards_in_slip(slip):
		payroll.follow(name)
	for name in deductions.in_slip(slip):
		crossed.follow(name)


def reward(story):
	return frappe.get_doc("Referral Reward", given.reward_of(story, "Interviewed").name)
