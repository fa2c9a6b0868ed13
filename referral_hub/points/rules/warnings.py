"""Which warning somebody gets before points expire: pure.

A warning is due from so many days before the last day on, until the last day: who was not told on the very day, because
the job did not run or the points came back late, is told at the next chance. The nearest of those due is told, alone.
"""

from collections.abc import Iterable
from datetime import date, timedelta


def due(expires_on: date, today: date, days_before: Iterable[int]) -> int | None:
	"""Return the warning that is due, by its number of days; None when none is. On the last day it is too late."""
	left = (expires_on - today).days
	return min((days for days in days_before if 0 < left <= days), default=None)


def until(today: date, days_before: Iterable[int]) -> date | None:
	"""Return the last day that may be warned of today; None when nobody is ever warned."""
	longest = max(days_before, default=0)
	return today + timedelta(days=longest) if longest > 0 else None
