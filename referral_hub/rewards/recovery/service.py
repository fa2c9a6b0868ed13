"""Asks back what an employee owes of a cash reward: by a deduction in the next open payroll period, or as HR was paid.

A deduction is an Additional Salary of its own; it is Done when a submitted Salary Slip carries it, and waits again when that slip
is cancelled. What is owed goes down only by what is Done. Locks the reward first, then its recoveries.
"""

from collections.abc import Collection
from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import flt, fmt_money, getdate

from referral_hub.people import employments
from referral_hub.rewards import promises
from referral_hub.rewards.money import currency_handed_over, kept_beyond, to_decimal, written_off
from referral_hub.rewards.paying import salaries, slips
from referral_hub.rewards.reasons import Reason
from referral_hub.rewards.recovery import beyond, by_hand, deductions, giving_back, records
from referral_hub.rewards.rules import states
from referral_hub.rewards.rules.terms import CASH


class CantBeRecovered(frappe.ValidationError):
	"""This can't be asked back like that, and why."""


def deduct(name: str, reason: str, amount: float | None = None, shown: str | None = None) -> str:
	"""Let the next open payroll period deduct what is owed, or a part of it; return the recovery."""
	reward = promises.lock_as_shown(name, shown)
	asked = _asked(reward, amount)
	if problem := deductions.problem(reward, getdate()) or _above_room(reward, asked):
		frappe.throw(problem, CantBeRecovered)
	row = _deduct(reward, asked, _said(reason), **_of(reward))
	if beyond.is_there(reward):
		beyond.lower(reward, asked)
	else:
		promises.save(reward)  # who was shown it before this, and sends the same again, is refused
	return row


def paid_back(name: str, reason: str, amount: float | None = None, shown: str | None = None) -> str:
	"""Note that the employee gave back what is owed, or a part of it, outside payroll."""
	reward = promises.lock_as_shown(name, shown)
	row = records.insert(reward, records.PAID_BACK, _asked(reward, amount), _said(reason), **_of(reward))
	if records.is_of_before(reward, row):
		records.move(row, records.DONE)
		beyond.lower(reward, to_decimal(row.amount))
	else:
		settle(reward, row)
	return row.name


def let_keep(name: str, reason: str, shown: str | None = None) -> None:
	"""Ask no longer for what an employee has beyond a reward that stands."""
	reward = promises.lock_as_shown(name, shown)
	if not beyond.is_there(reward):
		frappe.throw(_("The employee has no more of this reward than it pays."), CantBeRecovered)
	decided = {"words": _said(reason), "user": frappe.session.user}
	beyond.lower(reward, kept_beyond(reward), Reason("by_person", decided))


def paid_to_employee(name: str, reason: str, shown: str | None = None) -> None:
	"""Note that the employee has what came back of a reward that nothing pays any more."""
	reward = promises.lock_as_shown(name, shown)
	decided = {"words": _said(reason), "user": frappe.session.user}
	if not giving_back.end(reward, decided):
		frappe.throw(_("Nothing of this reward is to be paid back to the employee."), CantBeRecovered)


def net(reward) -> None:
	"""Take what the employee owes from earlier cash out of what this reward has just paid."""
	earned = to_decimal(reward.paid_amount if reward.paid_currency else reward.amount)
	for name in owed_by(reward.employee, but_not=reward.name):
		owed = promises.lock(name)
		if not _is_owed(owed) or currency_handed_over(owed) != currency_handed_over(reward):
			continue
		part = min(earned, _open_amount(owed))
		if part > 0 and not deductions.problem(owed, getdate()):
			_deduct(owed, part, _("Taken from the reward {0}.").format(reward.name), taken_from=reward.name)
			earned -= part


def give_up_netted(reward) -> None:
	"""Take away what was to be deducted out of this reward's payout, which is not made after all; it stays owed.

	Who owes is locked before what they owe, as everybody does it; only what was netted since we began is locked the other way.
	"""
	for owed in records.owed_out_of(reward.name):
		promises.lock(owed)
	for name, owed in records.waiting_out_of(reward.name):
		owing, row = promises.lock(owed), records.lock(name)
		if row.state == records.WAITING and not records.is_of_before(owing, row):
			_give_up(owing, row)


