"""What a person in HR decides about a reward: hold it, release it, void it. Each needs a reason.

A reward that a person held or voided is left alone by the system until a person releases it. Who may decide is
checked by the caller (api/desk.py). `shown` says of which state of the reward they decided (see `promises.lock_as_shown`).
"""

import json

import frappe
from frappe import _
from frappe.utils import fmt_money, getdate, nowdate

from referral_hub.rewards import earning, promises, undoing
from referral_hub.rewards.money import currency_handed_over, left_with_employee
from referral_hub.rewards.paying import payroll, taxable
from referral_hub.rewards.paying.salaries import is_alive
from referral_hub.rewards.reasons import Reason
from referral_hub.rewards.recovery import giving_back, standing_again
from referral_hub.rewards.recovery import service as recovery
from referral_hub.rewards.rules import states
from referral_hub.rewards.rules.paying.payable import RELEASED_BY_A_PERSON
from referral_hub.rewards.rules.terms import CASH, POINTS

LONGEST_REASON = 2000


class ReasonNeeded(frappe.ValidationError):
	"""A decision about somebody's reward must say why, in words that somebody reads."""


def hold(reward: str, reason: str, shown: str | None = None) -> None:
	"""Hold a reward that was not paid yet; what would hand it over meanwhile is withdrawn."""
	decided = _decision(reason)
	row = promises.lock_as_shown(reward, shown)
	_refuse_unless(row, states.CAN_BE_HELD)
	undoing.withdraw(row)
	promises.move(row, states.ON_HOLD, **decided)


def release(reward: str, reason: str, shown: str | None = None) -> None:
	"""Take back a hold or a void: the reward goes on as its referral stands now."""
	decided = _decision(reason) | {"decided_by": None}
	referral = frappe.get_doc(
		"Referral", frappe.db.get_value(promises.DOCTYPE, reward, "referral"), for_update=True
	)
	row = promises.lock_as_shown(reward, shown)
	if payroll.follow_crossed(row) and row.state in states.HANDED_OVER:
		return  # a slip that was submitted a moment ago pays it
	if row.state == states.VOID and row.kind == CASH and row.payout_name and not is_alive(row.payout_name):
		giving_back.note(row)  # the job of its cancelled Additional Salary may not have run yet
	_refuse_unless(row, states.UNDONE | {states.ON_HOLD})
	if row.state == states.ON_HOLD:
		if standing_again.stand(row, left_with_employee(row), **decided):
			return
		_note_what_is_released(row)
		is_due = getdate(row.due_on) <= getdate(nowdate())
		promises.move(row, states.DUE if is_due else states.EARNED, **decided)
		earning.pay_after_commit(referral.name)
		return
	promises.put_in_explanation(row, held_by=None)
	promises.move(row, row.state, **decided)
	earning.earn(referral)


def _note_what_is_released(row) -> None:
	"""Let what a person has looked at stand no longer against this reward."""
	reason = json.loads(row.explanation or "{}").get("reason") or {}
	if reason.get("code") in RELEASED_BY_A_PERSON:
		promises.put_in_explanation(row, released_despite=[reason["code"]])


def note_given_back(reward: str, reason: str, amount: float | None = None, shown: str | None = None) -> str:
	"""Note that the employee gave back what is owed outside payroll; return what says so: of cash the Reward Recovery, else the reward.

	Days, things and places are given back as a whole; points are netted from the next ones.
	"""
	if frappe.db.get_value(promises.DOCTYPE, reward, "kind") in (CASH, POINTS):
		return recovery.paid_back(reward, reason, amount, shown)
	why = _decision(reason)["reason"]
	row = promises.lock_as_shown(reward, shown)
	_refuse_unless(row, frozenset({states.OWED}))
	if promises.undone_for(row):
		frappe.throw(str(promises.reason_of(row)), recovery.CantBeRecovered)
	taxable.withdraw(row)
	promises.move(row, states.CLAWED_BACK, why, owed_amount=0)
	return row.name


def void(reward: str, reason: str, shown: str | None = None) -> None:
	"""Void a reward; what was handed over is taken back as far as possible, what is owed is written off."""
	decided = _decision(reason)
	row = promises.lock_as_shown(reward, shown)
	_refuse_unless(row, states.STANDING | {states.OWED})
	if row.state == states.OWED:
		if not shown and promises.reason_of(row) == decided["reason"]:
			_refuse_the_same_again(row)
		undoing.write_off(row, **decided)
	else:
		undoing.undo(row, **decided)


def _refuse_the_same_again(reward) -> None:
	"""Refuse what a caller who was shown nothing sends twice: the first has taken the reward back, the second would write it off."""
	words = _(
		"You voided this reward in these words already: {0} is owed of it now. To write that off, say why in other words."
	)
	amount = fmt_money(reward.owed_amount, currency=currency_handed_over(reward) or None)
	frappe.throw(words.format(amount), promises.ChangedSince)


def _decision(words: str) -> dict:
	words = (words or "").strip()
	if not words:
		frappe.throw(_("Say why, so that the employee and your colleagues understand."), ReasonNeeded)
	if len(words) > LONGEST_REASON:
		frappe.throw(_("Please shorten this to {0} characters.").format(LONGEST_REASON), ReasonNeeded)
	user = frappe.session.user
	return {"reason": Reason("by_person", {"words": words, "user": user}), "decided_by": user}


def _refuse_unless(reward, allowed: frozenset) -> None:
	if reward.state not in allowed:
		frappe.throw(
			_("This is not possible for a reward that is {0}.").format(
				_(reward.state, context="Referral Reward")
			),
			promises.WrongMove,
		)
