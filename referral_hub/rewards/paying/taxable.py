"""The taxable value of what is not money: kept on the reward, or the order of the points shop, and handed to payroll once the
employee has it.

Two Additional Salaries at most: the value, in an earning that HRMS taxes and leaves out of the total, so that net pay is not
inflated; and, where the company pays the tax of a reward, the cash that covers it (rules/paying/gross_up.py). What bears the value
never waits for this: what is missing is said on it, and tried again every hour. The row lock on it keeps it to once.
"""

from datetime import date
from decimal import Decimal
from functools import partial, reduce
from operator import or_

import frappe
from frappe.utils import flt, getdate, nowdate

from referral_hub import amended
from referral_hub.background import start_after_commit
from referral_hub.people import employments
from referral_hub.rewards import bearers, kinds
from referral_hub.rewards.bearers import TAX, VALUE, Bearer
from referral_hub.rewards.money import currency_digits, to_decimal
from referral_hub.rewards.paying import checks, salaries, slips
from referral_hub.rewards.reasons import Reason, in_words
from referral_hub.rewards.rules import documents, states
from referral_hub.rewards.rules.paying.gross_up import NoSuchRate, tax_to_pay
from referral_hub.rewards.rules.paying.reconciling_values import IN_PAYROLL as HANDED
from referral_hub.rewards.rules.paying.reconciling_values import TAXED, WAITING, WITHDRAWN

REFUSED_BY_HRMS = "Inactive"  # the status of an employee for whom HRMS makes no Additional Salary


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


def waiting(among: Bearer = bearers.REWARD) -> list[str]:
	filters = {"taxable_state": WAITING, "state": ["in", sorted(among.held_in)]}
	return frappe.get_all(among.doctype, filters=filters, pluck="name", order_by="name asc")


def hand_over(name: str, today: date | None = None, among: Bearer = bearers.REWARD) -> bool:
	"""Give payroll the value, and the tax the company pays; say on what bears it what is missing for that."""
	held, today = among.lock(name), getdate(today or nowdate())
	if held.get("taxable_state") != WAITING or held.state not in among.held_in:
		return False
	employee = employments.record_now(held.employee)
	on = salaries.payroll_date(employee, today)
	reason = _missing(held, employee, on)
	if reason:
		if among.reason_of(held) != reason:
			bearers.note(held, reason)
			among.save(held)
		return False
	settings, given = _settings(), partial(_hand_to_payroll, held, employee, on)
	held.set(VALUE, given(settings.taxable_component, to_decimal(held.taxable_value)))
	if kinds.details(held).get("gross_up"):
		tax = _tax(held)
		held.gross_up_amount = flt(tax)
		held.set(TAX, given(settings.gross_up_component, tax) if tax else None)
	held.taxable_state = HANDED
	bearers.note(held, None)
	among.save(held)
	return True


def hand_over_of_order(name: str) -> bool:
	return hand_over(name, among=bearers.ORDER)


def with_payout_gone(among: Bearer = bearers.REWARD) -> list[str]:
	"""Return those whose value, or the tax on it, a person has cancelled or deleted in payroll."""
	held = frappe.qb.DocType(among.doctype)
	query, gone = frappe.qb.from_(held).select(held.name).where(held.taxable_state == HANDED), []
	for field in among.payouts:
		salary = frappe.qb.DocType(salaries.PAYOUT).as_(field)
		stands = (salary.name == held[field]) & (salary.docstatus != documents.CANCELLED)
		query = query.left_join(salary).on(stands)
		gone.append(held[field].notnull() & salary.name.isnull())
	return query.where(reduce(or_, gone)).orderby(held.name).run(pluck=True)


def follow_gone(name: str, among: Bearer = bearers.REWARD) -> bool:
	"""Go on with what HR amended; else say who took it out of payroll: handing it over again is theirs to decide."""
	held = among.lock(name)
	if held.get("taxable_state") != HANDED:
		return False
	for field in filter(held.get, among.payouts):
		payout = held.get(field)
		if stands := _standing_for(held, payout):
			held.set(field, stands)
			continue
		user = amended.who_ended(salaries.PAYOUT, payout)
		held.taxable_state = WITHDRAWN
		code = "payout_cancelled" if user else "payout_gone"
		bearers.note(held, Reason(code, {"user": user, "payout": payout}))
	among.save(held)
	return True


def follow_gone_of_order(name: str) -> bool:
	return follow_gone(name, bearers.ORDER)


def without_salary(among: Bearer = bearers.REWARD, name: str | None = None) -> list[str]:
	"""Return those whose value, or the tax on it, no slip will carry as what it is: for the salary of another record, or in another currency."""
	held = frappe.qb.DocType(among.doctype)
	waits = (held.taxable_state == HANDED) & held.state.isin(sorted(among.held_in))
	waits = waits & (held.name == name) if name else waits
	return sorted({each for field in among.payouts for each in checks.lost_since(held, waits, held[field])})


def follow_salary_gone(name: str, among: Bearer = bearers.REWARD) -> bool:
	"""Take back what no slip is to carry as it is: it waits to be handed over anew, to the salary the person has now. What HR amended stands."""
	held = among.lock(name)
	payouts = _payouts(held, among)
	if name not in without_salary(among, name) or slips.listing(payouts) or _is_amended(payouts):
		return False
	withdraw(held)
	held.taxable_state = WAITING
	held.update(dict.fromkeys(among.payouts))
	among.save(held)
	return True


