"""Keeps the figures in Path Evidence: anew every night for HR; for others as they were when they were first shown.

What is shown of a year that is over stays as it is, so that nobody learns of a single person by comparing yesterday with today. HR can
have all of it shown anew. A path that is new is weighed against what is shown of the others; where a year was corrected meanwhile it
waits for HR, as a new level does. So do years that begin in another month, as far as they share days with those that are shown.
Called by the nightly task and by HR's button.
"""

from hashlib import sha256
from typing import NamedTuple

import frappe
from frappe.utils import cint, getdate, now_datetime

from referral_hub.paths.figures import counting
from referral_hub.paths.rules import evidence, figures
from referral_hub.paths.rules.evidence import SMALLEST_GROUP, Period
from referral_hub.paths.rules.figures import Row, Told

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


class Kept(NamedTuple):
	"""What was kept of a figure the last time: where it belongs, and what is shown of it."""

	place: tuple
	shown: tuple


def recount(show_anew: bool = False) -> int:
	"""Count everything again, in one transaction with what it replaces; return how many figures there are.

	One at a time, from before its first look at the rows: what another shows anew meanwhile would be taken back.
	"""
	frappe.db.get_value("DocType", TABLE, "name", for_update=True)
	years = periods()
	rows, stored = counting.count(years), {} if show_anew else _kept_before(years)
	weighed = figures.shown_anew(rows, _told(stored), smallest_group())
	found = [
		_values(
			row.key, _place(row), float(row.figure.value), row.figure.number, _shown_now(row, weighed, stored)
		)
		for row in rows
	]
	# what others were told of a year is told although nothing is left of it
	counted = {row.key for row in rows}
	found += [
		_values(key, one.place, 0, 0, one.shown)
		for key, one in stored.items()
		if one.shown[0] and key not in counted
	]
	frappe.db.delete(TABLE)
	frappe.db.bulk_insert(TABLE, COLUMNS, found)
	return len(rows)


def periods() -> tuple[Period, ...]:
	"""Return the years that are counted, newest first, as the settings say."""
	settings = frappe.get_cached_doc("Referral Hub Settings")
	years = min(cint(settings.evidence_years), MOST_YEARS)
	month = min(max(cint(settings.evidence_year_begins), 1), 12)
	return evidence.years_over(getdate(), years, month)


def smallest_group() -> int:
	return max(cint(frappe.get_cached_doc("Referral Hub Settings").smallest_group), SMALLEST_GROUP)


def _kept_before(years: tuple[Period, ...]) -> dict[str, Kept]:
	"""Return what was kept since the first of these years, of paths there are; groups that are too small by now are shown no more."""
	if not years:
		return {}
	paths = frappe.get_all("Performance Path", pluck="name")
	of = {"period_to": (">=", min(year.first for year in years)), "path": ("in", paths)}
	rows = frappe.get_all(TABLE, of, [*PLACE, *SHOWN], as_list=True, limit_page_length=0)
	least, people = smallest_group(), SHOWN.index("shown_people")
	places = [(tuple(row[: len(PLACE)]), tuple(row[len(PLACE) :])) for row in rows]
	return {_key(place): Kept(place, now if now[people] >= least else NOT_SHOWN) for place, now in places}


def _told(stored: dict[str, Kept]) -> dict[str, Told]:
	found = {}
	for key, ((path, _level, _department, kind, first, last), shown) in stored.items():
		is_shown, value, people, _on = shown
		found[key] = Told(path, kind, Period(first, last), value if is_shown else None, people)
	return found


def _key(place: tuple) -> str:
	path, level, department, figure, first, last = place
	return "|".join((path, level or "", department or "", figure, f"{first}..{last}"))


def _place(row: Row) -> tuple:
	return row.path, row.level, row.department or None, row.kind.value, row.period.first, row.period.last


def _shown_now(row: Row, weighed: dict[str, bool], stored: dict[str, Kept]) -> tuple:
	"""Return the columns of what is shown: as it was, unless the row is weighed now."""
	if row.key not in weighed:
		return stored[row.key].shown if row.key in stored else NOT_SHOWN
	if not weighed[row.key]:
		return NOT_SHOWN
	return 1, float(row.figure.value), row.figure.number, getdate()


def _values(key: str, place: tuple, value: float, people: int, shown: tuple) -> tuple:
	now, user = now_datetime(), frappe.session.user
	return sha256(key.encode()).hexdigest()[:20], now, now, user, user, *place, value, people, *shown
