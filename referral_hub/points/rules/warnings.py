"""Which warning somebody gets before points expire: pure.

A warning is due from so many days before the last day on, until the last day: who was not told on the very day, because
the job did not run or the points came back late, is told at the next chance. The nearest of those due is told, alone.
"""

from collections.abc import Iterable
from datetime import date, timedelta

ASK_HR_DAYS = 30  # so long before points end that their owner can spend nowhere, HR is asked to move them


def due(expires_on: date, today: date, days_before: Iterable[int]) -> int | None:
	"""Return the warning that is due, by its number of days; None when none is. On the last day it is too late."""
	left = (expires_on - today).days
	return min((days for days in days_before if 0 < left <= days), default=None)


def hr_is_asked_until(today: date) -> date:
	"""Return the last day of points whose owner works elsewhere that HR is asked about today."""
	return today + timedelta(days=ASK_HR_DAYS)


def until(today: date, days_before: Iterable[int]) -> date | None:
	"""Return the last day that may be warned of today; None when nobody is ever warned."""
	longest = max(days_before, default=0)
	return today + timedelta(days=longest) if longest > 0 else None
