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
	kept_currency,
	left_with_employee,
	to_decimal,
	written_off,
)
from referral_hub.rewards.paying import by_hand, salaries, slips
from referral_hub.rewards.reasons import Reason
from referral_hub.rewards.recovery import beyond, deductions, records
from referral_hub.rewards.recovery import by_hand as changed_by_hand
from referral_hub.rewards.rules import states


def follow(reward, row) -> None:
	"""Let a deduction of an earlier attempt follow the slip that carries it, or does not any more."""
	if row.how != records.BY_SALARY:
		return
	_follow_person(reward, row)
	if row.state == records.CANCELLED:
		return
	if salaries.slip_carrying(row.payout_name):
		_move(row, records.DONE)
	elif salaries.is_alive(row.payout_name):
		_move(row, records.WAITING)
	else:
		was_counted = row.state == records.DONE
		records.move(row, records.CANCELLED)
		_keep(reward, row, to_decimal(row.amount), was_counted)


def _follow_person(reward, row) -> None:
	"""Go on with the deduction that a person has amended: what it deducts less is kept, what it deducts again is not."""
	before = to_decimal(row.amount) if row.state == records.WAITING else Decimal(0)
	changed_by_hand.follow(reward, row)
	less = before - to_decimal(row.amount) if row.state == records.WAITING else Decimal(0)
	if less > 0:
		_keep(reward, row, less, was_counted=False)
	elif less:
		beyond.lower(reward, -less)


def _move(row, state: str) -> None:
	if row.state != state:
		records.move(row, state)


def _keep(reward, row, amount: Decimal, was_counted: bool) -> None:
	"""Let a reward say that the employee has kept what was to be deducted."""
	reason = Reason("kept_after_all", {"amount": fmt_money(amount, currency=row.currency)})
	if reward.state in states.UNDONE:
		_owe(reward, amount, reason)
	elif row.currency != (kept_currency(reward) or currency_handed_over(reward)):
		promises.move(reward, reward.state, reason)
	elif reward.state in states.HANDED_OVER and slips.carrying(reward.payout_name):
		_ask_again(reward, row, amount, reason, was_counted)
	else:
		_pay_less(reward, left_with_employee(reward) + amount, reason)


def _owe(reward, amount, reason: Reason) -> None:
	"""What was undone since is owed with this on top, or written off with it."""
	if reward.state == states.VOID and written_off(reward):
		promises.put_in_explanation(reward, written_off=str(written_off(reward) + amount))
		promises.move(reward, states.VOID, reason)
		return
	promises.move(reward, states.OWED, reason, owed_amount=flt(to_decimal(reward.owed_amount) + amount))


def _pay_less(reward, kept, reason: Reason) -> None:
	"""Take back what payroll was given and has not paid; pay what is left, or let the first payment stand."""
	if reward.state in states.HANDED_OVER:
		undoing.withdraw(reward)
		undoing.begin_anew(reward, kept, {"state": states.DUE, "reason": reason})
	elif to_decimal(reward.owed_amount) or not kept_before(reward):
		reward.owed_amount = flt(kept)
	else:
		promises.put_in_explanation(reward, kept_before=str(kept), kept_beyond=None)
	if payout := _paid_in_full(reward, kept):
		salaries.take_over(reward, payout)
		promises.put_in_explanation(reward, kept_before=None, kept_beyond=None, kept_currency=None)
		fields = {"owed_amount": 0, "paid_on": reward.paid_on or getdate()}
		by_hand.move_as_paid(reward, states.CONFIRMED, reason, **fields)
		return
	promises.move(reward, reward.state, reason)
	earning.pay_after_commit(reward.referral)


def _paid_in_full(reward, kept) -> str | None:
	"""Return the payment of an earlier attempt that a slip carries, where it is all that the employee has kept and was promised."""
	for payout in reversed(salaries.earlier_of(reward)):
		row = frappe.db.get_value(salaries.PAYOUT, payout, ["amount", "currency"], as_dict=True)
		is_all = row and to_decimal(row.amount) == kept == to_decimal(reward.amount)
		if is_all and (row.currency or reward.currency) == reward.currency and slips.carrying(payout):
			return payout
	return None


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
