"""Sends candidates links to their own page: to agree first, to be reminded, or to see where they stand.

Only the candidate gets the link; neither the referrer nor HR can agree in their place. Reminders are counted on the
Referral, each goes out once.
"""

import frappe
from frappe.model.document import Document
from frappe.utils import cint, getdate, nowdate

from referral_hub import tokens
from referral_hub.messages import service as messages
from referral_hub.referrals.consent.people import subject_of
from referral_hub.referrals.policy import settings
from referral_hub.referrals.rules.consent import Consent, reminders_due
from referral_hub.referrals.rules.contacts import InvalidCandidate
from referral_hub.referrals.rules.moves import Kind
from referral_hub.referrals.rules.outcomes import Outcome
from referral_hub.referrals.rules.stages import Stage
from referral_hub.referrals.rules.tokens import Purpose

# their landing page asks for agreement itself
_ASKED_BY_THE_INVITATION = "Invite"


def ask_at_start(event: Document, referral: Document) -> None:
	"""Ask the candidate of a referral that has just been made and waits for them."""
	is_start = event.kind == Kind.STAGE and event.stage == Stage.INVITED
	if is_start and _waits(referral):
		_check_can_be_asked(referral)
		_tell("consent_asked", referral, key=referral.name)


def remind(referral: str) -> bool:
	"""Remind once where a reminder is due; say whether one was."""
	row = frappe.get_doc("Referral", referral, for_update=True)
	due = reminders_due(getdate(row.submitted_on), getdate(nowdate()), reminder_days())
	if not _waits(row) or cint(row.consent_reminders) >= due:
		return False
	row.db_set("consent_reminders", due, update_modified=False)
	_tell("consent_reminder", row, key=f"{row.name}:{due}")
	return True


def to_be_reminded() -> list[str]:
	"""Return who is waited for and may need a reminder."""
	first = min(filter(None, reminder_days()), default=0)
	if not first:
		return []
	waiting = {
		"consent_state": Consent.ASKED.value,
		"outcome": Outcome.OPEN.value,
		"consent_reminders": ("<", len(list(filter(None, reminder_days())))),
		"channel": ("!=", _ASKED_BY_THE_INVITATION),
		"submitted_on": ("<", frappe.utils.add_days(nowdate(), 1 - first)),
	}
	return frappe.get_all("Referral", waiting, pluck="name", order_by="name asc")


def reminder_days() -> tuple[int, int]:
	return cint(settings().consent_first_reminder_days), cint(settings().consent_second_reminder_days)


def send_status_link(referral: str) -> bool:
	"""Send the candidate a link to their page; False when they can't be written to."""
	row = frappe.get_doc("Referral", referral)
	return _tell("candidate_status", row, key=f"{row.name}:{frappe.generate_hash(length=10)}")


def link_of(referral: str) -> str:
	"""Return the path of a new link to a candidate's page."""
	days = cint(settings().status_link_days)
	return f"/candidate/{tokens.issue(Purpose.CANDIDATE, *subject_of(referral), days)}"


def revoke_links(referral: str) -> int:
	return tokens.revoke(Purpose.CANDIDATE, subject_of(referral))


def _check_can_be_asked(referral: Document) -> None:
	"""Refuse a referral that waits for somebody we can't write to: they would never know."""
	if not messages.can_reach_candidate(referral.name):
		raise InvalidCandidate("email_needed_to_ask")


def _waits(referral: Document) -> bool:
	return (
		referral.get("consent_state") == Consent.ASKED
		and referral.outcome == Outcome.OPEN
		and referral.channel != _ASKED_BY_THE_INVITATION
	)


def _tell(event: str, referral: Document, key: str) -> bool:
	"""Write the message first: a token is made only for somebody who is told."""
	return messages.tell_candidate(
		event,
		referral,
		key=key,
		link=lambda: link_of(referral.name),
		referrer=referral.referrer_name,
		answer_until_on=referral.invited_until,
	)
