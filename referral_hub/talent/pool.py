"""The records of the pool as others write them: typed by HR, matched, called back, credited.

One per person, known by the same keys that say who owns a candidate. HR edits what would fit (skills, wishes, reasons, note); the
person, the source and the state are written here and by `capturing`.
"""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime, nowdate

from referral_hub.referrals.rules.ownership import Candidate, normalise
from referral_hub.referrals.rules.refusal import Refused
from referral_hub.talent import keys, states
from referral_hub.talent.cadence import closing
from referral_hub.talent.capturing import called_back as called
from referral_hub.talent.capturing.recording import kept_until_now
from referral_hub.talent.requests import ending
from referral_hub.talent.rules.requests import APPLIED
from referral_hub.talent.states import IN_POOL, MATCHED

DOCTYPE = keys.DOCTYPE
# what HR edits; everything else is written by the app
_EDITED = frozenset(
	{
		*("skills", "note", "preferred_designation", "preferred_location", "preferences"),
		*("intention", "questions", "reason_given", "reason_text"),
	}
)


class AlreadyInPool(frappe.ValidationError):
	"""Each person has one record."""


class NoPerson(frappe.ValidationError):
	"""What was typed does not say who it is."""


def know(record: Document) -> None:
	"""Give a new record the keys of its person, whoever makes it; refuse somebody who is in the pool already."""
	if record.flags.written_by_the_app:
		return
	person = _typed(Candidate(record.person_name, record.email or None, record.phone or None), record.company)
	hashes = keys.hashes_of(person)
	known = keys.known(person, hashes)
	if known.records:
		link = frappe.utils.get_link_to_form(DOCTYPE, known.records[0])
		frappe.throw(_("This person is in the talent pool already: {0}.").format(link), AlreadyInPool)
	record.update(keys.written(hashes, known.is_number_of_another))
	record.update(
		{
			"may_be_twice": int(known.is_number_of_another or known.may_be_again),
			"state": IN_POOL,
			"state_on": now_datetime(),
			"wecom_contact": None,
			"wecom_corp": None,
		}
	)
	record.captured_on = now_datetime()
	record.happened_on = record.happened_on or nowdate()
	record.consent_until = record.consent_until or kept_until_now()


def keep_the_person(record: Document) -> None:
	"""Who somebody is and where they come from are not typed over: HR edits wishes, reasons and the note."""
	before = record.get_doc_before_save()
	if not before or record.flags.written_by_the_app:
		return
	edited = _EDITED if before.state != states.ANONYMISED else frozenset()
	for field in record.meta.fields:
		if field.fieldname not in edited and field.fieldtype not in frappe.model.no_value_fields:
			record.set(field.fieldname, before.get(field.fieldname))


def matched(referral: str, opening: str) -> None:
	"""The person of this referral has an opening now."""
	known = {"referral": referral, "state": ("!=", states.ANONYMISED)}
	for record, state in frappe.get_all(DOCTYPE, known, ["name", "state"], as_list=True):
		values = _matched_with(opening)
		if state == states.DO_NOT_CONTACT:  # an opening for their application takes back no "no"
			values = {field: values[field] for field in ("job_opening", "matched_on")}
		frappe.db.set_value(DOCTYPE, record, values)
		_stop_asking(record)


def check_may_be_called(record: Document) -> None:
	"""Refuse to make an applicant of somebody who said no, or was forgotten, while HR looked at an older form."""
	states.check_is_somebody(record.state)
	if record.state == states.DO_NOT_CONTACT:
		said = _("This person is not called: {0}.").format(_(record.state, context=DOCTYPE))
		frappe.throw(said, states.SaidNo)


def called_back(record: Document, opening: str, applicant: str | None, referral: Document | None) -> None:
	"""HR made the person of a record an applicant again; a referral that credits somebody is its newest source."""
	values = {**_matched_with(opening), "job_applicant": applicant}
	if referral:
		values |= {"referral": referral.name, "referrer": referral.referrer}
		values |= {"referrer_name": referral.referrer_name}
	record.db_set(values)
	called.mark(applicant)
	_stop_asking(record.name)


def confirm_no_show(record: Document, reason: str, words: str = "") -> None:
	"""HR says that somebody did not come, and why."""
	record.db_set(
		{
			"state": states.IN_POOL,
			"state_on": now_datetime(),
			"reason_given": reason,
			"reason_text": words or record.reason_text,
		}
	)


def follow_credit(referral: Document) -> None:
	"""Whoever is credited with the referral now is the referrer of the record too."""
	values = {"referrer": referral.referrer, "referrer_name": referral.referrer_name}
	frappe.db.set_value(DOCTYPE, {"referral": referral.name}, values)
	frappe.db.set_value(DOCTYPE, {"first_referral": referral.name}, "first_referrer", referral.referrer)


def _stop_asking(record: str) -> None:
	closing.stop(record, _("There is an opening for this person now."))
	ending.follow(record, APPLIED)


def _matched_with(opening: str) -> dict:
	now = now_datetime()
	return {"state": MATCHED, "state_on": now, "job_opening": opening, "matched_on": now}


def _typed(typed: Candidate, company: str | None) -> Candidate:
	try:
		return normalise(typed, keys.region_of(company))
	except Refused as refused:
		words = _("Please check name, e-mail and phone: at least one of e-mail and phone is needed.")
		raise NoPerson(words) from refused
