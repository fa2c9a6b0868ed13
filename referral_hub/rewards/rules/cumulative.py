"""Bonuses for several hires in a period: which are earned by the hires there are. Pure.

A function of the set of hires alone: in whichever order they became known, and whatever was undone in between, the
same set earns the same. Of several versions of a rule the one counts that was promised first within the period.
"""

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from datetime import date

from referral_hub.rewards.rules.milestones import (
	NEVER_COUNTED,
	Progress,
	earns_more,
	is_reachable,
	reached_on,
)
from referral_hub.rewards.rules.periods import last_day_of, period_of
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


@dataclass(frozen=True)
class Ahead:
	"""The next bonus that hires of the present period come closer to, and how many there are so far."""

	terms: Terms
	promise: Promise
	period: str
	counted: int


def bonuses(hires: Iterable[Hire], today: date) -> list[Bonus]:
	"""Return every bonus that the hires of one employee earn, in the order of rule, period and share."""
	groups = _groups(hires, today)
	return [bonus for key in sorted(groups) for bonus in _of_group(key[1], groups[key])]


def ahead(hires: Iterable[Hire], today: date) -> list[Ahead]:
	"""Return, of each rule that hires count for in the period that runs, the nearest bonus that is not reached."""
	found = []
	for (_rule, period), counted in sorted(_groups(hires, today).items()):
		terms = _terms_of(counted)
		further = [promise for promise in terms.milestones if still_to_go(promise, len(counted))]
		if further and period == period_of(today, terms.period):
			nearest = min(further, key=lambda promise: promise.hires)
			found.append(Ahead(terms, nearest, period, len(counted)))
	return found


def _groups(hires: Iterable[Hire], today: date) -> dict[tuple[str, str], list[tuple[date, str, Terms]]]:
	groups: dict[tuple, list[tuple[date, str, Terms]]] = {}
	for hire in hires:
		if day := counted_on(hire, today):
			key = hire.terms.rule, period_of(day, hire.terms.period)
			groups.setdefault(key, []).append((day, hire.referral, hire.terms))
	return groups


def counted_on(hire: Hire, today: date) -> date | None:
	"""Return the day on which a hire began to count; None when it does not (or no longer)."""
	if not hire.terms.milestones or not hire.meets_terms or hire.progress.outcome in NEVER_COUNTED:
		return None
	if not earns_more(hire.progress):
		return None
	counts_at = hire.terms.milestones[0]
	return reached_on(counts_at.milestone, counts_at.after_months, hire.progress, today)


def may_count(hire: Hire, today: date) -> bool:
	"""Say whether a referral is one of several hires, or still may be."""
	if not hire.terms.milestones:
		return False
	return bool(counted_on(hire, today)) or is_reachable(hire.terms.milestones[0].milestone, hire.progress)


def last_day_counted(hire: Hire, today: date) -> date | None:
	"""Return the last day of the period a hire counts in; None when it does not count, or for ever."""
	day = counted_on(hire, today)
	return last_day_of(day, hire.terms.period) if day else None


def counts_until(hire: Hire, today: date) -> date | None:
	"""Return the last day of the period a hire counts in, while that has not passed."""
	ends_on = last_day_counted(hire, today)
	return ends_on if ends_on and ends_on >= today else None


def helped(hires: Iterable[Hire], today: date) -> frozenset[tuple[str, str, str, str]]:
	"""Return which bonus was earned by which referrals of an employee: rule, period, share and referral."""
	return frozenset(
		(bonus.terms.rule, bonus.period, bonus.promise.share, referral)
		for bonus in bonuses(hires, today)
		for referral in bonus.hires
	)


def stood_for(hire: Hire, earned_by: Callable[[], Container[tuple]], today: date) -> tuple[Promise, ...]:
	"""Return the bonuses that a hire which counts stands for: all while its period runs, then those it helped to earn.

	`earned_by`: what `helped` says of the employee, asked only when the period is over.
	"""
	day = counted_on(hire, today)
	if not day:
		return ()
	rule, period, promises = hire.terms.rule, period_of(day, hire.terms.period), hire.terms.milestones
	if period == period_of(today, hire.terms.period):
		return promises
	earned = earned_by()
	return tuple(each for each in promises if (rule, period, each.share, hire.referral) in earned)


def still_to_go(promise: Promise, counted: int) -> int:
	return max(0, promise.hires - counted)


def _of_group(period: str, counted: list[tuple[date, str, Terms]]):
	counted = sorted(counted, key=lambda found: found[:2])
	terms = _terms_of(counted)
	for promise in terms.milestones:
		if 0 < promise.hires <= len(counted):
			day, referral, _terms = counted[promise.hires - 1]
			names = tuple(name for _day, name, _terms in counted[: promise.hires])
			yield Bonus(terms, promise, period, referral, day, names)


def _terms_of(counted: list[tuple[date, str, Terms]]) -> Terms:
	return min(counted, key=lambda found: (found[2].frozen_on, found[2].rule_version))[2]
