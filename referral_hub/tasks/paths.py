"""Questions of newcomers are watched, what others reached is counted, goals are started and talked about."""

from functools import partial

import frappe

from referral_hub.retry import retry_deadlocks
from referral_hub.tasks.running import one_by_one


def watch_path_feedback():
	"""Remind of newcomers' questions, tell HR of what is overdue, find who answers for who has gone, close what was left."""
	from referral_hub.paths.feedback import watching

	one_by_one(watching.find_another, watching.without_answerer())
	one_by_one(watching.look, watching.due())
	one_by_one(watching.close, watching.to_close())


def count_path_figures(show_anew: bool = False):
	"""Count what others reached on the performance paths, all of it in one transaction."""
	from referral_hub.paths.figures import keeping

	frappe.set_user("Administrator")
	frappe.db.commit()
	retry_deadlocks(partial(keeping.recount, show_anew))
	frappe.db.commit()


def start_goals(applicants: list[str] | None = None):
	"""Make HRMS's Goals for whoever agreed to goals and is an Employee by now, and let their onboarding name them.

	These, or all whom a lost job left out.
	"""
	from referral_hub.paths.goals import onboardings, starting

	frappe.set_user("Administrator")
	one_by_one(starting.start, starting.waiting(applicants))
	one_by_one(onboardings.note, onboardings.unaware(applicants))


def look_after_goals():
	"""Start what a lost job left undone, ask managers for the talk that is due, end what is over."""
	from referral_hub.paths.goals import talking

	start_goals()
	one_by_one(talking.look, talking.under_way())


def end_cases():
	"""End what people let others see of how they rose, where nobody noticed that they left."""
	from referral_hub.paths import cases

	one_by_one(cases.part, cases.of_who_left())
