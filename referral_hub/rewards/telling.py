"""Tells the referrer about their reward; what there is to tell is decided by the callers."""

from collections.abc import Callable
from decimal import Decimal

from frappe.utils import cint, fmt_money

from referral_hub.messages import service as messages
from referral_hub.rewards import kinds
from referral_hub.rewards.money import currency_handed_over, to_decimal
from referral_hub.rewards.reasons import Reason
from referral_hub.rewards.rules.terms import CASH, POINTS
from referral_hub.wording import languages, points_words

SAID_BY_MESSAGES = (POINTS, CASH)
LANGUAGES = ("en", "zh")
REFERRAL_READ = "referral_read"  # the flag of a reward that holds its referral, where who pays has read it


# told by a message of its own, or the employee's own doing
_NO_NEWS = frozenset({"credit_moved", "other_chosen"})


def tell_taken_back(
	reward, reason: Reason, was_paid: bool, owed: Decimal = Decimal(), anew: bool = False
) -> None:
	"""Tell once per attempt that a reward ends: why, and what of it is still owed.

	`anew`: it was told before that payroll would not pay it, and a slip has paid it after all.
	"""
	if reason.code in _NO_NEWS:
		return
	facts = _in_each_language("why", lambda: str(reason))
	if owed:
		facts |= _in_each_language("owed", lambda: _owed_in_words(reward, owed))
	if anew:
		facts["key"] = f"{reward.name}:{reward.attempt}:after all"
	tell("reward_taken_back", reward, was_paid=int(was_paid), **facts)


def tell(event: str, reward, **facts) -> None:
	"""Tell once per attempt of a reward."""
	told = {
		"key": f"{reward.name}:{reward.attempt}",
		"referral": reward.flags.get(REFERRAL_READ) or reward.referral,
		"amount": to_decimal(reward.amount),
		"kind": reward.kind,
		"currency": reward.currency,
		"due_on": reward.due_on,
		**_in_words(reward),
		**facts,
	}
	paid = reward.flags.round
	if paid and reward.employee in paid.readers:
		paid.news.extend(messages.news(event, paid.readers[reward.employee], **told))
	else:
		messages.tell(event, reward.employee, **told)


def _in_words(reward) -> dict[str, str]:
	"""Say in each language what it is that only its kind can say: a message is written when it is sent."""
	if reward.kind in SAID_BY_MESSAGES or not kinds.is_known(reward.kind):
		return {}
	return _in_each_language("reward", lambda: kinds.amount_in_words(reward))


def _owed_in_words(reward, owed: Decimal) -> str:
	if reward.kind == CASH:
		return fmt_money(owed, currency=currency_handed_over(reward))
	if reward.kind == POINTS:
		return points_words.in_words(owed, fmt_money(cint(owed), precision=0))
	if not kinds.is_known(reward.kind):
		return fmt_money(owed, precision=2)
	return kinds.kind_of(reward).in_words(owed, reward.currency, kinds.details(reward))


def _in_each_language(fact: str, say: Callable[[], str]) -> dict[str, str]:
	said = {}
	for language in LANGUAGES:
		with languages.speaking(language):
			said[f"{fact}_{language}"] = say()
	return said
