"""What HRMS's payroll lacks before it can be given an amount, for whatever reason that is: cash, taxable value, a deduction.

Says it as a reason code with plain values, so that everybody reads it, and its days, in their own language. Reads no more than
it is given, but for a component's own fields: who pays many has read the rest at once.
"""

from datetime import date

import frappe
from frappe.utils import get_last_day, getdate

from referral_hub.rewards.reasons import Reason

OF_COMPONENT = ["type", "disabled", "is_tax_applicable", "do_not_include_in_total", "depends_on_payment_days"]


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
	return Reason("by_payment_days", {"component": component}) if found.depends_on_payment_days else None


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
