"""How a wallet went over the last twelve months: a picture, and the same in a sentence. Called by the page of the wallet."""

import frappe
from frappe import _
from frappe.utils import add_months, getdate
from markupsafe import Markup

from referral_hub.points import service as points
from referral_hub.points.rules.showing import course
from referral_hub.portal import words

MONTHS, MOST_ENTRIES = 12, 300


def of(wallet: dict) -> frappe._dict | None:
	"""Return {picture, began, words} of one of a person's wallets; None where the line would be flat.

	Of a wallet in which very much moves, only the time of its last entries is shown.
	"""
	today = getdate()
	since = getdate(add_months(today, -MONTHS))
	moved = points.movements(wallet["employee"], wallet["company"], MOST_ENTRIES)
	if len(moved) == MOST_ENTRIES:
		since = max(since, min(day for day, _points in moved))
	marks = course.course(wallet["balance"], moved, since, today)
	return _told(marks) if course.is_worth_seeing(marks) else None


def _told(marks: list[course.Mark]) -> frappe._dict:
	first, last = marks[0], marks[-1]
	began = words.day_for_good(first.on)
	most = words.points(max(mark.balance for mark in marks))
	return frappe._dict(
		picture=Markup(course.picture(marks)),
		began=began,
		words=_("{0} on {1}, at most {2}, {3} today.").format(
			words.points(first.balance), began, most, words.points(last.balance)
		),
	)
