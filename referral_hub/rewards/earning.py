"""Turns what a referral has reached into rewards, and undoes what it no longer has reached.

Called inside the transaction that moved the referral, and daily for what time brings. Derives from the frozen
terms and the referral alone: run twice it changes nothing. Never pays; payment is a job of its own.
"""

from dataclasses import dataclass
from datetime import date

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, getdate, nowdate

from referral_hub.background import start_after_commit
from referral_hub.referrals.rules import stays
from referral_hub.rewards import choices, promises, telling, undoing
from referral_hub.rewards.approving import service as approving
from referral_hub.rewards.promising import hired_as
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
from referral_hub.rewards.rules.steps import Do, Existing, next_step, why_barred

PROGRESS_DATES = ("stage_changed_on", "offered_on", "joined_on", "confirmed_on", "left_on")


@dataclass(frozen=True)
class _Case:
	"""A referral with all that decides about its promises, read once under its lock."""

	referral: Document
	terms: rules.Terms
	progress: Progress
	today: date
	choice: choices.InForce
	hire_differs: bool

	def why_barred(self, promise) -> str:
		return why_barred(promise, self.choice.option, self.hire_differs)


def earn(referral, today=None) -> list[str]:
	"""Create what the milestones have earned, undo what they no longer have; return the rewards earned now."""
	referral = frappe.get_doc("Referral", referral) if isinstance(referral, str) else referral
	terms = rules.load(referral.terms)
	if not terms:
		return []
	chosen, locked = _lock(referral)
	case = _case(
		referral, terms, getdate(today or nowdate()), choices.in_force(referral, terms, chosen, locked)
	)
	rewards = {reward.share: reward for reward in locked if reward.referrer == referral.referrer}
	followed = [_follow(case, promise, rewards.get(promise.share)) for promise in terms.milestones]
	earned = [reward for reward in followed if reward]
	approving.ask_where_needed(earned)
	if any(reward.state == states.CHOICE for reward in earned):
		choices.ask(referral, terms, case.today)
	if any(reward.state == states.DUE for reward in earned):
		pay_after_commit(referral.name)
	if terms.counting:
		count_after_commit(referral.referrer)
	return [reward.name for reward in earned]


def _lock(referral) -> tuple[str | None, list]:
	"""Lock a referral and its rewards, and read them as they are now; of one made in this transaction nobody else knows."""
	if referral.flags.is_made_now:
		return None, []
	chosen = frappe.db.get_value("Referral", referral.name, "reward_option", for_update=True)
	return chosen, [row for row in promises.lock_all(referral.name) if not row.counted_key]


def _case(referral, terms: rules.Terms, today: date, choice: choices.InForce) -> _Case:
	differs = hired_as.differs(referral, terms)
	return _Case(referral, terms, progress_of(referral), today, choice, differs)


def follow_credit(referral) -> None:
	"""Take back what anybody but the one who is credited now was promised or paid for this referral."""
	for reward in promises.lock_all(referral.name):
		if reward.referrer == referral.referrer or reward.state not in states.STANDING:
			continue
		if reward.counted_key:
			count_after_commit(reward.referrer)
		else:
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
	filters = {
		"referral": referral.name,
		"referrer": referral.referrer,
		"counted_key": ["is", "not set"],
	}
	rewards = frappe.get_all(promises.DOCTYPE, filters, ["share", "state", "decided_by"])
	taken = {row.share for row in rewards if states.leaves_nothing(row.state, bool(row.decided_by))}
	open_promises = [
		promise
		for promise in choices.still_open(terms, referral.get("reward_option"))
		if promise.share not in taken and is_reachable(promise.milestone, progress)
	]
	frozen = {row["share"]: row for row in rules.dump(terms)["milestones"]}
	return [frozen[promise.share] | _expected(promise, progress) for promise in open_promises]


def progress_of(referral) -> Progress:
	dates = {field: getdate(referral.get(field)) if referral.get(field) else None for field in PROGRESS_DATES}
	return Progress(
		stage=referral.stage, outcome=referral.outcome, stays=stays.read(referral.get("stays")), **dates
	)


def is_reached(promise, progress: Progress, today) -> bool:
	return bool(reached_on(promise.milestone, promise.after_months, progress, today))


def pay_after_commit(referral: str) -> None:
	"""Let a job pay at once what is due; if the queue is away, the hourly task does."""
	start_after_commit("referral_hub.tasks.pay_rewards_of_referral", referral=referral)


