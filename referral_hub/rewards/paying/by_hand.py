"""What a person makes of the pay-out of a cash reward in HRMS: amends it, changes what it pays, converts it, submits the draft.

What they submit pays the reward where what we made is gone. Called by payroll.py with the reward locked, and by the jobs behind
Additional Salary; `unnoticed` finds what a lost job missed.
"""

import json
from decimal import Decimal

import frappe
from frappe.utils import flt, fmt_money, getdate

from referral_hub.rewards import promises, telling
from referral_hub.rewards.money import (
	currency_handed_over,
	handed_over,
	kept_before,
	kept_beyond,
	kept_currency,
	left_with_employee,
	to_decimal,
)
from referral_hub.rewards.paying import rates
from referral_hub.rewards.paying.salaries import (
	PAYOUT,
	alive_of,
	earlier_of,
	is_alive,
	paid_otherwise,
	take_over,
)
from referral_hub.rewards.reasons import Reason
from referral_hub.rewards.recovery import beyond
from referral_hub.rewards.rules import states
from referral_hub.rewards.rules.documents import SUBMITTED
from referral_hub.rewards.rules.terms import CASH

Money = tuple[Decimal, str]
BY_HAND = "payout_by_hand"  # the reason of what HR has made themselves
PAID_OTHERWISE = "paid_otherwise"  # the reason of what HR pays in another amount or currency
ADOPTING = states.PAYABLE | states.HANDED_OVER


def is_by_a_person(reward) -> bool:
	"""Say whether a person chose what payroll pays of a reward, or in which currency."""
	reason = promises.reason_of(reward)
	return bool(reason) and reason.code in (BY_HAND, PAID_OTHERWISE)


def adopt(reward) -> bool:
	"""Let a locked reward be paid by what a person submitted for it, where what we made is gone."""
	if reward.kind != CASH or reward.state not in ADOPTING or is_alive(reward.payout_name):
		return False
	payout = next(iter(alive_of(reward, submitted_only=True)), None)
	if not payout:
		return False
	keep_beside(reward, payout)
	take_over(reward, payout)
	made_by = {"payout": payout, "user": frappe.db.get_value(PAYOUT, payout, "owner")}
	paid_on = reward.paid_on or getdate()
	fields = {"decided_by": None, "paid_on": paid_on, "paid_by": _who_submitted(payout)}
	move_as_paid(reward, states.PAID, Reason(BY_HAND, made_by), **fields)
	telling.tell("reward_paid", reward)
	return True


def keep_beside(reward, payout: str) -> None:
	"""Remember beside what a person pays what the employee kept of an earlier attempt; both may be more than was promised.

	What was to be paid is the rest: who pays just that has paid nothing else than was promised. Without an exchange rate what was
	kept waits for one in its own currency.
	"""
	kept, row = left_with_employee(reward), _of_payout(payout)
	if not kept or not row:
		return
	kept_in = kept_currency(reward) or currency_handed_over(reward)
	is_ours = bool(row.amended_from) and row.amended_from not in earlier_of(reward)
	if not _put_beside(reward, row, Decimal(0), (kept, kept_in), is_ours and not reward.owed_amount):
		beyond.wait_for_rate(reward, kept, kept_in)
		promises.put_in_explanation(reward, kept_before=None, kept_beyond=None)
		reward.owed_amount = 0


def count_beside(reward, amount: Decimal, currency: str) -> bool:
	"""Count what waited for an exchange rate beside what pays a reward that stands; False while there is none."""
	row = _of_payout(reward.payout_name)
	if not row or not _put_beside(reward, row, kept_before(reward), (amount, currency), is_ours=True):
		return False
	beyond.wait_no_longer(reward, currency)
	reason = promises.reason_of(reward)
	move_as_paid(reward, reward.state, None if reason and reason.code == PAID_OTHERWISE else reason)
	return True


def _put_beside(reward, row, before: Decimal, kept: Money, is_ours: bool) -> bool:
	"""Put what was kept beside this payout, on top of what stands there before; False without a rate."""
	currency = row.currency or reward.currency
	kept_at = rates.rate_of(kept[1], currency, getdate())
	found = _worth(reward, currency, is_ours)
	if not kept_at or not found:
		return False
	worth, promised = found
	kept = before + kept_at.convert(kept[0])
	too_much = min(kept, max(Decimal(0), to_decimal(row.amount) + kept - worth))
	pieces = {"kept_before": str(kept - too_much), "kept_beyond": str(too_much) if too_much else None}
	promises.put_in_explanation(reward, kept_currency=currency, **pieces)
	reward.update({"paid_amount": flt(worth - kept + too_much), "paid_currency": currency, "owed_amount": 0})
	reward.update({"exchange_rate": flt(promised.rate, 9), "exchange_rate_on": promised.on})
	return True


