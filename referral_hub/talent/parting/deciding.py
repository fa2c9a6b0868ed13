"""Whose is what was decided: what was agreed to, a no, the wish to be deleted. HR says so; what stands on a person's own referral is theirs anyway."""

from datetime import timedelta

from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime, now_datetime

from referral_hub.talent import states
from referral_hub.talent.capturing.facts import Found

GIVEN, WITHDRAWN, NOT_ASKED = "Given", "Withdrawn", "Not Asked"
DECIDED = ("consent_state", "consent_purpose", "consent_on", "renewal_asked_for")
_WISHED = ("erasure_asked_on", "erasure_due_on")
# the page writes on the referral first, then on the record
_ONE_MOMENT = timedelta(minutes=1)


def decide(record: Document, other: Document, is_of_other: bool) -> None:
	"""Let what was agreed to, a no and the wish to be deleted stand where HR says that they belong."""
	if not is_of_other:
		return
	other.update({field: record.get(field) for field in (*DECIDED, *_WISHED)})
	if record.state == states.DO_NOT_CONTACT:
		_enter(other, record.state, record.state_reason)
		_enter(record, states.IN_POOL)
	record.update(dict.fromkeys((*DECIDED, *_WISHED)) | {"consent_state": NOT_ASKED})


def is_wish_of(record: Document, others: list[Found]) -> bool:
	"""Say whether the wish to be deleted came to a record from the page of the other person's referral: both say the same moment."""
	asked = [found.referral.erasure_asked_on for found in others if found.referral]
	wished = record.erasure_asked_on and get_datetime(record.erasure_asked_on)
	return bool(wished) and any(on and timedelta(0) <= wished - on < _ONE_MOMENT for on in asked)


def heed(record: Document, own: list[Found], others: list[Found]) -> None:
	"""Let nobody call who said no on the page of their own referral, and nobody be taken at the word of the other person's."""
	if any(found.is_wanted_gone for found in own):
		_say_no(record)
	# on a page of the pool, which says when, anybody may have agreed: that HR knows
	is_by_referral = record.consent_state == GIVEN and not record.consent_on
	words = record.consent_purpose
	if is_by_referral and _agreed(others, words) and not _agreed(own, words):
		record.update(dict.fromkeys(DECIDED) | {"consent_state": NOT_ASKED})


def _say_no(record: Document) -> None:
	if record.consent_state == GIVEN:
		record.consent_state = WITHDRAWN
	if record.state not in (states.DO_NOT_CONTACT, states.HIRED):
		_enter(record, states.DO_NOT_CONTACT, _("They said no on the page of their referral."))


def _agreed(applications: list[Found], words: str | None) -> bool:
	referrals = [found.referral for found in applications if found.referral]
	return any(row.consent_state == GIVEN and row.consent_text == words for row in referrals)


def _enter(record: Document, state: str, why: str | None = None) -> None:
	record.update({"state": state, "state_on": now_datetime(), "state_reason": why})
