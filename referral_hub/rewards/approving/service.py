"""Rewards above a limit wait for a person with the role that HR chose; who approved, and when, is kept on the reward.

Asked when a reward is earned, and again before it is paid, so that a limit written later holds for what is not paid yet; what
waits follows limits that are changed.
"""

import frappe
from frappe import _
from frappe.utils import getdate, now_datetime, nowdate

from referral_hub.background import start_after_commit
from referral_hub.rewards import promises
from referral_hub.rewards.approving import people
from referral_hub.rewards.money import to_decimal
from referral_hub.rewards.reasons import Reason
from referral_hub.rewards.rules import states
from referral_hub.rewards.rules.paying.approval import Limit, limit_for

ASKED_IN = frozenset({states.EARNED, states.DUE, states.ON_HOLD})
SETTINGS = "Referral Hub Settings"
LONGEST_WORDS = 2000


class NotTheApprover(frappe.PermissionError):
	"""HR chose another role to approve this."""


def ask_where_needed(rewards: list) -> None:
	"""Let the rewards that were earned now wait, where their amount is above a limit; note a referrer who is not here.

	What a person holds waits for their release; then it is asked before it is paid.
	"""
	people.note_if_away(rewards)
	limits = limits_in_force()
	for reward in rewards if limits else ():
		if reward.state in ASKED_IN and not reward.decided_by and (limit := needed(reward, limits)):
			ask(reward, limit)


def needed(reward, limits: list[Limit] | None = None) -> Limit | None:
	"""Return the limit above which this reward is and for which nobody has approved it."""
	limits = limits_in_force() if limits is None else limits
	if not limits or reward.approved_by or reward.payout_name:
		return None
	program = frappe.db.get_value("Referral", reward.referral, "program")
	return limit_for(limits, reward.kind, to_decimal(reward.amount), reward.currency or None, program)


def ask(reward, limit: Limit) -> None:
	referral = frappe.get_doc("Referral", reward.referral)
	reward.made_by = reward.made_by or people.maker_of(referral, reward.milestone)
	promises.move(reward, states.APPROVAL, Reason("needs_approval", {"role": limit.role}))


def approve(name: str, words: str = "", shown: str | None = None) -> None:
	"""Approve a reward that waits for it; it goes on to its due date."""
	reward, user = promises.lock_as_shown(name, shown), frappe.session.user
	_refuse_unless_waiting(reward)
	limit = needed(reward)
	if limit and limit.role not in frappe.get_roles(user):
		frappe.throw(
			_("Rewards like this are approved by the role {0}.").format(_(limit.role)), NotTheApprover
		)
	people.refuse_approver(reward, user)
	said = words.strip()
	if len(said) > LONGEST_WORDS:
		frappe.throw(_("Please shorten this to {0} characters.").format(LONGEST_WORDS))
	code = "approved_with_words" if said else "approved"
	_go_on(reward, Reason(code, {"user": user, "words": said}), approved_by=user, approved_on=now_datetime())


def asked_otherwise() -> list[str]:
	"""Return the rewards that wait for another approval than the limits of today ask, or for one that nobody asks any more."""
	fields = ["name", "referral", "kind", "amount", "currency", "explanation"]
	limits, found = limits_in_force(), []
	for row in frappe.get_all(promises.DOCTYPE, {"state": states.APPROVAL}, fields, order_by="name asc"):
		if _role_asked(row) != _role_of(needed(row, limits)):
			found.append(row.name)
	return found


def ask_again(name: str) -> bool:
	"""Let a reward that waits follow the limits that HR has changed: another role is asked, or it goes on."""
	reward = promises.lock(name)
	limit = needed(reward)
	if reward.state != states.APPROVAL or _role_asked(reward) == _role_of(limit):
		return False
	if limit:
		promises.move(reward, states.APPROVAL, Reason("needs_approval", {"role": limit.role}))
	else:
		_go_on(reward, Reason("approval_not_needed"))
	return True


def limits_in_force() -> list[Limit]:
	return [
		Limit(row.kind, to_decimal(row.above), row.role, row.currency or None, row.program or None)
		for row in frappe.get_cached_doc(SETTINGS).get("approval_limits") or ()
	]


def approver_roles() -> set[str]:
	return {limit.role for limit in limits_in_force()}


def _go_on(reward, reason: Reason, **fields) -> None:
	state = states.DUE if getdate(reward.due_on) <= getdate(nowdate()) else states.EARNED
	promises.move(reward, state, reason, **fields)
	start_after_commit("referral_hub.tasks.pay_rewards_of_referral", referral=reward.referral)


def _role_asked(reward) -> str | None:
	reason = promises.reason_of(reward)
	return reason.values.get("role") if reason else None


def _role_of(limit: Limit | None) -> str | None:
	return limit.role if limit else None


def _refuse_unless_waiting(reward) -> None:
	if reward.state != states.APPROVAL:
		words = _("This is not possible for a reward that is {0}.").format(
			_(reward.state, context="Referral Reward")
		)
		frappe.throw(words, promises.WrongMove)
