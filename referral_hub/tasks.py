"""Scheduler entry points: idempotent, in chunks, safe to run twice at once."""


def reconcile_referrals():
	from referral_hub.referrals import service

	service.reconcile()


def pay_due_rewards():
	from referral_hub.rewards import service

	service.pay_due()


def send_messages():
	from referral_hub.messages import service

	service.send_pending()


def keep_points_heads():
	from referral_hub.points import heads

	heads.keep()
