"""Why somebody is in the talent pool, and until when they are kept. Pure."""

from datetime import date, timedelta

OPEN_CHANNEL = "Open Channel"
REASONS = frozenset({OPEN_CHANNEL, "Not Selected", "Declined Offer", "No-show", "Withdrawn", "Other"})
DAYS_KEPT = 730


def kept_until(since: date) -> date:
	"""Return the last day a person is kept without being asked again."""
	return since + timedelta(days=DAYS_KEPT)
