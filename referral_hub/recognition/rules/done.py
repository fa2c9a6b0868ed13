"""What somebody's referrals have come to, each fact on the day it was known. Pure.

A score, a level, a badge and a leaderboard are all counted from these, of all time or of the days of a period.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from referral_hub.referrals.rules.stays import Stay
from referral_hub.rewards.rules.periods import period_of

# recommendations that were none
NO_REFERRAL = frozenset({"Duplicate", "Ineligible", "Expired"})
HIRED, LEFT, OPEN = "Hired", "Left", "Open"


@dataclass(frozen=True, slots=True)
class Referred:
	"""One person somebody referred. `settled_on`: when it was known whether the hire stayed; without it nobody can say yet."""

	submitted_on: date
	ended_on: date | None = None
	joined_on: date | None = None
	stayed: bool = False
	settled_on: date | None = None
	department: str | None = None


@dataclass(frozen=True, slots=True)
class Done:
	"""What somebody did in some days: counts, and how many days each hire took from the referral to the first day at work."""

	referrals: int = 0
	ended: int = 0
	hires: int = 0
	stayed: int = 0
	left_early: int = 0
	took_days: tuple[int, ...] = ()
	departments: int = 0

	@property
	def is_nothing(self) -> bool:
		return not (self.referrals or self.ended or self.hires or self.stayed or self.left_early)


def referred(
	submitted_on: date,
	outcome: str,
	moved_on: date | None,
	joined_on: date | None,
	stays: Iterable[Stay],
	months: int,
	today: date,
	department: str | None = None,
) -> Referred | None:
	"""Read one referral; None where it was none. `months`: how long a hire has to be here to have stayed.

	`moved_on`: when the referral moved last, which is when one without a hire ended.
	"""
	if outcome in NO_REFERRAL:
		return None
	if outcome not in (HIRED, LEFT) or joined_on is None or joined_on > today:
		return Referred(submitted_on, None if outcome in (OPEN, HIRED, LEFT) else moved_on or submitted_on)
	stayed, settled_on = _settled([*stays] or [Stay(joined_on)], months, today)
	return Referred(submitted_on, joined_on, joined_on, stayed, settled_on, department)


def done(people: Iterable[Referred], period: str | None = None, length: str | None = None) -> Done:
	"""Add up what falls into one period ("2026-Q1" of length "Quarter"), or all of it."""

	def counts(day: date | None) -> bool:
		return day is not None and (period is None or period_of(day, length) == period)

	people = [*people]
	hires = [each for each in people if counts(each.joined_on)]
	settled = [each for each in people if counts(each.settled_on)]
	return Done(
		referrals=sum(counts(each.submitted_on) for each in people),
		ended=sum(counts(each.ended_on) for each in people),
		hires=len(hires),
		stayed=sum(each.stayed for each in settled),
		left_early=sum(not each.stayed for each in settled),
		took_days=tuple(sorted(max(0, (each.joined_on - each.submitted_on).days) for each in hires)),
		departments=len({each.department for each in hires if each.department}),
	)


def days_of(people: Iterable[Referred]) -> set[date]:
	"""Return every day on which something of this counts."""
	found = {
		day for each in people for day in (each.submitted_on, each.ended_on, each.joined_on, each.settled_on)
	}
	return found - {None}


def known_on(people: Iterable[Referred], day: date) -> list[Referred]:
	"""Return the same people as they were on an earlier day: what came later had not happened yet."""

	def by_then(when: date | None) -> date | None:
		return when if when and when <= day else None

	return [
		replace(
			each,
			ended_on=by_then(each.ended_on),
			joined_on=by_then(each.joined_on),
			stayed=each.stayed and bool(by_then(each.settled_on)),
			settled_on=by_then(each.settled_on),
		)
		for each in people
		if each.submitted_on <= day
	]


def months_after(day: date, months: int) -> date:
	"""Return the same day some months later, or the last day of that month."""
	number = day.year * 12 + day.month - 1 + months
	year, month = divmod(number, 12)
	return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _settled(stays: list[Stay], months: int, today: date) -> tuple[bool, date | None]:
	"""Say whether a hire stayed and since when that is known; whoever came back is judged by the longest stay."""
	full = sorted(
		full_on
		for stay in stays
		if stay.lasted_until((full_on := months_after(stay.began_on, months)) - timedelta(days=1))
		and full_on <= today
	)
	if full:
		return True, full[0]
	if any(stay.ended_on is None or stay.ended_on >= today for stay in stays):
		return False, None
	return False, max(stay.ended_on for stay in stays)
