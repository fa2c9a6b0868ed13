"""Scorers of this and other apps (hook `referral_hub_match_scorers`): each may add or take a little of a score, and is named in the result.

A scorer sees plain text, never a name. One that fails is logged, once an hour, and leaves the others and the result whole.
"""

from typing import Protocol

import frappe

from referral_hub.matching.rules.pool import influence
from referral_hub.talent.rules.fitting import Fit, Offered, Wish

HOOK = "referral_hub_match_scorers"
# so many times the fits that are wanted are shown to scorers: who is far behind is not lifted into view
CONSIDERED = 3
_QUIET_SECONDS = 3600


class Scorer(Protocol):
	"""What an app names in the hook: {"a word": "path.to.Class"}."""

	# as HR reads it beside the points, in the reader's language
	label: str

	def scores(self, pairs: list[tuple[Offered, Wish]]) -> list[float | None]:
		"""Return for each pair -1 (speaks against) to 1 (speaks for), None where there is nothing to say."""
		...


def weigh(fits: list[Fit], pairs: list[tuple[Offered, Wish]], most: int) -> list[Fit]:
	"""Return the best fits with what scorers say of them; `pairs` stand in the order of the fits."""
	named = frappe.get_hooks(HOOK, default={}) if fits else {}
	said = [found for word, paths in named.items() if (found := _said(word, paths[-1], pairs))]
	return influence.weighed(fits, said)[:most]


def _said(word: str, path: str, pairs: list[tuple[Offered, Wish]]) -> tuple[str, list] | None:
	try:
		scorer = frappe.get_attr(path)()
		return str(getattr(scorer, "label", "") or word), list(scorer.scores(list(pairs)))
	except Exception:
		_log(word)
		return None


def _log(word: str) -> None:
	"""Write what happened to the Error Log, once an hour for a scorer: each search would say it again."""
	key = f"referral_hub_scorer_failed:{word}"
	if not frappe.cache.get_value(key, expires=True):
		frappe.cache.set_value(key, 1, expires_in_sec=_QUIET_SECONDS)
		# with a message of its own: without one Frappe adds the variables, which are texts of people
		frappe.log_error(f"Match scorer {word} failed", frappe.get_traceback())
