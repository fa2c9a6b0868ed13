"""How a calendar period is said: Q4 2026, October 2026, 2026年第4季度. Periods themselves are `rewards.rules.periods`."""

from datetime import date
from functools import lru_cache

from babel import Locale
from babel.dates import format_skeleton
from frappe import _


def in_words(period: str, locale: Locale | str) -> str:
	"""Say "2026-Q4", "2026-10" or "2026" as people do; whatever else it is stays as it is."""
	year, _dash, part = (period or "").partition("-")
	if part in ("H1", "H2"):
		return (_("First half of {0}") if part == "H1" else _("Second half of {0}")).format(year)
	try:
		return _said(int(year), part, str(locale))
	except ValueError:
		return period


@lru_cache(maxsize=1_000)
def _said(year: int, part: str, locale: str) -> str:
	if part.startswith("Q"):
		return format_skeleton("yQQQ", date(year, int(part[1:]) * 3, 1), locale=locale)
	return format_skeleton("yMMMM" if part else "y", date(year, int(part or 1), 1), locale=locale)
