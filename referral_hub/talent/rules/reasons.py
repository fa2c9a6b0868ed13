"""Why somebody is in the talent pool, and until when they are kept. Pure."""

from datetime import date, timedelta

OPEN_CHANNEL = "Open Channel"
REASONS = frozenset({OPEN_CHANNEL, "Not Selected", "Declined Offer", "No-show", "Withdrawn", "Other"})


def kept_until(since: date, days: int) -> date | None:
	"""Return the last day a person is kept without being asked again; None where HR sets no end."""
	return since + timedelta(days=days) if days else None
