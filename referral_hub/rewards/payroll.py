"""What payroll did with the Additional Salary of a cash reward: carried it, let it go, cancelled it.

HRMS's own documents are only read here, and only through their own indexes. The jobs behind the Salary Slip and
Additional Salary events end here; `not_followed` finds what a job missed.
"""

from datetime import date

import frappe
from frappe.utils import add_days, getdate, now_datetime

from referral_hub.rewards import promises
from referral_hub.rewards.reasons import Reason
from referral_hub.rewards.rules import states

PAYOUT = "Additional Salary"
SUBMITTED, CANCELLED = 1, 2
DAYS_LOOKED_BACK = 3


def is_alive(payout: str | None) -> bool:
	"""Say whether an Additional Salary is there and not cancelled, as it is now: a locking read."""
	docstatus = frappe.db.get_value(PAYOUT, payout, "docstatus", for_update=True) if payout else None
	return docstatus is not None and docstatus != CANCELLED


def slip_carrying(payout: str | None) -> str | None:
	"""Return the submitted Salary Slip that carries an Additional Salary."""
	additional, slip, row = _tables()
	found = (
		_slips_with_payouts(additional, slip, row)
		.select(slip.name)
		.where((additional.name == payout) & (slip.docstatus == SUBMITTED))
		.limit(1)
		.run(pluck=True)
	)
	return found[0] if found else None


def structure_assignment(employee: str, on: date):
	"""Return the Salary Structure Assignment in force: name and currency."""
	return frappe.db.get_value(
		"Salary Structure Assignment",
		{"employee": employee, "docstatus": SUBMITTED, "from_date": ["<=", on]},
		["name", "currency"],
		order_by="from_date desc",
		as_dict=True,
	)


def payroll_date(employee: str, today: date) -> date:
	"""Return the first day from today that no submitted salary slip covers yet."""
	ends = frappe.get_all(
		"Salary Slip",
		filters={"employee": employee, "docstatus": SUBMITTED, "end_date": [">=", today]},
		pluck="end_date",
		order_by="end_date desc",
		limit=1,
	)
	return getdate(add_days(ends[0], 1)) if ends else today


def follow_payout(reward: str, payout: str, user: str) -> bool:
	"""Hold a reward whose Additional Salary a person cancelled or deleted: paying again is theirs to decide."""
	if is_alive(payout):
		return False
	row = promises.lock(reward)
	if row.payout_name != payout or row.state not in (states.PAID, states.DUE):
		return False
	reason = Reason("payout_cancelled", {"user": user, "payout": payout})
	promises.move(
		row,
		states.ON_HOLD,
		reason,
		decided_by=user,
		payout_doctype=None,
		payout_name=None,
		paid_on=None,
	)
	return True


def not_followed(since=None) -> list[str]:
	"""Return the rewards to follow again in case a job was lost: a slip of the last days may say something else."""
	additional, slip, row = _tables()
	reward = frappe.qb.DocType(promises.DOCTYPE)
	disagrees = ((slip.docstatus == SUBMITTED) & reward.state.isin([states.PAID, states.DUE])) | (
		(slip.docstatus == CANCELLED) & (reward.state == states.CONFIRMED)
	)
	names = (
		_slips_with_payouts(additional, slip, row)
		.inner_join(reward)
		.on(reward.name == additional.ref_docname)
		.select(reward.name)
		.where((additional.ref_doctype == promises.DOCTYPE) & disagrees)
		.where(slip.modified >= (since or add_days(now_datetime(), -DAYS_LOOKED_BACK)))
		.run(pluck=True)
	)
	return sorted(set(names))


def follow(name: str) -> bool:
	"""Confirm a reward that a submitted slip carries; make one due again whose slip was cancelled."""
	reward = promises.lock(name)
	slip = slip_carrying(reward.payout_name) if reward.payout_doctype == PAYOUT else None
	if slip and reward.state in (states.PAID, states.DUE, states.ON_HOLD):
		promises.move(reward, states.CONFIRMED)
	elif not slip and reward.state == states.CONFIRMED:
		promises.move(reward, states.DUE, Reason("slip_cancelled"))
	else:
		return False
	return True


def rewards_in_slip(slip: str) -> list[str]:
	"""Return the rewards among a slip's rows: one query, by the index on the rows' parent."""
	additional, row = frappe.qb.DocType(PAYOUT), frappe.qb.DocType("Salary Detail")
	return (
		frappe.qb.from_(row)
		.inner_join(additional)
		.on(additional.name == row.additional_salary)
		.select(additional.ref_docname)
		.where((row.parenttype == "Salary Slip") & (row.parent == slip))
		.where(additional.ref_doctype == promises.DOCTYPE)
		.orderby(additional.ref_docname)
		.run(pluck=True)
	)


def _tables():
	return tuple(frappe.qb.DocType(name) for name in (PAYOUT, "Salary Slip", "Salary Detail"))


def _slips_with_payouts(additional, slip, row):
	"""Join Additional Salary to the slips that hold it by employee and date: HRMS indexes those, not the row."""
	return (
		frappe.qb.from_(additional)
		.inner_join(slip)
		.on(
			(slip.employee == additional.employee)
			& (slip.start_date <= additional.payroll_date)
			& (slip.end_date >= additional.payroll_date)
		)
		.inner_join(row)
		.on(
			(row.parent == slip.name)
			& (row.parenttype == "Salary Slip")
			& (row.additional_salary == additional.name)
		)
	)
