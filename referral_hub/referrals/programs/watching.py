"""Counts what one employee has referred, for limits, and what is around a new referral, for HR's eye.

Reads only, inside the transaction that makes the referral. Where a program limits anything the employee's row is
locked first, so that two forms sent at once can't both be the last one allowed.
"""

import frappe
from frappe.core.doctype.file.utils import get_content_hash
from frappe.query_builder import Order
from frappe.query_builder.functions import Count
from frappe.utils import add_to_date, get_first_day, now_datetime, nowdate

from referral_hub.people.employments import records_of
from referral_hub.referrals import throwaway
from referral_hub.referrals.making import ownership
from referral_hub.referrals.rules.contacts import same_email, same_phone
from referral_hub.referrals.rules.deciding.limits import Limits, Record
from referral_hub.referrals.rules.deciding.signals import Seen, is_stranger
from referral_hub.referrals.rules.ownership import Candidate
from referral_hub.referrals.rules.resumes.resume import Resume
from referral_hub.referrals.rules.stages import Outcome, Stage

_SUITABLE = tuple(stage.value for stage in Stage if stage.rank >= Stage.INTERVIEWING.rank)
_NO_JUDGEMENT = (Outcome.DUPLICATE, Outcome.INELIGIBLE, Outcome.EXPIRED, Outcome.WITHDRAWN)


def record_of(employee: str, limits: Limits, locking: bool = False, records: tuple[str, ...] = ()) -> Record:
	"""Return what this employee has open, has referred this month, and how suitable the last decided ones were."""
	Referral, records = frappe.qb.DocType("Referral"), records or records_of(employee)
	if locking:
		frappe.db.get_value("Employee", employee, "name", for_update=True)
	mine = frappe.qb.from_(Referral).select(Count("*")).where(Referral.referrer.isin(records))
	open_ones = mine.where(Referral.outcome == Outcome.OPEN.value)
	of_month = mine.where(Referral.submitted_on >= get_first_day(nowdate()))
	return Record(
		open=(open_ones.for_update() if locking else open_ones).run()[0][0],
		this_month=(of_month.for_update() if locking else of_month).run()[0][0],
		suitable=_suitable(records, limits.quality_sample),
	)


def look_around(
	employee: str,
	records: tuple[str, ...],
	candidate: Candidate,
	relation,
	note,
	resume: Resume | None,
	watch,
	region,
) -> Seen:
	return Seen(
		in_the_last_hour=1 + _in_the_last_hour(records),
		strangers_in_a_row=_strangers_in_a_row(records, relation, note, watch.stranger_limit),
		other_names_for_contact=_other_names(candidate),
		other_people_with_resume=_others_with_resume(candidate, resume),
		referred_the_referrer=_referred_the_referrer(employee, candidate, region),
		emergency_contact_of=_emergency_contact_of(candidate, region),
		referrer=employee,
		relation=relation,
		throwaway_email=throwaway.is_shown(candidate.email),
	)


def _suitable(records: list[str], sample: int) -> tuple[bool, ...]:
	if not sample:
		return ()
	Referral = frappe.qb.DocType("Referral")
	decided = (Referral.outcome != Outcome.OPEN.value) | Referral.stage.isin(_SUITABLE)
	rows = (
		frappe.qb.from_(Referral)
		.select(Referral.stage)
		.where(Referral.referrer.isin(records) & decided & Referral.outcome.notin(_NO_JUDGEMENT))
		.orderby(Referral.submitted_on, order=Order.desc)
		.orderby(Referral.name, order=Order.desc)
		.limit(sample)
	).run()
	return tuple(stage in _SUITABLE for (stage,) in rows)


def _in_the_last_hour(records: tuple[str, ...]) -> int:
	since = add_to_date(now_datetime(), hours=-1)
	return frappe.db.count("Referral", {"referrer": ("in", records), "submitted_on": (">=", since)})


def _strangers_in_a_row(records: tuple[str, ...], relation, note, limit: int) -> int:
	if not limit or not is_stranger(relation, note):
		return 0
	rows = frappe.get_all(
		"Referral",
		{"referrer": ("in", records)},
		["relation", "note"],
		order_by="submitted_on desc, name desc",
		limit=limit - 1,
	)
	before = [is_stranger(row.relation, row.note) for row in rows]
	return 1 + (before.index(False) if False in before else len(before))


def _other_names(candidate: Candidate) -> int:
	Key, Referral = frappe.qb.DocType("Candidate Key"), frappe.qb.DocType("Referral")
	hashes = [key.hash for key in ownership.keys_of(candidate)]
	query = frappe.qb.from_(Key).join(Referral).on(Referral.name == Key.referral)
	rows = query.select(Referral.candidate_name).distinct().where(Key.key_hash.isin(hashes)).run()
	return len({_plain(name) for (name,) in rows} - {_plain(candidate.name)})


def _others_with_resume(candidate: Candidate, resume: Resume | None) -> int:
	if not resume:
		return 0
	File, Applicant = frappe.qb.DocType("File"), frappe.qb.DocType("Job Applicant")
	rows = (
		frappe.qb.from_(File)
		.join(Applicant)
		.on((File.attached_to_name == Applicant.name) & (File.attached_to_doctype == "Job Applicant"))
		.select(Applicant.name, Applicant.email_id, Applicant.phone_number)
		.where(File.content_hash == get_content_hash(resume.content))
	).run(as_dict=True)
	return len({row.name for row in rows if not _is_same(row, candidate)})


def _is_same(row, candidate: Candidate) -> bool:
	return same_email(row.email_id, candidate.email) or same_phone(row.phone_number, candidate.phone, None)


def _referred_the_referrer(employee: str, candidate: Candidate, region) -> bool:
	Referral, Employee = frappe.qb.DocType("Referral"), frappe.qb.DocType("Employee")
	rows = (
		frappe.qb.from_(Referral)
		.join(Employee)
		.on(Employee.name == Referral.referrer)
		.select(Employee.personal_email, Employee.company_email, Employee.cell_number)
		.where(Referral.hired_employee == employee)
	).run()
	return any(
		same_email(own, candidate.email)
		or same_email(work, candidate.email)
		or same_phone(cell, candidate.phone, region)
		for own, work, cell in rows
	)


def _emergency_contact_of(candidate: Candidate, region) -> tuple[str, ...]:
	if not candidate.phone:
		return ()
	Employee = frappe.qb.DocType("Employee")
	query = frappe.qb.from_(Employee).select(Employee.name, Employee.emergency_phone_number)
	query = query.where(Employee.referral_hub_emergency_end == candidate.phone[-8:])
	rows = query.where(Employee.status == "Active").orderby(Employee.name).run()
	return tuple(name for name, phone in rows if same_phone(phone, candidate.phone, region))


def _plain(name: str | None) -> str:
	return " ".join((name or "").lower().split())
