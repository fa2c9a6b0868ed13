"""Reads how long referrers waited for the first word after the receipt, and who waits still.

A word is what stands in the timeline: a move of the stage, the outcome, an interview date, what HR wrote. That a candidate agreed and the
application was received is none. What is overdue is what the Referral Queue says.
"""

import frappe
from frappe.query_builder import Case, CustomFunction, DocType
from frappe.query_builder.functions import Coalesce, Count, Min
from frappe.utils import add_days, getdate

from referral_hub.insights import funnel, scope
from referral_hub.insights.asking import Asked, Page
from referral_hub.insights.rules.hearing import SOON_DAYS, Step, Wait
from referral_hub.referrals.rules.moves import Kind
from referral_hub.referrals.rules.outcomes import NEVER_MEANT, Outcome
from referral_hub.referrals.rules.stages import Stage

BY = funnel.BY
_WORDS = (Kind.STAGE, Kind.OUTCOME, Kind.INTERVIEW, Kind.NOTE)
_days_between = CustomFunction("datediff", ["later", "earlier"])


def waits(asked: Asked) -> list[Wait]:
	"""Return how long the referrals of the time waited, counted by group."""
	referral, first = DocType("Referral"), _first_words()
	group = funnel.group_of(asked.by)
	days = _days_between(first.told_on, referral.submitted_on)
	flags = [Case().when(which, 1).else_(0) for which in (_is_open(), _is_old(), _is_overdue())]
	query = _referrals(asked, first).select(group, days, *flags, Count("*")).groupby(group, days, *flags)
	return [Wait(name, waited, *map(bool, said), number) for name, waited, *said, number in query.run()]


def records(asked: Asked) -> Page:
	"""Return the referrals behind a figure."""
	first = _first_words()
	query = _referrals(asked, first)
	if (which := _which(Step(asked.step), first)) is not None:
		query = query.where(which)
	return funnel.listed(scope.in_group(query, funnel.group_of(asked.by), asked), asked)


def _which(step: Step, first):
	return {
		Step.REFERRED: None,
		Step.HEARD: first.told_on.isnotnull(),
		Step.WAITING: first.told_on.isnull() & _is_open(),
		Step.OVERDUE: _is_overdue(),
	}[step]


def _referrals(asked: Asked, first):
	"""Return the query of the referrals of which HR has an application, with their first word."""
	referral = DocType("Referral")
	query = scope.referrals(asked).left_join(first).on(first.referral == referral.name)
	query = query.where(referral.outcome.notin(sorted(outcome.value for outcome in NEVER_MEANT)))
	return query.where(referral.stage != Stage.INVITED.value)


def _first_words():
	event = DocType("Referral Event")
	is_receipt = (event.kind == Kind.STAGE.value) & event.stage.isin(
		[Stage.INVITED.value, Stage.SUBMITTED.value]
	)
	query = frappe.qb.from_(event).where(event.kind.isin([kind.value for kind in _WORDS]))
	query = query.where(is_receipt.negate()).groupby(event.referral)
	return query.select(event.referral, Min(event.recorded_on).as_("told_on")).as_("first")


def _is_open():
	return DocType("Referral").outcome == Outcome.OPEN.value


def _is_old():
	return DocType("Referral").submitted_on < getdate(add_days(getdate(), -SOON_DAYS))


def _is_overdue():
	return _is_open() & (Coalesce(DocType("Referral").next_word_due, getdate()) < getdate())
