"""What payroll did with the Additional Salary of a cash reward: carried it, let it go, cancelled it.

HRMS's own documents are only read here, and only through their own indexes. The jobs behind the Salary Slip and
Additional Salary events end here; `not_followed` and `with_payout_gone` find what a lost job missed.
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


def follow_payout(reward: str, payout: str, user: str | None) -> bool:
	"""Hold a reward whose Additional Salary a person cancelled or deleted: paying again is theirs to decide."""
	if is_alive(payout):
		return False
	row = promises.lock(reward)
	if row.payout_name != payout or row.state not in (states.PAID, states.DUE):
		return False
	reason = Reason("payout_cancelled" if user else "payout_gone", {"user": user, "payout": payout})
	promises.move(
		row,
		states.ON_HOLD,
		reason,
		decided_by=user or "Administrator",
		payout_doctype=None,
		payout_name=None,
		paid_on=None,
	)
	return True


def with_payout_gone() -> list[str]:
	"""Return the rewards handed to payroll whose Additional Salary is cancelled or deleted: one look-up by name each."""
	additional, reward = frappe.qb.DocType(PAYOUT), frappe.qb.DocType(promises.DOCTYPE)
	gone = (
		frappe.qb.from_(reward)
		.left_join(additional)
		.on((additional.name == reward.payout_name) & (additional.docstatus != CANCELLED))
		.select(reward.name)
		.where((reward.payout_doctype == PAYOUT) & additional.name.isnull())
		.where(reward.state.isin([states.PAID, states.DUE, states.CONFIRMED]))
		.run(pluck=True)
	)
	return sorted(gone)  # few; the database would sort all that were looked at


def follow_gone_payout(name: str) -> bool:
	"""Do what the job of a cancelled or deleted Additional Salary would have done; a slip that carried it comes first."""
	follow(name)
	payout = promises.lock(name).payout_name
	return follow_payout(name, payout, _who_ended(payout))


def _who_ended(payout: str) -> str | None:
	"""Return who cancelled an Additional Salary, or who deleted it as far as Frappe remembers."""
	deleted = {"deleted_doctype": PAYOUT, "deleted_name": payout}
	return frappe.db.get_value(PAYOUT, payout, "modified_by") or frappe.db.get_value(
		"Deleted Document", deleted, "owner"
	)


def not_followed() -> list[str]:
	"""Return the rewards whose salary slip says something else than they do, in case a job was lost."""
	return sorted({*_carried_unnoticed(), *_let_go_unnoticed()})


def _carried_unnoticed() -> list[str]:
	"""Return the rewards that a submitted slip carries, however old: from the few that wait for one to their slips."""
	query, reward, slip = _rewards_in_slips()
	waiting = reward.state.isin([states.PAID, states.DUE, states.ON_HOLD])
	return query.where(waiting & (slip.docstatus == SUBMITTED)).run(pluck=True)


def _let_go_unnoticed() -> list[str]:
	"""Return the confirmed rewards of slips cancelled lately; one missed longer is still paid by the next slip."""
	query, reward, slip = _rewards_in_slips()
	lately = slip.modified >= add_days(now_datetime(), -DAYS_LOOKED_BACK)
	confirmed = (reward.state == states.CONFIRMED) & (slip.docstatus == CANCELLED)
	return query.where(confirmed & lately).run(pluck=True)


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


def _rewards_in_slips():
	"""Start a query over the rewards handed to payroll and the slips that hold them: (query, reward, slip)."""
	additional, slip, row = _tables()
	reward = frappe.qb.DocType(promises.DOCTYPE)
	query = (
		_slips_with_payouts(additional, slip, row)
		.inner_join(reward)
		.on((reward.payout_name == additional.name) & (reward.payout_doctype == PAYOUT))
		.select(reward.name)
	)
	return query, reward, slip


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
