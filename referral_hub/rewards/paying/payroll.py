"""What payroll did with the Additional Salary of a cash reward: carried it, let it go, cancelled it, amended it.

HRMS's own documents are only read here, and only through their own indexes. The jobs behind the Salary Slip and
Additional Salary events end here; `not_followed`, `with_payout_gone` and `not_adopted` find what a lost job missed.
"""

import json

import frappe
from frappe.utils import add_days, fmt_money, getdate, now_datetime

from referral_hub.rewards import amended, promises, telling, undoing
from referral_hub.rewards.money import currency_handed_over, handed_over, written_off
from referral_hub.rewards.paying.salaries import (
	CANCELLED,
	PAYOUT,
	SUBMITTED,
	alive_of,
	carried_though_withdrawn,
	is_alive,
	paid_otherwise,
	slip_carrying,
	slips_with_payouts,
	tables,
)
from referral_hub.rewards.reasons import Reason
from referral_hub.rewards.recovery import service as recovery
from referral_hub.rewards.rules import states

CASH = "Cash"
DAYS_LOOKED_BACK = 3
WITHDRAWN = frozenset({states.VOID, states.ON_HOLD, states.DUE})
ADOPTING = states.PAYABLE | states.HANDED_OVER


def follow_payout(reward: str, payout: str, user: str | None) -> bool:
	"""Hold a reward whose Additional Salary a person cancelled or deleted: paying again is theirs to decide.

	Unless they have submitted another one for it already, which then pays it.
	"""
	if is_alive(payout):
		return False
	row = promises.lock(reward)
	if adopt(row):
		return True
	if row.payout_name != payout or row.state not in (states.PAID, states.DUE):
		return False
	recovery.give_up_netted(row)
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
	return follow_payout(name, payout, amended.who_ended(PAYOUT, payout))


def not_followed() -> list[str]:
	"""Return the rewards whose salary slip says something else than they do, in case a job was lost."""
	return sorted({*_carried_unnoticed(), *_let_go_unnoticed(), *_crossed_unnoticed()})


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


def _crossed_unnoticed() -> list[str]:
	"""Return the rewards whose Additional Salary was withdrawn while a slip that carries it was submitted, lately."""
	additional, slip, row = tables()
	reward = frappe.qb.DocType(promises.DOCTYPE)
	query = (
		slips_with_payouts(additional, slip, row).inner_join(reward).on(reward.name == additional.ref_docname)
	)
	query = query.where((additional.ref_doctype == promises.DOCTYPE) & (additional.docstatus == CANCELLED))
	query = query.where(slip.modified >= add_days(now_datetime(), -DAYS_LOOKED_BACK))
	query = query.where((slip.docstatus == SUBMITTED) & reward.state.isin(sorted(WITHDRAWN)))
	return query.select(reward.name).run(pluck=True)


def follow(name: str) -> bool:
	"""Confirm a reward that a submitted slip carries; make one due again whose slip was cancelled."""
	reward = promises.lock(name)
	if _follow_crossed(reward):
		return True
	adopted = adopt(reward)
	slip = slip_carrying(reward.payout_name) if reward.payout_doctype == PAYOUT else None
	if slip and reward.state in (states.PAID, states.DUE, states.ON_HOLD):
		# payroll paid it, whatever was decided meanwhile
		_move_as_paid(reward, states.CONFIRMED, decided_by=None)
	elif not slip and reward.state == states.CONFIRMED:
		promises.move(reward, states.DUE, Reason("slip_cancelled"))
	elif not slip and reward.state == states.OWED and is_alive(reward.payout_name):
		undoing.undo(reward, Reason("slip_cancelled"))
	else:
		return adopted
	return True


def _follow_crossed(reward) -> bool:
	"""Follow a slip that was submitted in the moment in which what it carries was withdrawn: the employee has it after all."""
	is_withdrawn = reward.kind == CASH and reward.state in WITHDRAWN and not written_off(reward)
	payout = is_withdrawn and not is_alive(reward.payout_name) and carried_though_withdrawn(reward)
	if not payout:
		return False
	reward.update({"payout_doctype": PAYOUT, "payout_name": payout})
	if reward.state == states.VOID:
		undoing.undo(reward, promises.reason_of(reward) or Reason("in_payroll"))
	else:
		_move_as_paid(reward, states.CONFIRMED, decided_by=None, paid_on=reward.paid_on or getdate())
	return True


