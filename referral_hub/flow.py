"""What follows what, on one screen: a referral moved -> rewards -> messages.

Called by the Referral Event that records the move, inside the transaction of that move.
"""

import frappe

from referral_hub.messages import service as messages
from referral_hub.rewards import service as rewards


def referral_moved(event):
	"""Let everything that depends on a referral follow its new event."""
	referral = frappe.get_doc("Referral", event.referral)
	rewards.earn(referral)
	messages.tell_referrer(event, referral)
