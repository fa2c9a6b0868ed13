"""A day, or a time of some months, within a sentence. Chinese writes 2026年11月22日; elsewhere it is written as this site writes days."""

from datetime import date

import frappe
from babel.dates import format_date as in_pattern
from frappe import _
from frappe.utils import formatdate, getdate

from referral_hub.paths.rules.evidence import is_year, year_of

CHINESE = "y年M月d日"


def said(day: date | str | None) -> str:
	"""Return a day as it stands in a sentence, in the language of the session."""
	if not day:
		return ""
	is_chinese = (frappe.local.lang or "").startswith("zh")
	return in_pattern(getdate(day), CHINESE, locale="zh") if is_chinese else formatdate(day)


def span(first: date, last: date) -> str:
	"""Return a year, or a part of one that is some whole months, as it stands in a sentence after "in", in the language of the session."""
	is_chinese = (frappe.local.lang or "").startswith("zh")
	if is_year(first, last):
		return f"{year_of(first, last)} 年" if is_chinese else year_of(first, last)
	is_one_year = first.year == last.year
	if is_chinese:
		return f"{in_pattern(first, 'y年M月', locale='zh')}至{in_pattern(last, 'M月' if is_one_year else 'y年M月', locale='zh')}"
	begins = in_pattern(first, "MMMM" if is_one_year else "MMMM y", locale="en")
	return _("the six months from {0} to {1}").format(begins, in_pattern(last, "MMMM y", locale="en"))
