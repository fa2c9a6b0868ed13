"""Rewards are earned, approved, paid, counted and taken back when their day has come."""

from functools import partial

import frappe
from frappe.utils import getdate

from referral_hub.retry import retry_deadlocks
from referral_hub.tasks.running import one_by_one


def pay_due_rewards():
	"""Pay what is due, some rewards in a transaction; what another process is at is left to it."""
	from referral_hub.rewards import bearers, undoing
	from referral_hub.rewards.kinds import leave_gone, training
	from referral_hub.rewards.paying import by_hand as payouts_by_hand
	from referral_hub.rewards.paying import payouts, payroll, taxable
	from referral_hub.rewards.recovery import beyond, by_hand, crossed, deductions, paid_anew
	from referral_hub.rewards.recovery import service as recovery

	one_by_one(undoing.take_back_again, undoing.not_taken_back())
	one_by_one(training.follow_gone_event, training.with_event_gone())
	one_by_one(leave_gone.follow, leave_gone.rewards_without())
	one_by_one(payroll.follow, payroll.not_followed())
	one_by_one(payroll.follow_gone_payout, payroll.with_payout_gone())
	one_by_one(payroll.follow_salary_gone, payroll.without_salary())
	one_by_one(payouts_by_hand.follow_submitted, payouts_by_hand.unnoticed())
	ask_approvers_again()
	one_by_one(paid_anew.count, beyond.waiting_for_rate())
	one_by_one(payouts.pay_together, payouts.due_in_rounds())
	one_by_one(taxable.follow_gone, taxable.with_payout_gone())
	one_by_one(taxable.follow_taxed, taxable.taxed_unnoticed())
	one_by_one(taxable.follow_salary_gone, taxable.without_salary())
	one_by_one(taxable.hand_over, taxable.waiting())
	one_by_one(taxable.follow_gone_of_order, taxable.with_payout_gone(bearers.ORDER))
	one_by_one(taxable.follow_taxed_of_order, taxable.taxed_unnoticed(bearers.ORDER))
	one_by_one(taxable.follow_salary_gone_of_order, taxable.without_salary(bearers.ORDER))
	one_by_one(taxable.hand_over_of_order, taxable.waiting(bearers.ORDER))
	deducted = [*deductions.not_followed(), *by_hand.amended_unnoticed(), *crossed.unnoticed()]
	one_by_one(crossed.follow, deducted)
	one_by_one(recovery.give_up_late, deductions.without_salary())
	one_by_one(recovery.deduct_by_itself, recovery.to_deduct())


def ask_approvers_again():
	"""Let rewards that wait for an approval follow the limits of today."""
	from referral_hub.rewards.approving import service as approving

	frappe.set_user("Administrator")
	one_by_one(approving.ask_again, approving.asked_otherwise())


def follow_renames():
	"""Let promises follow what HR renamed, where they are many, and those frozen by who had read the old name before."""
	from referral_hub.rewards.promising import renamed

	for note in renamed.under_way():
		one_by_one(renamed.follow_chunk, renamed.chunks(note))
		one_by_one(renamed.end, [note])


def hand_over_taxable_value(reward: str):
	from referral_hub.rewards.paying import taxable

	frappe.set_user("Administrator")
	one_by_one(taxable.hand_over, [reward])


def hand_over_value_of_order(order: str):
	from referral_hub.rewards.paying import taxable

	frappe.set_user("Administrator")
	one_by_one(taxable.hand_over_of_order, [order])


def pay_rewards_of_referral(referral: str):
	"""Pay what one referral has just earned, without waiting for the hour; whoever caused it does not pay it."""
	from referral_hub.rewards.paying import payouts

	frappe.set_user("Administrator")
	one_by_one(payouts.pay_together, payouts.due_in_rounds(referral=referral))


def fetch_rate(promised: str, currency: str, referral: str):
	"""Get an exchange rate that a reward waits for, with nothing locked meanwhile, and pay what waited."""
	from referral_hub.rewards.paying import rates

	if rates.fetch(promised, currency, getdate()):
		pay_rewards_of_referral(referral)


def escalate_fulfilments():
	"""Tell the HR Manager of what should have been handed over by now, once for each day it was due."""
	from referral_hub.fulfilment import service

	one_by_one(service.escalate, service.overdue(getdate()))


