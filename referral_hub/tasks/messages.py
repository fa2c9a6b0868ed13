"""What waits in the outbox is sent."""

from functools import partial

import frappe

from referral_hub.retry import retry_deadlocks


def send_messages():
	"""Send what waits in the outbox, each message in its own transaction. A deadlock costs nothing: the row is still there."""
	from referral_hub.messages import service

	retry_deadlocks(partial(service.send_pending, after_each=frappe.db.commit))
