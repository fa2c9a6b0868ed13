"""Refuses a second Additional Salary for a reward while one pays it, and one for a reward that nobody is owed.

HR may cancel the one we made and amend it: that pays the reward and is adopted (payroll.py). Called from HR's save, for the
few Additional Salaries that name a reward; the reward is locked, so a pay-out at the same time waits or is seen.
"""

import frappe
from frappe import _

from referral_hub.rewards import promises
from referral_hub.rewards.approving import people
from referral_hub.rewards.approving import service as approving
from referral_hub.rewards.paying import salaries
from referral_hub.rewards.rules import documents, states
from referral_hub.rewards.rules.terms import CASH


class PaidAlready(frappe.ValidationError):
	"""A reward is paid once, by one Additional Salary, to the employee it is for."""


def refuse(payout) -> None:
	"""Refuse an Additional Salary that a person makes for a reward which it must not pay."""
	if payout.flags.made_by_rewards:
		return
	if payout.is_recurring and frappe.db.exists(promises.DOCTYPE, payout.ref_docname):
		frappe.throw(salaries.not_recurring(payout.ref_docname), PaidAlready)
	if not _names_a_reward_anew(payout):
		return
	reward = promises.lock(payout.ref_docname)
	if reward.kind == CASH and (words := _why_not(payout, reward)):
		frappe.throw(words, PaidAlready)


def refuse_payer(payout) -> None:
	"""Refuse that somebody hands to payroll what they are not to: their own reward, or one they recorded or approved."""
	is_submitted = payout.docstatus == documents.SUBMITTED and payout.ref_docname
	if is_submitted and not payout.flags.made_by_rewards:
		if reward := frappe.db.exists(promises.DOCTYPE, payout.ref_docname):
			people.refuse_payer(promises.lock(reward), frappe.session.user)


def _names_a_reward_anew(payout) -> bool:
	is_new = (
		payout.is_new() or payout.has_value_changed("ref_docname") or payout.has_value_changed("employee")
	)
	return is_new and bool(payout.ref_docname and frappe.db.exists(promises.DOCTYPE, payout.ref_docname))


def _why_not(payout, reward) -> str | None:
	if payout.employee != reward.employee:
		return _("The reward {0} is for {1}. Pay somebody else without naming it.").format(
			reward.name, reward.employee
		)
	if reward.state == states.APPROVAL or (reward.state in states.PAYABLE and approving.needed(reward)):
		return _("The reward {0} waits for an approval. Once it is approved it is paid by itself.").format(
			reward.name
		)
	if reward.state == states.CHOICE:
		return _(
			"The reward {0} waits for a choice. Once it is made, what was chosen is paid by itself."
		).format(reward.name)
	others = [name for name in salaries.alive_of(reward) if name != payout.name]
	if others:
		return _(
			"The Additional Salary {1} pays the reward {0} already. Change or cancel that one instead."
		).format(reward.name, others[0])
	if reward.state in states.UNDONE | states.NOT_YET_EARNED:
		return _("The reward {0} is {1}. Once it is released it is paid by itself.").format(
			reward.name, _(reward.state, context="Referral Reward")
		)
	return None
