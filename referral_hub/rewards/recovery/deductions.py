"""The Additional Salaries of HRMS that deduct what an employee owes, and what stands against making one.

Who was transferred has their salary by the record they have now, and it is that salary which is deducted from.
"""

from datetime import date

import frappe

from referral_hub.people import employments
from referral_hub.rewards import promises
from referral_hub.rewards.money import currency_handed_over
from referral_hub.rewards.paying import checks, salaries
from referral_hub.rewards.reasons import Reason
from referral_hub.rewards.recovery.records import BY_SALARY, DOCTYPE, DONE, WAITING
from referral_hub.rewards.rules import documents, states


def problem(reward, today: date) -> str | None:
	"""Say in words why payroll can't deduct it; None when it can."""
	employee = employments.record_now(reward.employee)
	component = frappe.get_cached_doc("Referral Hub Settings").claw_back_component
	reason = checks.of_component(component, "Deduction", "no_deduction_component", "not_a_deduction")
	reason = reason or _employee_problem(employee, currency_handed_over(reward), today)
	return str(reason) if reason else None


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
	if not salaries.is_there(name):
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
	is_followed = reward.state.isin([states.OWED, states.CLAWED_BACK])
	is_followed |= (reward.state == states.VOID) & (additional.docstatus == documents.CANCELLED)
	is_of_before = (recovery.attempt > 0) & (recovery.attempt < reward.attempt)
	cancelled = (
		salaries.slips_with_payouts(additional, slip, row)
		.inner_join(recovery)
		.on(recovery.payout_name == additional.name)
		.inner_join(reward)
		.on(reward.name == recovery.reward)
		.select(recovery.name, recovery.payout_name)
		.where((recovery.state == DONE) & (slip.docstatus == documents.CANCELLED))
		.where(is_followed | is_of_before)
		.run()
	)
	return [name for name, payout in cancelled if not salaries.slip_carrying(payout)]


def _employee_problem(employee: str, currency: str, today: date) -> Reason | None:
	found = frappe.db.get_value("Employee", employee, ["status", "relieving_date"], as_dict=True)
	if not found or found.status != "Active":
		return Reason("no_more_salary", {"employee": employee})
	on = salaries.payroll_date(employee, today)
	structure = salaries.structure_assignment(employee, on)
	return checks.of_salary(employee, on, structure, found.relieving_date, currency)
