"""Which days a new allocation of leave covers: from today to the end of the leave year, or the next year. Pure.

A leave year is the company's leave period, else the calendar year. When fewer days are left in it than were earned, or
only its last day, nobody could take them: they are allocated for the next one.
"""

from datetime import date, timedelta
from decimal import Decimal
from math import ceil
from typing import NamedTuple

from referral_hub.referrals.rules.stages import add_months

FEWEST_DAYS = 2  # an allocation of one day is refused by HRMS
ONE_DAY = timedelta(days=1)


class Days(NamedTuple):
	first: date
	last: date

	@property
	def number(self) -> int:
		return (self.last - self.first).days + 1


def days_for(days: Decimal, today: date, this_year: Days | None, next_year: Days | None = None) -> Days:
	"""Return the first and the last day of an allocation made today."""
	rest = Days(today, this_year.last if this_year else date(today.year, 12, 31))
	if can_be_taken_within(days, rest):
		return rest
	first = rest.last + ONE_DAY
	last = next_year.last if next_year else add_months(first, 12) - ONE_DAY
	return Days(first, last)


def can_be_taken_within(days: Decimal, left: Days) -> bool:
	"""Say whether there are as many days left as were earned, and more than the last one."""
	return left.number >= max(ceil(days), FEWEST_DAYS)


def lapsed_of(days: Decimal, unused_at_the_end: Decimal) -> Decimal:
	"""Return how many of the days were not used when their year ended: nobody has them any more."""
	return min(days, max(unused_at_the_end, Decimal(0)))


def can_be_taken_back(days: Decimal, unused: Decimal) -> Decimal:
	"""Return how many of the days are still unused, at most all of them."""
	return min(days, max(unused, Decimal(0)))
