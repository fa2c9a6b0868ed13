"""A referral as history tells it, to be played through rules. Pure.

Whoever reads history (a site, a file) makes these; nothing here knows where they come from.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from referral_hub.referrals.rules.outcomes import Outcome
from referral_hub.referrals.rules.stages import Stage
from referral_hub.rewards.rules.choice import mix_of
from referral_hub.rewards.rules.milestones import (
	RETAINED,
	STAGE_OF_MILESTONE,
	Progress,
	left_within,
	reached_on,
)
from referral_hub.rewards.rules.selection import OpeningFacts
from referral_hub.rewards.rules.steps import why_barred
from referral_hub.rewards.rules.terms import Promise, Terms

NOT_OVER = (Outcome.OPEN, Outcome.HIRED)


@dataclass(frozen=True, slots=True)
class Past:
	"""One referral: who made it when, for what, and what became of it.

	`person` is one, however many employee records they have. `promised_on` chooses the rules. `dates`: milestones whose
	day is known better than `progress` tells. `mix`: the kinds that were chosen where there was a choice.
	"""

	referral: str
	person: str
	made_at: datetime
	facts: OpeningFacts
	progress: Progress
	currency: str | None = None
	promised_on: date | None = None
	dates: Mapping[str, date] = field(default_factory=dict)
	ended_on: date | None = None
	hire: Mapping[str, str | None] = field(default_factory=dict)
	option: str = ""
	mix: str = ""
	is_paid: bool = True

	@property
	def day(self) -> date:
		return self.promised_on or self.made_at.date()

	@property
	def department(self) -> str | None:
		"""The department that hires; what it pays is its cost."""
		return next(iter(self.facts.departments), None)

	@property
	def settled_on(self) -> date | None:
		"""Return the day from which it is known what cannot be reached any more; None while all can be."""
		return self.ended_on or self.progress.joined_on

	def is_hired_as(self, wanted: tuple[tuple[str, str], ...]) -> bool:
		"""Say whether the hire is what terms ask for; before anybody is hired nothing speaks against it."""
		return not self.hire or all(self.hire.get(name) == value for name, value in wanted)


def order(past: Past) -> tuple:
	return past.made_at, past.referral


def dates_of(moves: Iterable[tuple[str, date]]) -> dict[str, date]:
	"""Return since when each milestone stands, from the stages a referral went through; going back takes them away."""
	dates: dict[str, date] = {}
	for stage, day in moves:
		rank = Stage(stage).rank
		for milestone, needed in STAGE_OF_MILESTONE.items():
			if milestone == RETAINED:
				continue
			if needed.rank <= rank:
				dates.setdefault(milestone, day)
			else:
				dates.pop(milestone, None)
	return dates


def over_on(outcome: str, closed_on: date | None, endings: Iterable[date]) -> date | None:
	"""Return the day since which nothing more can come: when it was closed, else when its outcome was told last."""
	if outcome in NOT_OVER:
		return None
	return closed_on or max(endings, default=None)


def earned_on(promise: Promise, past: Past, today: date, option: str, hire_differs: bool) -> date | None:
	"""Return the day a promise was earned, None when it was not. What somebody had earned, a no-show does not take."""
	progress = past.progress
	if why_barred(promise, option, hire_differs) or left_within(promise.back_within, progress):
		return None
	reached = reached_on(promise.milestone, promise.after_months, progress, today)
	return past.dates.get(promise.milestone, reached) if reached else None


def option_of(terms: Terms, past: Past) -> str:
	"""Return which option counts: the one with the kinds that were chosen then, else the first one."""
	letters = terms.options()
	if not letters:
		return ""
	same = [letter for letter in letters if _mix(terms, letter) == past.mix]
	return past.option if past.option in same else next(iter(same), letters[0])


def may_bring_more(past: Past) -> bool:
	return past.progress.outcome in NOT_OVER


def _mix(terms: Terms, letter: str) -> str:
	return mix_of(promise.kind for promise in terms.milestones if promise.option == letter)
