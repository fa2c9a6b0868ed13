"""What payroll did with the Additional Salary of a cash reward: carried it, let it go, cancelled it, amended it.

HRMS's own documents are only read here, and only through their own indexes. The jobs behind the Salary Slip and
Additional Salary events end here; `not_followed` and `with_payout_gone` find what a lost job missed. What a person made instead is in by_hand.py.
"""

import frappe
from frappe.utils import add_days, add_months, flt, getdate, now_datetime

from referral_hub import amended
from referral_hub.rewards import promises, undoing
from referral_hub.rewards.money import currency_handed_over, handed_over, to_decimal, written_off
from referral_hub.rewards.paying import by_hand, checks, slips
from referral_hub.rewards.paying.salaries import (
	PAYOUT,
	carried_though_withdrawn,
	is_alive,
	note_withdrawn,
	slip_carrying,
	slips_with_payouts,
	tables,
	take_over,
	withdraw,
	withdrawn_of,
)
from referral_hub.rewards.reasons import Reason
from referral_hub.rewards.recovery import giving_back
from referral_hub.rewards.recovery import service as recovery
from referral_hub.rewards.rules import states
from referral_hub.rewards.rules.documents import CANCELLED, SUBMITTED
from referral_hub.rewards.rules.terms import CASH

DAYS_LOOKED_BACK = 3
MONTHS_LOOKED_BACK = 3
SLIP_GONE = "owed_slip_cancelled"  # the reason of what a slip paid that has to be made anew
# what was taken out of payroll may stand behind these; behind Paid, where it was paid anew since
MAY_CROSS = frozenset({states.VOID, states.ON_HOLD, states.EARNED, states.DUE, states.PAID})
# or behind these, where something was kept of an attempt before
MAY_OWE_MORE = frozenset({states.OWED, states.CLAWED_BACK})


def follow_payout(reward: str, payout: str, user: str | None) -> bool:
	"""Hold a reward whose Additional Salary a person cancelled or deleted: paying again is theirs to decide.

	Unless they have submitted another one for it already, which then pays it.
	"""
	if is_alive(payout):
		return False
	row = promises.lock(reward)
	if by_hand.adopt(row):
		return True
	if row.payout_name != payout:
		return False
	if _was_paid_and_taken_back(row):
		return _let_go_of_owed(row)
	if giving_back.note(row):
		return True
	if row.state == states.CONFIRMED and not slips.carrying(payout):
		promises.move(row, states.DUE, Reason("slip_cancelled"))  # the job of its slip may not have run yet
	if row.state not in (states.PAID, states.DUE):
		return False
	recovery.give_up_netted(row)
	note_withdrawn(row, payout)
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
	"""Return the rewards whose Additional Salary is cancelled or deleted: one look-up by name each.

	Of those handed to payroll, and of what was taken back or HR wrote off: what came back of that is the employee's then.
	"""
	additional, reward = frappe.qb.DocType(PAYOUT), frappe.qb.DocType(promises.DOCTYPE)
	counts = reward.state.isin([states.PAID, states.DUE, states.CONFIRMED, *sorted(MAY_OWE_MORE)])
	let_be = (reward.state == states.VOID) & reward.explanation.like('%"written_off": "%')
	gone = (
		frappe.qb.from_(reward)
		.left_join(additional)
		.on((additional.name == reward.payout_name) & (additional.docstatus != CANCELLED))
		.select(reward.name)
		.where((reward.payout_doctype == PAYOUT) & additional.name.isnull())
		.where(counts | let_be)
		.run(pluck=True)
	)
	return sorted(gone)  # few; the database would sort all that were looked at


def is_payout_gone(reward) -> bool:
	"""Say whether the Additional Salary of a locked reward that waits to be paid is cancelled or deleted, by a person."""
	return reward.state == states.DUE and reward.payout_doctype == PAYOUT and not is_alive(reward.payout_name)


def follow_gone_payout(name: str) -> bool:
	"""Do what the job of a cancelled or deleted Additional Salary would have done; a slip that carried it comes first."""
	follow(name)
	payout = promises.lock(name).payout_name
	return follow_payout(name, payout, amended.who_ended(PAYOUT, payout))


