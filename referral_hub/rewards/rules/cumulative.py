"""Bonuses for several hires in a period: which are earned by the hires there are. Pure.

A function of the set of hires alone: in whichever order they became known, and whatever was undone in between, the
same set earns the same. Of several versions of a rule the one counts that was promised first within the period.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from referral_hub.rewards.rules.milestones import NEVER_COUNTED, Progress, earns_more, reached_on
from referral_hub.rewards.rules.periods import period_of
from referral_hub.rewards.rules.terms import Promise, Terms


@dataclass(frozen=True)
class Hire:
	"""A referral of one employee: what it was promised for several hires, and where it stands."""

	referral: str
	terms: Terms
	progress: Progress
	meets_terms: bool = True


@dataclass(frozen=True)
class Bonus:
	"""What several hires have earned; `referral` is the one that completed them."""

	terms: Terms
	promise: Promise
	period: str
	referral: str
	on: date
	hires: tuple[str, ...]

	def key(self) -> tuple:
		return self.terms.rule, self.terms.rule_version, self.period, self.promise.share


def bonuses(hires: Iterable[Hire], today: date) -> list[Bonus]:
	"""Return every bonus that the hires of one employee earn, in the order of rule, period and share."""
	groups: dict[tuple, list[tuple[date, str, Terms]]] = {}
	for hire in hires:
		if day := counted_on(hire, today):
			key = hire.terms.rule, period_of(day, hire.terms.period)
			groups.setdefault(key, []).append((day, hire.referral, hire.terms))
	return [bonus for key in sorted(groups) for bonus in _of_group(key[1], groups[key])]


def counted_on(hire: Hire, today: date) -> date | None:
	"""Return the day on which a hire began to count; None when it does not (or no longer)."""
	if not hire.terms.milestones or not hire.meets_terms or hire.progress.outcome in NEVER_COUNTED:
		return None
	if not earns_more(hire.progress):
		return None
	counts_at = hire.terms.milestones[0]
	return reached_on(counts_at.milestone, counts_at.after_months, hire.progress, today)


def still_to_go(promise: Promise, counted: int) -> int:
	return max(0, promise.hires - counted)


def _of_group(period: str, counted: list[tuple[date, str, Terms]]):
	counted = sorted(counted, key=lambda found: found[:2])
	terms = min(counted, key=lambda found: (found[2].frozen_on, found[2].rule_version))[2]
	for promise in terms.milestones:
		if 0 < promise.hires <= len(counted):
			day, referral, _terms = counted[promise.hires - 1]
			names = tuple(name for _day, name, _terms in counted[: promise.hires])
			yield Bonus(terms, promise, period, referral, day, names)
