"""Reads who of the staff referred in a time, again, with success; who was promoted; whose rewards were of their choice.

The staff are the employees who are here now, as far as the reader may see them; a referral counts with whoever made it, wherever the opening
was, as far as the reader may see the referral: for who is limited the figures can be lower than for who sees all.
"""

from dataclasses import replace

import frappe
from frappe.desk.reportview import build_match_conditions
from frappe.query_builder import Case, DocType
from frappe.query_builder.functions import Coalesce, Count, Max, Sum
from frappe.utils import cint
from pypika import Order
from pypika.terms import LiteralValue

from referral_hub.insights import scope
from referral_hub.insights.asking import PAGE, Asked, Page, first_of
from referral_hub.insights.rules import funnel
from referral_hub.insights.rules.participation import Line, Step
from referral_hub.referrals.rules.outcomes import NEVER_MEANT
from referral_hub.rewards.rules.states import UNDONE

BY = {
	"Department": "department",
	"Company": "company",
	"Designation": "designation",
	"Grade": "grade",
	"Branch": "branch",
}
_BY_EMPLOYEE = "Employee"
_SUBMITTED = 1


def is_limited() -> bool:
	"""Say whether User Permissions leave this reader a part of the referrals that colleagues made."""
	return any(scope.allowed(kind, "Referral") for kind in ("Company", "Department", "Designation"))


def lines(asked: Asked) -> list[Line]:
	"""Return a line for each group of the staff, the one that refers most first."""
	employee, made, promoted = _tables(asked)
	group = Coalesce(employee[BY[asked.by]], "")
	sums = [Sum(Case().when(_counts(step, made, promoted), 1).else_(0)) for step in Step]
	query = _staff(asked, made, promoted).select(group, Coalesce(Sum(made.number), 0), *sums).groupby(group)
	rewards = _rewards(asked)
	found = [
		Line(
			name,
			{step: cint(number) for step, number in zip(Step, numbers, strict=True)},
			cint(referrals),
			*rewards.get(name, (0, 0)),
		)
		for name, referrals, *numbers in query.run()
	]
	return sorted(found, key=lambda line: (-line.steps[Step.REFERRERS], -line.steps[Step.STAFF], line.group))


def records(asked: Asked) -> Page:
	"""Return the employees behind a figure, who referred most first."""
	employee, made, promoted = _tables(asked)
	query = _staff(asked, made, promoted).where(_counts(Step(asked.step), made, promoted))
	query = scope.in_group(query, Coalesce(employee[BY[asked.by]], ""), asked)
	whole = query.select(Count("*")).run()[0][0]
	first = first_of(asked.page, whole)
	columns = [employee[field] for field in ("name", "employee_name", "department", "designation", "company")]
	rows = query.select(
		*columns,
		Coalesce(made.number, 0).as_("referrals"),
		Coalesce(made.joined, 0).as_("joined"),
		promoted.last_on.as_("promoted_on"),
	)
	rows = rows.orderby(Coalesce(made.number, 0), order=Order.desc).orderby(employee.name)
	return Page(rows.limit(PAGE).offset(first).run(as_dict=True), whole, first + 1)


def _tables(asked: Asked):
	return DocType("Employee"), _made(asked), _promoted(asked)


def _staff(asked: Asked, made, promoted):
	employee = DocType("Employee")
	query = frappe.qb.from_(employee).left_join(made).on(made.referrer == employee.name)
	query = query.left_join(promoted).on(promoted.employee == employee.name)
	return _within(query.where(employee.status == "Active"), asked)


def _within(query, asked: Asked):
	"""Keep to the employees that are asked for and the reader may see."""
	query = scope.narrowed(query, DocType("Employee"), asked)
	may_read = build_match_conditions("Employee")
	query = scope.limited(query, DocType("Employee"), "Employee")
	return query.where(LiteralValue(f"({may_read})")) if may_read else query


def _counts(step: Step, made, promoted):
	"""Say whether an employee counts in a step."""
	employee = DocType("Employee")
	successful, was_promoted = Coalesce(made.joined, 0) > 0, promoted.employee.isnotnull()
	return {
		Step.STAFF: employee.status == "Active",
		Step.REFERRERS: Coalesce(made.number, 0) > 0,
		Step.AGAIN: Coalesce(made.number, 0) > 1,
		Step.SUCCESSFUL: successful,
		Step.PROMOTED_SUCCESSFUL: successful & was_promoted,
		Step.PROMOTED_OTHERS: (Coalesce(made.joined, 0) == 0) & was_promoted,
	}[step]


def _made(asked: Asked):
	"""Return how many referrals each employee made in the time, and how many of them joined."""
	referral = DocType("Referral")
	joined = referral.stage.isin(sorted(funnel.stages_of(funnel.Step.JOINED)))
	query = _of_time(asked).where(referral.outcome.notin(sorted(outcome.value for outcome in NEVER_MEANT)))
	query = query.select(
		referral.referrer, Count("*").as_("number"), Sum(Case().when(joined, 1).else_(0)).as_("joined")
	)
	return query.groupby(referral.referrer).as_("made")


def _of_time(asked: Asked):
	"""Return the query of the referrals of the time; company and department that are asked for are the employee's, not theirs."""
	return scope.referrals(replace(asked, company=None, department=None, designation=None))


def _promoted(asked: Asked):
	promotion = DocType("Employee Promotion")
	query = frappe.qb.from_(promotion).where(promotion.docstatus == _SUBMITTED)
	query = query.where((promotion.promotion_date >= asked.since) & (promotion.promotion_date <= asked.until))
	last_on = Max(promotion.promotion_date)
	return (
		query.select(promotion.employee, last_on.as_("last_on")).groupby(promotion.employee).as_("promoted")
	)


def _rewards(asked: Asked) -> dict[str, tuple[int, int]]:
	"""Return for each group how many rewards its employees got for these referrals, and how many they chose."""
	referral, reward, employee = DocType("Referral"), DocType("Referral Reward"), DocType("Employee")
	group = Coalesce(employee[BY[asked.by]], "")
	chosen = (referral.reward_option_by == _BY_EMPLOYEE) & (Coalesce(reward.option, "") != "")
	query = _of_time(asked).inner_join(reward).on(reward.referral == referral.name)
	query = query.inner_join(employee).on(employee.name == reward.employee)
	query = _within(query.where((employee.status == "Active") & reward.state.notin(sorted(UNDONE))), asked)
	query = query.select(group, Count("*"), Sum(Case().when(chosen, 1).else_(0)))
	return {name: (number, cint(own)) for name, number, own in query.groupby(group).run()}
