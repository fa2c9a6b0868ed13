"""Writes what was found as the one record of a person: makes it, or brings it up to date where the source is news.

A record says where its person stands now. An older source never overwrites a newer one; whoever said "do not contact me" stays so.
"""

from datetime import date

import frappe
from frappe.model.document import Document
from frappe.utils import cint, getdate, now_datetime, nowdate

from referral_hub import kept as kept_by_the_app
from referral_hub.forgotten import journal
from referral_hub.referrals.rules.outcomes import NEVER_MEANT
from referral_hub.referrals.rules.ownership import Candidate
from referral_hub.talent import keys, states
from referral_hub.talent.archive import former
from referral_hub.talent.capturing import called_back, ties
from referral_hub.talent.capturing.facts import Found
from referral_hub.talent.capturing.merging import merge
from referral_hub.talent.rows import PAY_THEN, with_values
from referral_hub.talent.rules.reasons import (
	HAND_PICKED,
	OPEN_CHANNEL,
	Hired,
	Kept,
	best_rating,
	kept_until,
	never_arrived,
)

DOCTYPE = keys.DOCTYPE
_OF_NUMBERS = frozenset({"phone_key", "shared_phone_key", "may_be_twice"})


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
	known = keys.known(person, hashes)
	names = known.records or found.records
	record = frappe.get_doc(DOCTYPE, names[0], for_update=True) if names else frappe.new_doc(DOCTYPE)
	numbers, before = known.numbers | {record.phone_key}, former.contacts_of(record)
	merge(record, names[1:])
	is_news = is_news or _is_news(record, found, why)
	values = _source(record, person, found, why) if is_news else {}
	told = _told(person) | _keys(record, known, hashes)
	if is_news or record.job_applicant == found.applicant.name:
		values |= archived(found) | _pay_then(record, found, is_news) | told | why_said(found)
	else:
		values |= _missing(record, told)
	words = note or ("" if names or not found.referral else found.referral.note)
	values["note"] = "\n".join(filter(None, (record.note, words))) or None
	if len(names) != 1 or not _says_already(record, values):
		record.update(values)
		_write(record)
	_remember_former(record, before, person, hashes)
	for number in sorted(numbers - {record.phone_key, None}):
		ties.pass_on(number)
	return record.name


def _keys(record: Document, known: keys.Known, hashes: dict) -> dict:
	"""Return the keys of the person; who comes with a number that somebody else has may be there twice, which HR decides."""
	found = keys.written(hashes, known.is_number_of_another)
	shared = found.get("shared_phone_key")
	is_asked = record.is_new() and known.may_be_again
	if is_asked or (shared and shared != record.shared_phone_key):
		found["may_be_twice"] = 1
	return found


def _remember_former(record: Document, before: list[former.Contact], person: Candidate, hashes: dict) -> None:
	"""Keep what the record said until now, and what this source says, where the record says something else."""
	told = former.contacts_of({**hashes, "email": person.email, "phone": person.phone})
	now = {contact.key_hash for contact in former.contacts_of(record)}
	former.remember(record.name, [each for each in (*before, *told) if each.key_hash not in now])


def sourced(record: Document, found: Found, why: Kept) -> dict:
	"""Return what a record says that is made from this application, as far as it is not who it is."""
	source = _source(record, person_of(found), found, why)
	return source | archived(found) | _pay_then(record, found, True) | why_said(found)


def hire(name: str, found: Found, gone_since=None) -> bool:
	"""Let a record say that its person was hired by this application; False where it did, or is about what came after.

	`gone_since`: the day on which they left again.
	"""
	record = states.lock(name)
	if gone_since and getdate(gone_since) < _known_since(record):
		return False
	if not states.put(name, states.HIRED):
		return False
	if found.ended.employees:
		if _has_followed(record, found):
			called_back.mark(found.applicant.name)
		frappe.db.set_value(DOCTYPE, name, "job_applicant", found.applicant.name, update_modified=False)
	return True


def _has_followed(record: Document, found: Found) -> bool:
	"""Say whether this application was made by somebody who was in the pool, of whom only the hire was seen."""
	if record.state not in (states.IN_POOL, states.RESTING, states.MATCHED) or not record.captured_on:
		return False
	return record.job_applicant != found.applicant.name and found.applicant.creation > record.captured_on


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


