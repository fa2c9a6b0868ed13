"""Tells the referrer about their reward; what there is to tell is decided by the callers."""

from referral_hub.messages import service as messages
from referral_hub.rewards.money import to_decimal


def tell(event: str, reward) -> None:
	"""Tell once per attempt of a reward."""
	messages.tell(
		event,
		reward.employee,
		key=f"{reward.name}:{reward.attempt}",
		referral=reward.referral,
		amount=to_decimal(reward.amount),
		kind=reward.kind,
		currency=reward.currency,
		due_on=reward.due_on,
	)
