"""Which Salary Slips list an Additional Salary, asked with a lock before something is withdrawn from payroll or paid anew.

A slip that is being submitted in this moment is waited for: a plain read would not see it, and what it carries would be
withdrawn or paid a second time. Locks the slips of one employee's period until the caller commits.
"""

from collections.abc import Collection, Iterable
from typing import NamedTuple

import frappe
from frappe import _
from pypika.terms import ExistsCriterion

from referral_hub.rewards.paying import salaries
from referral_hub.rewards.rules import documents, states
from referral_hub.wording import languages

WITHHELD = "Withheld"  # what HRMS calls a slip that is submitted and not paid out


class Listed(NamedTuple):
	"""A slip that lists an Additional Salary; submitted, it carries it: the employee has it."""

	payout: str
	slip: str
	is_submitted: bool


def listing(payouts: Collection[str | None]) -> list[Listed]:
	"""Return the slips, not cancelled, that list some of these, submitted ones first."""
	payouts = [*filter(None, payouts)]
	if not payouts:
		return []
	additional, slip, row = salaries.tables()
	query = salaries.slips_with_payouts(additional, slip, row)
	query = query.select(additional.name, slip.name, slip.docstatus).where(
		additional.name.isin(sorted(payouts)) & (slip.docstatus != documents.CANCELLED)
	)
	found = [
		Listed(payout, name, docstatus == documents.SUBMITTED)
		for payout, name, docstatus in query.for_update().run()
	]
	return sorted(found, key=lambda listed: (not listed.is_submitted, listed.slip))


def withheld(rewards: Iterable) -> set[str]:
	"""Return which of these rewards, or of their rows, stand in a slip that payroll withholds: a plain read, none without a slip."""
	confirmed = (row for row in rewards if row.state == states.CONFIRMED)
	carried = {row.payout_name: row.name for row in confirmed if row.payout_name}
	if not carried:
		return set()
	additional, slip, row = salaries.tables()
	query = salaries.slips_with_payouts(additional, slip, row).select(additional.name)
	query = query.where(additional.name.isin(sorted(carried)))
	query = query.where((slip.docstatus == documents.SUBMITTED) & (slip.status == WITHHELD))
	return {carried[payout] for (payout,) in query.run()}


def documents_in(slip: str, doctype: str, payouts: Collection[str] | None = None) -> list[str]:
	"""Return the documents of this kind that a slip's rows pay, deduct or tax: one query.

	`payouts`: the Additional Salaries it carried, where the caller knows them and the slip may be deleted.
	"""
	if payouts:
		named = {"name": ("in", sorted(payouts)), "ref_doctype": doctype}
		return sorted({*frappe.get_all(salaries.PAYOUT, named, pluck="ref_docname")} - {None})
	additional, row = frappe.qb.DocType(salaries.PAYOUT), frappe.qb.DocType("Salary Detail")
	query = frappe.qb.from_(row).inner_join(additional).on(additional.name == row.additional_salary)
	query = query.where((row.parenttype == "Salary Slip") & (row.parent == slip))
	query = query.where(additional.ref_doctype == doctype).select(additional.ref_docname).distinct()
	return query.orderby(additional.ref_docname).run(pluck=True)


def is_carried(additional):
	"""Say within a query on Additional Salary that a submitted slip carries it."""
	_own, slip, row = salaries.tables()
	query = frappe.qb.from_(slip).inner_join(row).on(row.parent == slip.name).select(slip.name)
	query = query.where(salaries.is_in_period_of(additional, slip) & (slip.docstatus == documents.SUBMITTED))
	return ExistsCriterion(query.where(row.additional_salary == additional.name))


def carrying(payout: str | None) -> str | None:
	"""Return the submitted slip that carries an Additional Salary, once nobody is submitting one any more."""
	found = listing([payout])
	return found[0].slip if found and found[0].is_submitted else None


def name_draft(reward, slip: str) -> None:
	"""Tell HR, now and beside the reward, which draft HRMS will refuse: it lists what is cancelled."""
	with languages.speaking_to(frappe.session.user):
		frappe.msgprint(_words_of_draft(slip), indicator="orange")
	reward.add_comment("Info", _words_of_draft(slip))


def _words_of_draft(slip: str) -> str:
	return _(
		"The draft Salary Slip {0} still lists this amount, and HRMS refuses to save it like that. "
		"Remove the row from the slip, or delete the slip and make it again."
	).format(slip)