def count_after_commit(employee: str) -> None:
	"""Let a job count this employee's hires; if the queue is away, the daily task does."""
	start_after_commit(
		"referral_hub.tasks.count_hires_of", once_as=f"referral_hub_count_{employee}", employee=employee
	)


def _expected(promise, progress: Progress) -> dict:
	if promise.milestone != RETAINED:
		return {}
	day = retained_on(promise.after_months, progress)
	return {"expected_on": day.isoformat()} if day else {}


def _follow(case: _Case, promise, reward):
	"""Take one promise one step further; return its reward when it was earned now."""
	existing = _existing(reward, case.choice)
	step = next_step(promise, existing, case.progress, case.today, case.why_barred(promise))
	if step.do is Do.NOTHING:
		return None
	if step.do is Do.UNDO:
		months = {"months": promise.back_within} if promise.back_within else {}
		undoing.undo(reward, Reason(step.reason, {"outcome": case.referral.outcome, **months}))
		return None
	if not reward:
		return _begin(case, promise, step) if promise.amount else None  # older terms hold parts of 0
	_continue(case, reward, promise, step)
	return _told(reward) if step.do is Do.EARN else None


def _begin(case: _Case, promise, step):
	reward = promises.insert(
		case.referral,
		case.terms,
		promise,
		explanation=frappe.as_json(explanation_of(case.terms, promise, _inputs(case.progress))),
		**_state_of(case, promise, step),
	)
	if reward.flags.found:  # another process was faster: go on from what it wrote
		return _follow(case, promise, reward)
	return _told(reward) if step.do is Do.EARN else None


def _continue(case: _Case, reward, promise, step) -> None:
	"""Go on with a reward that was only promised, waited for a choice, or was undone before."""
	promises.put_in_explanation(reward, inputs=_inputs(case.progress))
	if not undoing.is_all_kept(reward):
		promises.hand_on(reward)
	if reward.state in states.UNDONE:
		undoing.revive(reward, _state_of(case, promise, step))
	else:
		promises.move(reward, **_state_of(case, promise, step))
		undoing.hold_again(reward)


def _state_of(case: _Case, promise, step) -> dict:
	due_on = getdate(add_days(step.on, promise.payout_delay_days))
	if step.do is Do.PROMISE:
		state = states.PROMISED
	elif promise.option and not case.choice.is_made:
		state = states.CHOICE
	else:
		state = state_when_earned(due_on, case.today)
	return {"state": state, "earned_on": step.on, "due_on": due_on}


def state_when_earned(due_on: date, today: date) -> str:
	return states.DUE if due_on <= today else states.EARNED


def _existing(reward, choice: choices.InForce) -> Existing | None:
	"""A reward that waited for the choice that is made now is one that only had been promised."""
	if not reward:
		return None
	earned_on = getdate(reward.earned_on) if reward.earned_on else None
	waited = reward.state == states.CHOICE and choice.is_made
	return Existing(states.PROMISED if waited else reward.state, earned_on, bool(reward.decided_by))


def explanation_of(terms, promise, inputs: dict) -> dict:
	"""Return what a reward keeps to explain itself."""
	return {
		"rule": terms.rule,
		"rule_name": terms.rule_name,
		"rule_version": terms.rule_version,
		"frozen_on": terms.frozen_on.isoformat(),
		"conditions": dict(terms.conditions),
		"hire": dict(terms.hire),
		"share": promise.share,
		"shares": _number_of_shares(terms),
		"milestone": promise.milestone,
		"after_months": promise.after_months,
		"kind": promise.kind,
		"option": promise.option,
		"back_within": promise.back_within,
		"amount": str(promise.amount),
		"currency": promise.currency,
		"base_amount": None if promise.base_amount is None else str(promise.base_amount),
		"percent": None if promise.percent is None else str(promise.percent),
		"factors": list(promise.factors),
		"stacking": terms.stacking,
		"inputs": inputs,
	}


def _number_of_shares(terms) -> int:
	"""Return of how many a share is one: they keep their numbers where one came to nothing."""
	numbers = [int(each.share) for each in terms.milestones if each.share.isdecimal()]
	return max(len(terms.milestones), *numbers, 0)


def _inputs(progress: Progress) -> dict:
	dates = {field: getattr(progress, field) for field in PROGRESS_DATES}
	known = {field: day.isoformat() for field, day in dates.items() if day}
	return {"stage": progress.stage, "outcome": progress.outcome} | known


def _told(reward):
	"""Tell the referrer once per time it is earned; not when it simply stands again as paid, or waits for a choice."""
	if reward.state in states.PAYABLE:
		telling.tell("reward_earned", reward)
	return reward