def _write(record: Document) -> None:
	with kept_by_the_app.writing(record):
		record.flags.ignore_links = True
		record.save(ignore_permissions=True)


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
	if record.state == states.HIRED:
		return _is_after_leaving(record, why)
	if record.job_applicant == found.applicant.name:
		return record.reason != why.reason or _is_answered_anew(record, why)
	if record.happened_on and why.happened_on:
		return getdate(why.happened_on) > getdate(record.happened_on)
	return True


def _is_answered_anew(record: Document, why: Kept) -> bool:
	"""HR said, of a no-show that was proposed or was none, that it is one; or the day to come was moved and is over too."""
	if record.state not in (states.PROPOSED, states.CLOSED):
		return False
	if not why.is_proposed:
		return True
	is_moved = (
		why.happened_on and record.happened_on and getdate(why.happened_on) > getdate(record.happened_on)
	)
	return bool(record.state == states.CLOSED and is_moved)


def _is_after_leaving(record: Document, why: Kept) -> bool:
	"""Say whether this happened after a hire had left again; without an Employee, after the day on which they were hired."""
	fields = ["status", "date_of_joining", "relieving_date"]
	made = with_values("Employee", "job_applicant", [record.job_applicant], fields)
	came = [Hired(row.status, row.date_of_joining, row.relieving_date) for row in made]
	came = [employee for employee in came if not never_arrived(employee, getdate(nowdate()))]
	if made and not came:
		return True
	if any(employee.status != "Left" for employee in came):
		return False
	days = [employee.leaves_on for employee in came] or [record.happened_on, record.state_on]
	return bool(why.happened_on) and getdate(why.happened_on) > _last(days)


def _known_since(record: Document):
	"""Return the day of what the record is about: what happened, or HR picking or matching the person."""
	days = [record.happened_on, record.matched_on]
	if record.reason in (HAND_PICKED, OPEN_CHANNEL):
		days.append(record.captured_on)
	return _last(days)


def _last(days: list) -> date:
	return max(map(getdate, filter(None, days)), default=date.min)


def _told(person: Candidate) -> dict:
	"""Return who it is and by what they are reached, as far as this source says it."""
	said = {"person_name": person.name, "email": person.email, "phone": person.phone}
	return {field: value for field, value in said.items() if value}


def _missing(record: Document, told: dict) -> dict:
	"""Return what an older source tells of somebody that is not known yet; their number is known by one key or the other."""
	known = {field for field in told if record.get(field)}
	if record.phone_key or record.shared_phone_key:
		known |= _OF_NUMBERS
	return {field: value for field, value in told.items() if field not in known}


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
	}
	if referral.consent_state == "Given":  # who is recommended again without being asked takes nothing back
		values |= {"consent_purpose": referral.consent_text, "consent_state": "Given"}
	first = record.first_referral
	if first and frappe.db.get_value("Referral", first, "outcome") not in NEVER_MEANT:
		return values
	return values | {
		"first_referral": referral.name,
		"first_referrer": referral.referrer,
		"first_referred_on": getdate(referral.submitted_on),
	}


def archived(found: Found) -> dict:
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


def _pay_then(record: Document, found: Found, is_news: bool) -> dict:
	"""Return what the opening said of its pay: as it was when this was kept, whatever HR writes there later."""
	is_asked = found.opening and (is_news or record.applied_for != found.opening.name)
	return pay_then(found) if is_asked else {}


def pay_then(found: Found) -> dict:
	"""Return what the opening of an application says of its pay."""
	opening = found.opening or {}
	return {ours: opening.get(theirs) or None for ours, theirs in PAY_THEN.items()}


def why_said(found: Found) -> dict:
	"""Return the reason from the list and in words, where HRMS or the referral says one."""
	row, referral = found.applicant, found.referral
	values = {
		"reason_given": row.referral_hub_reason or (referral.closed_reason if referral else None),
		"reason_text": row.referral_hub_hint,
	}
	return {field: value for field, value in values.items() if value}
