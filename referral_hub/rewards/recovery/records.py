"""Keeps Reward Recovery rows: one per piece of what is owed and was asked back. The only writer of that DocType."""

from collections.abc import Collection

import frappe
from frappe.utils import flt, nowdate

from referral_hub import kept
from referral_hub.rewards.money import currency_handed_over, to_decimal

DOCTYPE = "Reward Recovery"
BY_SALARY, PAID_BACK = "Salary Deduction", "Paid Back"
WAITING, DONE, CANCELLED = "Waiting", "Done", "Cancelled"


def insert(reward, how: str, amount, reason: str, **fields):
	row = frappe.new_doc(DOCTYPE)
	row.update(
		{
			"reward": reward.name,
			"employee": reward.employee,
			"employee_name": reward.employee_name,
			"company": reward.company,
			"attempt": reward.attempt,
			"how": how,
			"amount": flt(amount),
			"currency": currency_handed_over(reward),
			"reason": reason,
			"asked_by": frappe.session.user,
			**fields,
		}
	)
	row.flags.ignore_links = True
	with kept.writing(row):
		return row.insert(ignore_permissions=True)


def lock(name: str):
	return frappe.get_doc(DOCTYPE, name, for_update=True)


def move(row, state: str, **fields) -> None:
	row.update({"state": state, "settled_on": nowdate() if state == DONE else None, **fields})
	row.flags.ignore_links = True
	with kept.writing(row):
		row.save(ignore_permissions=True)


def is_of_before(reward, row) -> bool:
	"""Say whether this asks back what an earlier attempt paid: the reward was paid anew since, or is to be."""
	return 0 < (row.attempt or 0) < reward.attempt


def waiting_of(reward) -> list:
	"""Return what was asked back of this attempt and did not come yet, locked."""
	return [row for row in of(reward, WAITING) if not is_of_before(reward, row)]


def of(reward, state: str) -> list:
	"""Return what was asked back of a reward and is in this state, locked: a locking read by the reward's index."""
	table = frappe.qb.DocType(DOCTYPE)
	query = frappe.qb.from_(table).select(table.name)
	query = query.where((table.reward == reward.name) & (table.state == state)).for_update()
	return [lock(name) for name in query.run(pluck=True)]


def waiting_out_of(reward: str) -> list[tuple[str, str]]:
	"""Return what is to be deducted out of a reward's payout, and of which reward it is owed: a locking read.

	Who paid it may have netted after our transaction began.
	"""
	table = frappe.qb.DocType(DOCTYPE)
	query = frappe.qb.from_(table).select(table.name, table.reward)
	query = query.where((table.taken_from == reward) & (table.state == WAITING))
	return query.for_update().run()


def owed_out_of(reward: str) -> list[str]:
	"""Return the rewards of which something is to be deducted out of this one's payout, without a lock: in the order they are locked in."""
	netted = {"taken_from": reward, "state": WAITING}
	return frappe.get_all(DOCTYPE, netted, pluck="reward", distinct=True, order_by="reward asc")


def with_some_back(rewards: Collection) -> set[str]:
	"""Return which of these rewards, or of their rows, were given back in part or whole in the attempt they are at: one query."""
	attempts = {row.name: row for row in rewards}
	if not attempts:
		return set()
	found = frappe.get_all(DOCTYPE, {"reward": ("in", [*attempts]), "state": DONE}, ["reward", "attempt"])
	return {row.reward for row in found if not is_of_before(attempts[row.reward], row)}


def open_amount(reward):
	"""Return what is owed and was not asked back yet."""
	return to_decimal(reward.owed_amount) - sum(to_decimal(row.amount) for row in waiting_of(reward))
