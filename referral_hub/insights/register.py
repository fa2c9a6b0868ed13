"""Reads where rewards stand and what they come to, who stands behind each figure, and whether the ledger and payroll say the same.

A reward is of the day it was paid on; before that of the day it is due on, else of the day it was promised on.
"""

from dataclasses import dataclass

import frappe
from frappe.query_builder import Case, CustomFunction, DocType
from frappe.query_builder.functions import Coalesce, Count, NullIf, Sum
from frappe.utils import cint, flt
from pypika import Order

from referral_hub.insights import scope
from referral_hub.insights.asking import NONE, PAGE, Asked, Page, first_of
from referral_hub.insights.rules import register
from referral_hub.insights.rules.register import Phase
from referral_hub.rewards.rules import states

BY = ("Kind", "State", "Milestone", "Company", "Department", "Program", "Month")
_OF_REFERRAL = {"Department": "department", "Program": "program"}
_FIELDS = (
	*("name", "referral", "employee_name", "kind", "milestone", "after_months", "amount", "currency"),
	*("paid_amount", "paid_currency", "state", "earned_on", "due_on", "paid_on", "company"),
	*("payout_doctype", "payout_name"),
)
_month_of = CustomFunction("date_format", ["moment", "pattern"])
_date_of = CustomFunction("date", ["moment"])
_ENTRY, _SALARY, _CANCELLED = "Points Ledger Entry", "Additional Salary", 2


@dataclass(frozen=True, slots=True)
class Tie:
	"""What rewards say was handed over in a currency (points have none), and what the documents that carry it say; how many differ."""

	currency: str
	rewards: float
	documents: float
	differ: int


def lines(asked: Asked) -> list[register.Line]:
	"""Return what rewards come to, by group, kind and currency."""
	reward, currency, amount = DocType("Referral Reward"), _currency(), _amount()
	group = _group(asked.by)
	each = (group, reward.kind, currency, reward.state)
	found = _rewards(asked).select(*each, Count("*"), Sum(amount)).groupby(*each).run()
	return register.lines(
		register.Sum(group or "", kind or "", money or "", state, number, flt(summed))
		for group, kind, money, state, number, summed in found
	)


def records(asked: Asked) -> Page:
	"""Return the rewards behind a figure, latest first."""
	reward = DocType("Referral Reward")
	query = _rewards(asked).where(reward.state.isin(sorted(register.states_of(Phase(asked.step)))))
	query = scope.in_group(query, _group(asked.by), asked)
	whole = query.select(Count("*")).run()[0][0]
	first = first_of(asked.page, whole)
	rows = query.select(*(reward[field] for field in _FIELDS))
	rows = rows.orderby(_day(), order=Order.desc).orderby(reward.name, order=Order.desc)
	return Page(rows.limit(PAGE).offset(first).run(as_dict=True), whole, first + 1)


def of_ledger(asked: Asked) -> list[Tie]:
	"""Return whether points rewards that were paid name an entry of so many points, which nothing has reversed."""
	reward, entry = DocType("Referral Reward"), DocType(_ENTRY)
	back = DocType(_ENTRY).as_("back")
	paid = _handed_over(asked, "Points").left_join(entry)
	paid = paid.on((entry.name == reward.payout_name) & (entry.direction == "In"))
	paid = paid.left_join(back).on(back.reverses == entry.name)
	return _tie(paid, reward.amount, Case().when(back.name.isnull(), Coalesce(entry.points, 0)).else_(0))


def of_payroll(asked: Asked) -> list[Tie]:
	"""Return whether cash rewards that were paid name an Additional Salary of that amount, which stands; each currency by itself."""
	reward, salary = DocType("Referral Reward"), DocType(_SALARY)
	paid = _handed_over(asked, "Cash").left_join(salary)
	paid = paid.on((salary.name == reward.payout_name) & (salary.docstatus != _CANCELLED))
	return _tie(paid, _amount(), Coalesce(salary.amount, 0))


def _tie(query, said, carried) -> list[Tie]:
	"""Return a tie for each currency; none where nothing was handed over."""
	differ, currency = Case().when(said != carried, 1).else_(0), _currency()
	query = query.select(currency, Sum(said), Sum(carried), Sum(differ)).groupby(currency).orderby(currency)
	return [
		Tie(money, flt(rewards), flt(documents), cint(number))
		for money, rewards, documents, number in query.run()
	]


def _handed_over(asked: Asked, kind: str):
	reward = DocType("Referral Reward")
	return _rewards(asked).where((reward.kind == kind) & reward.state.isin(sorted(states.HANDED_OVER)))


def _rewards(asked: Asked):
	"""Return the query of the rewards of the time, with their referrals, as far as the reader may see them."""
	reward, referral = DocType("Referral Reward"), DocType("Referral")
	query = frappe.qb.from_(reward).left_join(referral).on(referral.name == reward.referral)
	query = query.where((_day() >= asked.since) & (_day() <= asked.until))
	if asked.company:
		query = query.where(reward.company == asked.company)
	if asked.department:
		query = query.where(referral.department.isin(asked.departments))
	if asked.program:
		query = query.where(referral.program == asked.program)
	if asked.kind:
		query = query.where(reward.kind == asked.kind)
	if asked.currency:
		query = query.where(_currency() == ("" if asked.currency == NONE else asked.currency))
	query = scope.limited(query, referral, "Referral", ("department", "designation"))
	return scope.of_reader(query, "Referral Reward", ("company",))


def _day():
	reward = DocType("Referral Reward")
	return Coalesce(reward.paid_on, reward.due_on, reward.earned_on, _date_of(reward.creation))


def _is_converted():
	reward = DocType("Referral Reward")
	return reward.state.isin(sorted(states.HANDED_OVER)) & (Coalesce(reward.paid_currency, "") != "")


def _amount():
	reward = DocType("Referral Reward")
	return Case().when(_is_converted(), reward.paid_amount).else_(reward.amount)


def _currency():
	reward = DocType("Referral Reward")
	money = Case().when(_is_converted(), reward.paid_currency).else_(NullIf(reward.currency, ""))
	return Coalesce(money, "")


def _group(by: str):
	reward, referral = DocType("Referral Reward"), DocType("Referral")
	if by == "Month":
		return _month_of(_day(), "%Y-%m")
	if field := _OF_REFERRAL.get(by):
		return Coalesce(referral[field], "")
	return Coalesce(reward[by.lower()], "")