def without_salary() -> list[str]:
	"""Return the rewards handed to payroll that no slip will carry as what they are."""
	return [*_without_salary()]


def follow_salary_gone(name: str) -> bool:
	"""Take back what no slip is to carry as it is: it is paid anew by the salary the person has now, or waits for HR."""
	reward = promises.lock(name)
	found = _without_salary(name).get(name)
	if not found or slips.listing([reward.payout_name]):
		return False
	if found.code == "other_currency" and by_hand.is_by_a_person(reward):
		return False
	undoing.withdraw(reward)
	promises.move(reward, states.DUE, found)
	return True


def _without_salary(name: str | None = None) -> dict[str, Reason]:
	reward = frappe.qb.DocType(promises.DOCTYPE)
	waits = (reward.state == states.PAID) & (reward.payout_doctype == PAYOUT)
	return checks.lost_since(reward, waits & (reward.name == name) if name else waits)


def not_followed() -> list[str]:
	"""Return the rewards whose salary slip says something else than they do, in case a job was lost."""
	return sorted({*_carried_unnoticed(), *_let_go_unnoticed(), *_crossed_unnoticed()})


def _carried_unnoticed() -> list[str]:
	"""Return the rewards that a submitted slip carries, however old: from the few that wait for one to their slips."""
	query, reward, slip = _rewards_in_slips()
	waiting = reward.state.isin([states.PAID, states.DUE, states.ON_HOLD])
	return query.where(waiting & (slip.docstatus == SUBMITTED)).run(pluck=True)


def _let_go_unnoticed() -> list[str]:
	"""Return what counts as paid and no slip pays any more: it was cancelled, or deleted with its Payroll Entry.

	Owed ones however old, since they would be deducted all the same; confirmed ones of slips cancelled lately, or of late.
	"""
	query, reward, slip = _rewards_in_slips()
	lately = slip.modified >= add_days(now_datetime(), -DAYS_LOOKED_BACK)
	found = query.where((reward.state == states.CONFIRMED) & lately & (slip.docstatus == CANCELLED))
	return [*found.run(pluck=True), *_carried_by_none()]


def _carried_by_none() -> list[str]:
	additional, reward = frappe.qb.DocType(PAYOUT), frappe.qb.DocType(promises.DOCTYPE)
	query = frappe.qb.from_(reward).inner_join(additional).on(additional.name == reward.payout_name)
	query = query.where((reward.payout_doctype == PAYOUT) & ~slips.is_carried(additional))
	of_late = additional.payroll_date >= add_months(getdate(), -MONTHS_LOOKED_BACK)
	counted = (reward.state == states.OWED) | ((reward.state == states.CONFIRMED) & of_late)
	return query.where(counted).select(reward.name).run(pluck=True)


def _crossed_unnoticed() -> list[str]:
	"""Return the rewards whose Additional Salary was withdrawn while a slip that carries it was submitted, lately."""
	additional, slip, row = tables()
	reward = frappe.qb.DocType(promises.DOCTYPE)
	query = (
		slips_with_payouts(additional, slip, row).inner_join(reward).on(reward.name == additional.ref_docname)
	)
	query = query.where((additional.ref_doctype == promises.DOCTYPE) & (additional.docstatus == CANCELLED))
	query = query.where(slip.modified >= add_days(now_datetime(), -DAYS_LOOKED_BACK))
	is_uncounted = reward.payout_name.isnull() | (reward.payout_name != additional.name)
	may_cross = reward.state.isin(sorted(MAY_CROSS))
	may_cross |= reward.state.isin(sorted(MAY_OWE_MORE)) & is_uncounted
	query = query.where((slip.docstatus == SUBMITTED) & may_cross)
	return query.select(reward.name).run(pluck=True)


def follow(name: str) -> bool:
	"""Confirm a reward that a submitted slip carries; make one due again whose slip was cancelled."""
	reward = promises.lock(name)
	if follow_crossed(reward):
		return True
	adopted = by_hand.adopt(reward)
	slip = slip_carrying(reward.payout_name) if reward.payout_doctype == PAYOUT else None
	if slip and reward.state in (states.PAID, states.DUE, states.ON_HOLD):
		# payroll paid it, whatever was decided meanwhile
		by_hand.move_as_paid(reward, states.CONFIRMED, decided_by=None)
	elif not slip and reward.state == states.CONFIRMED:
		promises.move(reward, states.DUE, Reason("slip_cancelled"))
	elif not slip and _was_paid_and_taken_back(reward):
		return _let_go_of_owed(reward)
	elif slip and _is_slip_made_anew(reward):
		promises.move(reward, reward.state)
	else:
		return adopted
	return True


