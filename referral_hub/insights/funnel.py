"""Reads how far the referrals of a time came, and who stands behind each figure. One query each, grouped by the database."""

from frappe.query_builder import CustomFunction, DocType
from frappe.query_builder.functions import Coalesce, Count
from pypika import Order

from referral_hub.insights import scope
from referral_hub.insights.asking import PAGE, Asked, Page, first_of
from referral_hub.insights.rules import funnel
from referral_hub.insights.rules.funnel import Step

BY = {
	"Department": "department",
	"Designation": "designation",
	"Program": "program",
	"Job Opening": "job_opening",
	"Company": "company",
	"Channel": "channel",
	"Month": None,
}
_FIELDS = (
	*("name", "candidate_name", "stage", "outcome", "submitted_on", "offered_on", "joined_on"),
	*("confirmed_on", "left_on", "referrer_name", "job_opening", "department", "program"),
)
_month_of = CustomFunction("date_format", ["moment", "pattern"])


def lines(asked: Asked) -> list[funnel.Line]:
	"""Return a line for each group of the referrals made in the time."""
	referral, group = DocType("Referral"), group_of(asked.by)
	query = scope.referrals(asked).select(group, referral.stage, referral.outcome, Count("*"))
	found = query.groupby(group, referral.stage, referral.outcome).run()
	return funnel.lines(funnel.Count(*row) for row in found)


def records(asked: Asked) -> Page:
	"""Return the referrals behind a figure, newest first."""
	query = within(scope.referrals(asked), Step(asked.step))
	return listed(scope.in_group(query, group_of(asked.by), asked), asked)


def listed(query, asked: Asked) -> Page:
	"""Return a page of the referrals of a query, newest first."""
	referral = DocType("Referral")
	whole = query.select(Count("*")).run()[0][0]
	first = first_of(asked.page, whole)
	rows = query.select(*(referral[field] for field in _FIELDS))
	rows = rows.orderby(referral.submitted_on, order=Order.desc).orderby(referral.name, order=Order.desc)
	return Page(rows.limit(PAGE).offset(first).run(as_dict=True), whole, first + 1)


def within(query, step: Step):
	"""Keep to the referrals that count in a step."""
	referral = DocType("Referral")
	query = query.where(referral.outcome.isin(sorted(funnel.outcomes_of(step))))
	return query.where(referral.stage.isin(sorted(funnel.stages_of(step))))


def group_of(by: str):
	"""Return what referrals are grouped by."""
	referral, field = DocType("Referral"), BY[by]
	return Coalesce(referral[field], "") if field else _month_of(referral.submitted_on, "%Y-%m")
