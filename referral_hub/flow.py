"""What follows what, on one screen: a referral moved -> rewards -> messages.

Called by the Referral that is made, by the Referral Event that records a move and by the Referral Program that is
renamed, inside their transaction.
"""

import frappe

from referral_hub.messages import service as messages
from referral_hub.points import owners
from referral_hub.rewards import service as rewards


def freeze_terms(referral):
	"""Keep what this referral was promised: the terms in force now, whatever becomes of the rules."""
	referral.terms = frappe.as_json(rewards.terms_for(referral))


def referral_moved(event):
	"""Let everything that depends on a referral follow its new event."""
	referral = frappe.get_doc("Referral", event.referral)
	rewards.earn(referral)
	messages.tell_referrer(event, referral)
	messages.tell_candidate_of(event, referral)


def program_renamed(old: str, new: str):
	"""Let the accounts that issue a program's points keep their proof under its new name."""
	owners.follow_program(old, new)
