"""Scheduler entry points: idempotent, in chunks, safe to run twice at once."""

from collections.abc import Iterable
from functools import partial

import frappe
from frappe.utils import add_days, getdate, now_datetime

from referral_hub.retry import retry_deadlocks

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
	_one_by_one(flow.follow_opening, [referral] if referral else matching.with_opening_found())


def look_for_ties(opening: str | None = None):
	"""Show HR who has got a part in hiring for an opening after referring somebody for it."""
	from referral_hub.referrals.programs import appearing

	frappe.set_user("Administrator")
	_one_by_one(appearing.show, appearing.tied(opening))


def expire_invitations():
	"""Close the invitations nobody answered in time, each in a transaction of its own, some hundreds at a time."""
	from referral_hub.referrals.making import expiring

	names = expiring.run_out()
	while names:
		_one_by_one(expiring.expire, names)
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

	_one_by_one(asking.remind, asking.to_be_reminded())
	names = erasing.unanswered()
	while names:
		_one_by_one(erasing.erase_unanswered, names)
		names = erasing.unanswered(after=names[-1])
	_one_by_one(cards.revoke, cards.of_leavers())
	_one_by_one(standins.name_by_email, standins.without_referral())
	while tokens.forget_old():
		frappe.db.commit()


def name_applicant(applicant: str):
	"""Name one applicant nobody refers by the address HR has just typed."""
	from referral_hub.referrals.making import standins

	frappe.set_user("Administrator")
	_one_by_one(standins.name_by_email, [applicant])


def pay_due_rewards():
	"""Pay what is due, some rewards in a transaction; what another process is at is left to it."""
	from referral_hub.rewards import undoing
	from referral_hub.rewards.kinds import leave_gone, training
	from referral_hub.rewards.paying import by_hand as payouts_by_hand
	from referral_hub.rewards.paying import payouts, payroll, taxable
	from referral_hub.rewards.recovery import by_hand, crossed, deductions
	from referral_hub.rewards.recovery import service as recovery

	_one_by_one(undoing.take_back_again, undoing.not_taken_back())
	_one_by_one(training.follow_gone_event, training.with_event_gone())
	_one_by_one(leave_gone.follow, leave_gone.rewards_without())
	_one_by_one(payroll.follow, payroll.not_followed())
	_one_by_one(payroll.follow_gone_payout, payroll.with_payout_gone())
	_one_by_one(payouts_by_hand.follow_submitted, payouts_by_hand.unnoticed())
	ask_approvers_again()
	_one_by_one(payouts.pay_together, payouts.due_in_rounds())
	_one_by_one(taxable.follow_gone, taxable.with_payout_gone())
	_one_by_one(taxable.hand_over, taxable.waiting())
	deducted = [*deductions.not_followed(), *by_hand.amended_unnoticed(), *crossed.names_unnoticed()]
	_one_by_one(crossed.follow, deducted)
	_one_by_one(recovery.deduct_by_itself, recovery.to_deduct())


def ask_approvers_again():
	"""Let rewards that wait for an approval follow the limits of today."""
	from referral_hub.rewards.approving import service as approving

	frappe.set_user("Administrator")
	_one_by_one(approving.ask_again, approving.asked_otherwise())


def follow_renames():
	"""Let promises follow what HR renamed, where they are many, and those frozen by who had read the old name before."""
	from referral_hub.rewards.promising import renamed

	for note in renamed.under_way():
		_one_by_one(renamed.follow_chunk, renamed.chunks(note))
		_one_by_one(renamed.end, [note])


def hand_over_taxable_value(reward: str):
	from referral_hub.rewards.paying import taxable

	frappe.set_user("Administrator")
	_one_by_one(taxable.hand_over, [reward])


def pay_rewards_of_referral(referral: str):
	"""Pay what one referral has just earned, without waiting for the hour; whoever caused it does not pay it."""
	from referral_hub.rewards.paying import payouts

	frappe.set_user("Administrator")
	_one_by_one(payouts.pay_together, payouts.due_in_rounds(referral=referral))


def fetch_rate(promised: str, currency: str, referral: str):
	"""Get an exchange rate that a reward waits for, with nothing locked meanwhile, and pay what waited."""
	from referral_hub.rewards.paying import rates

	if rates.fetch(promised, currency, getdate()):
		pay_rewards_of_referral(referral)


def escalate_fulfilments():
	"""Tell the HR Manager of what should have been handed over by now, once for each day it was due."""
	from referral_hub.fulfilment import service

	_one_by_one(service.escalate, service.overdue(getdate()))


def earn_rewards_by_time():
	"""Earn what was promised for a day that has come."""
	from referral_hub.rewards import earning

	_one_by_one(earning.earn_again, earning.referrals_with_promises_come_true())