def owed_by(employee: str | None = None, but_not: str = "") -> list[str]:
	"""Return the cash that is owed, by everybody or by one person, whichever of their records owes it."""
	filters = {"kind": CASH, "state": states.OWED, "name": ("!=", but_not)}
	if employee:
		filters["employee"] = ("in", employments.records_of(employee))
	return frappe.get_all(promises.DOCTYPE, filters, pluck="name", order_by="earned_on asc, name asc")


def owing(employees: Collection[str]) -> set[str]:
	"""Return which of these records owe cash."""
	filters = {"kind": CASH, "state": states.OWED, "employee": ("in", sorted(employees))}
	return set(frappe.get_all(promises.DOCTYPE, filters, pluck="employee"))


def to_deduct() -> list[str]:
	"""Return the rewards that are owed, where the settings let payroll deduct without asking."""
	settings = frappe.get_cached_doc("Referral Hub Settings")
	return owed_by() if settings.claw_back_by_itself and settings.claw_back_component else []


def deduct_by_itself(name: str) -> None:
	"""Deduct what nobody has asked back yet, in as many months as the salary needs; what stands against it is on the work list."""
	reward = promises.lock(name)
	left = _open_amount(reward) if _is_owed(reward) else Decimal(0)
	room = deductions.room(reward) if left > 0 else None
	left = left if room is None else min(left, room)
	if left > 0 and not deductions.problem(reward, getdate()):
		_deduct(reward, left, _("Deducted by itself, as the settings say."))


def give_up_late(name: str) -> bool:
	"""Take a deduction away that no slip is to carry as it is: it is open again, for the record its person has now or for HR."""
	reward = promises.lock(frappe.db.get_value(records.DOCTYPE, name, "reward"))
	row = records.lock(name)
	if reward.state != states.OWED or row.state != records.WAITING or records.is_of_before(reward, row):
		return False
	if slips.listing([row.payout_name]) or not deductions.without_salary(name):
		return False
	_give_up(reward, row)
	return True


def stop(reward) -> None:
	"""Ask nothing back any more of a locked reward: deductions that no slip carries are taken away, others were given back."""
	if reward.kind == CASH and reward.state == states.OWED:
		for row in records.waiting_of(reward):
			_give_up(reward, row)


def came_back(reward) -> bool:
	"""Say whether anything of what this attempt of a locked reward paid was given back."""
	return any(not records.is_of_before(reward, row) for row in records.of(reward, records.DONE))


def refuse_taking_away(payout) -> None:
	"""Refuse that somebody cancels what paid a reward of which a part came back: the slip that is made anew needs it.

	Of a void one they may: where no slip is made anew, what came back is the employee's (`giving_back`).
	"""
	taken_back = {"payout_name": payout.name, "state": ("in", sorted(states.UNDONE - {states.VOID}))}
	name = frappe.db.exists(promises.DOCTYPE, {"name": payout.ref_docname} | taken_back)
	if payout.flags.withdrawn_by_rewards or not name:
		return
	if came_back(reward := promises.lock(name)):
		words = _(
			"A part of what this Additional Salary paid for the reward {0} came back already: without it the employee would have given back what they never got. Keep it, and make its Salary Slip anew."
		)
		if reward.state == states.OWED:
			words += " " + _(
				"Where no slip is to pay it any more, void the reward first: then you are told what to pay back to the employee."
			)
		frappe.throw(words.format(reward.name), CantBeRecovered)


def give_up_what_is_too_much(reward) -> None:
	"""Take waiting deductions away where more is asked back than is owed; what is left can be asked back anew."""
	if records.open_amount(reward) < 0:
		for row in records.waiting_of(reward):
			_give_up(reward, row)


def follow(name: str) -> None:
	"""Let a deduction follow its Additional Salary and the slip that carries it."""
	reward_name = frappe.db.get_value(records.DOCTYPE, name, "reward")
	reward, row = promises.lock(reward_name), records.lock(name)
	by_hand.follow(reward, row)
	if reward.state == states.OWED:
		give_up_what_is_too_much(reward)
		row = records.lock(name)
	payout = row.payout_name
	carried = bool(slips.carrying(payout))
	if row.state == records.WAITING and carried:
		settle(reward, row)
	elif row.state == records.DONE and not carried:
		_unsettle(reward, row)
	if row.state == records.WAITING and not salaries.is_alive(payout):
		records.move(row, records.CANCELLED)


def _deduct(reward, amount: Decimal, reason: str, **fields) -> str:
	row = records.insert(reward, records.BY_SALARY, amount, reason, **fields)
	payout = deductions.make(reward, row, getdate())
	records.move(row, records.WAITING, payout_doctype=salaries.PAYOUT, payout_name=payout)
	return row.name


