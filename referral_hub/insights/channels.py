"""Reads what came of applicants, by how they found us. A few queries, each grouped by the database.

Who came through a referral is counted from the referral, with the very figures of the funnel; everybody else from what HRMS holds of their
application: an Interview that is not cancelled, a Job Offer that was submitted, an Employee whose first day has come.
"""

from dataclasses import replace

import frappe
from frappe.query_builder import Case, CustomFunction, DocType
from frappe.query_builder.functions import Coalesce, Count, Max, Min
from frappe.utils import add_months, getdate
from pypika import Interval, Order
from pypika.terms import ExistsCriterion

from referral_hub.insights import funnel, scope
from referral_hub.insights.asking import PAGE, Asked, Page, first_of
from referral_hub.insights.rules import channels
from referral_hub.insights.rules.channels import REFERRAL, STEPS, YEAR, Hires, Reached
from referral_hub.insights.rules.funnel import Step, total

BY = ("Source",)
# far enough, and a year more is a date still
_NEVER = "9000-01-01"
_CANCELLED, _SUBMITTED = 2, 1
_days_between = CustomFunction("datediff", ["later", "earlier"])
_date_of = CustomFunction("date", ["moment"])


def lines(asked: Asked) -> list[channels.Line]:
	"""Return a line for each channel of those who applied, or were referred, in the time."""
	return channels.lines(
		[*_referred(asked), *_others(asked)], [*_referred_hires(asked), *_other_hires(asked)]
	)


def hires(asked: Asked) -> tuple[int, int]:
	"""Return how many of those who were referred, and of those who applied otherwise, joined: what `lines` says of it, by two counts."""
	referred = funnel.within(scope.referrals(asked), Step.JOINED).select(Count("*"))
	others = _applications(asked).where(_has_joined()).select(Count("*"))
	return referred.run()[0][0], others.run()[0][0]


def records(asked: Asked) -> Page:
	"""Return the applications behind a figure of a channel other than referrals, newest first."""
	applicant, opening = DocType("Job Applicant"), DocType("Job Opening")
	query = scope.in_group(_applications(asked), Coalesce(applicant.source, ""), asked)
	if rank := STEPS.index(Step(asked.step)):
		query = query.where(_place() >= rank)
	whole = query.select(Count("*")).run()[0][0]
	first = first_of(asked.page, whole)
	rows = query.select(
		*(applicant[field] for field in ("name", "applicant_name", "status", "source", "creation")),
		opening.job_title.as_("opening_title"),
		opening.department,
	)
	rows = rows.orderby(applicant.creation, order=Order.desc).orderby(applicant.name, order=Order.desc)
	return Page(rows.limit(PAGE).offset(first).run(as_dict=True), whole, first + 1)


def _referred(asked: Asked) -> list[Reached]:
	steps = total(funnel.lines(replace(asked, by="Company"))).steps
	further = [*(steps[step] for step in STEPS[1:]), 0]
	places = (steps[step] - more for step, more in zip(STEPS, further, strict=True))
	return [Reached(REFERRAL, rank, number) for rank, number in enumerate(places) if number]


def _referred_hires(asked: Asked) -> list[Hires]:
	referral = DocType("Referral")
	days = _days_between(referral.joined_on, _date_of(referral.submitted_on))
	year = _year_of(referral.joined_on, Coalesce(referral.left_on, _NEVER))
	query = funnel.within(scope.referrals(asked), Step.JOINED).where(referral.joined_on.isnotnull())
	found = query.select(days, *year, Count("*")).groupby(days, *year).run()
	return [_hires(REFERRAL, *row) for row in found]


def _others(asked: Asked) -> list[Reached]:
	source, place = Coalesce(DocType("Job Applicant").source, ""), _place().as_("place")
	query = _applications(asked).select(source, place, Count("*"))
	return [Reached(*row) for row in query.groupby(source, place).run()]


def _other_hires(asked: Asked) -> list[Hires]:
	applicant, stay = DocType("Job Applicant"), _stays()
	source = Coalesce(applicant.source, "")
	days = _days_between(stay.joined, _date_of(applicant.creation))
	year = _year_of(stay.joined, stay.last_day)
	query = _applications(asked).inner_join(stay).on(stay.applicant == applicant.name)
	found = query.select(source, days, *year, Count("*")).groupby(source, days, *year).run()
	return [_hires(*row) for row in found]


def _hires(channel: str, days: int, is_year_ago: int, stayed: int, number: int) -> Hires:
	return Hires(channel, days, bool(is_year_ago), bool(stayed), number)


def _year_of(joined, last_day) -> tuple:
	"""Say of a first day whether a year has passed since, and whether the last day did not come before that."""
	year_ago = getdate(add_months(getdate(), -YEAR))
	stayed = last_day + Interval(days=1) >= joined + Interval(months=YEAR)
	return Case().when(joined <= year_ago, 1).else_(0), Case().when(stayed, 1).else_(0)


def _applications(asked: Asked):
	"""Return the query of the applications of the time that belong to no referral, with their openings."""
	applicant, opening = DocType("Job Applicant"), DocType("Job Opening")
	query = frappe.qb.from_(applicant).left_join(opening).on(opening.name == applicant.job_title)
	query = query.where((applicant.creation >= asked.since) & (applicant.creation < asked.after))
	query = query.where(Coalesce(applicant.referral_hub_referral, "") == "")
	return scope.limited(scope.narrowed(query, opening, asked), opening, "Job Opening")


def _place():
	"""Say how far an applicant came, by what HRMS holds of them: each is looked up by its index on the applicant."""
	interview, offer = DocType("Interview"), DocType("Job Offer")
	offered = ExistsCriterion(_of_applicant(offer).where(offer.docstatus == _SUBMITTED))
	held = ExistsCriterion(_of_applicant(interview).where(interview.docstatus != _CANCELLED))
	return Case().when(_has_joined(), 3).when(offered, 2).when(held, 1).else_(0)


def _has_joined():
	employee = DocType("Employee")
	return ExistsCriterion(_of_applicant(employee).where(employee.date_of_joining <= getdate()))


def _of_applicant(table):
	query = frappe.qb.from_(table).select(table.name)
	return query.where(table.job_applicant == DocType("Job Applicant").name)


def _stays():
	"""Return when each applicant's first day was, and the last of whoever left; HRMS may keep several records of one person."""
	employee = DocType("Employee")
	last_day = Case().when(employee.status == "Left", Coalesce(employee.relieving_date, _NEVER)).else_(_NEVER)
	query = frappe.qb.from_(employee).select(
		employee.job_applicant.as_("applicant"),
		Min(employee.date_of_joining).as_("joined"),
		Max(last_day).as_("last_day"),
	)
	query = query.where((employee.job_applicant != "") & (employee.date_of_joining <= getdate()))
	return query.groupby(employee.job_applicant).as_("stay")
