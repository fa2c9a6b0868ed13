"""Deductions that were withdrawn in the moment in which a slip that carries them was submitted: the employee gave that back.

The money counts wherever the reward has gone meanwhile: less is owed, less was written off, or what stands again is paid
anew as far as it came back. Where none of that fits nothing is moved, and the reconciliation names it for a person to settle.
Called by jobs and tasks in place of `recovery.service.follow`, which follows all else.
"""

import frappe
from frappe.utils import flt, fmt_money

from referral_hub.rewards import earning, promises, undoing
from referral_hub.rewards.money import (
	currency_handed_over,
	kept_before,
	kept_beyond,
	kept_currency,
	paid_out,
	to_decimal,
	written_off,
)
from referral_hub.rewards.paying import salaries, slips
from referral_hub.rewards.reasons import Reason
from referral_hub.rewards.recovery import beyond, paid_anew, records, service
from referral_hub.rewards.rules import documents, states


def unnoticed() -> list[str]:
	"""Return the deductions that count as cancelled though a submitted slip carries them."""
	additional, slip, row = salaries.tables()
	recovery = frappe.qb.DocType(records.DOCTYPE)
	query = salaries.slips_with_payouts(additional, slip, row).inner_join(recovery)
	query = query.on((recovery.payout_name == additional.name) & (recovery.how == records.BY_SALARY))
	query = query.where((recovery.state == records.CANCELLED) & (slip.docstatus == documents.SUBMITTED))
	return query.select(recovery.name).orderby(recovery.creation).run(pluck=True)


def follow(name: str) -> None:
	"""Let a deduction follow payroll, also one of which nobody waits for any more."""
	reward = promises.lock(frappe.db.get_value(records.DOCTYPE, name, "reward"))
	row = records.lock(name)
	if row.how == records.BY_SALARY and row.state == records.CANCELLED:
		slip = slips.carrying(row.payout_name)
		if slip and _count(reward, row, slip):
			records.move(row, records.DONE)
			return
	if records.is_of_before(reward, row):
		paid_anew.follow(reward, row)
	else:
		service.follow(name)


def _count(reward, row, slip: str) -> bool:
	"""Let a reward say that a slip has taken this back; False where it can't."""
	amount = to_decimal(row.amount)
	reason = Reason("deducted_after_all", {"slip": slip, "amount": fmt_money(amount, currency=row.currency)})
	if reward.state == states.OWED:
		return _count_as_owed(reward, row, amount)
	if reward.state == states.VOID:
		return _count_as_written_off(reward, row, amount, reason)
	if reward.state in states.UNPAID:
		return _count_as_kept(reward, row, amount)
	if (
		beyond.is_there(reward)
		and amount <= kept_beyond(reward)
		and row.currency == currency_handed_over(reward)
	):
		beyond.lower(reward, amount, reason)
		return True
	return reward.state == states.CONFIRMED and _pay_anew(reward, row, amount, reason)


def _count_as_owed(reward, row, amount) -> bool:
	if amount > to_decimal(reward.owed_amount) or row.currency != currency_handed_over(reward):
		return False
	service.settle(reward, row)
	service.give_up_what_is_too_much(reward)
	return True


def _count_as_written_off(reward, row, amount, reason: Reason) -> bool:
	left = written_off(reward) - amount
	if left < 0 or row.currency != currency_handed_over(reward):
		return False
	promises.put_in_explanation(reward, written_off=str(left) if left else None)
	promises.move(reward, states.VOID if left else states.CLAWED_BACK, reason)
	return True


def _count_as_kept(reward, row, amount) -> bool:
	"""What stands again and waits to be paid is paid less what the employee kept of it: they kept less."""
	owed, before = to_decimal(reward.owed_amount), kept_before(reward)
	if amount > (owed or before) or row.currency != (kept_currency(reward) or currency_handed_over(reward)):
		return False
	if owed:
		reward.owed_amount = flt(owed - amount)
	else:
		promises.put_in_explanation(reward, kept_before=str(before - amount), kept_beyond=None)
	promises.save(reward)
	return True


def _pay_anew(reward, row, amount, reason: Reason) -> bool:
	"""What stands again as paid was given back in part: that part is due once more."""
	kept = paid_out(reward) + kept_before(reward) - amount
	if kept < 0 or row.currency != currency_handed_over(reward):
		return False
	undoing.begin_anew(reward, kept, {"state": states.DUE, "reason": reason})
	earning.pay_after_commit(reward.referral)
	return True
