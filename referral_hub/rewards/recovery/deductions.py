"""The Additional Salaries of HRMS that deduct what an employee owes, and what stands against making one.

Who was transferred has their salary by the record they have now, and it is that salary which is deducted from.
"""

from datetime import date
from decimal import Decimal

import frappe

from referral_hub.people import employments
from referral_hub.rewards import promises
from referral_hub.rewards.money import currency_handed_over, to_decimal
from referral_hub.rewards.paying import checks, salaries, slips
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


def room(reward) -> Decimal | None:
	"""Return what the next slip of whoever owes it can lose by what we know: their last pay without what was added or taken, less what waits.

	HRMS submits no slip that pays less than nothing, and the whole salary would wait. None where no slip says anything. What is out of
	the total was never in the pay; what is netted out of a reward comes with what the same slip pays for that.
	"""
	people = employments.records_of(reward.employee)
	last = {"employee": employments.record_now(reward.employee), "docstatus": documents.SUBMITTED}
	fields = ["name", "net_pay", "currency"]
	slip = frappe.db.get_value("Salary Slip", last, fields, as_dict=True, order_by="end_date desc")
	if not slip or slip.currency != currency_handed_over(reward):
		return None
	once = {"parent": slip.name, "additional_salary": ("is", "set"), "do_not_include_in_total": 0}
	waits = {"employee": ("in", people), "how": BY_SALARY, "state": WAITING, "taken_from": ("is", "not set")}
	added, taken, asked = (
		sum(map(to_decimal, frappe.get_all(doctype, filters, pluck="amount")))
		for doctype, filters in (
			("Salary Detail", once | {"parentfield": "earnings"}),
			("Salary Detail", once | {"parentfield": "deductions"}),
			(DOCTYPE, waits),
		)
	)
	return max(Decimal(0), to_decimal(slip.net_pay) - added + taken - asked)


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
	return slips.documents_in(slip, DOCTYPE)


def not_followed() -> list[str]:
	"""Return the deductions whose slip or Additional Salary says something else than they do, in case a job was lost."""
	additional, recovery = frappe.qb.DocType(salaries.PAYOUT), frappe.qb.DocType(DOCTYPE)
	query = frappe.qb.from_(recovery).left_join(additional).on(additional.name == recovery.payout_name)
	query = query.where((recovery.how == BY_SALARY) & (recovery.state == WAITING))
	is_gone = additional.name.isnull() | (additional.docstatus == documents.CANCELLED)
	lost = query.where(is_gone | slips.is_carried(additional)).select(recovery.name).run(pluck=True)
	return lost + _done_unnoticed()


def without_salary(name: str | None = None) -> list[str]:
	"""Return the deductions, or one if it is, that no slip will carry as what they are."""
	recovery = frappe.qb.DocType(DOCTYPE)
	waits = (recovery.how == BY_SALARY) & (recovery.state == WAITING)
	return [*checks.lost_since(recovery, waits & (recovery.name == name) if name else waits)]


def _done_unnoticed() -> list[str]:
	"""Return the deductions that are Done though no slip deducts them any more: it was cancelled, or deleted too."""
	additional = frappe.qb.DocType(salaries.PAYOUT)
	recovery, reward = frappe.qb.DocType(DOCTYPE), frappe.qb.DocType(promises.DOCTYPE)
	is_followed = reward.state.isin([states.OWED, states.CLAWED_BACK])
	is_followed |= (reward.state == states.VOID) & (additional.docstatus == documents.CANCELLED)
	is_of_before = (recovery.attempt > 0) & (recovery.attempt < reward.attempt)
	query = frappe.qb.from_(recovery).inner_join(additional).on(additional.name == recovery.payout_name)
	query = query.inner_join(reward).on(reward.name == recovery.reward)
	query = query.where((recovery.how == BY_SALARY) & (recovery.state == DONE))
	query = query.where((is_followed | is_of_before) & ~slips.is_carried(additional))
	return query.select(recovery.name).run(pluck=True)


def _employee_problem(employee: str, currency: str, today: date) -> Reason | None:
	found = frappe.db.get_value("Employee", employee, ["status", "relieving_date"], as_dict=True)
	if not found or found.status != "Active":
		return Reason("no_more_salary", {"employee": employee})
	on = salaries.payroll_date(employee, today)
	structure = salaries.structure_assignment(employee, on)
	return checks.of_salary(employee, on, structure, found.relieving_date, currency)
