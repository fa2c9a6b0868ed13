"""Takes a reward back, and lets one that was taken back stand again. Corrects by adding, never by changing.

What was not handed over becomes Void. What was, the kind takes back as far as it can; the rest is Owed.
When the kind refuses (a points wallet that must be repaired first), the referral goes on: all of it is Owed for the time being,
nothing is netted, and the hourly task takes it back as soon as that is possible.
"""

import json
from decimal import Decimal

import frappe
from frappe.utils import flt

from referral_hub.rewards import kinds, promises, telling
from referral_hub.rewards.money import (
	currency_handed_over,
	kept_before,
	kept_currency,
	left_with_employee,
	paid_out,
	to_decimal,
	written_off,
)
from referral_hub.rewards.paying import taxable
from referral_hub.rewards.reasons import Reason
from referral_hub.rewards.recovery import service as recovery
from referral_hub.rewards.recovery import standing_again
from referral_hub.rewards.rules import states
from referral_hub.wording import languages

OF_ONE_ATTEMPT = (
	*("paid_on", "payout_doctype", "payout_name", "approved_by", "approved_on", "paid_by"),
	*("paid_amount", "paid_currency", "exchange_rate", "exchange_rate_on"),
)


def undo(reward, reason: Reason, **fields) -> None:
	"""Undo a locked reward whatever its state; the caller says why. What was kept of it before is owed again.

	Undone by itself it may be earned again: what a person held waits for them then as before (`hold_again`).
	"""
	if reward.state == states.ON_HOLD and reward.decided_by and "decided_by" not in fields:
		promises.put_in_explanation(reward, held_by=reward.decided_by)
		fields["decided_by"] = None
	if not _knows_payout(reward):
		was_told = reward.state in states.PAYABLE | {states.APPROVAL}
		kept = left_with_employee(reward) if reward.state in states.UNPAID else Decimal(0)
		if kept:
			fields |= {"owed_amount": flt(kept), "paid_currency": _in_another_currency(reward)}
		else:
			taxable.withdraw(reward)
		promises.move(reward, states.OWED if kept else states.VOID, reason, **fields)
		if was_told:
			telling.tell_taken_back(reward, reason, was_paid=False)
		return
	_take_back(reward, reason, **fields)


def take_back_again(name: str) -> bool:
	"""Take back what was refused before, for the reason of that time; False when it is refused again or settled."""
	reward = promises.lock(name)
	reason = promises.undone_for(reward)
	return bool(reason) and _take_back(reward, reason)


def not_taken_back() -> list[str]:
	"""Name the rewards that wait to be taken back."""
	rows = frappe.get_all(
		promises.DOCTYPE, {"state": states.OWED}, ["name", "state", "explanation"], order_by="name asc"
	)
	return [row.name for row in rows if promises.undone_for(row)]


def _take_back(reward, reason: Reason, **fields) -> bool:
	was_void = reward.state == states.VOID
	frappe.db.savepoint("take_back")
	try:
		with languages.speaking_of_site():
			taken = kinds.kind_of(reward).take_back(reward)
	except frappe.ValidationError as error:
		frappe.db.rollback(save_point="take_back")
		frappe.clear_last_message()
		_wait(reward, reason, error, fields)
		return False
	frappe.db.release_savepoint("take_back")
	if not taken.owed:
		taxable.withdraw(reward)
	if taken.owed and not taken.reached_employee and reward.state in states.UNPAID:
		fields |= {"paid_currency": _in_another_currency(reward)}
	if not taken.document_kept:
		fields |= {"payout_doctype": None, "payout_name": None}
	promises.move(reward, taken.state(), reason, owed_amount=flt(taken.owed), **fields)
	was_paid = reward.state in (states.CLAWED_BACK, states.OWED)
	telling.tell_taken_back(reward, reason, was_paid, to_decimal(taken.owed), anew=was_void)
	return True


def _wait(reward, reason: Reason, error: frappe.ValidationError, fields: dict) -> None:
	"""Keep why it was to be taken back; written only when something changed, so that every hour may try."""
	refused = Reason(promises.NOT_TAKEN_BACK, {"message": frappe.utils.strip_html(str(error))})
	if reward.state == states.OWED and reward.state_reason == refused.stored():
		return
	if reward.state in states.UNPAID and reward.owed_amount:
		promises.put_in_explanation(reward, kept_before=str(to_decimal(reward.owed_amount)))
	promises.put_in_explanation(reward, undone_for=reason.as_dict())
	promises.move(reward, states.OWED, refused, owed_amount=reward.amount, **fields)


