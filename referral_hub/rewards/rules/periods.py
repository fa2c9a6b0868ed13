"""The calendar periods in which hires are counted together. Pure."""

from datetime import date, timedelta

MONTH, QUARTER, HALF_YEAR, YEAR, ANY_TIME = "Month", "Quarter", "Half-Year", "Year", "Any Time"
ANY_TIME_KEY = "any"
PERIODS = (MONTH, QUARTER, HALF_YEAR, YEAR, ANY_TIME)
_MONTHS = {MONTH: 1, QUARTER: 3, HALF_YEAR: 6, YEAR: 12}


def period_of(day: date, period: str) -> str:
	"""Return the name of the period a day is in: 2026-03, 2026-Q1, 2026-H1, 2026, or "any"."""
	return {
		MONTH: f"{day:%Y-%m}",
		QUARTER: f"{day.year}-Q{(day.month + 2) // 3}",
		HALF_YEAR: f"{day.year}-H{1 if day.month < 7 else 2}",
		YEAR: f"{day.year}",
		ANY_TIME: ANY_TIME_KEY,
	}[period]


def first_day_of(day: date, period: str) -> date | None:
	"""Return the first day of the period a day is in; None when it never began."""
	months = _MONTHS.get(period)
	return date(day.year, day.month - (day.month - 1) % months, 1) if months else None


def last_day_of(day: date, period: str) -> date | None:
	"""Return the last day of the period a day is in; None when it never ends."""
	months = _MONTHS.get(period)
	if not months:
		return None
	month = day.month - (day.month - 1) % months + months
	return date(day.year + month // 13, (month - 1) % 12 + 1, 1) - timedelta(days=1)
