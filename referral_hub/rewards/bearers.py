"""What has a taxable value that payroll is told of: a reward, and an order of the points shop once it is delivered.

What is told, once, is `paying/taxable.py`; here stands what differs: how each is locked and saved, and where it keeps why it waits.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass

from referral_hub.points.rules import shop as order_states
from referral_hub.points.shop import service as shop
from referral_hub.rewards import promises
from referral_hub.rewards.money import written_off
from referral_hub.rewards.reasons import Reason
from referral_hub.rewards.rules import states

VALUE, TAX = "taxable_payout", "gross_up_payout"
NOTE = "taxable_reason"


@dataclass(frozen=True)
class Bearer:
	"""A DocType with a taxable value.

	`currency`: the field that says in which currency; `payouts`: those that name its Additional Salaries;
	`held_in`: the states in which the employee has what the value is of; `is_gone`: whether they have it no more.
	"""

	doctype: str
	currency: str
	payouts: tuple[str, ...]
	held_in: frozenset[str]
	is_gone: Callable[[object], bool]
	lock: Callable[[str], object]
	save: Callable[[object], None]
	reason_of: Callable[[object], Reason | None]
	keep_reason: Callable[[object, Reason | None], None]


def of(document) -> Bearer:
	"""Return which of them a document is."""
	return next(bearer for bearer in (REWARD, ORDER) if bearer.doctype == document.doctype)


def note(document, reason: Reason | None) -> None:
	"""Say on a document what its value waits for, as a code too: everybody reads that in their own language."""
	document.taxable_note = reason.stored() if reason else None
	of(document).keep_reason(document, reason)


def say_note(document) -> None:
	"""Let a form say in its reader's language what is stored in the site's."""
	if reason := of(document).reason_of(document):
		document.taxable_note = str(reason)


def _is_reward_gone(reward) -> bool:
	return reward.state == states.CLAWED_BACK or (reward.state == states.VOID and not written_off(reward))


def _is_order_gone(order) -> bool:
	return order.state == order_states.REFUNDED


def _reason_of_reward(reward) -> Reason | None:
	return promises.reason_of(reward, NOTE)


def _keep_reason_of_reward(reward, reason: Reason | None) -> None:
	promises.put_in_explanation(reward, **{NOTE: reason.as_dict() if reason else None})


def _reason_of_order(order) -> Reason | None:
	reason = json.loads(order.taxable_reason or "{}")
	return Reason(**reason) if reason else None


def _keep_reason_of_order(order, reason: Reason | None) -> None:
	order.taxable_reason = json.dumps(reason.as_dict(), default=str, ensure_ascii=False) if reason else None


REWARD = Bearer(
	doctype=promises.DOCTYPE,
	currency="taxable_currency",
	payouts=(VALUE, TAX),
	held_in=frozenset(states.HANDED_OVER),
	is_gone=_is_reward_gone,
	lock=promises.lock,
	save=promises.save,
	reason_of=_reason_of_reward,
	keep_reason=_keep_reason_of_reward,
)
ORDER = Bearer(
	doctype=shop.DOCTYPE,
	currency="currency",
	payouts=(VALUE,),
	held_in=frozenset({order_states.DELIVERED}),
	is_gone=_is_order_gone,
	lock=shop.lock_alone,
	save=shop.save,
	reason_of=_reason_of_order,
	keep_reason=_keep_reason_of_order,
)
