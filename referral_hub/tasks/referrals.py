"""Referrals follow HRMS; what waits for somebody is asked for, reminded of and closed."""

import frappe
from frappe.utils import add_days, now_datetime

from referral_hub.tasks.running import one_by_one

# Referrals closed longer ago are followed by events alone; `bench hub-reconcile` looks at all of them.
WATCH_CLOSED_DAYS = 180


def reconcile_referrals():
	"""Bring every referral that moved to where HRMS says it is, chunk by chunk, each in its own transaction."""
	from referral_hub.referrals import jobs

	jobs.reconcile_all(since=add_days(now_datetime(), -WATCH_CLOSED_DAYS), resume=True)
	follow_openings()


def follow_openings(referral: str | None = None):
	"""Let referrals without an opening, or this one, go on for the opening HR gave to their applicant."""
	from referral_hub import flow
	from referral_hub.referrals.making import matching

	frappe.set_user("Administrator")
	one_by_one(flow.follow_opening, [referral] if referral else matching.with_opening_found())


def look_for_ties(opening: str | None = None):
	"""Show HR who has got a part in hiring for an opening after referring somebody for it."""
	from referral_hub.referrals.programs import appearing

	frappe.set_user("Administrator")
	one_by_one(appearing.show, appearing.tied(opening))


def expire_invitations():
	"""Close the invitations nobody answered in time, each in a transaction of its own, some hundreds at a time."""
	from referral_hub.referrals.making import expiring

	names = expiring.run_out()
	while names:
		one_by_one(expiring.expire, names)
		names = expiring.run_out(after=names[-1])


def watch_open_referrals():
	"""Remind of words and answers that are overdue, each once."""
	from referral_hub.referrals import jobs

	jobs.watch_all()


def look_after_candidates():
	"""Remind who has not answered, forget who never did, end links and cards that outlived their use, name applicants."""
	from referral_hub import tokens
	from referral_hub.referrals.cards import service as cards
	from referral_hub.referrals.consent import asking, erasing
	from referral_hub.referrals.making import standins

	one_by_one(asking.remind, asking.to_be_reminded())
	names = erasing.unanswered()
	while names:
		one_by_one(erasing.erase_unanswered, names)
		names = erasing.unanswered(after=names[-1])
	one_by_one(cards.revoke, cards.of_leavers())
	one_by_one(standins.name_by_email, standins.without_referral())
	while tokens.forget_old():
		frappe.db.commit()


def name_applicant(applicant: str):
	"""Name one applicant nobody refers by the address HR has just typed."""
	from referral_hub.referrals.making import standins

	frappe.set_user("Administrator")
	one_by_one(standins.name_by_email, [applicant])


def credit_applicant(applicant: str):
	"""Credit somebody who applied on HRMS's own page to the link they had opened."""
	from referral_hub.referrals.sharing import careers

	frappe.set_user("Administrator")
	one_by_one(careers.credit, [applicant])


def credit_applicants_by_link():
	"""Do what a lost job left undone."""
	from referral_hub.referrals.sharing import careers

	one_by_one(careers.credit, careers.waiting())


def forget_visitors():
	from referral_hub.referrals.sharing import visits

	visits.forget_old()


def follow_employee_referral(employee_referral: str):
	"""Take over one Employee Referral of HRMS, or follow what became of one taken over before."""
	frappe.set_user("Administrator")
	_follow_forms([employee_referral])


def follow_employee_referrals():
	"""Do what a lost job left undone."""
	from referral_hub.referrals.native import changing, taking

	_follow_forms([*taking.waiting(), *changing.missed()])


def _follow_forms(names: list[str]):
	from referral_hub.referrals.native import applicants, changing, taking

	for work in (taking.take_over, applicants.let_in, changing.follow):
		one_by_one(work, names)


def ask_named_referrer(applicant: str):
	"""Ask the colleague whom an applicant has named as the one who told them."""
	from referral_hub.referrals.named import asking

	frappe.set_user("Administrator")
	one_by_one(asking.ask, [applicant])


def follow_named_referrers():
	"""Ask what a lost job did not, remind once, close the questions nobody answered, forget who was deleted."""
	from referral_hub.referrals.named import asking, forgetting

	one_by_one(asking.ask, asking.not_asked())
	one_by_one(asking.remind, asking.to_remind())
	one_by_one(asking.lapse, asking.run_out())
	one_by_one(forgetting.forget, forgetting.without_applicant())