def _worth(reward, currency: str, is_ours: bool) -> tuple[Decimal, rates.Rate] | None:
	"""Return what was promised in this currency, and its rate: that of the day on which we paid it, where this is that payment."""
	if is_ours and flt(reward.exchange_rate) and reward.paid_currency == currency:
		rate = rates.Rate(currency, to_decimal(reward.exchange_rate), getdate(reward.exchange_rate_on))
		return handed_over(reward) + kept_before(reward) - kept_beyond(reward), rate
	rate = rates.rate_of(reward.currency, currency, getdate())
	return (rate.convert(to_decimal(reward.amount)), rate) if rate else None


def _of_payout(payout: str):
	"""Return what an Additional Salary pays, as it is now: a locking read."""
	fields = ["amount", "currency", "amended_from"]
	return frappe.db.get_value(PAYOUT, payout, fields, as_dict=True, for_update=True)


def follow_submitted(name: str) -> bool:
	"""Adopt what a person submitted for a reward; note it when they changed what it pays, and tell when it was a draft until now."""
	reward = promises.lock(name)
	if adopt(reward):
		return True
	kept = json.loads(reward.explanation or "{}").get("paid_amount")
	paid = paid_otherwise(reward) if reward.payout_doctype == PAYOUT else None
	is_same = bool(reward.paid_by) and kept == (str(paid[0]) if paid else None)
	if reward.state not in states.HANDED_OVER or is_same:
		return False
	if reward.paid_by or not _is_submitted(reward.payout_name):
		move_as_paid(reward, reward.state)
		return True
	payout = frappe.db.get_value(PAYOUT, reward.payout_name, ["modified_by", "modified"], as_dict=True)
	move_as_paid(reward, reward.state, paid_by=payout.modified_by, paid_on=getdate(payout.modified))
	telling.tell("reward_paid", reward)
	return True


def _is_submitted(payout: str) -> bool:
	return frappe.db.get_value(PAYOUT, payout, "docstatus") == SUBMITTED


def _who_submitted(payout: str) -> str | None:
	return frappe.db.get_value(PAYOUT, payout, "modified_by")


def unnoticed() -> list[str]:
	"""Return the rewards to look at in case a job was lost."""
	return [*not_adopted(), *submitted_unnoticed()]


def submitted_unnoticed() -> list[str]:
	"""Return the rewards whose draft a person has submitted by now, in case a job was lost."""
	additional, reward = frappe.qb.DocType(PAYOUT), frappe.qb.DocType(promises.DOCTYPE)
	return (
		frappe.qb.from_(reward)
		.inner_join(additional)
		.on(additional.name == reward.payout_name)
		.select(reward.name)
		.where((reward.state == states.PAID) & (reward.payout_doctype == PAYOUT) & reward.paid_by.isnull())
		.where(additional.docstatus == SUBMITTED)
		.run(pluck=True)
	)


def not_adopted() -> list[str]:
	"""Return the rewards held without an Additional Salary for which a person has submitted one, in case a job was lost."""
	additional, reward = frappe.qb.DocType(PAYOUT), frappe.qb.DocType(promises.DOCTYPE)
	return (
		frappe.qb.from_(reward)
		.inner_join(additional)
		.on((additional.employee == reward.employee) & (additional.ref_docname == reward.name))
		.select(reward.name)
		.distinct()
		.where(
			(reward.kind == CASH) & reward.state.isin(sorted(states.PAYABLE)) & reward.payout_name.isnull()
		)
		.where((additional.ref_doctype == promises.DOCTYPE) & (additional.docstatus == SUBMITTED))
		.run(pluck=True)
	)


def move_as_paid(reward, state: str, reason: Reason | None = None, **fields) -> None:
	"""Move a reward that payroll pays; what somebody changed, the amount or its currency, is kept beside what was promised."""
	promised = _converted_by_hand(reward) or (handed_over(reward), currency_handed_over(reward))
	paid = paid_otherwise(reward, promised)
	if paid:
		said = {"paid": _money(*paid), "promised": _money(*promised)}
		reason = Reason(PAID_OTHERWISE, said | {"payout": reward.payout_name})
	if paid or "paid_amount" in (reward.explanation or ""):
		amount, currency = paid or (None, None)
		kept = None if amount is None else str(amount)
		promises.put_in_explanation(reward, paid_amount=kept, paid_in=currency)
	promises.move(reward, state, reason, **fields)


def _converted_by_hand(reward) -> Money | None:
	"""Let a reward say in which currency it is paid where a person chose that; return what was promised for it."""
	row = _of_payout(reward.payout_name)
	is_by_rate = flt(reward.exchange_rate) or not reward.paid_currency
	if not row or not row.currency or (row.currency == currency_handed_over(reward) and is_by_rate):
		return None
	given = {"paid_amount": 0, "paid_currency": None}
	if row.currency != reward.currency:
		given = {"paid_amount": row.amount, "paid_currency": row.currency}
	reward.update(given | {"exchange_rate": 0, "exchange_rate_on": None})
	return to_decimal(reward.amount), reward.currency


def _money(amount: Decimal, currency: str) -> str:
	return fmt_money(amount, currency=currency)
