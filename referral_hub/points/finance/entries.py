"""Reads the entries behind what moved in a month. Whose companies may be read is decided where the request comes in."""

from datetime import date

import frappe
from frappe.query_builder import DocType
from frappe.query_builder.functions import Count
from pypika import Criterion, Order

from referral_hub.points.rules.finance import called_so, next_month

ENTRY, ACCOUNT = "Points Ledger Entry", "Points Account"


def of_month(
	companies: list[str], begins: date, names: tuple[str, ...], until: date, length: int, start: int
) -> tuple[list[frappe._dict], int]:
	"""Return some of the entries of a month (up to the end of a day) that are called one of these, latest first, and how many there are."""
	entry, wallet, counter = DocType(ENTRY), DocType(ACCOUNT).as_("wallet"), DocType(ACCOUNT).as_("counter")
	employee = DocType("Employee")
	query = frappe.qb.from_(entry).inner_join(wallet).on(wallet.name == entry.account)
	query = query.inner_join(counter).on(counter.name == entry.counter)
	query = query.left_join(employee).on(employee.name == wallet.employee)
	query = query.where((wallet.kind == "Wallet") & wallet.company.isin(companies or [""]))
	query = query.where((entry.posted_on >= begins) & (entry.posted_on < min(next_month(begins), until)))
	query = query.where(
		Criterion.any(
			(counter.kind == kind) & (entry.direction == direction)
			for name in names
			for kind, direction in called_so(name)
		)
	)
	total = query.select(Count("*")).run()[0][0]
	fields = (entry[field] for field in ("name", "posted_on", "direction", "points", "note"))
	rows = query.select(*fields, employee.employee_name, wallet.company)
	rows = rows.orderby(entry.posted_on, order=Order.desc).orderby(entry.name)
	return rows.limit(length).offset(start).run(as_dict=True), total
