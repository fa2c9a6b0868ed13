"""A referral moved: who hears of it, what was promised for it, what the pool does about it."""

import frappe

from referral_hub import kept
from referral_hub.background import start_after_commit
from referral_hub.flow.rewards import credit_moved, freeze_terms, warn_of_budget
from referral_hub.messages import service as messages
from referral_hub.recognition import service as recognition
from referral_hub.referrals.consent import asking
from referral_hub.referrals.disputes import telling as questions
from referral_hub.referrals.making import matching
from referral_hub.referrals.native import standing
from referral_hub.referrals.rules import moves
from referral_hub.referrals.service_level import notices
from referral_hub.rewards import service as rewards
from referral_hub.talent import service as talent

# what changes a score; a date of an interview and a word from HR do not
COUNTED = frozenset({"Stage", "Outcome", "Correction", "Credit"})


def reminded(nudge):
	"""Tell the people of a reminder; the nudge itself says that it happened once."""
	for notice in notices.of(nudge):
		tell(notice)


def question_moved(question):
	"""Tell HR that an employee asks, and the employee that HR has answered."""
	for notice in questions.of(question):
		tell(notice)


def tell(notice):
	"""Tell an employee, or a user of the desk, what happened to a referral."""
	about = {"key": notice.key, "referral": notice.referral, **notice.facts}
	if notice.employee:
		messages.tell(notice.event, notice.employee, **about)
	if notice.user:
		messages.tell_user(notice.event, notice.user, of_company=notice.company, **about)


def referral_moved(event):
	"""Let everything that depends on a referral follow its new event."""
	referral = event.flags.referral or frappe.get_doc("Referral", event.referral)
	if event.kind == "Credit":
		credit_moved(referral)
	is_waiting = not referral.job_opening and not referral.flags.is_made_now
	if is_waiting and follow_opening(referral.name):
		referral.reload()
	rewards.earn(referral)
	if not referral.flags.is_made_now:  # its promise was counted with its terms
		rewards.follow_budget(referral)
		warn_of_budget(referral)
	if not event.flags.is_history:
		messages.tell_referrer(event, referral)
		if event.kind == "Credit":
			messages.tell_former_referrer(event, referral)
		messages.tell_candidate_of(event, referral, link=lambda: asking.link_of(referral.name))
		asking.ask_at_start(event, referral)
	standing.follow(referral)
	_keep_in_pool(event, referral)
	_follow_in_pool(event, referral)
	_recognize(event, referral)


def match(referral: str, opening: str, knowingly: bool = False):
	"""HR found an opening for somebody who was referred without one: from now on a referral as any other."""
	_promise_for(matching.match(referral, opening, knowingly), opening)


def follow_opening(referral: str) -> bool:
	"""Do as if HR had matched a referral whose applicant they gave an opening; say whether they had."""
	opening = matching.opening_found(referral)
	if opening:
		_promise_for(matching.follow_applicant(referral, opening), opening)
	return bool(opening)


def _promise_for(row, opening: str):
	"""Freeze the terms of today for the opening HR found, and tell the referrer."""
	if not rewards.has_terms(row):
		with kept.writing(row):
			row.flags.promised_on = frappe.utils.nowdate()
			freeze_terms(row)
			row.save(ignore_permissions=True)
		rewards.earn(row)
	talent.matched(row.name, opening)
	title = frappe.db.get_value("Job Opening", opening, "job_title")
	messages.tell("referral_matched", row.referrer, key=row.name, referral=row.name, opening=title)


def _keep_in_pool(event, referral):
	"""Somebody referred without an opening goes to the pool, once HR may know them: not while they are asked first.

	Somebody HR had looked at before is never Submitted: their first step is a later one. A correction is no first step.
	"""
	if not moves.is_first_step(event.kind, event.stage, frappe.parse_json(event.facts or "{}")):
		return
	if not event.flags.is_history and not referral.job_opening and not referral.designation:
		talent.capture(referral.job_applicant, talent.OPEN_CHANNEL)


def _follow_in_pool(event, referral):
	"""Whoever did not come, declined, withdrew or was nearly chosen is looked at once this is committed; so is a hire."""
	if event.kind == "Outcome" and referral.job_applicant and not referral.erased_on:
		start_after_commit("referral_hub.tasks.look_for_talent", applicants=[referral.job_applicant])


def _recognize(event, referral):
	"""Score, level and badges follow whoever is credited, and whoever was."""
	if event.kind in COUNTED:
		recognition.count_after_commit(referral.referrer)
	if event.kind == "Credit":
		recognition.count_after_commit(frappe.parse_json(event.facts or "{}").get("from"))
