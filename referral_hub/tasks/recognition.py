"""Scores, levels and badges follow the referrals."""

from functools import partial

import frappe

from referral_hub.tasks.running import chunk_by_chunk, one_by_one


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
	from referral_hub.recognition.thanks import asking

	frappe.set_user("Administrator")
	one_by_one(asking.ask, asking.to_ask())


def tell_of_boards():
	"""Tell whoever refers people how the leaderboard stands, each week or month as HR wants it; who was told is not told again."""
	from referral_hub import flow
	from referral_hub.recognition import pushing

	edition = flow.board_to_tell_of()

	def tell_of_board(company: str) -> None:
		told, waiting = (partial(step, company, edition) for step in (pushing.tell, pushing.not_told))
		chunk_by_chunk(told, waiting)

	one_by_one(tell_of_board, pushing.companies(edition) if edition else ())