def count_hires_of(employee: str):
	"""Let the bonuses for several hires follow one employee's hires."""
	from referral_hub.people import employments
	from referral_hub.rewards import counting

	frappe.set_user("Administrator")
	_one_by_one(counting.count, [employments.person_of(employee)])


def count_hires():
	"""Do what a lost job left undone."""
	from referral_hub.rewards import counting

	_one_by_one(counting.count, counting.employees_who_count())


def count_budget_of(program: str):
	"""Count a budget from the referrals that were made before there was one."""
	from referral_hub.rewards.promising import budgets

	frappe.set_user("Administrator")
	_one_by_one(budgets.follow_by_name, budgets.not_counted(program))
	_one_by_one(budgets.recount, [program])


def follow_budgets_of_bonus(reward: str):
	"""Let budgets follow a bonus for several hires that was earned or undone."""
	from referral_hub.rewards import counting
	from referral_hub.rewards.promising import budgets

	frappe.set_user("Administrator")
	_one_by_one(budgets.follow_by_name, counting.hires_behind(reward))


def count_budgets():
	"""Give back what bonuses took whose period is over, count what has a rate by now; do what a lost job left undone."""
	from referral_hub import flow
	from referral_hub.rewards.promising import budgets

	found = budgets.waiting_for_rates()
	for program in found:
		_one_by_one(budgets.follow_by_name, budgets.to_count_again(program))
	_one_by_one(budgets.wait_no_longer, [*found.items()])
	_one_by_one(flow.follow_budget_of, budgets.with_period_over())
	_one_by_one(budgets.recount, budgets.programs_with_budgets())


def choose_rewards_by_time():
	"""Take the option proposed first for those who have not chosen in time."""
	from referral_hub.rewards import choosing

	_one_by_one(choosing.choose_by_time, choosing.not_chosen_in_time())


def follow_salary_slip(slip: str):
	from referral_hub.rewards.paying import payroll
	from referral_hub.rewards.recovery import crossed, deductions

	frappe.set_user("Administrator")
	_one_by_one(payroll.follow, payroll.rewards_in_slip(slip))
	_one_by_one(crossed.follow, deductions.in_slip(slip))


def follow_additional_salary(reward: str, payout: str, user: str):
	from referral_hub.rewards.paying import payroll

	frappe.set_user("Administrator")
	payroll.follow_payout(reward, payout, user)


def follow_recovery(recovery: str):
	from referral_hub.rewards.recovery import crossed

	frappe.set_user("Administrator")
	_one_by_one(crossed.follow, [recovery])


def follow_submitted_salary(reward: str):
	from referral_hub.rewards.paying import by_hand

	frappe.set_user("Administrator")
	_one_by_one(by_hand.follow_submitted, [reward])


def _one_by_one(work, names: Iterable):
	"""Do each in a transaction of its own; one that fails is logged, left to the next run, and stops no other."""
	for name in names:
		frappe.db.commit()  # a new snapshot: plain reads see what others committed meanwhile
		try:
			retry_deadlocks(partial(work, name))
		except Exception:
			frappe.db.rollback()
			frappe.log_error(title=f"Referral Hub: {work.__name__} failed", message=frappe.get_traceback())
	frappe.db.commit()


def send_messages():
	"""Send what waits in the outbox, each message in its own transaction. A deadlock costs nothing: the row is still there."""
	from referral_hub.messages import service

	retry_deadlocks(partial(service.send_pending, after_each=frappe.db.commit))


def send_to_malls():
	"""Tell malls outside of the orders that wait, and of those that ended; what does not answer is asked again later."""
	from referral_hub.points.shop.mall import sending

	sending.send_due()


def keep_points_heads():
	from referral_hub.points.proving import heads

	heads.keep()


def merge_points_set_aside():
	"""Merge the wallets that were broken when HR merged their owners, once they are repaired."""
	from referral_hub.points import owners

	_one_by_one(owners.merge_again, owners.set_aside())


def expire_points():
	"""Expire what is due, some wallets a transaction; what a broken run leaves is due the next day too."""
	while retry_deadlocks(_expire_some_points):
		pass


def _expire_some_points() -> int:
	from referral_hub.points import service

	expired = service.expire_due()
	frappe.db.commit()
	return expired


def warn_of_expiry():
	"""Warn before points expire, some wallets a transaction; who was told before is not told again."""
	after = ""
	while after := retry_deadlocks(partial(_warn_some_of_expiry, after)):
		pass


def _warn_some_of_expiry(after: str) -> str:
	from referral_hub.points.moving import warning

	last = warning.warn_some(after)
	frappe.db.commit()
	return last


def credit_applicant(applicant: str):
	"""Credit somebody who applied on HRMS's own page to the link they had opened."""
	from referral_hub.referrals.sharing import careers

	frappe.set_user("Administrator")
	_one_by_one(careers.credit, [applicant])


def credit_applicants_by_link():
	"""Do what a lost job left undone."""
	from referral_hub.referrals.sharing import careers

	_one_by_one(careers.credit, careers.waiting())


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
		_one_by_one(work, names)


