"""What a person hands over: gifts, codes, health checks, funds, donations, grants, option notes, perks.

Due, the reward becomes a task of Reward Fulfilment; it is Paid when somebody has handed it over, with a proof. A task
that is still open is cancelled when the reward is undone; what the employee has is Owed.
"""

from datetime import date
from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import add_days, cint, flt, fmt_money, getdate

from referral_hub.fulfilment import service as fulfilment
from referral_hub.rewards import kinds
from referral_hub.rewards.kinds.base import Payout, RewardKind, TakenBack
from referral_hub.rewards.money import to_decimal
from referral_hub.rewards.reasons import in_words
from referral_hub.rewards.rules.units import Unit

TASK = fulfilment.DOCTYPE


class Fulfilled(RewardKind):
	"""Something that a person hands over."""

	unit = Unit.WHOLE
	columns = ("what", "responsible", "fulfil_within_days", *RewardKind.TAXED)
	required = ("what",)

	def pay(self, reward, today: date) -> Payout:
		task = fulfilment.open_task(self._task(reward, today))
		return Payout(TASK, task.name, is_done=task.state == fulfilment.DONE)

	def take_back(self, reward) -> TakenBack:
		if fulfilment.cancel(reward.payout_name, in_words("task_cancelled")):
			return TakenBack(reached_employee=False)
		return TakenBack(owed=to_decimal(reward.amount))

	def in_words(self, amount: Decimal, currency: str | None, details: dict | None = None) -> str:
		what = (details or {}).get("what") or self.label()
		if self.unit.has_currency:
			return _("{what}: {amount}").format(what=what, amount=fmt_money(flt(amount), currency=currency))
		return what if amount == 1 else _("{number} x {what}").format(number=f"{amount:f}", what=what)

	def _task(self, reward, today: date) -> fulfilment.Task:
		details = kinds.details(reward)
		days = cint(details.get("fulfil_within_days")) or cint(_settings().fulfil_within_days)
		return fulfilment.Task(
			source=(reward.doctype, reward.name),
			key=f"{reward.name}:{reward.attempt}",
			employee=reward.employee,
			kind=self.name,
			what=lambda: self.in_words(to_decimal(reward.amount), reward.currency, details),
			due_on=getdate(add_days(today, days)),
			responsible=details.get("responsible"),
			note=lambda: reward.get("note") or _("Reward for referral {0}").format(reward.referral),
		)


class Money(Fulfilled):
	"""An amount of money that does not go through payroll."""

	unit = Unit.MONEY


class Gift(Fulfilled):
	def label(self) -> str:
		return _("Gift", context="Reward Kind")


class GiftCode(Fulfilled):
	def label(self) -> str:
		return _("Gift Code", context="Reward Kind")


class HealthCheck(Fulfilled):
	required = ()

	def label(self) -> str:
		return _("Health Check", context="Reward Kind")


class TeamFund(Money):
	required = ()

	def label(self) -> str:
		return _("Team Fund", context="Reward Kind")


class Donation(Money):
	def label(self) -> str:
		return _("Donation", context="Reward Kind")


class ChildEducation(Money):
	required = ()

	def label(self) -> str:
		return _("Child's Education", context="Reward Kind")


class EquityNote(Fulfilled):
	"""A promise of options, in percent; what it is worth the note says, not payroll."""

	unit = Unit.PERCENT
	required = ()

	def label(self) -> str:
		return _("Equity Note", context="Reward Kind")

	def in_words(self, amount: Decimal, currency: str | None, details: dict | None = None) -> str:
		what = (details or {}).get("what") or self.label()
		return _("{percent} % {what}").format(percent=f"{amount.normalize():f}", what=what)


class Perk(Fulfilled):
	def label(self) -> str:
		return _("Perk", context="Reward Kind")


def _settings():
	return frappe.get_cached_doc("Referral Hub Settings")
