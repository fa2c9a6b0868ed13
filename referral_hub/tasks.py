"""Scheduler entry points: idempotent, in chunks, safe to run twice at once."""

import frappe


def reconcile_referrals():
	from referral_hub.referrals import service

	service.reconcile()


def pay_due_rewards():
	from referral_hub.rewards import service

	service.pay_due()


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
