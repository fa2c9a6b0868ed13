"""What an employee has beyond a reward that stands: it was paid anew, and nothing deducts any more what was paid before.

Noted by `paid_anew` where a person has cancelled that deduction, or payroll can't deduct it. A person asks it back, notes it as
paid back (`service`), or lets the employee keep it. All with the reward locked; the sum is in the currency it was handed over in.
What was kept in a currency without an exchange rate waits here in its own, until `paid_anew.count` can count it.
"""

from decimal import Decimal

import frappe
from frappe.utils import fmt_money

from referral_hub.rewards import promises
from referral_hub.rewards.money import kept_beyond, kept_uncounted
from referral_hub.rewards.reasons import Reason
from referral_hub.rewards.recovery import records
from referral_hub.rewards.rules import states


def note(reward, amount: Decimal, reason: Reason) -> None:
	"""Note that the employee has this beyond the reward, and why."""
	_keep(reward, kept_beyond(reward) + amount, reason)


def lower(reward, amount: Decimal, reason: Reason | None = None) -> None:
	"""Note that this came back, or is asked back."""
	_keep(reward, kept_beyond(reward) - amount, reason)


def wait_for_rate(reward, amount: Decimal, currency: str) -> None:
	"""Remember that the employee kept this, until an exchange rate says what it is in the currency of the payment; the caller saves."""
	waits = kept_uncounted(reward)
	waits[currency] = waits.get(currency, Decimal(0)) + amount
	_remember(reward, waits)


def wait_no_longer(reward, currency: str) -> None:
	_remember(
		reward, {other: amount for other, amount in kept_uncounted(reward).items() if other != currency}
	)


def too_much(amount: Decimal, currency: str) -> Reason | None:
	"""Say that a slip has deducted more than there was to ask back; None where it has not."""
	words = fmt_money(amount, currency=currency)
	return Reason("deducted_too_much", {"amount": words}) if amount > 0 else None


def is_there(reward) -> bool:
	"""Say whether a reward that stands has left more with the employee than it pays, from the reward or its row."""
	return reward.state in states.HANDED_OVER and kept_beyond(reward) > 0


def names() -> list[str]:
	"""Return the rewards of which that may be so: one query, by what was asked back of an earlier attempt."""
	query, reward = _paid_anew()
	return query.where(reward.state.isin(sorted(states.HANDED_OVER))).run(pluck=True)


def waiting_for_rate() -> list[str]:
	"""Return the rewards that hold something which waits for an exchange rate."""
	query, reward = _paid_anew()
	return query.where(reward.explanation.like('%"kept_uncounted": {%')).run(pluck=True)


def _paid_anew():
	"""Start a query over the rewards of which an earlier attempt was asked back: (query, reward)."""
	recovery, reward = frappe.qb.DocType(records.DOCTYPE), frappe.qb.DocType(promises.DOCTYPE)
	query = frappe.qb.from_(recovery).inner_join(reward).on(reward.name == recovery.reward)
	query = query.where((recovery.attempt > 0) & (recovery.attempt < reward.attempt))
	return query.select(reward.name).distinct(), reward


def _remember(reward, waits: dict[str, Decimal]) -> None:
	kept = {currency: str(amount) for currency, amount in waits.items()}
	promises.put_in_explanation(reward, kept_uncounted=kept or None)


def _keep(reward, left: Decimal, reason: Reason | None) -> None:
	promises.put_in_explanation(reward, kept_beyond=str(left) if left > 0 else None)
	promises.move(reward, reward.state, reason or (promises.reason_of(reward) if left > 0 else None))
