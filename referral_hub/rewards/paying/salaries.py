"""The Additional Salaries of HRMS that pay a reward, and the slips that carry them, as they are now, made and withdrawn.

One reward has at most one that is alive, whoever made it: we, or a person in HR by amending or importing one. It is found by
what it refers to, never by the name we remember alone. Called by payroll.py, the cash kind, taxable.py and second_payouts.py.
"""

import json
from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal

import frappe
from frappe import _
from frappe.model.dynamic_links import invalidate_distinct_link_doctypes
from frappe.query_builder import Order
from frappe.query_builder.functions import Max
from frappe.utils import add_days, getdate

from referral_hub.database import known_links
from referral_hub.people import employments
from referral_hub.rewards import promises
from referral_hub.rewards.money import currency_handed_over, handed_over, to_decimal
from referral_hub.rewards.rules import states
from referral_hub.rewards.rules.documents import CANCELLED, DRAFT, SUBMITTED

PAYOUT, ASSIGNMENT = "Additional Salary", "Salary Structure Assignment"
WITHDRAWN = "withdrawn_payouts"


def is_alive(payout: str | None) -> bool:
	"""Say whether an Additional Salary is there and not cancelled, as it is now: a locking read."""
	docstatus = frappe.db.get_value(PAYOUT, payout, "docstatus", for_update=True) if payout else None
	return docstatus is not None and docstatus != CANCELLED


def is_there(payout: str | None) -> bool:
	"""Say whether an Additional Salary exists, also one that another transaction has made since ours began: a locking read."""
	return bool(payout and frappe.db.get_value(PAYOUT, payout, "name", for_update=True))


def alive_of(reward, submitted_only: bool = False) -> list[str]:
	"""Return what refers to a reward and is not cancelled, submitted ones first: a locking read by HRMS's index."""
	table = frappe.qb.DocType(PAYOUT)
	rows = (
		frappe.qb.from_(table)
		.select(table.name, table.docstatus)
		.where((table.employee == reward.employee) & (table.docstatus != CANCELLED))
		.where((table.ref_doctype == promises.DOCTYPE) & (table.ref_docname == reward.name))
		.orderby(table.creation)
		.for_update()
		.run()
	)
	rows = [row for row in rows if row[0] not in earlier_of(reward)]
	drafts = [] if submitted_only else [name for name, docstatus in rows if docstatus == DRAFT]
	return [name for name, docstatus in rows if docstatus == SUBMITTED] + drafts


def alive_of_all(rewards: list) -> dict[str, str]:
	"""Return for each of these rewards that has one what `alive_of` names first; one locking read for all."""
	if not rewards:
		return {}
	table = frappe.qb.DocType(PAYOUT)
	query = frappe.qb.from_(table).select(table.ref_docname, table.name)
	query = query.where(table.employee.isin(sorted({reward.employee for reward in rewards})))
	query = query.where((table.docstatus != CANCELLED) & (table.ref_doctype == promises.DOCTYPE))
	query = query.where(table.ref_docname.isin([reward.name for reward in rewards]))
	found = {}
	for reward, payout in (
		query.orderby(table.docstatus, order=Order.desc).orderby(table.creation).for_update().run()
	):
		found.setdefault(reward, payout)
	return found


def earlier_of(reward) -> list[str]:
	"""Return what paid this reward in an earlier attempt, and was taken back."""
	return json.loads(reward.explanation or "{}").get("earlier_payouts") or []


def withdrawn_of(reward) -> list[str]:
	"""Return what was taken out of payroll of this reward and may stand on a slip all the same: nobody knows of one yet."""
	kept = reward.explanation or ""
	return json.loads(kept).get(WITHDRAWN) or [] if WITHDRAWN in kept else []


def note_withdrawn(reward, *payouts: str | None) -> None:
	"""Remember what was taken out of payroll, so that nothing is paid anew while a slip lists it; the caller saves."""
	names = dict.fromkeys((*withdrawn_of(reward), *filter(None, payouts)))
	promises.put_in_explanation(reward, **{WITHDRAWN: list(names)})


