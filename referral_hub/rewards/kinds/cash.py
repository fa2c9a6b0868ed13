"""Cash: an HRMS Additional Salary, at most one alive per reward, carried by the next salary slip.

Paid means handed to payroll, where the settings say so as a draft: then people are told that HR has it, until somebody submits
it. The submitted slip that carries it makes it Confirmed (see paying/payroll.py).
What a person made for the reward is its payout too (see paying/salaries.py).
"""

from datetime import date
from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import flt, fmt_money

from referral_hub.rewards import promises
from referral_hub.rewards.kinds.base import Payout, RewardKind, TakenBack
from referral_hub.rewards.money import (
	NOT_CONVERTED,
	currency_handed_over,
	handed_over,
	kept_before,
	kept_currency,
	left_with_employee,
	paid_out,
	to_decimal,
)
from referral_hub.rewards.paying import by_hand, case, checks, native_bonus, rates, salaries, slips
from referral_hub.rewards.reasons import Reason
from referral_hub.rewards.recovery import service as recovery
from referral_hub.rewards.rules import states


class Cash(RewardKind):
	def label(self) -> str:
		return _("Cash", context="Reward Kind")

	def missing(self, reward, today: date) -> Reason | None:
		if case.standing(reward):
			return None
		problem = _listed_after_all(reward) or native_bonus.paid_by_hrms(reward) or _component_problem()
		return problem or _payroll_problem(reward, case.payroll_date(reward, today), today)

	def pay(self, reward, today: date) -> Payout:
		standing = case.standing(reward)
		if standing:
			# beside our own it was counted when that was made, at the rate of that day
			if standing != reward.payout_name or reward.owed_amount:
				by_hand.keep_beside(reward, standing)
			return Payout(salaries.PAYOUT, standing)
		_fix_what_is_paid(reward, case.payroll_date(reward, today), today)
		payout = _hand_to_payroll(reward, today)
		if case.may_owe(reward):
			recovery.net(reward)
		return Payout(salaries.PAYOUT, payout, is_draft=not salaries.submits_by_itself())

	def payout_of(self, reward) -> Payout | None:
		standing = salaries.standing(reward)
		return Payout(salaries.PAYOUT, standing) if standing else super().payout_of(reward)

	def take_back(self, reward) -> TakenBack:
		listed = next(iter(slips.listing([reward.payout_name])), None)
		is_unpaid = reward.state in states.UNPAID
		if listed and listed.is_submitted:
			if is_unpaid and reward.owed_amount:
				# a person made it, and nobody has counted yet what was kept before
				by_hand.keep_beside(reward, reward.payout_name)
			_note_what_was_paid(reward)
			return TakenBack(owed=paid_out(reward) + kept_before(reward))
		others = set(salaries.alive_of(reward)) - {reward.payout_name}
		for other in others:
			salaries.withdraw(other)
		kept = salaries.withdraw(reward.payout_name)
		salaries.note_withdrawn(reward, *sorted(others), reward.payout_name if kept else None)
		recovery.give_up_netted(reward)
		if listed:
			slips.name_draft(reward, listed.slip)
		owed = left_with_employee(reward) if is_unpaid else kept_before(reward)
		# what is owed is of an attempt before: this payout paid none of it, and must not count as what did
		return TakenBack(owed=owed, reached_employee=False, document_kept=kept and not owed)

	def state_when_kept(self, reward) -> str:
		return states.CONFIRMED if slips.carrying(reward.payout_name) else states.PAID

	def in_words(self, amount: Decimal, currency: str | None, details: dict | None = None) -> str:
		return fmt_money(flt(amount), currency=currency)


def _listed_after_all(reward) -> Reason | None:
	"""Say which slip lists what was taken out of payroll: it pays the reward, or can before anybody has looked at it."""
	listed = next(iter(slips.listing(salaries.withdrawn_of(reward))), None)
	if not listed:
		return None
	return Reason("in_payroll") if listed.is_submitted else Reason("in_draft_slip", {"slip": listed.slip})


def _component_problem() -> Reason | None:
	component = frappe.get_cached_doc("Referral Hub Settings").cash_salary_component
	return checks.of_component(component, "Earning", "no_component", "not_an_earning")


def _payroll_problem(reward, on: date, today: date) -> Reason | None:
	"""Say what HRMS would refuse, or can't convert."""
	structure = case.salary(reward, on)
	leaves_on = case.employee(reward).relieving_date
	if problem := checks.of_salary(reward.employee, on, structure, leaves_on):
		return problem
	for currency in (reward.currency, kept_currency(reward)):
		if currency and not rates.rate_of(currency, structure.currency, today):
			values = {"currency": currency, "salary_currency": structure.currency}
			return Reason(rates.MISSING, values | {"date": today.isoformat()})
	return _nothing_to_pay(reward, structure.currency, today)


def _nothing_to_pay(reward, currency: str, today: date) -> Reason | None:
	"""Say why payroll would be given an amount of zero."""
	promised, kept = _worth(reward, currency, today)
	if promised > kept:
		return None
	if kept:
		return Reason("kept_already", {"kept": fmt_money(kept, currency=currency)})
	# with the code: yuan and yen share their sign
	values = {"promised": f"{reward.currency} {to_decimal(reward.amount):f}", "salary_currency": currency}
	return Reason("comes_to_nothing", values | {"date": today.isoformat()})


def _fix_what_is_paid(reward, on: date, today: date) -> None:
	"""Convert the promise into the currency of the salary at the rate of the day, less what was kept of it before."""
	currency = case.salary(reward, on).currency
	promised, kept = _worth(reward, currency, today)
	if currency == reward.currency and not kept:
		reward.update(NOT_CONVERTED)  # a payout that was withdrawn may have been for a salary in another one
		return
	rate = rates.rate_of(reward.currency, currency, today)
	reward.update({"paid_amount": flt(promised - kept), "paid_currency": currency, "owed_amount": 0})
	reward.update({"exchange_rate": flt(rate.rate, 9), "exchange_rate_on": rate.on})
	kept_in = currency if kept else None
	promises.put_in_explanation(reward, kept_before=str(kept), kept_beyond=None, kept_currency=kept_in)


def _worth(reward, currency: str, today: date) -> tuple[Decimal, Decimal]:
	"""Return in this currency what was promised, and what the employee kept of it before."""
	promised, kept = to_decimal(reward.amount), left_with_employee(reward)
	if currency != reward.currency:
		promised = rates.rate_of(reward.currency, currency, today).convert(promised)
	if kept and kept_currency(reward) not in (None, currency):
		kept = rates.rate_of(kept_currency(reward), currency, today).convert(kept)
	return promised, kept


def _note_what_was_paid(reward) -> None:
	"""Look once more whether somebody has changed what payroll was given: only what was paid can be asked back."""
	paid = salaries.paid_otherwise(reward)
	if paid:
		promises.put_in_explanation(reward, paid_amount=str(paid[0]), paid_in=paid[1])


def _hand_to_payroll(reward, today: date) -> str:
	return salaries.make(
		reward,
		component=frappe.get_cached_doc("Referral Hub Settings").cash_salary_component,
		amount=flt(handed_over(reward)),
		currency=currency_handed_over(reward),
		on=case.payroll_date(reward, today),
		employee=case.employee(reward),
	)