def _was_paid_and_taken_back(reward) -> bool:
	"""Say whether a slip carried what is owed or was given back; its Additional Salary may be gone since.

	What could not be taken back yet waits.
	"""
	is_cash = reward.payout_doctype == PAYOUT and bool(reward.payout_name)
	return is_cash and reward.state in MAY_OWE_MORE and not promises.undone_for(reward)


def _is_slip_made_anew(reward) -> bool:
	"""Say whether a reward that a slip carries still asks for that slip."""
	reason = promises.reason_of(reward)
	return reward.state in states.UNDONE and bool(reason) and reason.code == SLIP_GONE


def _let_go_of_owed(reward) -> bool:
	"""Ask nothing back any more of what no slip pays now, and take it out of payroll.

	Where a part came back already it stays: the slip that is made anew pays it, and then what is owed is right. Where that was
	cancelled or deleted too, before anybody saw it, no slip will: what came back is the employee's.
	"""
	if slips.carrying(reward.payout_name):
		return False
	is_gone = not is_alive(reward.payout_name)
	if is_gone or not recovery.came_back(reward):
		recovery.stop(reward)
	if is_gone and giving_back.let_go(reward):
		return True
	if reward.state == states.OWED and not recovery.came_back(reward):
		undoing.undo(reward, Reason("slip_cancelled"))
		return True
	reason = Reason(SLIP_GONE)
	if reward.state_reason == reason.stored():
		return False
	promises.move(reward, reward.state, reason)
	return True


def follow_crossed(reward) -> bool:
	"""Follow a slip that was submitted in the moment in which what it carries was withdrawn: the employee has it after all.

	What was made to pay it anew meanwhile is taken away, unless a slip carries that as well: then a person has to decide.
	"""
	if reward.kind == CASH and reward.state in MAY_OWE_MORE:
		return _owe_crossed(reward)
	if reward.kind != CASH or reward.state not in MAY_CROSS or written_off(reward):
		return False
	stands = is_alive(reward.payout_name)
	if stands and not withdrawn_of(reward):
		return False
	payout = carried_though_withdrawn(reward)
	if not payout or (stands and not _let_go(reward)):
		return False
	take_over(reward, payout)
	if reward.state == states.VOID:
		undoing.undo(reward, promises.reason_of(reward) or Reason("in_payroll"))
	else:
		by_hand.move_as_paid(reward, states.CONFIRMED, decided_by=None, paid_on=reward.paid_on or getdate())
	return True


def _owe_crossed(reward) -> bool:
	"""Let what a slip paid that was withdrawn in that moment be owed too, on top of what was kept of an attempt before."""
	payout = None if is_alive(reward.payout_name) else carried_though_withdrawn(reward)
	if not payout or payout == reward.payout_name:
		return False
	currency, before = currency_handed_over(reward), to_decimal(reward.owed_amount)
	paid = frappe.db.get_value(PAYOUT, payout, ["amount", "currency"], as_dict=True, for_update=True)
	if (paid.currency or reward.currency) != currency:
		return False  # the reconciliation names it
	take_over(reward, payout)
	if to_decimal(paid.amount) != handed_over(reward):
		promises.put_in_explanation(reward, paid_amount=str(to_decimal(paid.amount)), paid_in=currency)
	owed = flt(before + to_decimal(paid.amount))
	promises.move(reward, states.OWED, Reason("in_payroll"), owed_amount=owed)
	return True


def _let_go(reward) -> bool:
	"""Take a second payout away while no slip carries it; say whether it is gone."""
	if slips.carrying(reward.payout_name):
		return False
	withdraw(reward.payout_name)
	recovery.give_up_netted(reward)
	return True


def rewards_in_slip(slip: str) -> list[str]:
	"""Return the rewards among a slip's rows."""
	return slips.documents_in(slip, promises.DOCTYPE)


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