def revive(reward, new_state: dict) -> None:
	"""Let an undone reward stand again: as paid when the employee still has all of it, else as a new attempt."""
	recovery.stop(reward)
	if is_all_kept(reward):
		kept_as = kinds.kind_of(reward).state_when_kept(reward)
		promises.put_in_explanation(reward, written_off=None)
		promises.move(reward, kept_as, owed_amount=0, earned_on=new_state["earned_on"])
		return
	kept = _still_with_employee(reward)
	begin_anew(reward, kept, new_state)
	if not hold_again(reward) and reward.state in states.PAYABLE:
		standing_again.stand(reward, kept)


def hold_again(reward) -> bool:
	"""Hold a reward that a person held when it was undone, until they release it; say whether that is so.

	What is only promised, or waits for a choice, is held once it is earned.
	"""
	held_by = json.loads(reward.explanation or "{}").get("held_by")
	if not held_by or reward.state not in states.CAN_BE_HELD:
		return False
	promises.put_in_explanation(reward, held_by=None)
	promises.move(reward, states.ON_HOLD, Reason("held_before", {"user": held_by}), decided_by=held_by)
	return True


def begin_anew(reward, kept: Decimal, new_state: dict) -> None:
	"""Let a reward be paid once more, less what the employee kept of it until now."""
	currency = currency_handed_over(reward)
	_close_attempt(reward)
	promises.put_in_explanation(reward, kept_currency=currency if kept else None)
	new_state |= {"attempt": reward.attempt + 1, "owed_amount": flt(kept)}
	promises.move(reward, **dict.fromkeys(OF_ONE_ATTEMPT), **new_state)


def withdraw(reward) -> None:
	"""Take a payout back that is to be held; the reward itself stands. The caller moves it."""
	if not _knows_payout(reward):
		return
	taken = kinds.kind_of(reward).take_back(reward)
	if not (taken.owed and taken.reached_employee):
		reward.update({"payout_doctype": None, "payout_name": None, "paid_on": None})


def write_off(reward, reason: Reason, **fields) -> None:
	"""Ask no longer for what is owed; that the employee has it is kept, should the reward stand again.

	Where a slip has just deducted all of it nothing is left to write off: it was given back.
	"""
	recovery.stop(reward)
	if reward.state != states.OWED:
		return
	promises.put_in_explanation(reward, written_off=str(to_decimal(reward.owed_amount)))
	promises.move(reward, states.VOID, reason, owed_amount=0, **fields)


def is_all_kept(reward) -> bool:
	"""Say whether a reward was to be given back, or need not be any more, and the employee still has all that its payout paid."""
	kept = _still_with_employee(reward)
	return bool(kept and reward.payout_name) and kept == paid_out(reward) + kept_before(reward)


def _still_with_employee(reward) -> Decimal:
	"""Return what an undone reward has left with the employee: what is owed, or was written off."""
	owed = to_decimal(reward.owed_amount) if reward.state == states.OWED else Decimal(0)
	return owed + (written_off(reward) if reward.state == states.VOID else Decimal(0))


def _in_another_currency(reward) -> str | None:
	"""Return the currency of what was kept, where it is not the one that was promised."""
	currency = kept_currency(reward)
	return currency if currency != reward.currency else None


def _close_attempt(reward) -> None:
	"""Remember what paid before and is not to pay again."""
	earlier = json.loads(reward.explanation or "{}").get("earlier_payouts") or []
	if reward.payout_name:
		earlier = [*earlier, reward.payout_name]
	of_it_alone = dict.fromkeys(("written_off", "paid_amount", "kept_before", "kept_beyond"))
	promises.put_in_explanation(reward, earlier_payouts=earlier, **of_it_alone)


def _knows_payout(reward) -> bool:
	"""Say whether something pays this reward, and remember what: a person may have made it."""
	payout = kinds.payout_of(reward)
	if payout:
		reward.update({"payout_doctype": payout.doctype, "payout_name": payout.name})
	return bool(payout)