def adopt(reward) -> bool:
	"""Let a locked reward be paid by what a person submitted for it, where what we made is gone."""
	if reward.kind != CASH or reward.state not in ADOPTING or is_alive(reward.payout_name):
		return False
	payout = next(iter(alive_of(reward, submitted_only=True)), None)
	if not payout:
		return False
	reward.update({"payout_doctype": PAYOUT, "payout_name": payout})
	made_by = {"payout": payout, "user": frappe.db.get_value(PAYOUT, payout, "owner")}
	paid_on = reward.paid_on or getdate()
	fields = {"decided_by": None, "paid_on": paid_on, "paid_by": _who_submitted(payout)}
	_move_as_paid(reward, states.PAID, Reason("payout_by_hand", made_by), **fields)
	telling.tell("reward_paid", reward)
	return True


def follow_submitted(name: str) -> bool:
	"""Adopt what a person submitted for a reward; note it when they changed what it pays, and tell when it was a draft until now."""
	reward = promises.lock(name)
	if adopt(reward):
		return True
	kept = json.loads(reward.explanation or "{}").get("paid_amount")
	paid = paid_otherwise(reward) if reward.payout_doctype == PAYOUT else None
	is_same = bool(reward.paid_by) and kept == (None if paid is None else str(paid))
	if reward.state not in states.HANDED_OVER or is_same:
		return False
	if reward.paid_by or not _is_submitted(reward.payout_name):
		_move_as_paid(reward, reward.state)
		return True
	payout = frappe.db.get_value(PAYOUT, reward.payout_name, ["modified_by", "modified"], as_dict=True)
	_move_as_paid(reward, reward.state, paid_by=payout.modified_by, paid_on=getdate(payout.modified))
	telling.tell("reward_paid", reward)
	return True


def _is_submitted(payout: str) -> bool:
	return frappe.db.get_value(PAYOUT, payout, "docstatus") == SUBMITTED


def _who_submitted(payout: str) -> str | None:
	return frappe.db.get_value(PAYOUT, payout, "modified_by")


def submitted_unnoticed() -> list[str]:
	"""Return the rewards whose draft a person has submitted by now, in case a job was lost."""
	additional, reward = frappe.qb.DocType(PAYOUT), frappe.qb.DocType(promises.DOCTYPE)
	return (
		frappe.qb.from_(reward)
		.inner_join(additional)
		.on(additional.name == reward.payout_name)
		.select(reward.name)
		.where((reward.state == states.PAID) & (reward.payout_doctype == PAYOUT) & reward.paid_by.isnull())
		.where(additional.docstatus == SUBMITTED)
		.run(pluck=True)
	)


def not_adopted() -> list[str]:
	"""Return the rewards held without an Additional Salary for which a person has submitted one, in case a job was lost."""
	additional, reward = frappe.qb.DocType(PAYOUT), frappe.qb.DocType(promises.DOCTYPE)
	return (
		frappe.qb.from_(reward)
		.inner_join(additional)
		.on((additional.employee == reward.employee) & (additional.ref_docname == reward.name))
		.select(reward.name)
		.distinct()
		.where(
			(reward.kind == CASH) & reward.state.isin(sorted(states.PAYABLE)) & reward.payout_name.isnull()
		)
		.where((additional.ref_doctype == promises.DOCTYPE) & (additional.docstatus == SUBMITTED))
		.run(pluck=True)
	)


def _move_as_paid(reward, state: str, reason: Reason | None = None, **fields) -> None:
	"""Move a reward that payroll pays; an amount that somebody changed is kept beside what was promised."""
	paid = paid_otherwise(reward)
	if paid is not None:
		words = {
			"payout": reward.payout_name,
			"paid": fmt_money(paid, currency=currency_handed_over(reward)),
			"promised": fmt_money(handed_over(reward), currency=currency_handed_over(reward)),
		}
		reason = Reason("paid_otherwise", words)
	if paid is not None or "paid_amount" in (reward.explanation or ""):
		promises.put_in_explanation(reward, paid_amount=str(paid) if paid is not None else None)
	promises.move(reward, state, reason, **fields)


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


def _rewards_in_slips():
	"""Start a query over the rewards handed to payroll and the slips that hold them: (query, reward, slip)."""
	additional, slip, row = tables()
	reward = frappe.qb.DocType(promises.DOCTYPE)
	query = (
		slips_with_payouts(additional, slip, row)
		.inner_join(reward)
		.on((reward.payout_name == additional.name) & (reward.payout_doctype == PAYOUT))
		.select(reward.name)
	)
	return query, reward, slip