def follow_salary_gone_of_order(name: str) -> bool:
	return follow_salary_gone(name, bearers.ORDER)


def _is_amended(payouts: list[str]) -> bool:
	return bool(frappe.db.exists(salaries.PAYOUT, {"name": ["in", payouts], "amended_from": ["is", "set"]}))


def taxed_unnoticed(among: Bearer = bearers.REWARD) -> list[str]:
	"""Return what counts as taxed though no slip carries it any more."""
	held = frappe.qb.DocType(among.doctype)
	query = frappe.qb.from_(held).select(held.name).where(held.taxable_state == TAXED)
	for field in among.payouts:
		salary = frappe.qb.DocType(salaries.PAYOUT).as_(field)
		query = query.left_join(salary).on(salary.name == held[field]).where(~slips.is_carried(salary))
	return query.orderby(held.name).run(pluck=True)


def follow_taxed(name: str, among: Bearer = bearers.REWARD) -> bool:
	"""Follow that the slip was cancelled which had taxed the value: the next one taxes it, unless the employee has it no more, or not yet."""
	held = among.lock(name)
	if held.get("taxable_state") != TAXED or any(map(slips.carrying, _payouts(held, among))):
		return False
	held.taxable_state = HANDED
	bearers.note(held, None)
	if among.is_gone(held) or held.state in states.UNPAID:
		withdraw(held)
	among.save(held)
	return True


def follow_taxed_of_order(name: str) -> bool:
	return follow_taxed(name, bearers.ORDER)


def withdraw(held) -> None:
	"""Take back from payroll what a submitted slip has not used; the caller moves and saves what bore it."""
	if held.get("taxable_state") == WAITING:
		held.taxable_state = WITHDRAWN
		bearers.note(held, None)
	if held.get("taxable_state") not in (HANDED, WITHDRAWN):
		return
	payouts = _payouts(held, bearers.of(held))
	if carried := next(filter(None, map(slips.carrying, payouts)), None):
		held.taxable_state = TAXED
		bearers.note(held, Reason("taxed_already", {"slip": carried}))
		return
	for payout in payouts:
		if stands := _standing_for(held, payout):
			salaries.withdraw(stands)
	held.taxable_state = WITHDRAWN
	bearers.note(held, None)


def _standing_for(held, payout: str | None) -> str | None:
	"""Return what stands for an Additional Salary now: itself, or what HR amended it to; a locking read by HRMS's index."""
	table = frappe.qb.DocType(salaries.PAYOUT)
	query = frappe.qb.from_(table).select(table.name, table.docstatus, table.amended_from)
	query = query.where(table.employee.isin(employments.records_of(held.employee)))
	query = query.where((table.ref_doctype == held.doctype) & (table.ref_docname == held.name))
	rows = query.for_update().run(as_dict=True)
	alive = {row.name for row in rows if row.docstatus != documents.CANCELLED}
	amended_to = {row.amended_from: row.name for row in rows if row.amended_from}
	while payout and payout not in alive:
		payout = amended_to.get(payout)
	return payout


def _payouts(held, among: Bearer) -> list[str]:
	return [held.get(field) for field in among.payouts if held.get(field)]


def _missing(held, employee: str, on: date) -> Reason | None:
	"""Say what payroll lacks; the same words as for cash where it is the same."""
	found = frappe.db.get_value("Employee", employee, ["status", "relieving_date"], as_dict=True)
	if not found or found.status == REFUSED_BY_HRMS:
		return Reason("no_more_salary", {"employee": employee})
	structure = salaries.structure_assignment(employee, on)
	currency = held.get(bearers.of(held).currency)
	problem = checks.of_salary(employee, on, structure, found.relieving_date, currency)
	return problem or _component_problem(bool(kinds.details(held).get("gross_up")))


def _component_problem(is_grossed_up: bool) -> Reason | None:
	settings = _settings()
	if not checks.is_taxed(settings.taxable_component, is_in_total=False):
		return Reason("no_taxable_component")
	if is_grossed_up and not checks.is_taxed(settings.gross_up_component, is_in_total=True):
		return Reason("no_gross_up_component")
	for component in [settings.taxable_component] + [settings.gross_up_component] * is_grossed_up:
		if problem := checks.of_rounding(component):
			return problem
	if is_grossed_up and not 0 < to_decimal(settings.gross_up_rate) < 100:
		return Reason("no_gross_up_rate")
	return None


def _tax(reward) -> Decimal:
	places = currency_digits({reward.taxable_currency}).get(reward.taxable_currency, 2)
	try:
		return tax_to_pay(to_decimal(reward.taxable_value), to_decimal(_settings().gross_up_rate), places)
	except NoSuchRate as error:
		raise frappe.ValidationError(in_words("no_gross_up_rate")) from error


def _hand_to_payroll(held, employee: str, on: date, component: str, amount: Decimal) -> str:
	currency = held.get(bearers.of(held).currency)
	return salaries.make(held, component=component, amount=flt(amount), currency=currency, on=on, to=employee)


def _settings():
	return frappe.get_cached_doc("Referral Hub Settings")
