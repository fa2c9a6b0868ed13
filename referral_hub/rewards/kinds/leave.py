"""Leave: whole and half days on a Leave Allocation of HRMS. What was used when it is undone stays owed.

Best paid on a Leave Type of its own (Referral Hub Settings): allocations that a leave policy fills by itself can't be changed.
"""

from datetime import date
from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import getdate, nowdate

from referral_hub import amended
from referral_hub.rewards import kinds
from referral_hub.rewards.kinds import leave_allocations
from referral_hub.rewards.kinds.base import Payout, RewardKind, TakenBack
from referral_hub.rewards.money import to_decimal
from referral_hub.rewards.reasons import Reason
from referral_hub.rewards.rules.paying.leave_year import can_be_taken_back, lapsed_of
from referral_hub.rewards.rules.units import Unit

ALLOCATION = leave_allocations.ALLOCATION
NO_TYPE = "no_leave_type"


class Leave(RewardKind):
	unit = Unit.HALVES
	columns = ("leave_type",)

	def label(self) -> str:
		return _("Leave", context="Reward Kind")

	def check(self, row) -> list[str]:
		problem = _problem_of_type(row.get("leave_type") or _usual_type())
		if problem and problem.code == NO_TYPE:
			return [f"{problem} {_first_step()}"]
		return [str(problem)] if problem else []

	def details(self, row) -> dict:
		leave_type = row.get("leave_type") or _usual_type()
		return {"leave_type": leave_type} if leave_type else {}

	def missing(self, reward, today: date) -> Reason | None:
		leave_type = _type_of(reward)
		return _problem_of_type(leave_type) or _problem_of_allocation(reward, leave_type, today)

	def pay(self, reward, today: date) -> Payout:
		days = _days_of(reward)
		reward.owed_amount = 0
		words = _("{days} for reward {reward}").format(
			days=leave_allocations.days_in_words(days), reward=reward.name
		)
		name = leave_allocations.add(reward.employee, _type_of(reward), days, today, words)
		return Payout(ALLOCATION, name)

	def take_back(self, reward) -> TakenBack:
		name = amended.standing_for(ALLOCATION, reward.payout_name)
		if not name:
			return TakenBack(document_kept=bool(frappe.db.exists(ALLOCATION, reward.payout_name)))
		allocation, days = leave_allocations.lock(name), to_decimal(reward.amount)
		if not allocation.docstatus.is_submitted():
			return TakenBack()
		if leave_allocations.is_carried_on(allocation):
			return TakenBack(owed=days)
		unused = leave_allocations.unused(allocation)
		if getdate(allocation.to_date) < getdate(nowdate()):
			return TakenBack(owed=days - lapsed_of(days, unused))
		taken = can_be_taken_back(days, unused)
		if taken:
			words = _("{days} taken back, reward {reward}").format(
				days=leave_allocations.days_in_words(taken), reward=reward.name
			)
			leave_allocations.take(allocation, taken, words)
		return TakenBack(owed=days - taken)

	def in_words(self, amount: Decimal, currency: str | None, details: dict | None = None) -> str:
		days = leave_allocations.days_in_words(amount)
		leave_type = (details or {}).get("leave_type")
		if not leave_type:
			return _("{days} of leave").format(days=days)
		return _("{days} of {leave_type}").format(days=days, leave_type=_(leave_type))


def _first_step() -> str:
	"""Say what to do on a site where no Leave Type is meant for rewards: what leave is worth is for HR to decide, not for us."""
	words = _(
		"First make a Leave Type, for example Referral Leave (not earned leave, not leave without pay), "
		"and choose it as {field} in {settings}."
	)
	return words.format(field=_("Leave Type for Rewards"), settings=_("Referral Hub Settings"))


def _days_of(reward) -> Decimal:
	"""Return how many days are to be given, less what they kept of it before."""
	return to_decimal(reward.amount) - to_decimal(reward.owed_amount)


def _type_of(reward) -> str | None:
	return kinds.details(reward).get("leave_type") or _usual_type()


def _usual_type() -> str | None:
	return frappe.get_cached_doc("Referral Hub Settings").reward_leave_type


def _problem_of_type(leave_type: str | None) -> Reason | None:
	if not leave_type:
		return Reason(NO_TYPE)
	is_unpaid = frappe.db.get_value("Leave Type", leave_type, "is_lwp")
	if is_unpaid is None:
		return Reason("no_such_leave_type", {"leave_type": leave_type})
	return Reason("leave_without_pay", {"leave_type": leave_type}) if is_unpaid else None


def _problem_of_allocation(reward, leave_type: str, today: date) -> Reason | None:
	"""Say what HRMS would refuse: it keeps the allocations of earned leave to itself, and lets none of a policy overlap ours."""
	name = leave_allocations.in_force(reward.employee, leave_type, today)
	by_policy = name and frappe.db.get_value(ALLOCATION, name, "leave_policy_assignment")
	if by_policy and frappe.db.get_value("Leave Type", leave_type, "is_earned_leave"):
		return Reason("earned_leave", {"leave_type": leave_type, "allocation": name})
	ends = leave_allocations.of_policy_to_come(reward.employee, leave_type, _days_of(reward), today)
	return Reason("leave_year_ends", {"leave_type": leave_type, "allocation": ends}) if ends else None
