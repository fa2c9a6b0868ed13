"""Keeps the figures in Path Evidence: anew every night for HR; for others as they were when they were first shown.

What is shown of a year that is over stays as it is, so that nobody learns of a single person by comparing yesterday with today. HR can
have all of it shown anew. A year or a path that is new has that year's figures of all paths weighed against each other again; a new level
waits for HR. Called by the nightly task and by HR's button.
"""

from hashlib import sha256

import frappe
from frappe.utils import cint, getdate, now_datetime

from referral_hub.paths.figures import counting
from referral_hub.paths.rules import evidence, figures
from referral_hub.paths.rules.evidence import SMALLEST_GROUP, Period
from referral_hub.paths.rules.figures import Row

TABLE = "Path Evidence"
MOST_YEARS = 10
PLACE = ("path", "level", "department", "figure", "period_from", "period_to")
SHOWN = ("is_shown", "shown_value", "shown_people", "shown_on")
NOT_SHOWN = (0, 0, 0, None)
COLUMNS = (
	"name",
	"creation",
	"modified",
	"owner",
	"modified_by",
	*PLACE,
	"value",
	"people",
	*SHOWN,
)


def recount(show_anew: bool = False) -> int:
	"""Count everything again, in one transaction with what it replaces; return how many figures there are."""
	rows, stored = counting.count(periods()), _shown_before()
	weighed = _weighed_anew(rows, stored, show_anew)
	anew = [row for row in rows if row.period in weighed]
	shown = figures.shown(anew, smallest_group())
	kept = {row.key: stored.get(row.key, NOT_SHOWN) for row in rows}
	kept |= {row.key: _shown_now(row, row.key in shown) for row in anew}
	now, user = now_datetime(), frappe.session.user
	values = [
		(
			sha256(row.key.encode()).hexdigest()[:20],
			*(now, now, user, user),
			*_place(row),
			*(float(row.figure.value), row.figure.number),
			*kept[row.key],
		)
		for row in rows
	]
	frappe.db.delete(TABLE)
	frappe.db.bulk_insert(TABLE, COLUMNS, values)
	return len(rows)


def periods() -> tuple[Period, ...]:
	"""Return the years that are counted, newest first, as the settings say."""
	settings = frappe.get_cached_doc("Referral Hub Settings")
	years = min(cint(settings.evidence_years), MOST_YEARS)
	month = min(max(cint(settings.evidence_year_begins), 1), 12)
	return evidence.years_over(getdate(), years, month)


def smallest_group() -> int:
	return max(cint(frappe.get_cached_doc("Referral Hub Settings").smallest_group), SMALLEST_GROUP)


def _weighed_anew(rows: list[Row], stored: dict[str, tuple], show_anew: bool) -> set[Period]:
	"""Return the periods of which nothing was kept of a path before; all when HR asks for it."""
	known = {(key.split("|")[0], key.rsplit("|")[-1]) for key in stored}
	return {row.period for row in rows if show_anew or (row.path, row.key.rsplit("|")[-1]) not in known}


def _shown_before() -> dict[str, tuple]:
	"""Return what is shown of each figure that was weighed before."""
	rows = frappe.get_all(TABLE, fields=[*PLACE, *SHOWN], as_list=True, limit_page_length=0)
	return {_key(row[: len(PLACE)]): tuple(row[len(PLACE) :]) for row in rows}


def _key(place: tuple) -> str:
	path, level, department, figure, first, last = place
	return "|".join((path, level or "", department or "", figure, f"{first}..{last}"))


def _place(row: Row) -> tuple:
	return row.path, row.level, row.department or None, row.kind.value, row.period.first, row.period.last


def _shown_now(row: Row, is_shown: bool) -> tuple:
	if not is_shown:
		return NOT_SHOWN
	return 1, float(row.figure.value), row.figure.number, getdate()
