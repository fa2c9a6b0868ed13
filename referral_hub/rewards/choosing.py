"""An employee chooses among the options of a reward; after some days the one proposed first is taken.

A choice can be changed until something of it was handed over. Who may choose is checked by the caller.
"""

import frappe
from frappe import _
from frappe.utils import getdate, now_datetime, nowdate

from referral_hub import kept
from referral_hub.rewards import choices, earning, promises
from referral_hub.rewards.promising import budgets, rule_words
from referral_hub.rewards.rules import states
from referral_hub.rewards.rules import terms as rules

UNTOUCHED = states.UNPAID | {states.VOID}


class WrongChoice(frappe.ValidationError):
	"""This referral has no such option."""


class ChoiceFrozen(frappe.ValidationError):
	"""Something of the choice was handed over already."""


def choose(referral: str, option: str, by: str = choices.BY_EMPLOYEE) -> None:
	"""Choose an option of a referral; what was earned goes on with it."""
	row = frappe.get_doc("Referral", referral, for_update=True)
	terms = rules.load(row.terms)
	if not terms or option not in terms.options():
		frappe.throw(_("This reward has no such option."), WrongChoice)
	if row.reward_option == option:
		return
	_refuse_if_frozen(promises.lock_all(referral))
	_choose(row, terms, option, by)


def choose_by_time(referral: str, today=None) -> None:
	"""Take the option proposed first for somebody who has not chosen in time."""
	row = frappe.get_doc("Referral", referral, for_update=True)
	is_late = row.choose_until and getdate(row.choose_until) < getdate(today or nowdate())
	terms = rules.load(row.terms)
	if row.reward_option or not is_late or not terms or not terms.options():
		return
	rewards = promises.lock_all(referral)
	if _is_touched(rewards):
		return
	# of what HR has decided nothing is got by choosing: the rest goes on as that was
	decided = next((row.option for row in rewards if row.option and row.decided_by), None)
	_choose(row, terms, decided or choices.in_force(row, terms, None, rewards).option, choices.BY_TIME)


def not_chosen_in_time(today=None) -> list[str]:
	"""Return the referrals whose choice has to be made for the employee."""
	filters = {"choose_until": ["<", getdate(today or nowdate())], "reward_option": ["is", "not set"]}
	return frappe.get_all("Referral", filters=filters, pluck="name", order_by="choose_until asc, name asc")


def waiting_for(records: list[str]) -> list:
	"""Return the referrals of a person whose reward waits for their choice: name, candidate_name, choose_until; the most pressing first."""
	return frappe.db.sql(
		"""select distinct referral.name, referral.candidate_name, referral.choose_until
		from `tabReferral Reward` reward join `tabReferral` referral
			on referral.name = reward.referral and referral.referrer = reward.referrer
		where reward.state = %(state)s and referral.referrer in %(records)s
		order by referral.choose_until, referral.name""",
		{"state": states.CHOICE, "records": tuple(records)},
		as_dict=True,
	)


def options_of(referral) -> list[dict]:
	"""Return the options as this employee sees them, the best one first: letter, totals, reason, whether it is chosen."""
	terms = rules.load(referral.terms)
	if not terms or not terms.options():
		return []
	return [
		{
			"option": proposal.option,
			"totals": totals(terms, proposal.option),
			"words": " + ".join(map(rule_words.total, totals(terms, proposal.option))),
			"because": choices.because(proposal.because),
			"is_chosen": proposal.option == referral.reward_option,
		}
		for proposal in choices.proposals(referral.referrer, terms, referral.name)
	]


def totals(terms: rules.Terms, option: str) -> list[dict]:
	"""Add up what an option pays in all."""
	return rules.totals(promise for promise in terms.milestones if promise.option == option)


def _choose(row, terms: rules.Terms, option: str, by: str) -> None:
	_write(row, option, choices.mixes_of(terms)[option], by)
	earning.earn(row)
	budgets.follow(row)


def is_frozen(rewards: list) -> bool:
	"""Say whether something of the choice was handed over, or taken back after that, or HR has decided about it."""
	return _is_touched(rewards) or _is_decided(rewards)


def _is_touched(rewards: list) -> bool:
	return any(row.option and row.state not in UNTOUCHED for row in rewards)


def _is_decided(rewards: list) -> bool:
	"""What HR holds or has voided is not got by choosing another option."""
	return any(row.option and row.decided_by for row in rewards)


def _refuse_if_frozen(rewards: list) -> None:
	if _is_touched(rewards):
		frappe.throw(
			_("A part of your choice was paid already, so it can't be changed any more."), ChoiceFrozen
		)
	if _is_decided(rewards):
		frappe.throw(_("HR is looking at this reward, so the choice can't be changed now."), ChoiceFrozen)


def _write(row, option: str, mix: str, by: str) -> None:
	row.update(
		{
			"reward_option": option,
			"reward_mix": mix,
			"reward_option_by": by,
			"reward_option_on": now_datetime(),
		}
	)
	with kept.writing(row):
		row.save(ignore_permissions=True)
