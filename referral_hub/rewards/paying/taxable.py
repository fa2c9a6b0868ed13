"""The taxable value of what is not money: kept on the reward, handed to payroll once the employee has it.

Two Additional Salaries at most: the value, in an earning that HRMS taxes and leaves out of the total, so that net pay is not
inflated; and, where the company pays the tax, the cash that covers it (rules/paying/gross_up.py). The reward itself never waits for
this: what is missing is said on it, and tried again every hour. The row lock on the reward keeps it to once.
"""

from datetime import date
from decimal import Decimal

import frappe
from frappe.utils import flt, getdate, nowdate

from referral_hub import amended
from referral_hub.background import start_after_commit
from referral_hub.rewards import kinds, promises
from referral_hub.rewards.money import currency_digits, to_decimal
from referral_hub.rewards.paying import checks, salaries, slips
from referral_hub.rewards.reasons import Reason, in_words
from referral_hub.rewards.rules import documents, states
from referral_hub.rewards.rules.paying.gross_up import NoSuchRate, tax_to_pay

WAITING, HANDED, WITHDRAWN, TAXED = "Waiting", "In Payroll", "Withdrawn", "Taxed"
VALUE, TAX = "taxable_payout", "gross_up_payout"
NOTE = "taxable_reason"


def mark(reward) -> None:
	"""Note on a reward that is being paid what payroll is to hear of; the caller saves it."""
	details = kinds.details(reward)
	if not details.get("taxable_value") or reward.get("taxable_state") in (HANDED, TAXED):
		return
	company = frappe.db.get_value("Employee", reward.employee, "company")
	currency = details.get("taxable_currency") or frappe.get_cached_value(
		"Company", company, "default_currency"
	)
	value = to_decimal(details["taxable_value"])
	reward.update({"taxable_value": flt(value), "taxable_currency": currency, "taxable_state": WAITING})
	reward.update({VALUE: None, TAX: None, "gross_up_amount": 0})
	start_after_commit("referral_hub.tasks.hand_over_taxable_value", reward=reward.name)


def waiting() -> list[str]:
	filters = {"taxable_state": WAITING, "state": ["in", sorted(states.HANDED_OVER)]}
	return frappe.get_all(promises.DOCTYPE, filters=filters, pluck="name", order_by="name asc")


def hand_over(name: str, today: date | None = None) -> bool:
	"""Give payroll the value, and the tax the company pays; say on the reward what is missing for it."""
	reward, today = promises.lock(name), getdate(today or nowdate())
	if reward.get("taxable_state") != WAITING or reward.state not in states.HANDED_OVER:
		return False
	on = salaries.payroll_date(reward.employee, today)
	reason = _missing(reward, on)
	if reason:
		if promises.reason_of(reward, NOTE) != reason:
			_note(reward, reason)
			promises.save(reward)
		return False
	settings = _settings()
	reward.set(
		VALUE, _hand_to_payroll(reward, settings.taxable_component, to_decimal(reward.taxable_value), on)
	)
	if kinds.details(reward).get("gross_up"):
		tax = _tax(reward)
		reward.gross_up_amount = flt(tax)
		reward.set(TAX, _hand_to_payroll(reward, settings.gross_up_component, tax, on) if tax else None)
	reward.taxable_state = HANDED
	_note(reward, None)
	promises.save(reward)
	return True


def with_payout_gone() -> list[str]:
	"""Return the rewards whose value, or the tax on it, a person has cancelled or deleted in payroll."""
	reward = frappe.qb.DocType(promises.DOCTYPE)
	query, gone = frappe.qb.from_(reward).select(reward.name).where(reward.taxable_state == HANDED), []
	for field in (VALUE, TAX):
		salary = frappe.qb.DocType(salaries.PAYOUT).as_(field)
		stands = (salary.name == reward[field]) & (salary.docstatus != documents.CANCELLED)
		query = query.left_join(salary).on(stands)
		gone.append(reward[field].notnull() & salary.name.isnull())
	return query.where(gone[0] | gone[1]).orderby(reward.name).run(pluck=True)


def follow_gone(name: str) -> bool:
	"""Go on with what HR amended; else say who took it out of payroll: handing it over again is theirs to decide."""
	reward = promises.lock(name)
	if reward.get("taxable_state") != HANDED:
		return False
	for field in filter(reward.get, (VALUE, TAX)):
		payout = reward.get(field)
		if stands := amended.standing_for(salaries.PAYOUT, payout):
			reward.set(field, stands)
			continue
		user = amended.who_ended(salaries.PAYOUT, payout)
		reward.taxable_state = WITHDRAWN
		_note(reward, Reason("payout_cancelled" if user else "payout_gone", {"user": user, "payout": payout}))
	promises.save(reward)
	return True


def withdraw(reward) -> None:
	"""Take back from payroll what a submitted slip has not used; the caller moves and saves the reward."""
	if reward.get("taxable_state") == WAITING:
		reward.taxable_state = WITHDRAWN
		_note(reward, None)
	if reward.get("taxable_state") not in (HANDED, WITHDRAWN):
		return
	if carried := next(filter(None, (slips.carrying(reward.get(field)) for field in (VALUE, TAX))), None):
		reward.taxable_state = TAXED
		_note(reward, Reason("taxed_already", {"slip": carried}))
		return
	for field in (VALUE, TAX):
		if stands := amended.standing_for(salaries.PAYOUT, reward.get(field)):
			salaries.withdraw(stands)
	reward.taxable_state = WITHDRAWN
	_note(reward, None)


def _missing(reward, on: date) -> Reason | None:
	"""Say what payroll lacks; the same words as for cash where it is the same."""
	structure = salaries.structure_assignment(reward.employee, on)
	leaves_on = frappe.db.get_value("Employee", reward.employee, "relieving_date")
	problem = checks.of_salary(reward.employee, on, structure, leaves_on, reward.taxable_currency)
	return problem or _component_problem(bool(kinds.details(reward).get("gross_up")))


def _component_problem(is_grossed_up: bool) -> Reason | None:
	settings = _settings()
	if not checks.is_taxed(settings.taxable_component, is_in_total=False):
		return Reason("no_taxable_component")
	if is_grossed_up and not checks.is_taxed(settings.gross_up_component, is_in_total=True):
		return Reason("no_gross_up_component")
	if is_grossed_up and not 0 < to_decimal(settings.gross_up_rate) < 100:
		return Reason("no_gross_up_rate")
	return None


def _tax(reward) -> Decimal:
	places = currency_digits({reward.taxable_currency}).get(reward.taxable_currency, 2)
	try:
		return tax_to_pay(to_decimal(reward.taxable_value), to_decimal(_settings().gross_up_rate), places)
	except NoSuchRate as error:
		raise frappe.ValidationError(in_words("no_gross_up_rate")) from error


def _hand_to_payroll(reward, component: str, amount: Decimal, on: date) -> str:
	return salaries.make(
		reward, component=component, amount=flt(amount), currency=reward.taxable_currency, on=on
	)


def _note(reward, reason: Reason | None) -> None:
	"""Say on a reward what its value waits for, as a code too: everybody reads that in their own language."""
	reward.taxable_note = str(reason) if reason else None
	promises.put_in_explanation(reward, **{NOTE: reason.as_dict() if reason else None})


def _settings():
	return frappe.get_cached_doc("Referral Hub Settings")
