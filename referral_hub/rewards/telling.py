"""Tells the referrer about their reward; what there is to tell is decided by the callers."""

from collections.abc import Iterator
from contextlib import contextmanager

import frappe

from referral_hub.messages import service as messages
from referral_hub.rewards import kinds
from referral_hub.rewards.money import to_decimal

SAID_BY_MESSAGES = ("Points", "Cash")
LANGUAGES = ("en", "zh")


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
		**_in_words(reward),
	)


def _in_words(reward) -> dict[str, str]:
	"""Say in each language what it is that only its kind can say: a message is written when it is sent."""
	if reward.kind in SAID_BY_MESSAGES or not kinds.is_known(reward.kind):
		return {}
	said = {}
	for language in LANGUAGES:
		with _speaking(language):
			said[f"reward_{language}"] = kinds.amount_in_words(reward)
	return said


@contextmanager
def _speaking(language: str) -> Iterator[None]:
	before, frappe.local.lang = frappe.local.lang, language
	try:
		yield
	finally:
		frappe.local.lang = before
