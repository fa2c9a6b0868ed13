"""The referral bonus HRMS pays by itself (Additional Salary of an Employee Referral) and our cash are never both paid.

Whoever is first wins. Their Additional Salary, draft or submitted, holds our cash back; our cash, once handed over,
refuses theirs. Both sides lock the referral's rewards, in the order in which earning does.
"""

import frappe
from frappe import _

from referral_hub.rewards import promises
from referral_hub.rewards.paying import case
from referral_hub.rewards.reasons import Reason
from referral_hub.rewards.rules import states
from referral_hub.rewards.rules import terms as rules
from referral_hub.rewards.rules.terms import CASH

FORM = "Employee Referral"


class BonusPaidHere(frappe.ValidationError):
	"""A cash reward of this referral was handed over already."""


def paid_by_hrms(reward) -> Reason | None:
	"""Say which Additional Salary of HRMS's own stands against this cash reward, as it is now."""
	form = case.referral(reward).employee_referral
	bonus = form and _alive_bonus_of(form)
	return Reason("bonus_in_hrms", {"payout": bonus, "form": form}) if bonus else None


def refuse_second(bonus) -> None:
	"""Refuse HRMS's own bonus where our cash for the same referral was handed over."""
	referral = frappe.db.get_value("Referral", {"employee_referral": bonus.ref_docname}, for_update=True)
	if not referral:
		return
	for reward in promises.lock_all(referral):
		if reward.kind == CASH and reward.state in states.HANDED_OVER:
			words = _(
				"{0} was paid for this referral already: {1}. Take that back first, or leave this bonus out."
			)
			frappe.throw(
				words.format(reward.name, reward.payout_name or _(reward.state, context="Referral Reward")),
				BonusPaidHere,
			)


def cash_of(referral: str) -> dict:
	"""Count the cash a referral promises, has handed over, and has waiting."""
	terms = rules.load(frappe.db.get_value("Referral", referral, "terms"))
	promised = sum(promise.kind == CASH for promise in terms.milestones) if terms else 0
	found = frappe.get_all(promises.DOCTYPE, {"referral": referral, "kind": CASH}, pluck="state")
	return {
		"promised": promised,
		"handed_over": sum(state in states.HANDED_OVER for state in found),
		"waiting": sum(state in states.UNPAID for state in found),
	}


def has_terms(referral) -> bool:
	"""Say whether this referral was promised anything."""
	terms = rules.load(referral.terms)
	return bool(terms and terms.milestones)


def _alive_bonus_of(form: str) -> str | None:
	"""Find it by the index HRMS has, on the employee; a locking read sees what was committed meanwhile."""
	employee = frappe.db.get_value(FORM, form, "referrer")
	table = frappe.qb.DocType("Additional Salary")
	query = frappe.qb.from_(table).select(table.name).where(table.employee == employee)
	query = query.where((table.ref_doctype == FORM) & (table.ref_docname == form) & (table.docstatus != 2))
	names = query.limit(1).for_update().run(pluck=True)
	return names[0] if names else None
