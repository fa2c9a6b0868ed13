"""Leave that HR took away in HRMS: an allocation that was cancelled or deleted holds its reward, an amended one goes on paying it.

The hourly task asks; HRMS's own documents are only read.
"""

import frappe

from referral_hub import amended
from referral_hub.rewards import promises
from referral_hub.rewards.kinds.leave_allocations import ALLOCATION
from referral_hub.rewards.reasons import Reason
from referral_hub.rewards.rules import states
from referral_hub.rewards.rules.documents import CANCELLED


def rewards_without() -> list[str]:
	"""Return the rewards paid by an allocation that is cancelled or deleted."""
	reward, allocation = frappe.qb.DocType(promises.DOCTYPE), frappe.qb.DocType(ALLOCATION)
	stands = (allocation.name == reward.payout_name) & (allocation.docstatus != CANCELLED)
	query = frappe.qb.from_(reward).left_join(allocation).on(stands).select(reward.name)
	query = query.where((reward.payout_doctype == ALLOCATION) & (reward.state == states.PAID))
	return query.where(allocation.name.isnull()).orderby(reward.name).run(pluck=True)


def follow(name: str) -> bool:
	"""Go on with what HR amended; else hold the reward: giving the days again is for a person to decide."""
	reward = promises.lock(name)
	if reward.payout_doctype != ALLOCATION or reward.state != states.PAID:
		return False
	allocation = amended.standing_for(ALLOCATION, reward.payout_name)
	if allocation:
		reward.payout_name = allocation
		promises.save(reward)
		return True
	user = amended.who_ended(ALLOCATION, reward.payout_name) or "Administrator"
	values = {"payout": reward.payout_name, "user": user}
	nothing = dict.fromkeys(("payout_doctype", "payout_name", "paid_on"))
	reason = Reason("allocation_cancelled", values)
	promises.move(reward, states.ON_HOLD, reason, decided_by=user, **nothing)
	return True
