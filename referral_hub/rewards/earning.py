"""Turns what a referral has reached into rewards, and undoes what it no longer has reached.

Called inside the transaction that moved the referral, and daily for what time brings. Derives from the frozen
terms and the referral alone: run twice it changes nothing. Never pays; payment is a job of its own.
"""

import frappe
from frappe.utils import add_days, getdate, nowdate

from referral_hub.background import start_after_commit
from referral_hub.rewards import promises, telling, undoing
from referral_hub.rewards.reasons import Reason
from referral_hub.rewards.rules import states
from referral_hub.rewards.rules import terms as rules
from referral_hub.rewards.rules.milestones import (
	RETAINED,
	Progress,
	is_reachable,
	reached_on,
	retained_on,
)
from referral_hub.rewards.rules.steps import Do, Existing, next_step

PROGRESS_DATES = ("stage_changed_on", "offered_on", "joined_on", "confirmed_on", "left_on")


def earn(referral, today=None) -> list[str]:
	"""Create what the milestones have earned, undo what they no longer have; return the rewards earned now."""
	referral = frappe.get_doc("Referral", referral) if isinstance(referral, str) else referral
	terms = rules.load(referral.terms)
	if not terms:
		return []
	frappe.db.get_value("Referral", referral.name, "name", for_update=True)
	today, progress = getdate(today or nowdate()), progress_of(referral)
	locked = promises.lock_all(referral.name)
	rewards = {reward.share: reward for reward in locked if reward.employee == referral.referrer}
	followed = [
		_follow(referral, terms, promise, rewards.get(promise.share), progress, today)
		for promise in terms.milestones
	]
	earned = [reward for reward in followed if reward]
	if any(reward.state == states.DUE for reward in earned):
		pay_after_commit(referral.name)
	return [reward.name for reward in earned]


def follow_credit(referral) -> None:
	"""Take back what anybody but the one who is credited now was promised or paid for this referral."""
	for reward in promises.lock_all(referral.name):
		if reward.employee != referral.referrer and reward.state in states.STANDING:
			undoing.undo(reward, Reason("credit_moved"))


def earn_by_time(today=None) -> list[str]:
	"""Earn what was promised for a day that has come, in the caller's transaction."""
	today = getdate(today or nowdate())
	earned = []
	for referral in referrals_with_promises_come_true(today):
		earned += earn_again(referral, today)
	return earned


def referrals_with_promises_come_true(today=None) -> list[str]:
	referrals = frappe.get_all(
		promises.DOCTYPE,
		filters={"state": states.PROMISED, "earned_on": ["<=", getdate(today or nowdate())]},
		pluck="referral",
		order_by="earned_on asc, referral asc",
	)
	return list(dict.fromkeys(referrals))


def earn_again(referral: str, today=None) -> list[str]:
	"""Look at a referral's promises again, with the referral locked and as it is now."""
	return earn(frappe.get_doc("Referral", referral, for_update=True), today)


def possible(referral) -> list[dict]:
	"""Return the promises not earned yet that can still be reached; `expected_on` where the day is known."""
	terms = rules.load(referral.terms)
	if not terms:
		return []
	progress = progress_of(referral)
	filters = {"referral": referral.name, "employee": referral.referrer, "state": ["!=", states.PROMISED]}
	taken = set(frappe.get_all(promises.DOCTYPE, filters=filters, pluck="share"))
	open_promises = [
		promise
		for promise in terms.milestones
		if promise.share not in taken and is_reachable(promise.milestone, progress)
	]
	frozen = {row["share"]: row for row in rules.dump(terms)["milestones"]}
	return [frozen[promise.share] | _expected(promise, progress) for promise in open_promises]


def progress_of(referral) -> Progress:
	dates = {field: getdate(referral.get(field)) if referral.get(field) else None for field in PROGRESS_DATES}
	return Progress(stage=referral.stage, outcome=referral.outcome, **dates)


def is_reached(promise, progress: Progress, today) -> bool:
	return bool(reached_on(promise.milestone, promise.after_months, progress, today))


def pay_after_commit(referral: str) -> None:
	"""Let a job pay at once what is due; if the queue is away, the hourly task does."""
	start_after_commit("referral_hub.tasks.pay_rewards_of_referral", referral=referral)


def _expected(promise, progress: Progress) -> dict:
	if promise.milestone != RETAINED:
		return {}
	day = retained_on(promise.after_months, progress)
	return {"expected_on": day.isoformat()} if day else {}


def _follow(referral, terms, promise, reward, progress: Progress, today):
	"""Take one promise one step further; return its reward when it was earned now."""
	step = next_step(promise, _existing(reward), progress, today)
	if step.do is Do.NOTHING:
		return None
	if step.do is Do.UNDO:
		undoing.undo(reward, Reason(step.reason, {"outcome": referral.outcome}))
		return None
	if not reward:
		return _begin(referral, terms, promise, step, progress, today)
	_continue(reward, promise, step, progress, today)
	return _told(reward) if step.do is Do.EARN else None


def _begin(referral, terms, promise, step, progress: Progress, today):
	reward = promises.insert(
		referral,
		terms,
		promise,
		explanation=frappe.as_json(_explanation(terms, promise, progress)),
		**_state_of(promise, step, today),
	)
	if reward.flags.found:  # another process was faster: go on from what it wrote
		return _follow(referral, terms, promise, reward, progress, today)
	return _told(reward) if step.do is Do.EARN else None


def _continue(reward, promise, step, progress: Progress, today) -> None:
	"""Go on with a reward that was only promised, or was undone before."""
	promises.put_in_explanation(reward, inputs=_inputs(progress))
	if reward.state in states.UNDONE:
		undoing.revive(reward, _state_of(promise, step, today))
	else:
		promises.move(reward, **_state_of(promise, step, today))


def _state_of(promise, step, today) -> dict:
	due_on = getdate(add_days(step.on, promise.payout_delay_days))
	if step.do is Do.PROMISE:
		state = states.PROMISED
	else:
		state = states.DUE if due_on <= today else states.EARNED
	return {"state": state, "earned_on": step.on, "due_on": due_on}


def _existing(reward) -> Existing | None:
	if not reward:
		return None
	earned_on = getdate(reward.earned_on) if reward.earned_on else None
	return Existing(reward.state, earned_on, bool(reward.decided_by))


def _explanation(terms, promise, progress: Progress) -> dict:
	return {
		"rule": terms.rule,
		"rule_name": terms.rule_name,
		"rule_version": terms.rule_version,
		"frozen_on": terms.frozen_on.isoformat(),
		"conditions": dict(terms.conditions),
		"share": promise.share,
		"shares": len(terms.milestones),
		"milestone": promise.milestone,
		"after_months": promise.after_months,
		"kind": promise.kind,
		"amount": str(promise.amount),
		"currency": promise.currency,
		"factors": [],
		"inputs": _inputs(progress),
	}


def _inputs(progress: Progress) -> dict:
	dates = {field: getattr(progress, field) for field in PROGRESS_DATES}
	known = {field: day.isoformat() for field, day in dates.items() if day}
	return {"stage": progress.stage, "outcome": progress.outcome} | known


def _told(reward):
	"""Tell the referrer once per time it is earned; not when it simply stands again as paid."""
	if reward.state in states.PAYABLE:
		telling.tell("reward_earned", reward)
	return reward
