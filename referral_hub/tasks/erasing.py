"""Whom a backup brought back is forgotten again."""

import frappe

from referral_hub.retry import retry_deadlocks
from referral_hub.tasks.running import one_by_one, says_nothing_of_people


def keep_erasures() -> int:
	"""Forget again whom a restored backup brought back, and keep outside the database who was forgotten; return who is left to HR."""
	from referral_hub import flow
	from referral_hub.forgotten import journal
	from referral_hub.referrals.erasure import again

	frappe.set_user("Administrator")
	one_by_one(flow.forget_again, again.brought_back())
	_forget_contacts_again()
	left = again.settle()
	frappe.db.commit()
	journal.keep()
	return left


@says_nothing_of_people
def _forget_contacts_again() -> None:
	from referral_hub import flow

	retry_deadlocks(flow.forget_contacts_again)
	frappe.db.commit()
