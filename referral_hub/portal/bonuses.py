"""Bonuses for several hires as an employee sees them on the way: two of three have come, and what the third brings."""

from frappe import _

from referral_hub.portal import words
from referral_hub.rewards import service as rewards
from referral_hub.rewards.explain import period_in_words
from referral_hub.wording.counting import counted


def on_the_way(employee: str) -> list[dict]:
	"""Return how far the hires of the period that runs have come towards the next bonus of each rule."""
	return [_line(ahead) for ahead in rewards.bonuses_ahead(employee)]


def _line(ahead) -> dict:
	promise = ahead.promise
	return {
		"counted": ahead.counted,
		"hires": promise.hires,
		"words": counted(
			promise.hires,
			_("{counted} of {hires} colleague has come ({period})"),
			_("{counted} of {hires} colleagues have come ({period})"),
		).format(counted=ahead.counted, hires=promise.hires, period=period_in_words(ahead.period)),
		"brings": words.amount(promise.kind, promise.amount, promise.currency, promise.details),
	}
