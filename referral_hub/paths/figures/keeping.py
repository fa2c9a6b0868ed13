"""Keeps the figures in Path Evidence: anew every night for HR; for others as they were when they were first shown.

What is shown of a year that is over stays as it is, so that nobody learns of a single person by comparing yesterday with today. HR can
have all of it shown anew. A path that is new is weighed against what is shown of the others; where a year was corrected meanwhile it
waits for HR, as a new level does. So do years that begin in another month, and halves of years, as far as they share days with what is shown.
Years that are counted no more are kept, and not shown: counted again one day, they are told as they were.
Called by the nightly task and by HR's button.
"""

from datetime import date
from hashlib import sha256
from itertools import chain
from typing import NamedTuple

import frappe
from frappe import _
from frappe.utils import cint, getdate, now_datetime

from referral_hub.paths.figures import counting
from referral_hub.paths.rules import evidence, figures
from referral_hub.paths.rules.evidence import SMALLEST_GROUP, Period
from referral_hub.paths.rules.figures import Row, Told

TABLE = "Path Evidence"
MOST_YEARS = 10
# how many months a period has, by the choice of the settings
MONTHS = {"Year": 12, "Half Year": 6}
PLACE = ("path", "level", "department", "figure", "period_from", "period_to")
SHOWN = ("is_shown", "shown_value", "shown_people", "shown_on")
NOT_SHOWN = (0, 0, 0, None)
ROWS_OF_A_STATEMENT = 1000
FIGURE = ("value", "people")
COLUMNS = (
	"name",
	"creation",
	"modified",
	"owner",
	"modified_by",
	*PLACE,
	*FIGURE,
	*SHOWN,
)


class Kept(NamedTuple):
	"""What was kept of a figure the last time: where it belongs, what was told of it, what was counted, and whether the group told of is large enough."""

	place: tuple
	shown: tuple
	figure: tuple
	is_large: bool

	@property
	def last_day(self) -> date:
		return self.place[PLACE.index("period_to")]

	@property
	def was_told(self) -> bool:
		"""Say whether others were told, also where the year is counted no more."""
		return self.shown[SHOWN.index("shown_people")] > 0

	def told(self, is_shown: bool) -> tuple:
		return (int(is_shown and self.is_large), *self.shown[1:])


class ShownToOthers(frappe.ValidationError):
	"""Figures that others know are not forgotten: those of a path in its place would tell what was corrected meanwhile."""


def refuse_deleting(path: str) -> None:
	"""Refuse to delete a path whose figures were shown; one that is switched off is kept in mind, and shows nothing."""
	if frappe.db.exists(TABLE, {"path": path, "shown_people": (">", 0)}):
		frappe.throw(
			_("Others were shown figures of {0}. Take the tick off Enabled instead of deleting it.").format(
				frappe.utils.escape_html(path)
			),
			ShownToOthers,
		)


def recount(show_anew: bool = False) -> int:
	"""Count everything again, in one transaction with what it replaces; return how many figures there are.

	One at a time, from before its first look at the rows: what another shows anew meanwhile would be taken back.
	"""
	frappe.db.get_value("DocType", TABLE, "name", for_update=True)
	years = periods()
	since = min((year.first for year in years), default=date.max)
	rows, stored = counting.count(years), _kept_before(since if show_anew else None)
	weighed = figures.shown_anew(rows, _told(stored), smallest_group())
	counted = {row.key: row for row in rows}
	found = [
		(
			key,
			_place(row),
			(float(row.figure.value), row.figure.number),
			_shown_now(key, row, weighed, stored),
		)
		for key, row in counted.items()
	]
	found += [
		(key, one.place, *_told_before(one, since))
		for key, one in stored.items()
		if key not in counted and (one.was_told or one.last_day < since)
	]
	frappe.db.delete(TABLE)
	_insert(_with_standard_columns(found))
	return len(rows)