def ask_named_referrer(applicant: str):
	"""Ask the colleague whom an applicant has named as the one who told them."""
	from referral_hub.referrals.named import asking

	frappe.set_user("Administrator")
	_one_by_one(asking.ask, [applicant])


def follow_named_referrers():
	"""Ask what a lost job did not, remind once, close the questions nobody answered, forget who was deleted."""
	from referral_hub.referrals.named import asking, forgetting

	_one_by_one(asking.ask, asking.not_asked())
	_one_by_one(asking.remind, asking.to_remind())
	_one_by_one(asking.lapse, asking.run_out())
	_one_by_one(forgetting.forget, forgetting.without_applicant())


def look_for_talent(applicants: list[str]):
	"""Look whether these applicants belong in the talent pool, or have left it."""
	from referral_hub.talent import jobs

	frappe.set_user("Administrator")
	jobs.look(applicants)


def fill_talent_pool():
	"""Look at every applicant who moved since the last look, referred or not."""
	from referral_hub.talent import jobs

	jobs.look_at_moved()


def import_talent_history():
	"""Look through all applicants for HR, who sees how far it is."""
	from referral_hub.talent.capturing import history

	user = frappe.session.user
	frappe.set_user("Administrator")
	history.run(say=frappe.logger("referral_hub").info, progress=partial(_show_progress, user))


def _show_progress(user: str, done: int, total: int):
	title = frappe._("Talent Pool")
	progress = {"progress": [done, total], "percent": 100 * done / total, "title": title}
	frappe.publish_realtime("progress", progress, user=user)


def look_after_talent_pool():
	"""Ask those whose time is nearly up, and forget those whose time is over."""
	from referral_hub import flow
	from referral_hub.talent import keeping

	_one_by_one(flow.ask_to_be_kept, keeping.to_be_asked())
	names = keeping.over()
	while names:
		_one_by_one(flow.end_keeping, names)
		names = keeping.over(after=names[-1])


def keep_erasures() -> int:
	"""Forget again whom a restored backup brought back, and keep outside the database who was forgotten; return who is left to HR."""
	from referral_hub import flow
	from referral_hub.forgotten import journal
	from referral_hub.referrals.erasure import again

	frappe.set_user("Administrator")
	_one_by_one(flow.forget_again, again.brought_back())
	left = again.settle()
	frappe.db.commit()
	journal.keep()
	return left


def score_talent_pool():
	"""Count for everybody who may be called how likely they are to come back, a chunk in a transaction."""
	from referral_hub.talent.finding import scoring

	_chunk_by_chunk(scoring.store, scoring.some)


def prompt_calls():
	"""Ask people to call who is due today, once for each step; what an outage left undone is asked for now."""
	from referral_hub.talent.cadence import handing_over, planning, prompts

	_chunk_by_chunk(planning.store, planning.some)
	_one_by_one(prompts.stop, prompts.to_stop())
	_one_by_one(handing_over.hand_over, handing_over.left_behind())
	_one_by_one(prompts.wake, prompts.to_wake())
	_one_by_one(prompts.ask, [row["record"] for row in prompts.due_prompts()])


def watch_recall_requests():
	"""Remind colleagues who were asked to write to somebody, tell HR where nothing happens, close what is over."""
	from referral_hub.talent.requests import watching

	_one_by_one(watching.look, watching.open_requests())


def watch_path_feedback():
	"""Remind of newcomers' questions, tell HR of what is overdue, find who answers for who has gone, close what was left."""
	from referral_hub.paths.feedback import watching

	_one_by_one(watching.find_another, watching.without_answerer())
	_one_by_one(watching.look, watching.due())
	_one_by_one(watching.close, watching.to_close())


def count_path_figures(show_anew: bool = False):
	"""Count what others reached on the performance paths, all of it in one transaction."""
	from referral_hub.paths.figures import keeping

	frappe.set_user("Administrator")
	frappe.db.commit()
	retry_deadlocks(partial(keeping.recount, show_anew))
	frappe.db.commit()


def start_goals(applicants: list[str] | None = None):
	"""Make HRMS's Goals for whoever agreed to goals and is an Employee by now: these, or all whom a lost job left out."""
	from referral_hub.paths.goals import starting

	frappe.set_user("Administrator")
	_one_by_one(starting.start, starting.waiting(applicants))


def look_after_goals():
	"""Start what a lost job left undone, ask managers for the talk that is due, end what is over."""
	from referral_hub.paths.goals import talking

	start_goals()
	_one_by_one(talking.look, talking.under_way())


def _chunk_by_chunk(work, some):
	"""Do some hundreds in a transaction, as long as `some(after=)` names more."""
	names = some()
	while names:
		frappe.db.commit()
		retry_deadlocks(partial(work, names))
		frappe.db.commit()
		names = some(after=names[-1])
