"""What HRMS's payroll lacks before it can be given an amount, or has lost since: of cash, a taxable value, a deduction.

Says it as a reason code with plain values, so that everybody reads it, and its days, in their own language. Before it is given
this reads no more than it is given, but for a component's own fields: who pays many has read the rest at once.
"""

from datetime import date

import frappe
from frappe.utils import get_last_day, getdate

from referral_hub.rewards.paying import salaries
from referral_hub.rewards.reasons import Reason
from referral_hub.rewards.rules.documents import CANCELLED, SUBMITTED

ROUNDED = "round_to_the_nearest_integer"
OF_COMPONENT = [
	"type",
	"disabled",
	"is_tax_applicable",
	"do_not_include_in_total",
	"depends_on_payment_days",
	ROUNDED,
]


def of_salary(
	employee: str, on: date, structure, leaves_on: date | None, currency: str | None = None
) -> Reason | None:
	"""Say why there is no salary on a day that could carry an amount; `currency`: where it must be the salary's own."""
	if not structure:
		return Reason("no_structure", {"employee": employee, "date": on.isoformat()})
	if currency and structure.currency != currency:
		values = {"currency": currency, "employee": employee, "salary_currency": structure.currency}
		return Reason("other_currency", values)
	if leaves_on and getdate(leaves_on) < on:
		values = {"employee": employee, "leaves_on": getdate(leaves_on).isoformat(), "date": on.isoformat()}
		return Reason("leaves_before_payroll", values)
	return None


def is_after_last_salary(on: date, leaves_on: date | None) -> bool:
	"""Say whether a day lies in a month after the last one: the last slip may go to the end of that."""
	return bool(leaves_on) and on > get_last_day(leaves_on)


def of_component(component: str | None, kind: str, none_chosen: str, wrong_type: str) -> Reason | None:
	"""Say why a Salary Component can't carry an amount as a whole; the last two name the reasons that differ by what it is for."""
	if not component:
		return Reason(none_chosen)
	found = fields_of(component)
	if found.type != kind or found.disabled:
		return Reason(wrong_type, {"component": component})
	if found.depends_on_payment_days:
		return Reason("by_payment_days", {"component": component})
	return of_rounding(component)


def of_rounding(component: str) -> Reason | None:
	"""Say that a slip carries no minor unit in a Salary Component: HRMS rounds each of its rows, also what we hand over."""
	return Reason("rounded", {"component": component}) if fields_of(component).get(ROUNDED) else None


def is_taxed(component: str | None, is_in_total: bool) -> bool:
	found = component and fields_of(component)
	return bool(
		found
		and (found.type, found.disabled, found.is_tax_applicable) == ("Earning", 0, 1)
		and bool(found.do_not_include_in_total) != is_in_total
	)


def fields_of(component: str) -> frappe._dict:
	"""Return what payroll goes by of a Salary Component; nothing of one that is gone."""
	return (
		frappe.get_cached_value("Salary Component", component, OF_COMPONENT, as_dict=True) or frappe._dict()
	)


def lost_since(document, waits, payout=None) -> dict[str, Reason]:
	"""Return why no slip will carry as what it is what was handed over, by its name: it is of a month after the last one, or in another currency.

	HRMS takes an Additional Salary by its day alone, and a slip pays, or deducts, the bare figure in its own currency.
	:param document: the table; `waits`: which of it is looked at; `payout`: its column with the Additional Salary, payout_name if none is named.
	"""
	handed_over = (document, waits, payout or document.payout_name)
	return _in_other_currency(*handed_over) | _after_the_last_day(*handed_over)


def _after_the_last_day(document, waits, payout) -> dict[str, Reason]:
	"""Who left, or has another record now."""
	query, additional = _handed_over(document, waits, payout)
	employee = frappe.qb.DocType("Employee")
	query = query.inner_join(employee).on(employee.name == additional.employee)
	query = query.where(additional.payroll_date > employee.relieving_date)
	found = query.select(document.name, employee.name, additional.payroll_date, employee.relieving_date)
	return {
		name: _leaves_before(employee, on, leaves_on)
		for name, employee, on, leaves_on in found.run()
		if is_after_last_salary(on, leaves_on)
	}


def _leaves_before(employee: str, on: date, leaves_on: date) -> Reason:
	values = {"employee": employee, "leaves_on": leaves_on.isoformat(), "date": on.isoformat()}
	return Reason("leaves_before_payroll", values)


def _in_other_currency(document, waits, payout) -> dict[str, Reason]:
	"""Whose salary of that day is in another currency: assigned since, taken back since, or the day was moved."""
	query, additional = _handed_over(document, waits, payout)
	in_force, later = (frappe.qb.DocType(salaries.ASSIGNMENT).as_(alias) for alias in ("in_force", "later"))
	since = in_force.from_date
	query = query.inner_join(in_force).on(_is_of(additional, in_force))
	query = query.left_join(later).on(_is_of(additional, later) & (later.from_date > since))
	query = query.where(later.name.isnull() & (in_force.currency != additional.currency))
	found = query.select(document.name, additional.employee, additional.currency, in_force.currency)
	return {
		name: Reason("other_currency", {"employee": employee, "currency": currency, "salary_currency": paid})
		for name, employee, currency, paid in found.run()
	}


def _is_of(additional, assignment):
	in_time = assignment.from_date <= additional.payroll_date
	return (assignment.employee == additional.employee) & (assignment.docstatus == SUBMITTED) & in_time


def _handed_over(document, waits, payout):
	additional = frappe.qb.DocType(salaries.PAYOUT)
	query = frappe.qb.from_(document).inner_join(additional).on(additional.name == payout)
	return query.where(waits & (additional.docstatus != CANCELLED)), additional
