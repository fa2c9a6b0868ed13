"""Which milestone a referral has reached, and since when. Pure.

A milestone is tied to a stage of the referral (or a later one); Retained comes true by time passing.
A referral that should never have counted (Duplicate, Ineligible) has reached nothing; one that ended in a
no-show earns nothing more, but what it earned before stands.
"""

from dataclasses import dataclass
from datetime import date

from referral_hub.referrals.rules.outcomes import Outcome
from referral_hub.referrals.rules.stages import Stage, add_months
from referral_hub.referrals.rules.stays import Stay

RETAINED = "Retained"
STAGE_OF_MILESTONE = {
	"Received": Stage.SUBMITTED,
	"Screened": Stage.SCREENING,
	"Interviewed": Stage.INTERVIEWING,
	"Selected": Stage.SELECTED,
	"Offered": Stage.OFFERED,
	"Joined": Stage.JOINED,
	"Confirmed": Stage.CONFIRMED,
	RETAINED: Stage.JOINED,
}
MILESTONES = tuple(STAGE_OF_MILESTONE)
NEEDS_THE_HIRE = frozenset({"Joined", "Confirmed", RETAINED})
NEVER_COUNTED = frozenset({Outcome.DUPLICATE, Outcome.INELIGIBLE})
EARNS_NOTHING_MORE = frozenset({Outcome.NO_SHOW})


@dataclass(frozen=True)
class Progress:
	"""What the rewards need to know about a referral."""

	stage: str
	outcome: str = "Open"
	stage_changed_on: date | None = None
	offered_on: date | None = None
	joined_on: date | None = None
	confirmed_on: date | None = None
	left_on: date | None = None
	# all stays, where somebody came back after they had left
	stays: tuple[Stay, ...] = ()


def reached_on(milestone: str, after_months: int, progress: Progress, today: date) -> date | None:
	"""Return the day the milestone was reached, or None when it is not (or no longer) reached."""
	if progress.outcome in NEVER_COUNTED or not _stands_at(milestone, progress.stage):
		return None
	if milestone == RETAINED:
		anniversary = retained_on(after_months, progress)
		return anniversary if anniversary and anniversary <= today else None
	known = {
		"Offered": progress.offered_on,
		"Joined": progress.joined_on,
		"Confirmed": progress.confirmed_on,
	}.get(milestone)
	return min(known or progress.stage_changed_on or today, today)


def retained_on(after_months: int, progress: Progress) -> date | None:
	"""Return the day the hire has stayed `after_months`, past or to come; None when that can't happen.

	Each stay counts by itself: the first that is long enough. One that was stays, whoever comes back or leaves again.
	"""
	if not progress.joined_on or not _stands_at(RETAINED, progress.stage):
		return None
	if progress.outcome not in (Outcome.HIRED, Outcome.LEFT):
		return None
	days = ((stay, add_months(stay.began_on, after_months)) for stay in _stays(progress))
	return min((day for stay, day in days if stay.lasted_until(day)), default=None)


def _stays(progress: Progress) -> tuple[Stay, ...]:
	if progress.stays:
		return progress.stays
	is_here = progress.outcome == Outcome.HIRED
	return (Stay(progress.joined_on, None if is_here else progress.left_on or date.min),)


def left_within(months: int, progress: Progress) -> bool:
	"""Say whether the hire left without one stay of so many months; the day on which a month is full counts as stayed."""
	if not months or progress.outcome != Outcome.LEFT or not (progress.joined_on and progress.left_on):
		return False
	return not any(stay.lasted_until(add_months(stay.began_on, months)) for stay in _stays(progress))


def is_reachable(milestone: str, progress: Progress) -> bool:
	"""Say whether a milestone that was not reached yet can still be reached."""
	if progress.outcome == Outcome.OPEN:
		return True
	return progress.outcome == Outcome.HIRED and milestone in NEEDS_THE_HIRE


def earns_more(progress: Progress) -> bool:
	return progress.outcome not in EARNS_NOTHING_MORE | NEVER_COUNTED


def _stands_at(milestone: str, stage: str) -> bool:
	return Stage(stage).rank >= STAGE_OF_MILESTONE[milestone].rank
