"""What waits in the outbox is sent; what WeCom tells of its contacts is taken."""

from functools import partial

import frappe

from referral_hub.retry import retry_deadlocks


def send_messages():
	"""Send what waits in the outbox, each message in its own transaction. A deadlock costs nothing: the row is still there."""
	from referral_hub.messages import service

	retry_deadlocks(partial(service.send_pending, after_each=frappe.db.commit))


def hear_wecom(channel: str, event: dict):
	"""Take one event about an external contact: who it is is asked of WeCom, and nothing is kept without consent.

	:param event: fields of WeCom's message; none of them says who the person is.
	"""
	from referral_hub import flow

	retry_deadlocks(partial(flow.hear_wecom, channel, event))
	frappe.db.commit()


def forget_wecom_users():
	"""Who left is nobody in WeCom for us any more."""
	from referral_hub.messages.channels import wecom

	wecom.forget_who_left()
	frappe.db.commit()
