"""What an employee has beyond a reward that stands: it was paid anew, and nothing deducts any more what was paid before.

Noted by `paid_anew` where a person has cancelled that deduction, or payroll can't deduct it. A person asks it back, notes it as
paid back (`service`), or lets the employee keep it. All with the reward locked; the sum is in the currency it was handed over in.
"""

from decimal import Decimal

import frappe
from frappe.utils import fmt_money

from referral_hub.rewards import promises
from referral_hub.rewards.money import kept_beyond
from referral_hub.rewards.reasons import Reason
from referral_hub.rewards.recovery import records
from referral_hub.rewards.rules import states


def note(reward, amount: Decimal, reason: Reason) -> None:
	"""Note that the employee has this beyond the reward, and why."""
	_keep(reward, kept_beyond(reward) + amount, reason)


def lower(reward, amount: Decimal, reason: Reason | None = None) -> None:
	"""Note that this came back, or is asked back."""
	_keep(reward, kept_beyond(reward) - amount, reason)


def too_much(amount: Decimal, currency: str) -> Reason | None:
	"""Say that a slip has deducted more than there was to ask back; None where it has not."""
	words = fmt_money(amount, currency=currency)
	return Reason("deducted_too_much", {"amount": words}) if amount > 0 else None


def is_there(reward) -> bool:
	"""Say whether a reward that stands has left more with the employee than it pays, from the reward or its row."""
	return reward.state in states.HANDED_OVER and kept_beyond(reward) > 0


def names() -> list[str]:
	"""Return the rewards of which that may be so: one query, by what was asked back of an earlier attempt."""
	recovery, reward = frappe.qb.DocType(records.DOCTYPE), frappe.qb.DocType(promises.DOCTYPE)
	query = frappe.qb.from_(recovery).inner_join(reward).on(reward.name == recovery.reward)
	query = query.where((recovery.attempt > 0) & (recovery.attempt < reward.attempt))
	query = query.where(reward.state.isin(sorted(states.HANDED_OVER)))
	return query.select(reward.name).distinct().run(pluck=True)


def _keep(reward, left: Decimal, reason: Reason | None) -> None:
	promises.put_in_explanation(reward, kept_beyond=str(left) if left > 0 else None)
	promises.move(reward, reward.state, reason or (promises.reason_of(reward) if left > 0 else None))
