"""Shows HR that a referral which HRMS opened again is about somebody whom another referral has by now.

HR takes back a rejection after the protection window, and a colleague has referred the person since: both go on as HRMS says,
because HR works with both applicants. One person has one owner, so who is credited is HR's to decide, and HR is told at once.
Called by `following`, with the Referral's row locked; a referral closed here is refused instead (`closing.reopen`).
"""

import frappe
from frappe import _

from referral_hub.referrals.consent import office
from referral_hub.referrals.making import ownership
from referral_hub.referrals.rules.outcomes import Outcome
from referral_hub.referrals.rules.ownership import Candidate
from referral_hub.referrals.rules.stages import State

_GOES_ON = frozenset({Outcome.OPEN, Outcome.HIRED})


def look(row, before: State, after: State) -> None:
	"""Give HR a task where a referral that had ended goes on, beside another one about the same person."""
	if before.outcome in _GOES_ON or after.outcome not in _GOES_ON or row.erased_on:
		return
	candidate = Candidate(row.candidate_name, row.candidate_email, row.candidate_phone)
	if others := ", ".join(ownership.under_way(row.name, candidate)):
		row.add_comment("Comment", text=_("Goes on again in HRMS, as {0} does: one person.").format(others))
		task = _("{0} goes on again in HRMS, and {1} is about the same person. Decide who is credited.")
		user = frappe.db.get_value("Employee", row.referrer, "user_id")
		office.give_task(row, task.format(row.name, others), besides=user)
