"""Why each of two people who stood in one record is kept: by the newest application that says so, else because HR knows them.

Whoever of them applies just now is in HRMS's hands, as everybody of the pool is.
"""

import frappe
from frappe.model.document import Document
from frappe.utils import getdate, now_datetime, nowdate

from referral_hub.referrals.rules.outcomes import NEVER_MEANT
from referral_hub.talent import states
from referral_hub.talent.capturing import applying, looking, recording
from referral_hub.talent.capturing.facts import Found
from referral_hub.talent.parting import deciding, leaving
from referral_hub.talent.rows import PAY_THEN
from referral_hub.talent.rules.reasons import HAND_PICKED, Kept, last_day, why_kept

# who it is, since when they are kept and until when is told apart elsewhere, or is of both
_OF_BOTH = frozenset({"person_name", "email", "phone", "captured_on", "consent_until"})
_OF_SOURCE = (
	*("resume", "job_applicant", "job_opening", "matched_on", "hired_on", *leaving.ARCHIVED),
	*("reason_given", "reason_text", "referral", "referrer", "referrer_name", *PAY_THEN),
)


def begin(other: Document, record: Document, theirs: list[Found]) -> None:
	"""Say in a new record why the other person is kept; for as long as the one record would have been."""
	other.update(
		{field: record.get(field) for field in ("company", "captured_on", "consent_until", "happened_on")}
	)
	other.update({"reason": HAND_PICKED, "consent_state": deciding.NOT_ASKED})
	_enter(other, states.IN_POOL)
	_tell(other, theirs)
	leaving.count_anew(other)


def go_on(record: Document, own: list[Found], others: list[Found]) -> None:
	"""Let a record say why its own person is kept, and nothing of the other person's, whose applications are `others`."""
	_name_referrals(record, own)
	if not record.job_applicant or record.job_applicant in {found.applicant.name for found in own}:
		leaving.leave(record, own, others)
		return
	record.update(dict.fromkeys(_OF_SOURCE) | {"reason": HAND_PICKED})
	is_silent, decided = (
		record.state == states.DO_NOT_CONTACT,
		{field: record.get(field) for field in deciding.DECIDED},
	)
	why = record.state_reason
	if not is_silent:
		_enter(record, states.IN_POOL)
	_tell(record, own)
	record.update(decided)
	record.state_reason = why if is_silent else None
	leaving.count_anew(record)


def _enter(record: Document, state: str) -> None:
	record.update({"state": state, "state_on": now_datetime()})


def _tell(record: Document, theirs: list[Found]) -> None:
	if not theirs:
		return
	keeping, today = looking.keeping(), getdate(nowdate())
	whys = ((found, why_kept(found.ended, keeping, today)) for found in theirs)
	found, why = next((pair for pair in whys if pair[1]), (theirs[0], None))
	values = recording.sourced(record, found, why or Kept(HAND_PICKED, last_day(found.ended)))
	if not why and record.state != states.DO_NOT_CONTACT:
		values |= applying.matched_by(theirs)
	record.update({field: value for field, value in values.items() if field not in _OF_BOTH})
	_name_referrals(record, theirs)


def _name_referrals(record: Document, theirs: list[Found]) -> None:
	"""Who referred somebody, now and first, did so by an application of theirs."""
	referrals = sorted(
		(found.referral for found in theirs if found.referral), key=lambda each: each.submitted_on
	)
	own = {each.name for each in referrals}
	if _is_of_another(record.referral, own):
		last = referrals[-1] if referrals else frappe._dict()
		record.update({"referral": last.name, "referrer": last.referrer, "referrer_name": last.referrer_name})
	if not _is_of_another(record.first_referral, own):
		return
	first = next((each for each in referrals if each.outcome not in NEVER_MEANT), None)
	record.first_referral = first.name if first else None
	record.first_referrer = first.referrer if first else None
	record.first_referred_on = getdate(first.submitted_on) if first else None


def _is_of_another(referral: str | None, own: set[str]) -> bool:
	"""Say whether a referral is none of this person's; one without an application stays with who stays."""
	is_own = not referral or referral in own
	return not is_own and bool(frappe.db.get_value("Referral", referral, "job_applicant"))