def periods() -> tuple[Period, ...]:
	"""Return the years, or halves of years, that are counted, newest first, as the settings say."""
	return _periods(min(cint(frappe.get_cached_doc("Referral Hub Settings").evidence_years), MOST_YEARS))


def _periods(years: int) -> tuple[Period, ...]:
	settings = frappe.get_cached_doc("Referral Hub Settings")
	month = min(max(cint(settings.evidence_year_begins), 1), 12)
	return evidence.periods_over(getdate(), years, month, MONTHS.get(settings.evidence_period, 12))


def smallest_group() -> int:
	return max(cint(frappe.get_cached_doc("Referral Hub Settings").smallest_group), SMALLEST_GROUP)


def _kept_before(until: date | None) -> dict[str, Kept]:
	"""Return what was kept of years that are counted or might be again, of paths there are; with `until` of years before that day.

	Groups that are too small by now are shown no more, and what was told of them is not forgotten: others know it.
	"""
	of = [["path", "in", frappe.get_all("Performance Path", pluck="name")]]
	of.append(["period_to", ">=", _periods(MOST_YEARS)[-1].first])
	of += [["period_to", "<", until]] if until else []
	rows = frappe.get_all(TABLE, of, [*PLACE, *SHOWN, *FIGURE], as_list=True, limit_page_length=0)
	least, people = smallest_group(), SHOWN.index("shown_people")
	found = {}
	for row in rows:
		place, shown, figure = row[: len(PLACE)], row[len(PLACE) : -len(FIGURE)], row[-len(FIGURE) :]
		found[_key(place)] = Kept(place, shown, figure, shown[people] >= least)
	return found


def _told(stored: dict[str, Kept]) -> dict[str, Told]:
	found = {}
	for key, one in stored.items():
		path, _level, _department, kind, first, last = one.place
		_is_shown, value, people, _on = one.shown
		found[key] = Told(path, kind, Period(first, last), value if one.was_told else None, people)
	return found


def _key(place: tuple) -> str:
	path, level, department, figure, first, last = place
	return "|".join((path, level or "", department or "", figure, f"{first}..{last}"))


def _place(row: Row) -> tuple:
	return row.path, row.level, row.department or None, row.kind.value, row.period.first, row.period.last


def _shown_now(key: str, row: Row, weighed: dict[str, bool], stored: dict[str, Kept]) -> tuple:
	"""Return the columns of what is shown: as it was told, unless the row is weighed now."""
	if key not in weighed:
		before = stored.get(key)
		return before.told(is_shown=True) if before and before.was_told else NOT_SHOWN
	if not weighed[key]:
		return NOT_SHOWN
	return 1, float(row.figure.value), row.figure.number, getdate()


def _told_before(one: Kept, since: date) -> tuple[tuple, tuple]:
	"""Return value and people, and what is shown, of a figure that was not counted now.

	What others were told of a year is told although nothing is left of it. Years before those that are counted are kept, and not shown.
	"""
	if one.last_day < since:
		return one.figure, one.told(is_shown=False)
	return (0, 0), one.told(is_shown=True)


def _with_standard_columns(rows: list[tuple[str, tuple, tuple, tuple]]) -> list[tuple]:
	now, user = now_datetime(), frappe.session.user
	return [
		(sha256(key.encode()).hexdigest()[:20], now, now, user, user, *place, *figure, *shown)
		for key, place, figure, shown in rows
	]


def _insert(rows: list[tuple]) -> None:
	"""Write many rows with a statement: to have the query builder write each value by itself takes as long as counting."""
	columns = ", ".join(f"`{column}`" for column in COLUMNS)
	row = f"({', '.join(['%s'] * len(COLUMNS))})"
	for begin in range(0, len(rows), ROWS_OF_A_STATEMENT):
		some = rows[begin : begin + ROWS_OF_A_STATEMENT]
		frappe.db.sql(
			f"insert into `tab{TABLE}` ({columns}) values {', '.join([row] * len(some))}",
			tuple(chain.from_iterable(some)),
		)
