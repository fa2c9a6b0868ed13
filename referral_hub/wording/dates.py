"""A day within a sentence. Chinese writes 2026年11月22日; elsewhere it is written as this site writes days."""

from datetime import date

import frappe
from babel.dates import format_date as in_pattern
from frappe.utils import formatdate, getdate

CHINESE = "y年M月d日"


def said(day: date | str | None) -> str:
	"""Return a day as it stands in a sentence, in the language of the session."""
	if not day:
		return ""
	is_chinese = (frappe.local.lang or "").startswith("zh")
	return in_pattern(getdate(day), CHINESE, locale="zh") if is_chinese else formatdate(day)
