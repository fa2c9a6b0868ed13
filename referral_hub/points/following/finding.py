"""Finds wallets whose owner works for another company now: the shop there takes none of what they hold. Reads only."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import frappe

from referral_hub.people import employments
from referral_hub.permissions import allowed_companies
from referral_hub.points.rules.lots import NEVER

ACCOUNT = "Points Account"


@dataclass(frozen=True)
class Elsewhere:
	"""A wallet that holds points of one company, and the record and company its owner has now."""

	wallet: str
	employee: str
	company: str
	points: int
	employee_now: str
	company_now: str


def elsewhere(
	*,
	companies: Collection[str] | None = None,
	employees: Collection[str] | None = None,
	wallets: Collection[str] | None = None,
) -> list[Elsewhere]:
	"""List the wallets in use that hold something while their owner works elsewhere: all, or those of these alone.

	Whoever works nowhere any more is not among them. A few queries, however many there are.
	"""
	rows = _candidates({"company": companies, "employee": employees, "name": wallets})
	if not rows:
		return []
	now = employments.records_now({row.employee for row in rows})
	working = {"name": ("in", sorted(set(now.values()))), "status": employments.ACTIVE}
	works_for = dict(frappe.get_all("Employee", working, ["name", "company"], as_list=True))
	found = [(row, now[row.employee]) for row in rows]
	return [
		Elsewhere(row.name, row.employee, row.company, row.balance, record, works_for[record])
		for row, record in found
		if works_for.get(record) not in (None, "", row.company)
	]


def names_of(rows: Collection[Elsewhere]) -> dict[str, str]:
	"""Return what the people are called, by their records of now."""
	named = {"name": ("in", sorted({row.employee_now for row in rows}))}
	return dict(frappe.get_all("Employee", named, ["name", "employee_name"], as_list=True)) if rows else {}


def first_last_days(rows: Collection[Elsewhere]) -> dict[str, date]:
	"""Return by wallet the day after which the first of its points end, where any do."""
	if not rows:
		return {}
	return dict(
		frappe.db.sql(
			"""select account, min(expires_on) from `tabPoints Lot`
			where account in %s and is_open = 1 and expires_on < %s group by account""",
			(tuple(row.wallet for row in rows), NEVER),
		)
	)


def may_move(row: Elsewhere, user: str) -> bool:
	"""Say whether an HR Manager may move this: they work for both companies, and it is not their own."""
	mine = allowed_companies(user, ACCOUNT)
	if mine and not {row.company, row.company_now} <= set(mine):
		return False
	return user not in employments.users_of(row.employee)


def _candidates(only: dict[str, Collection[str] | None]) -> list[frappe._dict]:
	"""Read wallets whose own record left, or is in another company by now."""
	asked = {name: tuple(values) for name, values in only.items() if values is not None}
	if not all(asked.values()):
		return []
	conditions = "".join(f" and wallet.{name} in %({name})s" for name in asked)
	return frappe.db.sql(
		f"""select wallet.name, wallet.employee, wallet.company, wallet.balance
		from `tabPoints Account` wallet join `tabEmployee` employee on employee.name = wallet.employee
		where wallet.kind = 'Wallet' and wallet.slot = '' and wallet.balance > 0
			and (employee.status <> '{employments.ACTIVE}' or employee.company <> wallet.company){conditions}
		order by wallet.company, wallet.employee""",
		asked,
		as_dict=True,
	)
