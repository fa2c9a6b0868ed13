"""Which leaderboard is told to people now: each week how the quarter stands, each month how the one before ended. Pure."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from referral_hub.rewards.rules.periods import MONTH, QUARTER, period_of

WEEKLY, MONTHLY = "Weekly", "Monthly"
RHYTHMS = (WEEKLY, MONTHLY)
# whoever could not be told when it was due is not told much later
_FOR = timedelta(days=2)
# HR who moves the day from a Sunday to a Monday begins another week, a day after the last was told
_TOO_SOON = timedelta(days=4)


@dataclass(frozen=True)
class Edition:
	"""What is told once: `key` names it among all, `period` is the one of the leaderboard.

	Whoever was told of the one before, `key_before`, after `not_since` is not told again so soon.
	"""

	key: str
	period: str
	key_before: str = field(default="", compare=False)
	not_since: datetime | None = field(default=None, compare=False)


def edition(rhythm: str | None, now: datetime, due: dict[str, datetime]) -> Edition | None:
	"""Return what is to be told now. `due`: when each rhythm was due last; all by the same clock."""
	if rhythm not in RHYTHMS or not due[rhythm] <= now < due[rhythm] + _FOR:
		return None
	began = due[rhythm].date()
	day_before = began - timedelta(days=1)
	if rhythm == MONTHLY:
		return Edition(f"{rhythm}:{began.isoformat()}", period_of(day_before, MONTH))
	# by the week, not the day: HR may choose another day in a week of which people were told
	this, last = (f"{rhythm}:{day:%G-W%V}" for day in (began, began - timedelta(days=7)))
	return Edition(this, period_of(day_before, QUARTER), last, due[rhythm] - _TOO_SOON)
