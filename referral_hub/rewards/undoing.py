"""Takes a reward back, and lets one that was taken back stand again. Corrects by adding, never by changing.

What was not handed over becomes Void. What was, the kind takes back as far as it can; the rest is Owed.
"""

from frappe.utils import flt

from referral_hub.rewards import kinds, promises
from referral_hub.rewards.money import to_decimal
from referral_hub.rewards.reasons import Reason
from referral_hub.rewards.rules import states


def undo(reward, reason: Reason, **fields) -> None:
	"""Undo a locked reward whatever its state; the caller says why."""
	if not _knows_payout(reward):
		promises.move(reward, states.VOID, reason, **fields)
		return
	taken = kinds.kind_of(reward).take_back(reward)
	if not taken.document_kept:
		fields |= {"payout_doctype": None, "payout_name": None}
	promises.move(reward, taken.state(), reason, owed_amount=flt(taken.owed), **fields)


def revive(reward, new_state: dict) -> None:
	"""Let an undone reward stand again: as paid when the employee still has all of it, else as a new attempt."""
	if reward.state == states.OWED and to_decimal(reward.owed_amount) == to_decimal(reward.amount):
		kept_as = kinds.kind_of(reward).state_when_kept(reward)
		promises.move(reward, kept_as, owed_amount=0, earned_on=new_state["earned_on"])
		return
	promises.move(
		reward,
		attempt=reward.attempt + 1,
		paid_on=None,
		payout_doctype=None,
		payout_name=None,
		**new_state,
	)


def withdraw(reward) -> None:
	"""Take a payout back that is to be held; the reward itself stands. The caller moves it."""
	if not _knows_payout(reward):
		return
	taken = kinds.kind_of(reward).take_back(reward)
	if not taken.owed:
		reward.update({"payout_doctype": None, "payout_name": None, "paid_on": None})


def write_off(reward, reason: Reason, **fields) -> None:
	"""Ask no longer for what is owed."""
	promises.move(reward, states.VOID, reason, owed_amount=0, **fields)


def _knows_payout(reward) -> bool:
	"""Say whether something pays this reward, and remember what: a person may have made it."""
	payout = kinds.payout_of(reward)
	if payout:
		reward.update({"payout_doctype": payout.doctype, "payout_name": payout.name})
	return bool(payout)
