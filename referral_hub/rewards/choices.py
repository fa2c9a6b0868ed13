"""Which option of a choice is in force, and in which order options are proposed to an employee. Writes only the date.

`choosing` makes the choice; `earning` asks what is in force. Colleagues are counted, never named.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date

import frappe
from frappe import _
from frappe.utils import add_days

from referral_hub.messages import service as messages
from referral_hub.rewards.rules import states
from referral_hub.rewards.rules.choice import GRADE, JOB, OWN, Proposal, Taste, mix_of, propose
from referral_hub.rewards.rules.terms import Promise, Terms

BY_EMPLOYEE, BY_TIME = "Employee", "Time"


@dataclass(frozen=True)
class InForce:
	"""The option that counts: chosen, or while nothing is chosen the one proposed first."""

	option: str
	is_made: bool


NO_CHOICE = InForce("", True)


def in_force(referral, terms: Terms, chosen: str | None, rewards: list) -> InForce:
	"""Return the option that counts now. While nothing is chosen it stays the one a reward waits with already."""
	options = terms.options()
	if not options:
		return NO_CHOICE
	if chosen in options:
		return InForce(chosen, True)
	waiting = [row.option for row in rewards if row.option in options and row.state in states.UNPAID]
	return InForce(waiting[0] if waiting else proposals(referral.referrer, terms)[0].option, False)


def still_open(terms: Terms, chosen: str | None) -> tuple[Promise, ...]:
	"""Return the promises that can still be earned: of a choice not made yet, those of the first option."""
	options = terms.options()
	promised = terms.chosen(chosen if chosen in options else options[0]) if options else terms.milestones
	return tuple(promise for promise in promised if promise.amount > 0)


def ask(referral, terms: Terms, today: date) -> None:
	"""Say until when the employee can choose, and tell them; once."""
	if frappe.db.get_value("Referral", referral.name, "choose_until", for_update=True):
		return
	until = add_days(today, terms.choose_within_days)
	referral.choose_until = until
	frappe.db.set_value("Referral", referral.name, "choose_until", until, update_modified=False)
	messages.tell(
		"reward_choice", referral.referrer, key=referral.name, referral=referral.name, choose_until_on=until
	)


def proposals(employee: str, terms: Terms, referral: str = "") -> list[Proposal]:
	"""Order the options of some terms for an employee, the best one first: three queries.

	What was chosen for this `referral` is no choice of before.
	"""
	mixes = mixes_of(terms)
	return propose(mixes, taste_of(employee, referral)) if mixes else []


def mixes_of(terms: Terms) -> dict[str, str]:
	return {
		letter: mix_of(promise.kind for promise in terms.milestones if promise.option == letter)
		for letter in terms.options()
	}


def taste_of(employee: str, but_for: str = "") -> Taste:
	"""Count what was chosen before by the employee, by colleagues of the same grade, of the same designation."""
	found = frappe.db.get_value("Employee", employee, ["grade", "designation"], as_dict=True)
	own = _mixes_chosen(but_for, referrer=employee)
	if not found:
		return Taste(own=own)
	return Taste(
		own=own,
		grade=_mixes_chosen(but=employee, grade=found.grade),
		job=_mixes_chosen(but=employee, designation=found.designation),
	)


def because(reason: str) -> str:
	"""Say why an option is proposed before others."""
	return {
		OWN: _("You chose this before."),
		GRADE: _("Many colleagues of your grade choose this."),
		JOB: _("Many colleagues in your job choose this."),
	}.get(reason, "")


def _mixes_chosen(but: str = "", referrer: str | None = None, **of) -> Counter:
	"""Count choices that people made themselves, by the kinds they chose."""
	if not referrer and not all(of.values()):
		return Counter()
	referral, employee = frappe.qb.DocType("Referral"), frappe.qb.DocType("Employee")
	query = frappe.qb.from_(referral).select(referral.reward_mix)
	query = query.where((referral.reward_option_by == BY_EMPLOYEE) & (referral.reward_mix != ""))
	if referrer:
		query = query.where((referral.referrer == referrer) & (referral.name != but))
	else:
		query = query.inner_join(employee).on(employee.name == referral.referrer)
		query = query.where(employee.name != but)
	for name, value in of.items():
		query = query.where(employee[name] == value)
	return Counter(query.run(pluck=True))
