"""Whether a reward may be paid today, looking at both people again. Pure.

The referrer counts on three days: when they refer (frozen in the terms: nobody is promised anything who may not be), when it
is earned, and when it is paid. Who is away on the last day waits until they are back; who was away when it was earned waits for
a person to release it.
"""

from collections.abc import Collection
from dataclasses import dataclass

from referral_hub.rewards.rules.milestones import NEEDS_THE_HIRE

REFERRER_INACTIVE, REFERRER_WAS_AWAY, HIRE_LEFT = "referrer_inactive", "referrer_was_away", "hire_left"
RELEASED_BY_A_PERSON = frozenset({REFERRER_WAS_AWAY})


@dataclass(frozen=True)
class BothPeople:
	"""The referrer, and the one who was hired, as they are on the due date; and the referrer on the day it was earned."""

	referrer_status: str | None
	hire_status: str | None = None
	was_away_when_earned: bool = False


def why_not_payable(milestone: str, people: BothPeople, released: Collection[str] = ()) -> str | None:
	"""Return the code of the reason to hold the reward back, or None when nothing stands against it."""
	if people.referrer_status != "Active":
		return REFERRER_INACTIVE
	if milestone in NEEDS_THE_HIRE and people.hire_status in (None, "Left"):
		return HIRE_LEFT
	if people.was_away_when_earned and REFERRER_WAS_AWAY not in released:
		return REFERRER_WAS_AWAY
	return None
