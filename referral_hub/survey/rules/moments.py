"""When somebody is asked how it was. Pure.

Whoever was not hired is asked some days after the end. A hire is judged later, when it is known what became of it: by what the settings say.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

# days in which a referral that is over may still be asked about: nobody hears of one that ended long ago
STILL_FRESH = 30


class After(StrEnum):
	"""What a hire is asked about after."""

	JOINED = "Joined"
	CONFIRMED = "Confirmed"
	PAID = "First Pay-out"


@dataclass(frozen=True, slots=True)
class Ending:
	"""How a referral stands: when its outcome came, whether that is a hire, and what followed a hire."""

	ended_on: date
	is_hired: bool = False
	confirmed_on: date | None = None
	paid_on: date | None = None


def asked_from(ending: Ending, after: After, wait_days: int) -> date | None:
	"""Return the first day on which people are asked; None while what they are asked after has not come."""
	if not ending.is_hired or after == After.JOINED:
		moment = ending.ended_on
	else:
		moment = ending.confirmed_on if after == After.CONFIRMED else ending.paid_on
	return moment and moment + timedelta(days=max(wait_days, 0))


def is_due(ending: Ending, after: After, wait_days: int, today: date) -> bool:
	first = asked_from(ending, after, wait_days)
	return bool(first) and first <= today <= first + timedelta(days=STILL_FRESH)


def was_asked_lately(last: date | None, gap_days: int, today: date) -> bool:
	"""Say whether somebody was asked so short a time ago that they are left alone; a gap of 0 leaves nobody alone."""
	return bool(last) and today < last + timedelta(days=gap_days)
