"""Until when somebody of the pool is kept, and when they are asked whether to be kept longer. Pure."""

from datetime import date, timedelta


def is_to_be_asked(until: date | None, asked_for: date | None, days_before: int, today: date) -> bool:
	"""Say whether the end is near and this end was not asked about yet; once it is past it is too late."""
	if until is None or days_before <= 0 or asked_for == until:
		return False
	return until - timedelta(days=days_before) <= today <= until


def is_over(until: date | None, today: date) -> bool:
	"""Say whether the last day is past; without an end nobody's is."""
	return until is not None and until < today