def earn_rewards_by_time():
	"""Earn what was promised for a day that has come, and for hires who are what the terms ask for by now."""
	from referral_hub.rewards import earning
	from referral_hub.rewards.promising import hired_as

	referrals = [*earning.referrals_with_promises_come_true(), *hired_as.referrals_of_changed()]
	one_by_one(earning.earn_again, dict.fromkeys(referrals))


def earn_rewards_of_hire(employee: str):
	"""Earn what was promised for a hire with a grade, a designation or a type of employment that HR has filled in since."""
	from referral_hub.rewards import earning
	from referral_hub.rewards.promising import hired_as

	frappe.set_user("Administrator")
	one_by_one(earning.earn_again, hired_as.referrals_of(employee))


def count_hires_of(employee: str):
	"""Let the bonuses for several hires follow one employee's hires."""
	from referral_hub.people import employments
	from referral_hub.rewards import counting

	frappe.set_user("Administrator")
	one_by_one(counting.count, [employments.person_of(employee)])


def count_hires():
	"""Do what a lost job left undone."""
	from referral_hub.rewards import counting

	one_by_one(counting.count, counting.employees_who_count())


def count_budget_of(program: str):
	"""Count a budget from the referrals that were made before there was one."""
	from referral_hub.rewards.promising import budgets

	frappe.set_user("Administrator")
	one_by_one(budgets.follow_by_name, budgets.not_counted(program))
	one_by_one(budgets.recount, [program])


def follow_budget_of(referral: str):
	"""Let the budget follow what became of a reward."""
	from referral_hub import flow

	frappe.set_user("Administrator")
	one_by_one(flow.follow_budget_of, [referral])


def follow_budgets_of_bonus(reward: str):
	"""Let budgets follow a bonus for several hires that was earned or undone."""
	from referral_hub.rewards import counting
	from referral_hub.rewards.promising import budgets

	frappe.set_user("Administrator")
	one_by_one(budgets.follow_by_name, counting.hires_behind(reward))


def count_budgets():
	"""Give back what bonuses took whose period is over, count what has a rate by now; do what a lost job left undone."""
	from referral_hub import flow
	from referral_hub.rewards.promising import budgets

	found = budgets.waiting_for_rates()
	for program in found:
		one_by_one(budgets.follow_by_name, budgets.to_count_again(program))
	one_by_one(budgets.wait_no_longer, [*found.items()])
	one_by_one(flow.follow_budget_of, budgets.with_period_over())
	one_by_one(budgets.recount, budgets.programs_with_budgets())


def choose_rewards_by_time():
	"""Take the option proposed first for those who have not chosen in time."""
	from referral_hub.rewards import choosing

	one_by_one(choosing.choose_by_time, choosing.not_chosen_in_time())


def follow_salary_slip(slip: str, payouts: list[str] | None = None):
	"""Follow what a slip pays, deducts or taxes; `payouts`: the Additional Salaries it carried, where it may be deleted by now."""
	from referral_hub.rewards import bearers
	from referral_hub.rewards.paying import payroll, slips, taxable
	from referral_hub.rewards.recovery import crossed, records

	frappe.set_user("Administrator")
	about = partial(slips.documents_in, slip, payouts=payouts)
	rewards = about(bearers.REWARD.doctype)
	one_by_one(payroll.follow, rewards)
	one_by_one(taxable.follow_taxed, rewards)
	one_by_one(taxable.follow_taxed_of_order, about(bearers.ORDER.doctype))
	one_by_one(crossed.follow, about(records.DOCTYPE))


def follow_additional_salary(reward: str, payout: str, user: str):
	from referral_hub.rewards.paying import payroll

	frappe.set_user("Administrator")
	retry_deadlocks(partial(payroll.follow_payout, reward, payout, user))


def follow_recovery(recovery: str):
	from referral_hub.rewards.recovery import crossed

	frappe.set_user("Administrator")
	one_by_one(crossed.follow, [recovery])


def follow_submitted_salary(reward: str):
	from referral_hub.rewards.paying import by_hand

	frappe.set_user("Administrator")
	one_by_one(by_hand.follow_submitted, [reward])
