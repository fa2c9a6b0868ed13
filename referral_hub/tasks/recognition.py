"""Scores, levels and badges follow the referrals."""

import frappe

from referral_hub.tasks.running import one_by_one


def count_recognition_of(employee: str):
	"""Let score, level and badges of one person follow their referrals."""
	from referral_hub.people import employments
	from referral_hub.recognition import service

	frappe.set_user("Administrator")
	one_by_one(service.recount, [employments.person_of(employee)])


def count_recognition():
	"""Count whoever a lost job, a new day, or new levels and weights have left behind."""
	from referral_hub.recognition import service

	frappe.set_user("Administrator")
	one_by_one(service.recount, service.out_of_date())


def ask_for_thanks():
	"""Ask those whose referrals were rewarded whether they may be thanked in public."""
	from referral_hub.recognition import thanking

	frappe.set_user("Administrator")
	one_by_one(thanking.ask, thanking.to_ask())
