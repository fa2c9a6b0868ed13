"""Pays what is due: each reward at most once, at least once, whatever process dies where.

Payment, its document and the reward's state are one transaction under the reward's row lock: a process that
finds the row locked leaves it to the other one. Both people are looked at again before anything is paid.
Some rewards share a round: what it reads, what it writes at its end, its transaction. Where one fails, the round is undone
and halved until that one is alone.
"""

import json
from collections import Counter

import frappe
from frappe.utils import getdate, nowdate

from referral_hub.rewards import kinds, promises, telling, undoing
from referral_hub.rewards.approving import people
from referral_hub.rewards.approving import service as approving
from referral_hub.rewards.paying import case, payroll, rates, rounds, taxable
from referral_hub.rewards.reasons import Reason
from referral_hub.rewards.rules import states
from referral_hub.rewards.rules.paying.payable import REFERRER_INACTIVE, BothPeople, why_not_payable
from referral_hub.wording import languages

PAID, HELD, FAILED, WAITS = "paid", "held", "failed", "waits"
NOT_FOR_ONE_REWARD = (frappe.QueryDeadlockError, frappe.QueryTimeoutError)
# in one transaction: others wait that long for a locked reward, and for the next number of an Additional Salary
IN_A_ROUND = 50


def pay_due(today=None) -> dict[str, int]:
	"""Pay everything that is due in the caller's transaction; a reward that fails does not stop the others."""
	today = getdate(today or nowdate())
	done = sum((pay_together(names, today) for names in due_in_rounds(today)), Counter())
	return {result: done[result] for result in (PAID, HELD, FAILED)}


def due_in_rounds(today=None, referral: str | None = None) -> list[list[str]]:
	"""Return the rewards to look at, as many together as one transaction is to pay."""
	names = due_rewards(today, referral)
	return [names[start : start + IN_A_ROUND] for start in range(0, len(names), IN_A_ROUND)]


def due_rewards(today=None, referral: str | None = None) -> list[str]:
	"""Return the rewards to look at: due, and not held back by a person; wallet by wallet."""
	filters = {
		"state": ["in", sorted(states.PAYABLE)],
		"due_on": ["<=", getdate(today or nowdate())],
		"decided_by": ["is", "not set"],
	}
	if referral:
		filters["referral"] = referral
	return frappe.get_all(
		promises.DOCTYPE, filters=filters, pluck="name", order_by="employee asc, due_on asc, name asc"
	)


def pay_together(names: list[str], today=None) -> Counter:
	"""Pay some rewards in the caller's transaction; on an error undo one alone, say so on it, and leave it to the next run."""
	today = getdate(today or nowdate())
	frappe.db.savepoint("pay_round")
	try:
		with languages.speaking_of_site():
			return _pay_round(names, today)
	except NOT_FOR_ONE_REWARD:
		raise  # the whole transaction is gone: for the job to begin again
	except Exception as error:
		frappe.db.rollback(save_point="pay_round")
		if len(names) == 1:
			return Counter([_after_error(names[0], error)])
	middle = len(names) // 2
	return pay_together(names[:middle], today) + pay_together(names[middle:], today)


def _pay_round(names: list[str], today) -> Counter:
	"""Pay what nobody else is at, under the row locks; what there is nothing (more) to do for is not counted."""
	payable = [reward for reward in promises.lock_free(names) if _is_payable(reward, today)]
	gone = [reward.name for reward in payable if payroll.is_payout_gone(reward)]
	done = Counter(map(_hold_as_taken_away, gone))
	rewards = [reward for reward in payable if reward.name not in gone]
	if not rewards:
		return done
	paid = rounds.begin(rewards, today)
	for reward in rewards:
		result = _pay(reward, today)
		done[result] += 1
		if result != PAID:
			paid.forget_debts()
	paid.write()
	return done


def _pay(reward, today) -> str:
	if limit := approving.needed(reward):
		approving.ask(reward, limit)
		return HELD
	reason = why_held(reward, today)
	if (
		reason
		and reason.code == REFERRER_INACTIVE
		and not kinds.payout_of(reward)
		and promises.hand_on(reward)
	):
		reason = why_held(reward, today)
	if reason:
		return _hold(reward, reason)
	payout = kinds.kind_of(reward).pay(reward, today)
	if not payout.is_done:
		_wait_for_person(reward, payout)
		return WAITS
	people.record(reward, payout)
	taxable.mark(reward)
	promises.move(reward, states.PAID, paid_on=today, payout_doctype=payout.doctype, payout_name=payout.name)
	is_handed_over = bool(reward.paid_by)  # a draft waits for who does it
	telling.tell("reward_paid" if is_handed_over else "reward_prepared", reward)
	return PAID


def _hold_as_taken_away(name: str) -> str:
	"""Leave it to a person whether what they took out of payroll is paid again, also where its own job did not run yet."""
	payroll.follow_gone_payout(name)
	return PAID if promises.lock(name).state in states.HANDED_OVER else HELD


def _wait_for_person(reward, payout) -> None:
	"""Somebody still has to hand it over: the reward stays due; written only when that is news."""
	reason = Reason("being_prepared")
	kept_as = (states.DUE, payout.name, reason.stored())
	if (reward.state, reward.payout_name, reward.state_reason) != kept_as:
		carried = {"payout_doctype": payout.doctype, "payout_name": payout.name}
		promises.move(reward, states.DUE, reason, **carried)


def why_held(reward, today) -> Reason | None:
	"""Say what stands against paying this reward today."""
	kept = json.loads(reward.explanation or "{}")
	code = why_not_payable(reward.milestone, _both_people(reward, kept), kept.get("released_despite") or ())
	if code:
		return Reason(code)
	if not kinds.is_known(reward.kind):
		return Reason("unknown_kind", {"kind": reward.kind})
	return kinds.kind_of(reward).missing(reward, today)


def _is_payable(reward, today) -> bool:
	return reward.state in states.PAYABLE and not reward.decided_by and getdate(reward.due_on) <= today


def _both_people(reward, kept: dict) -> BothPeople:
	away = bool(kept.get("referrer_away_on"))
	return BothPeople(case.employee(reward).status, case.hire(reward).status, was_away_when_earned=away)


def _hold(reward, reason: Reason) -> str:
	"""Hold back, and withdraw a payout that payroll has not used; written only when something changed."""
	undoing.withdraw(reward)
	if reward.state != states.ON_HOLD or reward.state_reason != reason.stored():
		promises.move(reward, states.ON_HOLD, reason)
	if reason.code == rates.MISSING:
		rates.fetch_after_commit(reason.values["currency"], reason.values["salary_currency"], reward.referral)
	return HELD


def _after_error(name: str, error: Exception) -> str:
	reward = promises.lock(name)
	refused = isinstance(error, frappe.ValidationError)
	if not refused:
		frappe.log_error(
			title="Referral Reward could not be paid", reference_doctype=promises.DOCTYPE, reference_name=name
		)
	reason = Reason("refused" if refused else "failed", {"message": frappe.utils.strip_html(str(error))})
	if reward.state in states.PAYABLE:
		_hold(reward, reason)
	return HELD if refused else FAILED
