"""Lets the payment of an earlier attempt pay a reward again: a slip carries it, and it is all that was promised.

The employee has kept just that, so nothing is left to pay and nothing to ask back. Called where a reward is released or stands
again, and by `paid_anew`, with the reward locked.
"""

from decimal import Decimal

import frappe
from frappe.utils import getdate

from referral_hub.rewards import promises
from referral_hub.rewards.money import to_decimal
from referral_hub.rewards.paying import by_hand, salaries, slips
from referral_hub.rewards.reasons import Reason
from referral_hub.rewards.rules import states


def stand(reward, kept: Decimal, reason: Reason | None = None, **fields) -> bool:
	"""Confirm a reward of which the employee has kept all that was promised, in one earlier payment; say whether that is so."""
	payout = _paid_in_full(reward, kept) if kept else None
	if not payout:
		return False
	salaries.take_over(reward, payout)
	promises.put_in_explanation(reward, kept_before=None, kept_beyond=None, kept_currency=None)
	fields |= {"owed_amount": 0, "paid_on": reward.paid_on or getdate()}
	by_hand.move_as_paid(reward, states.CONFIRMED, reason, **fields)
	return True


def _paid_in_full(reward, kept: Decimal) -> str | None:
	for payout in reversed(salaries.earlier_of(reward)):
		row = frappe.db.get_value(salaries.PAYOUT, payout, ["amount", "currency"], as_dict=True)
		is_all = row and to_decimal(row.amount) == kept == to_decimal(reward.amount)
		if is_all and (row.currency or reward.currency) == reward.currency and slips.carrying(payout):
			return payout
	return None
