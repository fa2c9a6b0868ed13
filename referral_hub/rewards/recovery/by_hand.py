"""What a person makes of a deduction in HRMS: changes its amount, cancels and amends it. The recovery follows; too much is refused.

Called from HR's save, for the few Additional Salaries that name a recovery, and by `recovery.service` with reward and recovery locked.
"""

import frappe
from frappe import _
from frappe.utils import fmt_money

from referral_hub.people import employments
from referral_hub.rewards import promises
from referral_hub.rewards.approving import people
from referral_hub.rewards.money import currency_handed_over, kept_beyond, to_decimal
from referral_hub.rewards.paying import salaries
from referral_hub.rewards.reasons import in_words
from referral_hub.rewards.recovery import beyond, records
from referral_hub.rewards.rules import documents, states


class WrongDeduction(frappe.ValidationError):
	"""What is owed is deducted once, from who owes it, and no more than that."""


def refuse(payout) -> None:
	"""Refuse a deduction that takes back what nobody owes, or that whoever owes it changes; the reward is locked, then its recovery."""
	reward = frappe.db.get_value(records.DOCTYPE, payout.ref_docname, "reward")
	if payout.flags.made_by_rewards or not reward:
		return
	reward, row = promises.lock(reward), records.lock(payout.ref_docname)
	people.refuse_decider(reward.name)
	if words := _why_not(payout, reward, row):
		frappe.throw(words, WrongDeduction)


def refuse_taking_away(payout) -> None:
	"""Refuse that somebody cancels or deletes what deducts their own debt."""
	reward = frappe.db.get_value(records.DOCTYPE, payout.ref_docname, "reward")
	if reward and not payout.flags.withdrawn_by_rewards:
		people.refuse_decider(reward)


def follow(reward, row) -> None:
	"""Let a recovery go on with what was submitted in place of its deduction, and ask for what that deducts."""
	if row.state == records.DONE or row.how != records.BY_SALARY:
		return
	if not salaries.is_alive(row.payout_name) and (payout := _amended(reward, row)):
		records.move(row, records.WAITING, payout_name=payout)
	amount = frappe.db.get_value(salaries.PAYOUT, row.payout_name, "amount", for_update=True)
	if row.state == records.WAITING and amount and to_decimal(amount) != to_decimal(row.amount):
		records.move(row, records.WAITING, amount=amount)


def amended_unnoticed() -> list[str]:
	"""Return the recoveries for which a person has submitted another deduction, in case a job was lost."""
	additional, recovery = frappe.qb.DocType(salaries.PAYOUT), frappe.qb.DocType(records.DOCTYPE)
	query = frappe.qb.from_(recovery).inner_join(additional).on(additional.ref_docname == recovery.name)
	query = query.where(
		(additional.ref_doctype == records.DOCTYPE) & (additional.name != recovery.payout_name)
	)
	query = query.where(additional.docstatus == documents.SUBMITTED)
	return query.where(recovery.state != records.DONE).select(recovery.name).distinct().run(pluck=True)


def _why_not(payout, reward, row) -> str | None:
	if payout.employee not in employments.records_of(reward.employee):
		words = _("{0} takes back what {1} owes. Deduct from somebody else without naming it.")
		return words.format(row.name, reward.employee)
	if payout.is_recurring:
		return salaries.not_recurring(row.name)
	if frappe.db.get_value("Salary Component", payout.salary_component, "type") != "Deduction":
		return in_words("not_a_deduction", {"component": payout.salary_component})
	if row.payout_name != payout.name and (row.state == records.DONE or salaries.is_alive(row.payout_name)):
		words = _("The Additional Salary {0} deducts this already. Change or cancel that one instead.")
		return words.format(row.payout_name)
	left = _left_for(reward, row)
	if to_decimal(payout.amount) > left:
		words = _("At most {0} can be asked back.")
		return words.format(fmt_money(left, currency=currency_handed_over(reward)))
	return None


def _left_for(reward, row):
	"""Return what is owed and asked back by no other recovery."""
	own = to_decimal(row.amount if row.state == records.WAITING else 0)
	if records.is_of_before(reward, row):
		return own + (kept_beyond(reward) if beyond.is_there(reward) else 0)
	return own + records.open_amount(reward) if reward.state == states.OWED else to_decimal(0)


def _amended(reward, row) -> str | None:
	about = {"ref_doctype": records.DOCTYPE, "ref_docname": row.name, "docstatus": documents.SUBMITTED}
	about["employee"] = ("in", employments.records_of(reward.employee))
	return frappe.db.get_value(salaries.PAYOUT, about, "name", for_update=True)
