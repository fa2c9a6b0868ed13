"""Deductions of an earlier attempt: a reward was paid anew because that money came back. What if it does not, after all?

Where the slip that deducted it is cancelled, the deduction waits for the next slip, and nothing of the reward changes. Where
nothing deducts it any more, the employee kept that money: less is paid anew, nothing where they kept all of it. What was paid anew by then is
asked back once more, unless a person has cancelled the deduction or nothing can deduct it: then it stands on HR's work list (`beyond`).
Called by `crossed`, with reward and recovery locked.
"""

from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import flt, fmt_money, getdate

from referral_hub.rewards import earning, promises, undoing
from referral_hub.rewards.money import (
	currency_handed_over,
	kept_before,
	kept_beyond,
	kept_currency,
	kept_uncounted,
	left_with_employee,
	to_decimal,
	written_off,
)
from referral_hub.rewards.paying import by_hand as paid_by_hand
from referral_hub.rewards.paying import rates, salaries, slips
from referral_hub.rewards.reasons import Reason
from referral_hub.rewards.recovery import beyond, deductions, giving_back, records, standing_again
from referral_hub.rewards.recovery import by_hand as changed_by_hand
from referral_hub.rewards.rules import states


def follow(reward, row) -> None:
	"""Let a deduction of an earlier attempt follow the slip that carries it, or does not any more."""
	if row.how != records.BY_SALARY:
		return
	_follow_person(reward, row)
	if row.state == records.CANCELLED:
		return
	if slips.carrying(row.payout_name):
		_move(row, records.DONE)
	elif salaries.is_alive(row.payout_name):
		_move(row, records.WAITING)
	else:
		was_counted = row.state == records.DONE
		records.move(row, records.CANCELLED)
		if not giving_back.lower(reward, row):
			_keep(reward, row, to_decimal(row.amount), was_counted)


def count(name: str) -> None:
	"""Count what was kept in a currency that had no exchange rate, where there is one by now or none is needed any more."""
	reward = promises.lock(name)
	for currency, amount in kept_uncounted(reward).items():
		if reward.state in states.HANDED_OVER:
			paid_by_hand.count_beside(reward, amount, currency)
		elif _is_countable(reward, currency):
			beyond.wait_no_longer(reward, currency)
			_keep(reward, frappe._dict(currency=currency), amount, was_counted=False)


def _is_countable(reward, currency: str) -> bool:
	"""Say whether what was kept in this currency can be owed, or taken off what is to be paid."""
	if reward.state in states.UNDONE:
		is_alone, into = reward.state == states.VOID and not written_off(reward), currency_handed_over(reward)
	else:
		is_alone, into = not left_with_employee(reward), _kept_in(reward)
	return is_alone or bool(rates.rate_of(currency, into, getdate()))


def _follow_person(reward, row) -> None:
	"""Go on with the deduction that a person has amended: what it deducts less is kept, what it deducts again is not."""
	before = to_decimal(row.amount) if row.state == records.WAITING else Decimal(0)
	changed_by_hand.follow(reward, row)
	less = before - to_decimal(row.amount) if row.state == records.WAITING else Decimal(0)
	if less > 0:
		_keep(reward, row, less, was_counted=False)
	elif -less > _left(reward) and not slips.carrying(row.payout_name):
		_give_up(reward, row, before)
	elif less:
		beyond.lower(reward, -less, beyond.too_much(-less - _left(reward), row.currency))


def _left(reward) -> Decimal:
	return kept_beyond(reward) if beyond.is_there(reward) else Decimal(0)


def _give_up(reward, row, before: Decimal) -> None:
	"""Take away a deduction of more than the employee has, since somebody has settled that otherwise; what it was to deduct is kept."""
	deductions.withdraw(row.payout_name)
	records.move(row, records.CANCELLED)
	if before:
		_keep(reward, row, before, was_counted=False)


def _move(row, state: str) -> None:
	if row.state != state:
		records.move(row, state)


def _keep(reward, row, amount: Decimal, was_counted: bool) -> None:
	"""Let a reward say that the employee has kept what was to be deducted."""
	reason = Reason("kept_after_all", {"amount": fmt_money(amount, currency=row.currency)})
	if reward.state in states.UNDONE:
		_owe(reward, row, amount, reason)
		return
	carried = slips.carrying(reward.payout_name)
	if (carried or reward.state in states.HANDED_OVER) and row.currency != _kept_in(reward):
		_keep_in_another_currency(reward, row, amount, reason)
	elif carried:
		_ask_again(reward, row, amount, reason, was_counted)
	else:
		_pay_less(reward, row, amount, reason)


