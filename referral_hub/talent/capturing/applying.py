"""Somebody of the pool applies again without us: they are in HRMS's hands, and nobody is asked to call them, until that has ended.

Looked for among the applicants of whom HRMS wrote something since the last look (`jobs`), and before somebody is asked to call
(`cadence.prompts`); never in the history: an application of long ago that nobody closed says nothing. One of several that are open is enough.
"""

from collections.abc import Iterable

import frappe
from frappe import _, qb
from frappe.model.document import Document
from frappe.utils import add_days, getdate, now_datetime, nowdate

from referral_hub.talent import keys, states
from referral_hub.talent.archive import reading
from referral_hub.talent.cadence import closing, people, planning
from referral_hub.talent.capturing import called_back, facts, recording
from referral_hub.talent.requests import ending
from referral_hub.talent.rules.reasons import (
	ENDED_BY_HAND,
	has_come,
	is_forgotten_by_hr,
	is_taken_back,
	is_under_way_since,
)
from referral_hub.talent.rules.requests import APPLIED

RECORD = keys.DOCTYPE


def follow(applicants: list[str]) -> int:
	"""Match those of the pool who made one of these applications after what brought them here; return how many.

	Where one of these has ended, another that is open matches them.
	"""
	return sum(_follow(found) for found in facts.of(applicants) if not found.is_wanted_gone)


def match_with_open(record: Document) -> bool:
	"""Match somebody of the pool, locked by the caller, with an application of theirs that is open; False where there is none."""
	if record.state not in (states.IN_POOL, states.RESTING):
		return False
	found = _open_one(record, facts.of(reading.applicants_of(record)))
	if found:
		_match(record, found.applicant)
	return found is not None


def matched_by(every: list[facts.Found]) -> dict:
	"""Return what a record says of whom the pool keeps for no end of theirs: matched with the first of these that is open; {} without one."""
	found = _not_forgotten(found for found in every if _is_under_way(found))
	return _matched(found.applicant) if found else {}


def over() -> list[str]:
	"""Return those who are matched with an application that HR has rejected since, or deleted, or whose referral has ended."""
	record, applicant, referral = qb.DocType(RECORD), qb.DocType("Job Applicant"), qb.DocType("Referral")
	query = (
		qb.from_(record).left_join(applicant).on(applicant.name == record.job_applicant).select(record.name)
	)
	query = query.left_join(referral).on(referral.name == applicant.referral_hub_referral)
	query = query.where((record.state == states.MATCHED) & (record.job_applicant != ""))
	is_rejected = (applicant.status == "Rejected") & (applicant.modified >= record.state_on)
	is_over = applicant.name.isnull() | is_rejected | referral.outcome.isin(sorted(ENDED_BY_HAND))
	return query.where(is_over).orderby(record.name).run(pluck=True)


def come_back(names: list[str]) -> int:
	"""Let those whose applications have all ended be called again, from where it was broken off; return how many."""
	return sum(_come_back(states.lock(name)) for name in names)


def _follow(found: facts.Found) -> int:
	moved = 0
	person = recording.person_of(found)
	for name in keys.known(person, keys.hashes_of(person)).records:
		record = states.lock(name)
		if record.state in (states.IN_POOL, states.RESTING) and _is_open(record, found):
			_match(record, found.applicant)
			moved += 1
		else:
			moved += match_with_open(record)
	return moved


def _is_open(record: Document, found: facts.Found) -> bool:
	"""Say whether this application is under way since the record was made; not the one it was made from, but for one opened again."""
	if found.applicant.name == record.job_applicant:
		return _is_opened_again(record, found) and _is_under_way(found)
	return _is_under_way(found, record.happened_on and getdate(record.happened_on))


def _is_under_way(found: facts.Found, since=None) -> bool:
	if found.is_wanted_gone or found.works_here or has_come(found.ended, getdate(nowdate())):
		return False
	return is_under_way_since(found.ended, since)


def _is_opened_again(record: Document, found: facts.Found) -> bool:
	"""Say whether an application a record names came after it, or is the one for whose end somebody was kept, taken back since."""
	if not record.captured_on:
		return False
	if record.matched_on and record.captured_on < record.matched_on:
		return True
	# in HRMS, or on the referral
	moved = max(row.modified for row in (found.applicant, found.referral) if row)
	return record.captured_on < moved and is_taken_back(record.reason, found.ended, getdate(nowdate()))


def _open_one(record: Document, every: list[facts.Found]) -> facts.Found | None:
	return _not_forgotten(found for found in every if _is_open(record, found))


def _not_forgotten(open_ones: Iterable[facts.Found]) -> facts.Found | None:
	today = getdate(nowdate())
	return next((found for found in open_ones if not is_forgotten_by_hr(found.ended, today)), None)


def _match(record: Document, applicant) -> None:
	called_back.mark_new(record, applicant.name)
	record.db_set(_matched(applicant))
	closing.stop(record.name, _("This person applied again."))
	ending.follow(record.name, APPLIED)


def _matched(applicant) -> dict:
	return {"state": states.MATCHED, "state_on": now_datetime(), **_made(applicant)}


def _made(applicant) -> dict:
	opening = applicant.job_title or None
	return {"job_applicant": applicant.name, "job_opening": opening, "matched_on": applicant.creation}


def _come_back(record: Document) -> int:
	if record.state != states.MATCHED:
		return 0
	every, today = facts.of(reading.applicants_of(record)), getdate(nowdate())
	if any(found.works_here or has_come(found.ended, today) for found in every):
		return 0  # hired by another way: the look at that one says so
	if found := _open_one(record, every):
		called_back.mark_new(record, found.applicant.name)
		record.db_set(_made(found.applicant))
		return 0
	since = record.state_on
	states.put(record.name, states.IN_POOL)
	frappe.db.set_value(RECORD, record.name, "job_opening", None, update_modified=False)
	closing.go_on(record.name, since, add_days(today, people.limits(None, today).quiet_days))
	planning.store([record.name])
	return 1