def _give_up(reward, row) -> None:
	"""Take a deduction away, unless a slip carries it: one that is being submitted is waited for."""
	listed = next(iter(slips.listing([row.payout_name])), None)
	if listed and listed.is_submitted:
		settle(reward, row)
		return
	deductions.withdraw(row.payout_name)
	if listed:
		slips.name_draft(reward, listed.slip)
	records.move(row, records.CANCELLED)


def settle(reward, row) -> None:
	"""Note that something of what is owed came back."""
	records.move(row, records.DONE)
	left = to_decimal(reward.owed_amount) - to_decimal(row.amount)
	state = states.OWED if left > 0 else states.CLAWED_BACK
	reason = Reason("recovered") if left == 0 else beyond.too_much(-left, row.currency)
	promises.move(reward, state, reason, owed_amount=flt(max(left, 0)))


def _unsettle(reward, row) -> None:
	"""The slip that deducted it was cancelled: it waits for the next one, if the reward still is to be given back."""
	is_given_back = reward.state == states.VOID or giving_back.holds(reward, row)
	if is_given_back and not salaries.is_alive(row.payout_name):
		records.move(row, records.CANCELLED)
		if not giving_back.lower(reward, row):
			promises.put_in_explanation(reward, written_off=str(written_off(reward) + to_decimal(row.amount)))
			promises.save(reward)
	if is_given_back or reward.state not in (states.OWED, states.CLAWED_BACK):
		return
	records.move(row, records.WAITING)
	if row.taken_from and not salaries.is_alive(_payout_of(row.taken_from)):
		_give_up(reward, row)  # it was to be taken out of a payout, and that is gone
	owed = to_decimal(reward.owed_amount) + to_decimal(row.amount)
	words = fmt_money(owed, currency=row.currency)
	promises.move(reward, states.OWED, Reason("recovery_undone", {"owed": words}), owed_amount=flt(owed))


def _payout_of(reward: str) -> str | None:
	return frappe.db.get_value(promises.DOCTYPE, reward, "payout_name")


def _open_amount(reward) -> Decimal:
	"""Return what nobody has asked back yet; what HR has changed of the deductions that wait counts as it is in payroll."""
	for row in records.waiting_of(reward):
		by_hand.follow(reward, row)
	return max(Decimal(0), records.open_amount(reward))


def _is_owed(reward) -> bool:
	"""Say whether the employee has what is owed.

	What only could not be taken away yet is tried again every hour; what HR took out of payroll, slip and all, is let go within it.
	"""
	if reward.state != states.OWED or promises.undone_for(reward):
		return False
	payout = reward.payout_name if reward.payout_doctype == salaries.PAYOUT else None
	return not payout or salaries.is_alive(payout) or bool(slips.carrying(payout))


def _of(reward) -> dict[str, int]:
	"""Return which attempt is asked back: what was kept beyond a reward that stands is of one before."""
	return {"attempt": reward.attempt - 1} if beyond.is_there(reward) else {}


def _asked(reward, amount: float | None) -> Decimal:
	"""Return how much is asked back: all that is open, or the part that was typed."""
	is_beyond = beyond.is_there(reward)
	if reward.kind != CASH or not (is_beyond or _is_owed(reward)):
		frappe.throw(_("Nothing is owed of this reward in money."), CantBeRecovered)
	left = kept_beyond(reward) if is_beyond else _open_amount(reward)
	asked = left if amount is None else to_decimal(amount)
	if not 0 < asked <= left:
		words = _("At most {0} can be asked back.").format(
			fmt_money(left, currency=currency_handed_over(reward))
		)
		frappe.throw(words, CantBeRecovered)
	return asked


def _above_room(reward, asked: Decimal) -> str | None:
	"""Say in words that the next salary can't lose so much; None when it can, or nobody knows."""
	room = deductions.room(reward)
	if room is None or asked <= room:
		return None
	words = _(
		"The next salary of {0} can deduct at most {1}, by their last Salary Slip and what is deducted already: HRMS submits no slip below zero. Ask it back in parts, a salary at a time, or note it as paid back."
	)
	return words.format(reward.employee, fmt_money(room, currency=currency_handed_over(reward)))


def _said(reason: str) -> str:
	if not (reason or "").strip():
		frappe.throw(_("Say why, so that the employee and your colleagues understand."), CantBeRecovered)
	return reason.strip()
