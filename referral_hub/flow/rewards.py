"""What was promised follows the referral, its program and who is credited; budgets follow what was promised."""

import frappe

from referral_hub.background import start_after_commit
from referral_hub.messages import service as messages
from referral_hub.points import owners
from referral_hub.referrals.native import standing
from referral_hub.referrals.service_level import notices, people
from referral_hub.rewards import service as rewards
from referral_hub.talent import service as talent

BUDGET = ("budget_used", "budget_amount")


def freeze_terms(referral):
	"""Keep what this referral was promised: the terms in force now, whatever becomes of the rules.

	Without an opening or a designation nothing is promised: the rules of the day on which HR finds one say it (`match`).
	"""
	is_for_something = referral.job_opening or referral.designation
	is_promised = is_for_something and not referral.flags.promises_nothing
	promised = rewards.terms_for(referral) if is_promised else {}
	referral.terms = frappe.as_json(promised)
	warn_of_budget(referral)


def credit_moved(referral):
	"""The terms stay those of the day of the referral; while who is credited is not paid at all they wait beside that."""
	rewards.follow_credit(referral)
	talent.follow_credit(referral)
	waiting = rewards.terms_after_credit(referral)
	if waiting is None:
		freeze_terms(referral)
	else:
		referral.terms = frappe.as_json(waiting)
	kept_now = {field: referral.get(field) for field in ("terms", "budget_cost", "budget_part_until")}
	referral.db_set(kept_now, update_modified=False)


def reward_moved(reward):
	"""Let HRMS's own form say whether the bonus of this referral was paid, and the budget follow what HR or payroll ended, or let stand again."""
	before = reward.get_doc_before_save()
	if before and rewards.costs(before) != rewards.costs(reward):
		about = {"referral": reward.referral}
		once_as = f"referral_hub_budget_{reward.referral}"
		start_after_commit("referral_hub.tasks.follow_budget_of", once_as=once_as, **about)
	if reward.kind == "Cash" and not rewards.is_without_form(reward):
		standing.follow_payment(reward.referral, lambda: rewards.cash_of(reward.referral))


def program_saved(program):
	"""Count a budget that is new or changed from the referrals that were made before."""
	if program.has_value_changed("budget_amount") and program.budget_amount:
		start_after_commit("referral_hub.tasks.count_budget_of", program=program.name)


def program_renamed(old: str, new: str):
	"""Let the accounts that issue a program's points keep their proof under its new name."""
	owners.follow_program(old, new)


def follow_budget_of(referral: str):
	"""Count anew what a referral costs its program's budget, and tell HR what is new to them."""
	row = frappe.get_doc("Referral", referral, for_update=True)
	rewards.follow_budget(row)
	warn_of_budget(row)


def warn_of_budget(referral):
	"""Tell HR once that a program's budget is running out, before it stops new promises."""
	_tell_of_missing_rates(referral)
	warning = referral.flags.budget_warning
	if not warning:
		return
	referral.flags.budget_warning = None
	facts = {"program": warning.program, "link": notices.desk_path("Referral Program", warning.program)}
	facts |= {
		name: frappe.utils.fmt_money(warning[name], currency=warning.budget_currency) for name in BUDGET
	}
	for user in people.managers(referral.company):
		key = f"{warning.program}:{frappe.utils.nowdate()}"
		messages.tell_user("budget_low", user, key=key, of_company=referral.company, **facts)


def _tell_of_missing_rates(referral):
	"""Tell HR once that a budget does not count what is promised in a currency without an exchange rate."""
	about = referral.flags.budget_without_rate
	if not about:
		return
	referral.flags.budget_without_rate = None
	facts = about | {"link": notices.desk_path("Referral Program", about["program"])}
	key = f"{about['program']}:{about['currencies']}:{frappe.utils.nowdate()}"
	for user in people.managers(referral.company):
		messages.tell_user("budget_without_rate", user, key=key, of_company=referral.company, **facts)
