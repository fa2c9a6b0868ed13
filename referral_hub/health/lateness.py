"""Which jobs should have begun by now and have not. Pure: takes the moments, asks no clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

# A worker may be busy with an hour's payroll before it comes to us; a job of the night waits for others of the night
GRACE = timedelta(hours=2)


@dataclass(frozen=True)
class Planned:
	"""A job of the scheduler: `next_on` is when it is due after it last began; `last_on` None: it never did."""

	name: str
	last_on: datetime | None
	next_on: datetime
	is_stopped: bool = False


def late(jobs: Iterable[Planned], now: datetime) -> list[Planned]:
	"""Return the jobs that are overdue by more than GRACE, the longest overdue first; stopped ones are not waited for."""
	overdue = [job for job in jobs if not job.is_stopped and now - job.next_on > GRACE]
	return sorted(overdue, key=lambda job: (job.next_on, job.name))
