"""When somebody is not to be disturbed, by the clock on their wall. Pure.

All moments here carry a time zone. Quiet hours may cross midnight; on the nights when clocks change, what counts is what
the person's clock shows. Called by `preferences` and by whoever sends.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class QuietHours:
	"""From `starts` on, until `ends` (no longer quiet); both the same: never quiet."""

	starts: time
	ends: time

	def cover(self, clock: time) -> bool:
		if self.starts <= self.ends:
			return self.starts <= clock < self.ends
		return clock >= self.starts or clock < self.ends


def is_quiet(moment: datetime, quiet: QuietHours | None, zone: tzinfo) -> bool:
	return bool(quiet) and quiet.cover(moment.astimezone(zone).time())


def next_allowed(moment: datetime, quiet: QuietHours | None, zone: tzinfo) -> datetime:
	"""Return this moment, or the end of the quiet hours it lies in."""
	if not is_quiet(moment, quiet, zone):
		return moment
	local = moment.astimezone(zone)
	day = local.date() if local.time() < quiet.ends else local.date() + timedelta(days=1)
	for end in moments_at(day, quiet.ends, zone):
		if end >= moment and not is_quiet(end, quiet, zone):
			return end
	# the clock passed over the end or showed it before this moment: look minute by minute, at most a few hours
	while is_quiet(moment, quiet, zone):
		moment = _whole_minute(moment) + MINUTE
	return moment


def moments_at(day, clock: time, zone: tzinfo) -> list[datetime]:
	"""Return when a clock in this zone shows that time on that day: once, twice, or never, earliest first."""
	moments = set()
	for fold in (0, 1):
		moment = datetime.combine(day, clock, zone).replace(fold=fold).astimezone(UTC)
		shown = moment.astimezone(zone)
		if (shown.date(), shown.time()) == (day, clock):
			moments.add(moment)
	return sorted(moments)


def _whole_minute(moment: datetime) -> datetime:
	return moment.astimezone(UTC).replace(second=0, microsecond=0)