def take_over(reward, payout: str) -> None:
	"""Let an Additional Salary be what pays a locked reward from now on, also one of an attempt before; the caller saves."""
	reward.update({"payout_doctype": PAYOUT, "payout_name": payout})
	for kept, names in ((WITHDRAWN, withdrawn_of(reward)), ("earlier_payouts", earlier_of(reward))):
		if payout in names:
			promises.put_in_explanation(reward, **{kept: [name for name in names if name != payout]})


def standing(reward) -> str | None:
	"""Return the Additional Salary that pays a reward now: the one we know, else one that a person made."""
	if is_alive(reward.payout_name):
		return reward.payout_name
	return next(iter(alive_of(reward)), None)


def in_drafts(rewards: Iterable) -> set[str]:
	"""Return which of these rewards, or of their rows, payroll has nothing but a draft of: one query, none without a payout."""
	waiting = {row.payout_name: row.name for row in rewards if _is_in_payroll(row)}
	drafts = {"name": ("in", sorted(waiting)), "docstatus": DRAFT}
	return {waiting[payout] for payout in frappe.get_all(PAYOUT, drafts, pluck="name")} if waiting else set()


def _is_in_payroll(reward) -> bool:
	return reward.state == states.PAID and reward.payout_doctype == PAYOUT


def paid_otherwise(reward, promised: tuple[Decimal, str] | None = None) -> tuple[Decimal, str] | None:
	"""Return what is paid, and in which currency, when somebody has changed it: a locking read; None when it is what was promised."""
	promised = promised or (handed_over(reward), currency_handed_over(reward))
	fields = ["amount", "currency"]
	row = reward.payout_name and frappe.db.get_value(PAYOUT, reward.payout_name, fields, for_update=True)
	paid = (to_decimal(row[0]), row[1] or promised[1]) if row else promised
	return None if paid == promised else paid


def slip_carrying(payout: str | None, docstatus: int = SUBMITTED) -> str | None:
	"""Return the submitted Salary Slip that carries an Additional Salary, or the draft that lists it."""
	additional, slip, row = tables()
	found = (
		slips_with_payouts(additional, slip, row)
		.select(slip.name)
		.where((additional.name == payout) & (slip.docstatus == docstatus))
		.limit(1)
		.run(pluck=True)
	)
	return found[0] if found else None


def carried_though_withdrawn(reward) -> str | None:
	"""Return an Additional Salary that is not alive though a submitted slip carries it, and that was not counted yet.

	Of an earlier attempt that is one of which nobody knew when the reward stood again.
	"""
	additional, slip, row = tables()
	query = slips_with_payouts(additional, slip, row).select(additional.name)
	query = query.where(
		(additional.ref_doctype == promises.DOCTYPE) & (additional.ref_docname == reward.name)
	)
	query = query.where(additional.employee.isin(employments.records_of(reward.employee)))
	query = query.where(slip.docstatus == SUBMITTED)
	counted = set(earlier_of(reward)) - set(withdrawn_of(reward))
	names = [name for name in query.for_update().run(pluck=True) if name not in counted]
	return next((name for name in names if not is_alive(name)), None)


def structure_assignment(employee: str, on: date):
	"""Return the Salary Structure Assignment in force: name and currency; None without one."""
	return structure_assignments({employee: on}).get(employee)


def payroll_date(employee: str, today: date) -> date:
	"""Return the first day from today that no submitted salary slip covers yet."""
	return payroll_dates({employee}, today)[employee]


def payroll_dates(employees: Collection[str], today: date) -> dict[str, date]:
	"""Return `payroll_date` of each of these employees, read at once."""
	slip = frappe.qb.DocType("Salary Slip")
	query = frappe.qb.from_(slip).select(slip.employee, Max(slip.end_date)).groupby(slip.employee)
	query = query.where(slip.employee.isin(sorted(employees)) & (slip.docstatus == SUBMITTED))
	ends = dict(query.where(slip.end_date >= today).run())
	return {name: getdate(add_days(ends[name], 1)) if name in ends else today for name in employees}


def structure_assignments(days: dict[str, date]) -> dict[str, frappe._dict]:
	"""Return the Salary Structure Assignment in force for each employee on the employee's day, read at once."""
	table = frappe.qb.DocType(ASSIGNMENT)
	query = frappe.qb.from_(table).select(table.employee, table.name, table.currency, table.from_date)
	query = query.where(table.employee.isin(sorted(days)) & (table.docstatus == SUBMITTED))
	rows = query.orderby(table.from_date).run(as_dict=True)
	return {row.employee: row for row in rows if row.from_date <= days[row.employee]}


