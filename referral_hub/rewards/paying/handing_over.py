"""What follows when a person has handed over what a reward promised: it is paid. Called by flow, for a finished task."""

from frappe.utils import getdate

from referral_hub.fulfilment import service as fulfilment
from referral_hub.rewards import kinds, promises, telling
from referral_hub.rewards.approving import people
from referral_hub.rewards.paying import taxable
from referral_hub.rewards.reasons import Reason
from referral_hub.rewards.rules import states


def follow_fulfilment(task) -> None:
	"""Pay the reward whose task was finished just now; its row is locked by who finished the task."""
	reward = promises.lock(task.source_name)
	if task.state != fulfilment.DONE or reward.payout_name != task.name or reward.state not in states.PAYABLE:
		return
	reason = Reason("handed_over", {"words": task.for_employee}) if task.for_employee else None
	taxable.mark(reward)
	people.record(reward, kinds.payout_of(reward))
	reward.paid_by = task.done_by or reward.paid_by
	promises.move(reward, states.PAID, reason, paid_on=getdate(task.done_on))
	telling.tell("reward_paid", reward)
