"""The Additional Salaries that name our documents, and what the Salary Slips did with them. Reads only, a few queries for all.

Called by `reconciliation` and what it consists of; what does not match is decided in `rules/paying/`.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal

import frappe
from frappe.utils import add_months, get_first_day, getdate

from referral_hub.people import employments
from referral_hub.rewards.money import to_decimal
from referral_hub.rewards.paying import checks, salaries
from referral_hub.rewards.paying.salaries import PAYOUT
from referral_hub.rewards.rules import documents
from referral_hub.rewards.rules.paying.reconciling import Salary

FIELDS = (
	*("name", "docstatus", "employee", "employee_name", "company", "amount", "currency", "payroll_date"),
	*("ref_docname", "type"),
)


@dataclass(frozen=True)
class InPayroll:
	"""Rows of Additional Salary by the document each names, and the slips of each: what they carry of it, which passed it over.

	`currencies`: of the slips that carry something; `late`: what no slip carries any more.
	"""

	by_document: dict[str, list] = field(default_factory=dict)
	slips: dict[str, dict[str, Decimal]] = field(default_factory=dict)
	passed_over: frozenset[str] = frozenset()
	currencies: dict[str, str] = field(default_factory=dict)
	late: frozenset[str] = frozenset()

	def of(self, document: str) -> dict[str, frappe._dict]:
		return {row.name: row for row in self.by_document.get(document, ())}

	def plain(self, document: str) -> list[Salary]:
		return [self._plain(row) for row in self.of(document).values()]

	def slip_of(self, salary: str) -> str | None:
		return next(iter(self.slips.get(salary) or ()), None)

	def naming_others(self, doctype: str, but_not: Collection[str]) -> list:
		"""Return what names a document that does not exist; others are of another period, or not this person's to see."""
		named = [name for name in self.by_document if name not in but_not]
		there = set(frappe.get_all(doctype, {"name": ("in", [*named, ""])}, pluck="name"))
		names = sorted((name for name in named if name not in there), key=lambda name: name or "")
		return [row for name in names for row in self.by_document[name]]

	def _plain(self, row) -> Salary:
		carriers = self.slips.get(row.name) or {}
		return Salary(
			row.name,
			row.docstatus,
			row.employee,
			to_decimal(row.amount),
			row.currency,
			self.slip_of(row.name),
			row.name in self.passed_over,
			row.type == "Deduction",
			sum(carriers.values()) if carriers else None,
			max(len(carriers), 1),
			next(iter({self.currencies.get(slip) for slip in carriers}), None)
			if len(carriers) == 1
			else None,
			row.name in self.late,
		)


def naming(doctype: str, names: list[str], others: dict | None = None) -> InPayroll:
	"""Return what names these documents; with `others`, filters, also what names any of the kind, for whoever may list that."""
	asked = {"ref_doctype": doctype, "docstatus": ("!=", documents.CANCELLED)}
	order = {"order_by": "name asc", "limit_page_length": 0}
	rows = frappe.get_all(PAYOUT, asked | {"ref_docname": ("in", names)}, FIELDS, **order) if names else []
	rows += _carried_though_cancelled(doctype, names)
	if others is not None and frappe.has_permission(PAYOUT):
		listed = frappe.get_list(PAYOUT, asked | others, FIELDS, **order)
		rows += [row for row in listed if row.ref_docname not in set(names)]
	by_document: dict[str, list] = {}
	for row in rows:
		by_document.setdefault(row.ref_docname, []).append(row)
	found = [row.name for row in rows]
	if not found:
		return InPayroll()
	carried = _carried_by(found)
	return InPayroll(by_document, carried, _passed_over(found), _currencies_of(carried), _late(rows))


def records_of_others(owners: list, payroll: InPayroll) -> dict[str, frozenset[str]]:
	"""Return the records of those whose document names another record's salary: they were transferred, or it is somebody else's."""
	named = {
		row.employee
		for row in owners
		if any(salary.employee != row.employee for salary in payroll.of(row.name).values())
	}
	return {name: frozenset(employments.records_of(name)) for name in sorted(named)}


def _currencies_of(carried: dict[str, dict[str, Decimal]]) -> dict[str, str]:
	"""Return the currency of each slip that carries something."""
	names = sorted({slip for carriers in carried.values() for slip in carriers})
	found = frappe.get_all("Salary Slip", {"name": ("in", [*names, ""])}, ["name", "currency"], as_list=True)
	return dict(found)


def _late(rows: list) -> frozenset[str]:
	"""Return what has no slip to come: dated before last month, or in a month after the last one of the employee."""
	employees = {"name": ("in", sorted({row.employee for row in rows})), "relieving_date": ("is", "set")}
	leave_on = dict(frappe.get_all("Employee", employees, ["name", "relieving_date"], as_list=True))
	since = get_first_day(add_months(getdate(), -1))
	return frozenset(
		row.name
		for row in rows
		if row.payroll_date
		and (
			row.payroll_date < since
			or checks.is_after_last_salary(row.payroll_date, leave_on.get(row.employee))
		)
	)


def _carried_though_cancelled(doctype: str, names: list[str]) -> list[frappe._dict]:
	"""Return what was cancelled in the moment in which a slip that carries it was submitted."""
	additional, slip, row = salaries.tables()
	query = salaries.slips_with_payouts(additional, slip, row)
	query = query.where((additional.ref_doctype == doctype) & additional.ref_docname.isin(names or [""]))
	query = query.where(
		(additional.docstatus == documents.CANCELLED) & (slip.docstatus == documents.SUBMITTED)
	)
	return query.select(*(additional[field] for field in FIELDS)).distinct().run(as_dict=True)


def _carried_by(names: list[str]) -> dict[str, dict[str, Decimal]]:
	"""Return the submitted slips that carry each, and what each pays or deducts for it."""
	additional, slip, row = salaries.tables()
	query = salaries.slips_with_payouts(additional, slip, row).select(additional.name, slip.name, row.amount)
	query = query.where(additional.name.isin(names) & (slip.docstatus == documents.SUBMITTED))
	found: dict[str, dict[str, Decimal]] = {}
	for salary, carrier, amount in query.orderby(slip.name).run():
		carriers = found.setdefault(salary, {})
		carriers[carrier] = carriers.get(carrier, Decimal(0)) + to_decimal(amount)
	return found


def _passed_over(names: list[str]) -> frozenset[str]:
	"""Return those whose period has a submitted slip, whether it carries them or not."""
	additional, slip, _detail = salaries.tables()
	query = (
		frappe.qb.from_(additional)
		.inner_join(slip)
		.on(salaries.is_in_period_of(additional, slip) & (slip.docstatus == documents.SUBMITTED))
		.select(additional.name)
	)
	return frozenset(query.where(additional.name.isin(names)).run(pluck=True))
