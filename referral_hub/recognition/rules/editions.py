"""Which leaderboard is told to people now: each week how the quarter stands, each month how the one before ended. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from referral_hub.rewards.rules.periods import MONTH, QUARTER, period_of

WEEKLY, MONTHLY = "Weekly", "Monthly"
RHYTHMS = (WEEKLY, MONTHLY)
# whoever could not be told when it was due is not told much later
_FOR = timedelta(days=2)


@dataclass(frozen=True)
class Edition:
	"""What is told once: `key` names it among all, `period` is the one of the leaderboard."""

	key: str
	period: str


def edition(rhythm: str | None, now: datetime, due: dict[str, datetime]) -> Edition | None:
	"""Return what is to be told now. `due`: when each rhythm was due last; all by the same clock."""
	if rhythm not in RHYTHMS or not due[rhythm] <= now < due[rhythm] + _FOR:
		return None
	began = due[rhythm].date()
	length = QUARTER if rhythm == WEEKLY else MONTH
	# by the week, not the day: HR may choose another day in a week of which people were told
	name = f"{began:%G-W%V}" if rhythm == WEEKLY else began.isoformat()
	return Edition(f"{rhythm}:{name}", period_of(began - timedelta(days=1), length))
