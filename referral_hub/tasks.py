"""Scheduler entry points: idempotent, in chunks, safe to run twice at once."""

import frappe
from frappe.utils import add_days, now_datetime

# Referrals closed longer ago are followed by events alone; `bench hub-reconcile` looks at all of them.
WATCH_CLOSED_DAYS = 180


def reconcile_referrals():
	"""Bring every referral that moved to where HRMS says it is, chunk by chunk, each in its own transaction."""
	from referral_hub.referrals import reconciling

	reconciling.run(since=add_days(now_datetime(), -WATCH_CLOSED_DAYS))


def pay_due_rewards():
	"""Pay what is due, each reward in a transaction of its own; what another process is at is left to it."""
	from referral_hub.rewards import payouts, payroll

	payroll.settle()
	frappe.db.commit()
	for reward in payouts.due_rewards():
		_pay_reward(reward)


def pay_rewards_of_referral(referral: str):
	"""Pay what one referral has just earned, without waiting for the hour."""
	from referral_hub.rewards import payouts

	for reward in payouts.due_rewards(referral=referral):
		_pay_reward(reward)


def earn_rewards_by_time():
	"""Earn what was promised for a day that has come, each referral in a transaction of its own."""
	from referral_hub.rewards import earning

	for referral in earning.referrals_with_promises_come_true():
		_in_one_transaction(earning.earn_again, referral)


def follow_salary_slip(slip: str):
	from referral_hub.rewards import payroll

	payroll.follow_slip(slip)


def follow_additional_salary(reward: str, payout: str, user: str):
	from referral_hub.rewards import payroll

	payroll.follow_payout(reward, payout, user)


def _pay_reward(reward: str):
	from referral_hub.rewards import payouts

	_in_one_transaction(payouts.pay_safely, reward)


def _in_one_transaction(step, argument: str, attempts: int = 3):
	"""Commit one step. A deadlock has rolled all of it back: begin again, and in the end leave it to the next run."""
	for _attempt in range(attempts):
		frappe.db.commit()  # also renews the snapshot, so that plain reads see what others committed
		try:
			step(argument)
			frappe.db.commit()
			return
		except (frappe.QueryDeadlockError, frappe.QueryTimeoutError):
			frappe.db.rollback()
		except Exception:
			frappe.db.rollback()
			frappe.log_error(title=f"Referral Hub: {step.__name__}({argument}) failed; the others go on")
			frappe.db.commit()
			return


def send_messages():
	"""Send what waits in the outbox, each message in its own transaction. A deadlock costs nothing: the row is still there."""
	from referral_hub.messages import service

	try:
		service.send_pending(after_each=frappe.db.commit)
	except frappe.QueryDeadlockError:
		frappe.db.rollback()
		service.send_pending(after_each=frappe.db.commit)


def keep_points_heads():
	from referral_hub.points import heads

	heads.keep()