def make(
	reward, *, component: str, amount: float, currency: str, on: date, employee=None, to: str | None = None
) -> str:
	"""Hand an amount to payroll; a draft where the settings say that payroll looks at it first.

	`employee`: the row of who is paid, where the caller has read it. `to`: the record the person has now, where it is another.
	"""
	to = to or reward.employee
	payout = frappe.new_doc(PAYOUT)
	payout.update(
		{
			"employee": to,
			"company": employee.company if employee else _company_of(to),
			"salary_component": component,
			"amount": amount,
			"currency": currency,
			"payroll_date": on,
			"overwrite_salary_structure_amount": 0,
			"deduct_full_tax_on_selected_payroll_date": _is_taxed_at_once(component),
			"ref_doctype": reward.doctype,
			"ref_docname": reward.name,
		}
	)
	payout.flags.ignore_permissions = True
	payout.flags.made_by_rewards = True
	payout.flags.notify_update = False  # nobody has it open: it is new
	payout.flags.ignore_links = bool(employee) and _is_linked_soundly(payout, reward, employee)
	if submits_by_itself():
		payout.submit()  # what is new is inserted as submitted: one save, not two
	else:
		payout.insert()
	return payout.name


def submits_by_itself() -> bool:
	return bool(frappe.get_cached_doc("Referral Hub Settings").submit_additional_salary)


def _company_of(employee: str) -> str | None:
	return frappe.db.get_value("Employee", employee, "company")


def _is_linked_soundly(payout, reward, employee) -> bool:
	"""Fill in what the platform would read again from the employee and the component; say whether nothing else is named."""
	kind = frappe.get_cached_value("Salary Component", payout.salary_component, "type")
	filled = {"employee_name": employee.employee_name, "department": employee.department, "type": kind}
	known = (
		("Employee", employee.name),
		("Department", employee.department),
		("Company", employee.company),
		("Salary Component", payout.salary_component if kind else None),
		("DocType", reward.doctype),
		(reward.doctype, reward.name),
	)
	payout.update(filled)
	# the platform has to know to what these lead, so that a rename finds them
	invalidate_distinct_link_doctypes(PAYOUT, "ref_doctype", reward.doctype)
	return known_links.holds_all(payout, known, filled)


def _is_taxed_at_once(component: str) -> int:
	"""Take over what HRMS's form would fill in from the component."""
	field = "deduct_full_tax_on_selected_payroll_date"
	return frappe.get_cached_value("Salary Component", component, field) or 0


def withdraw(name: str) -> bool:
	"""Take an Additional Salary away before payroll used it; say whether the document is still there."""
	if not is_there(name):
		return False
	payout = frappe.get_doc(PAYOUT, name, for_update=True)
	payout.flags.ignore_permissions = True
	payout.flags.withdrawn_by_rewards = True
	if payout.docstatus.is_draft():
		payout.delete(ignore_permissions=True)
		return False
	if payout.docstatus.is_submitted():
		payout.cancel()
	return True


def not_recurring(name: str) -> str:
	return _("An Additional Salary for {0} is for one payroll period: it can't be recurring.").format(name)


def tables():
	return tuple(frappe.qb.DocType(name) for name in (PAYOUT, "Salary Slip", "Salary Detail"))


def slips_with_payouts(additional, slip, row):
	"""Join Additional Salary to the slips that hold it by employee and date: HRMS indexes those, not the row."""
	return (
		frappe.qb.from_(additional)
		.inner_join(slip)
		.on(is_in_period_of(additional, slip))
		.inner_join(row)
		.on(
			(row.parent == slip.name)
			& (row.parenttype == "Salary Slip")
			& (row.additional_salary == additional.name)
		)
	)


def is_in_period_of(additional, slip):
	"""Say as a condition that a slip is the employee's for the period in which a salary is to be paid."""
	return (
		(slip.employee == additional.employee)
		& (slip.start_date <= additional.payroll_date)
		& (slip.end_date >= additional.payroll_date)
	)
