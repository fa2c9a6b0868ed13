"""What others reached, in sentences: each with its year, or half of one, and how many people it rests on; last the day they were counted.

Only of groups that may be shown.
"""

from datetime import date

from frappe import _

from referral_hub.paths.figures import showing
from referral_hub.paths.rules.figures import Kind
from referral_hub.portal import words
from referral_hub.wording import dates
from referral_hub.wording.counting import counted

ORDER = (Kind.PROMOTION_RATE, Kind.MONTHS, Kind.PAY_GROWTH, Kind.SCORE)


def of_levels(path: str) -> dict[str, list[str]]:
	"""Return the sentences of each level by its code, "" for the whole path; one query."""
	return {
		level: [
			*(_said(row) for kind in ORDER for row in rows if row.figure == kind),
			*_counted({row.shown_on for row in rows if row.shown_on}),
		]
		for level, rows in showing.of_path(path).items()
	}


def _sentence(kind: str, value: int | float) -> str:
	return {
		Kind.PROMOTION_RATE: _("{value} % rose from here in {span} ({people} people)"),
		Kind.MONTHS: counted(
			value,
			_("Half of those who rose in {span} had been here up to {value} month ({people} people)"),
			_("Half of those who rose in {span} had been here up to {value} months ({people} people)"),
		),
		Kind.PAY_GROWTH: _("The middle pay here grew by {value} % in {span} ({people} people)"),
		Kind.SCORE: _("The middle appraisal score of those who rose in {span} was {value} ({people} people)"),
	}[kind]


def _said(row) -> str:
	value, span = _plain(row.value), dates.span(row.period_from, row.period_to)
	return _sentence(row.figure, value).format(value=words.number(value), span=span, people=row.people)


def _counted(days: set[date]) -> list[str]:
	"""Say once for a level when its figures were counted; what was told stays as it was that day."""
	if not days:
		return []
	first, last = (words.day_for_good(day) for day in (min(days), max(days)))
	if first == last:
		return [_("Counted on {0}").format(first)]
	return [_("Counted between {0} and {1}").format(first, last)]


def _plain(value: float) -> int | float:
	return int(value) if value == int(value) else value
