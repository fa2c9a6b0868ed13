"""Writes what was found as the one record of a person: makes it, or brings it up to date where the source is news.

A record says where its person stands now. An older source never overwrites a newer one; whoever said "do not contact me" stays so.
"""

import frappe
from frappe.model.document import Document
from frappe.utils import cint, getdate, now_datetime, nowdate

from referral_hub import kept as kept_by_the_app
from referral_hub.forgotten import journal
from referral_hub.referrals.rules.outcomes import NEVER_MEANT
from referral_hub.referrals.rules.ownership import Candidate
from referral_hub.talent import keys, states
from referral_hub.talent.capturing.facts import Found
from referral_hub.talent.capturing.merging import merge
from referral_hub.talent.rules.reasons import Kept, best_rating, kept_until

DOCTYPE = keys.DOCTYPE


def keep(found: Found, why: Kept, note: str = "", is_news: bool = False) -> str | None:
	"""Keep the person of an applicant; return their one record, None for who can't be reached or was forgotten since.

	`is_news`: whoever calls has just learned it; else the newer source stays.
	"""
	person = person_of(found)
	hashes = keys.hashes_of(person)
	if not (person.name and any(hashes.values())):
		return None
	if is_forgotten(found, why, hashes):
		return None
	names = keys.records_of(hashes)
	record = frappe.get_doc(DOCTYPE, names[0], for_update=True) if names else frappe.new_doc(DOCTYPE)
	merge(record, names[1:])
	values = _archived(found)
	if is_news or _is_news(record, found, why):
		values |= _source(record, person, found, why)
	values |= {key: value for key, value in hashes.items() if value}
	values |= _why(found)
	words = note or ("" if names or not found.referral else found.referral.note)
	values["note"] = "\n".join(filter(None, (record.note, words))) or None
	if len(names) == 1 and _says_already(record, values):
		return record.name
	record.update(values)
	return _write(record)


def is_forgotten(found: Found, why: Kept, hashes: dict) -> bool:
	"""Say whether the person was forgotten after all this: what is older never brings them back."""
	forgotten = journal.since(hashes.values())
	if not forgotten:
		return False
	moments = [found.applicant.creation, found.referral.submitted_on if found.referral else None]
	if forgotten.extent == journal.POOL:  # the pool's time was up: what happened since is another matter
		moments.append(why.happened_on)
	return all(journal.is_older(moment, forgotten.forgotten_on) for moment in filter(None, moments))


def kept_until_now() -> object:
	settings = frappe.get_cached_doc("Referral Hub Settings")
	chosen, usual = settings.talent_pool_days, settings.meta.get_field("talent_pool_days").default
	return kept_until(getdate(nowdate()), cint(usual if chosen is None else chosen))


def _says_already(record: Document, values: dict) -> bool:
	return all((record.get(field) or None) == (value or None) for field, value in values.items())


def _write(record: Document) -> str:
	with kept_by_the_app.writing(record):
		record.flags.ignore_links = True
		record.save(ignore_permissions=True)
	return record.name


def person_of(found: Found) -> Candidate:
	"""Return who it is: as the referrer told it, else as HRMS has it."""
	row, referral = found.applicant, found.referral
	if referral:
		return Candidate(referral.candidate_name, referral.candidate_email, referral.candidate_phone)
	return keys.read(row.applicant_name, row.email_id, row.phone_number, keys.region_of(found.company))


def _is_news(record: Document, found: Found, why: Kept) -> bool:
	"""Say whether this source is newer than what the record was made from."""
	if record.is_new():
		return True
	if record.job_applicant == found.applicant.name:
		is_confirmed = record.state == states.PROPOSED and not why.is_proposed
		return record.reason != why.reason or is_confirmed
	if record.happened_on and why.happened_on:
		return getdate(why.happened_on) > getdate(_standing_since(record))
	return True


def _standing_since(record: Document):
	return max(getdate(record.happened_on), getdate(record.state_on or record.happened_on)) if (
		record.state == states.HIRED
	) else record.happened_on  # fmt: skip


def _source(record: Document, person: Candidate, found: Found, why: Kept) -> dict:
	row, referral = found.applicant, found.referral
	values = {
		"person_name": person.name,
		"email": person.email or record.email,
		"phone": person.phone or record.phone,
		"resume": row.resume_attachment or None,
		"reason": why.reason,
		"happened_on": why.happened_on,
		"captured_on": now_datetime(),
		"company": found.company,
		"job_applicant": row.name,
		"job_opening": None,
		"consent_until": kept_until_now(),
		"state_reason": None if record.state != states.DO_NOT_CONTACT else record.state_reason,
	}
	values |= _state(record, why)
	return values | (_referred(record, referral) if referral else {})


def _state(record: Document, why: Kept) -> dict:
	if record.state == states.DO_NOT_CONTACT:
		return {}
	return {
		"state": states.PROPOSED if why.is_proposed else states.IN_POOL,
		"state_on": now_datetime(),
	}


def _referred(record: Document, referral) -> dict:
	"""Who referred them first stays on the record, unless that referral turned out not to count."""
	values = {
		"referral": referral.name,
		"referrer": referral.referrer,
		"referrer_name": referral.referrer_name,
		"consent_purpose": referral.consent_text,
		"consent_state": "Given" if referral.consent_state == "Given" else "Not Asked",
	}
	first = record.first_referral
	if first and frappe.db.get_value("Referral", first, "outcome") not in NEVER_MEANT:
		return values
	return values | {
		"first_referral": referral.name,
		"first_referrer": referral.referrer,
		"first_referred_on": getdate(referral.submitted_on),
	}


def _archived(found: Found) -> dict:
	"""What can be filtered by; the rest is read from HRMS when somebody looks."""
	row, rounds = found.applicant, found.ended.rounds
	values = {
		"applied_for": row.job_title,
		"designation": row.designation,
		"expected_pay_from": row.lower_range or 0,
		"expected_pay_to": row.upper_range or 0,
		"pay_currency": row.currency,
		"interview_rating": best_rating(rounds),
		"interview_rounds": len(rounds),
	}
	return {field: value for field, value in values.items() if value}


def _why(found: Found) -> dict:
	"""Return the reason from the list and in words, where HRMS or the referral says one."""
	row, referral = found.applicant, found.referral
	values = {
		"reason_given": row.referral_hub_reason or (referral.closed_reason if referral else None),
		"reason_text": row.referral_hub_hint,
	}
	return {field: value for field, value in values.items() if value}