def _kept_in(reward) -> str:
	return kept_currency(reward) or currency_handed_over(reward)


def _wait_for_rate(reward, row, amount: Decimal, reason: Reason) -> None:
	"""Say what was kept, and keep it in its own currency until `count` can count it."""
	beyond.wait_for_rate(reward, amount, row.currency)
	promises.move(reward, reward.state, reason)


def _keep_in_another_currency(reward, row, amount: Decimal, reason: Reason) -> None:
	"""Let HR settle what was kept in another currency than is paid by now, at the rate of today; without a rate it waits for one."""
	if rate := rates.rate_of(row.currency, currency_handed_over(reward), getdate()):
		beyond.note(reward, rate.convert(amount), reason)
	else:
		_wait_for_rate(reward, row, amount, reason)


def _owe(reward, row, amount: Decimal, reason: Reason) -> None:
	"""What was undone since is owed with this on top, or written off with it; in another currency at the rate of today.

	Without a rate it waits for one.
	"""
	if reward.state == states.VOID and not written_off(reward):
		_owe_alone(reward, row, amount, reason)
		return
	rate = rates.rate_of(row.currency, currency_handed_over(reward), getdate())
	if not rate:
		_wait_for_rate(reward, row, amount, reason)
		return
	amount = rate.convert(amount) if row.currency != rate.currency else amount
	if reward.state == states.VOID:
		promises.put_in_explanation(reward, written_off=str(written_off(reward) + amount))
		promises.move(reward, states.VOID, reason)
	else:
		promises.move(reward, states.OWED, reason, owed_amount=flt(to_decimal(reward.owed_amount) + amount))


def _owe_alone(reward, row, amount: Decimal, reason: Reason) -> None:
	"""Let nothing but this be owed, in its own currency: what was paid anew reached nobody, and must not count as what paid it."""
	gone = dict.fromkeys(("payout_doctype", "payout_name", "paid_on", "exchange_rate", "exchange_rate_on"))
	gone |= {
		"paid_amount": 0,
		"paid_currency": row.currency if row.currency != reward.currency else None,
	}
	promises.move(reward, states.OWED, reason, owed_amount=flt(amount), **gone)


def _pay_less(reward, row, amount: Decimal, reason: Reason) -> None:
	"""Take back what payroll was given and has not paid; pay what is left, or let the first payment stand."""
	left = left_with_employee(reward)
	kept_in = _kept_in(reward) if left else row.currency
	rate = rates.rate_of(row.currency, kept_in, getdate())
	if not rate:
		_wait_for_rate(reward, row, amount, reason)
		return
	kept = left + (rate.convert(amount) if row.currency != kept_in else amount)
	if reward.state in states.HANDED_OVER or salaries.is_alive(reward.payout_name):
		undoing.withdraw(reward)
		undoing.begin_anew(reward, kept, {"state": states.DUE, "reason": reason})
	elif to_decimal(reward.owed_amount) or not kept_before(reward):
		reward.owed_amount = flt(kept)
	else:
		promises.put_in_explanation(reward, kept_before=str(kept), kept_beyond=None)
	promises.put_in_explanation(reward, kept_currency=kept_in)
	if not reward.decided_by and standing_again.stand(reward, kept, reason):
		return  # what a person holds waits for them
	promises.move(reward, reward.state, reason)
	earning.pay_after_commit(reward.referral)


def _ask_again(reward, row, amount: Decimal, reason: Reason, was_counted: bool) -> None:
	"""The employee was paid twice: the next open payroll period deducts it, unless a person has decided that none does."""
	if not was_counted or deductions.problem(reward, getdate()):
		beyond.note(reward, amount, reason)
		return
	said = _(
		"Asked back once more: the Salary Slip that deducted it was cancelled after the reward was paid anew."
	)
	fields = {"attempt": row.attempt, "currency": row.currency}
	again = records.insert(reward, records.BY_SALARY, amount, said, **fields)
	payout = deductions.make(reward, again, getdate())
	records.move(again, records.WAITING, payout_doctype=salaries.PAYOUT, payout_name=payout)
