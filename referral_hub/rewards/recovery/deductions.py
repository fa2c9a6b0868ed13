"""The Additional Salaries of HRMS that deduct what an employee owes, and what stands against making one.

Who was transferred has their salary by the record they have now, and it is that salary which is deducted from.
"""

from datetime import date

import frappe
from frappe import _
from frappe.utils import getdate

from referral_hub.people import employments
from referral_hub.rewards import promises
from referral_hub.rewards.money import currency_handed_over
from referral_hub.rewards.paying import salaries
from referral_hub.rewards.reasons import in_words
from referral_hub.rewards.recovery.records import BY_SALARY, DOCTYPE, DONE, WAITING
from referral_hub.wording import dates


def problem(reward, today: date) -> str | None:
	"""Say in words why payroll can't deduct it; None when it can."""
	employee = employments.record_now(reward.employee)
	on = salaries.payroll_date(employee, today)
	return _component_problem() or _employee_problem(employee, currency_handed_over(reward), on)


def make(reward, recovery, today: date) -> str:
	"""Make the Additional Salary that deducts a recovery, in the first payroll period that is open."""
	settings = frappe.get_cached_doc("Referral Hub Settings")
	employee = employments.record_now(reward.employee)
	payout = frappe.new_doc(salaries.PAYOUT)
	payout.update(
		{
			"employee": employee,
			"company": frappe.db.get_value("Employee", employee, "company"),
			"salary_component": settings.claw_back_component,
			"amount": recovery.amount,
			"currency": recovery.currency,
			"payroll_date": salaries.payroll_date(employee, today),
			"overwrite_salary_structure_amount": 0,
			"ref_doctype": DOCTYPE,
			"ref_docname": recovery.name,
		}
	)
	payout.flags.ignore_permissions = payout.flags.made_by_rewards = True
	payout.insert()
	if settings.submit_additional_salary:
		payout.submit()
	return payout.name


def withdraw(name: str | None) -> None:
	"""Take a deduction away that no submitted slip carries."""
	if not name or not frappe.db.exists(salaries.PAYOUT, name):
		return
	payout = frappe.get_doc(salaries.PAYOUT, name, for_update=True)
	payout.flags.ignore_permissions = payout.flags.withdrawn_by_rewards = True
	if payout.docstatus.is_draft():
		payout.delete(ignore_permissions=True)
	elif payout.docstatus.is_submitted():
		payout.cancel()


def in_slip(slip: str) -> list[str]:
	"""Return the recoveries among a slip's rows."""
	additional, row = frappe.qb.DocType(salaries.PAYOUT), frappe.qb.DocType("Salary Detail")
	return (
		frappe.qb.from_(row)
		.inner_join(additional)
		.on(additional.name == row.additional_salary)
		.select(additional.ref_docname)
		.where((row.parenttype == "Salary Slip") & (row.parent == slip) & (additional.ref_doctype == DOCTYPE))
		.orderby(additional.ref_docname)
		.run(pluck=True)
	)


def not_followed() -> list[str]:
	"""Return the deductions whose slip or Additional Salary says something else than they do, in case a job was lost."""
	found = frappe.get_all(DOCTYPE, {"how": BY_SALARY, "state": WAITING}, ["name", "payout_name"])
	lost = [
		row.name
		for row in found
		if salaries.slip_carrying(row.payout_name) or not salaries.is_alive(row.payout_name)
	]
	return lost + _done_unnoticed()


def _done_unnoticed() -> list[str]:
	"""Return the deductions that are Done though their slip was cancelled."""
	additional, slip, row = salaries.tables()
	recovery, reward = frappe.qb.DocType(DOCTYPE), frappe.qb.DocType(promises.DOCTYPE)
	cancelled = (
		salaries.slips_with_payouts(additional, slip, row)
		.inner_join(recovery)
		.on(recovery.payout_name == additional.name)
		.inner_join(reward)
		.on(reward.name == recovery.reward)
		.select(recovery.name, recovery.payout_name)
		.where((recovery.state == DONE) & (slip.docstatus == salaries.CANCELLED))
		.where(reward.state.isin(["Owed", "Clawed Back"]))
		.run()
	)
	return [name for name, payout in cancelled if not salaries.slip_carrying(payout)]


def _component_problem() -> str | None:
	component = frappe.get_cached_doc("Referral Hub Settings").claw_back_component
	if not component:
		return _("No Salary Component for deductions is chosen in Referral Hub Settings.")
	fields = ["type", "disabled", "depends_on_payment_days"]
	kind, disabled, by_days = frappe.db.get_value("Salary Component", component, fields)
	if kind != "Deduction" or disabled:
		return _("The Salary Component {0} is disabled or is not a deduction.").format(component)
	return in_words("by_payment_days", {"component": component}) if by_days else None


def _employee_problem(employee: str, currency: str, on: date) -> str | None:
	status, leaves_on = frappe.db.get_value("Employee", employee, ["status", "relieving_date"]) or (
		"",
		None,
	)
	if status != "Active":
		return _("{0} is not an active employee: HRMS makes no more salary for them.").format(employee)
	if leaves_on and getdate(leaves_on) < on:
		words = _("{0} leaves on {1}, before the next open payroll period.")
		return words.format(employee, dates.said(leaves_on))
	structure = salaries.structure_assignment(employee, on)
	if not structure:
		return _("No Salary Structure is assigned to {0} on {1}.").format(employee, dates.said(on))
	if structure.currency != currency:
		words = _("{0} is paid in {1} now, but owes {2}.")
		return words.format(employee, structure.currency, currency)
	return None
