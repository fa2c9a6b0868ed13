"""Lets the payment of an earlier attempt pay a reward again: a slip carries it, and it is worth all that was promised.

The employee has kept just that, so nothing is left to pay and nothing to ask back. Called where a reward is released or stands
again, and by `paid_anew`, with the reward locked.
"""

from decimal import Decimal

import frappe
from frappe.utils import flt, getdate

from referral_hub.rewards import promises
from referral_hub.rewards.money import NOT_CONVERTED, kept_currency, to_decimal
from referral_hub.rewards.paying import by_hand, rates, salaries, slips
from referral_hub.rewards.reasons import Reason
from referral_hub.rewards.rules import states


def stand(reward, kept: Decimal, reason: Reason | None = None, **fields) -> bool:
	"""Confirm a reward of which the employee has kept all that was promised, in one earlier payment; say whether that is so."""
	payout = _paid_in_full(reward, kept) if kept else None
	if not payout or salaries.alive_of(reward):
		return False  # what a person has made beside it pays too, and is counted where it is paid
	_say_what_was_paid(reward, payout, kept)
	salaries.take_over(reward, payout)
	promises.put_in_explanation(reward, kept_before=None, kept_beyond=None, kept_currency=None)
	fields |= {"owed_amount": 0, "paid_on": reward.paid_on or getdate()}
	by_hand.move_as_paid(reward, states.CONFIRMED, reason, **fields)
	return True


def _paid_in_full(reward, kept: Decimal) -> str | None:
	"""Return the payment that paid just what was kept, where that is worth all that was promised today."""
	currency = kept_currency(reward) or reward.currency
	rate = rates.rate_of(reward.currency, currency, getdate())
	if not rate or rate.convert(to_decimal(reward.amount)) > kept:
		return None
	for payout in reversed(salaries.earlier_of(reward)):
		row = frappe.db.get_value(salaries.PAYOUT, payout, ["amount", "currency"], as_dict=True)
		is_all = row and to_decimal(row.amount) == kept and (row.currency or reward.currency) == currency
		if is_all and slips.carrying(payout):
			return payout
	return None


def _say_what_was_paid(reward, payout: str, kept: Decimal) -> None:
	"""Let a reward say what this payment paid, not what the attempt since did: in another currency at the rate of that day."""
	currency = kept_currency(reward) or reward.currency
	paid = dict(NOT_CONVERTED)
	if currency != reward.currency:
		on = getdate(frappe.db.get_value(salaries.PAYOUT, payout, "creation"))
		paid |= {"paid_amount": flt(kept), "paid_currency": currency, "exchange_rate_on": on}
		paid["exchange_rate"] = flt(kept / to_decimal(reward.amount), 9)
	reward.update(paid)
