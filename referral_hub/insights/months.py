"""Counts the referrals of each of the last twelve months, as far as the reader may see them: one group by, answered from an index."""

from datetime import date

import frappe
from frappe.query_builder import CustomFunction, DocType
from frappe.query_builder.functions import Count
from frappe.utils import add_months, get_first_day, getdate

from referral_hub.insights import funnel, scope
from referral_hub.insights.rules.funnel import Step

# by the day they were made, by the first day of who was hired; each counts who counts in that step of the funnel
COUNTED = {"submitted_on": Step.REFERRED, "joined_on": Step.JOINED}
MONTHS = 12
_month_of = CustomFunction("date_format", ["moment", "pattern"])


def counts(counted: str, today: date) -> dict[date, int]:
	"""Return the first day of each month, oldest first and this one last, and how many referrals are of it."""
	referral = DocType("Referral")
	first = [getdate(add_months(get_first_day(today), -back)) for back in range(MONTHS - 1, -1, -1)]
	month = _month_of(referral[counted], "%Y-%m-01")
	query = frappe.qb.from_(referral).where(referral[counted] >= first[0])
	query = query.where(referral[counted] < getdate(add_months(first[-1], 1)))
	query = funnel.within(query, COUNTED[counted])
	found = dict(scope.of_reader(query, "Referral").select(month, Count("*")).groupby(month).run())
	return {day: found.get(day.isoformat(), 0) for day in first}
