"""Counts what one employee has referred, for limits, and what is around a new referral, for HR's eye.

Reads only, inside the transaction that makes the referral. Where a program limits anything the employee's row is
locked first, so that two forms sent at once can't both be the last one allowed.
"""

from collections import defaultdict

import frappe
from frappe.core.doctype.file.utils import get_content_hash
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
_NO_JUDGEMENT = tuple(
	outcome.value for outcome in (Outcome.DUPLICATE, Outcome.INELIGIBLE, Outcome.EXPIRED, Outcome.WITHDRAWN)
)


def record_of(employee: str, limits: Limits, locking: bool = False, records: tuple[str, ...] = ()) -> Record:
	"""Return what this employee has open, has referred this month, and how suitable the last decided ones were."""
	records = records or tuple(records_of(employee))
	found = defaultdict(list)
	for what, value in _rows_of(employee, records, limits.quality_sample, locking):
		found[what].append(value)
	[open_ones], [this_month] = found["open"], found["this month"]
	return Record(int(open_ones), int(this_month), tuple(stage in _SUITABLE for stage in found["decided"]))


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
	found = _found_around(employee, records, candidate)
	return Seen(
		in_the_last_hour=1 + int(found["this hour"][0][0]),
		strangers_in_a_row=_strangers_in_a_row(records, relation, note, watch.stranger_limit),
		other_names_for_contact=_other_names(found["name"], candidate),
		other_people_with_resume=_others_with_resume(candidate, resume),
		referred_the_referrer=_is_one_of(found["referrer of referrer"], candidate, region),
		emergency_contact_of=_emergency_contact_of(found["emergency"], candidate, region),
		referrer=employee,
		relation=relation,
		throwaway_email=throwaway.is_shown(candidate.email),
	)


def _rows_of(employee: str, records: tuple[str, ...], sample: int, locking: bool) -> list[tuple]:
	"""Read what the limits look at in one query. The parts run in their order: whoever waits for the employee counts after it."""
	lock = "for update" if locking else ""
	counted = "count(*) from `tabReferral` where referrer in %(records)s and"
	parts = [
		f"select 'open', {counted} outcome = %(open)s {lock}",
		f"select 'this month', {counted} submitted_on >= %(since)s {lock}",
	]
	if locking:
		parts.insert(0, "select 'employee', name from `tabEmployee` where name = %(employee)s for update")
	if sample:
		parts.append(_LAST_DECIDED)
	values = {"open": Outcome.OPEN.value, "since": get_first_day(nowdate()), "sample": sample}
	values |= {"employee": employee, "records": records}
	return frappe.db.sql(
		" union all ".join(f"({part})" for part in parts),
		values | {"suitable": _SUITABLE, "no_judgement": _NO_JUDGEMENT},
	)


_LAST_DECIDED = """select 'decided', stage from `tabReferral`
	where referrer in %(records)s and (outcome != %(open)s or stage in %(suitable)s)
		and outcome not in %(no_judgement)s
	order by submitted_on desc, name desc limit %(sample)s"""


def _found_around(employee: str, records: tuple[str, ...], candidate: Candidate) -> dict[str, list[tuple]]:
	"""Read what is around a new referral, in one query; whatever has the candidate's contact is compared by the rules after."""
	found: dict[str, list[tuple]] = {"this hour": [], "name": [], "referrer of referrer": [], "emergency": []}
	rows = frappe.db.sql(
		_AROUND,
		{
			"employee": employee,
			"records": records,
			"hour_ago": add_to_date(now_datetime(), hours=-1),
			"hashes": [key.hash for key in ownership.keys_of(candidate)],
			"phone_end": candidate.phone[-8:] if candidate.phone else None,
		},
	)
	for what, *values in rows:
		found[what].append(tuple(values))
	return found


_AROUND = """select 'this hour', count(*), null, null from `tabReferral`
	where referrer in %(records)s and submitted_on >= %(hour_ago)s
union all select distinct 'name', referral.candidate_name, null, null
	from `tabCandidate Key` owned join `tabReferral` referral on referral.name = owned.referral
	where owned.key_hash in %(hashes)s
union all select 'referrer of referrer', earlier.personal_email, earlier.company_email, earlier.cell_number
	from `tabReferral` referral join `tabEmployee` earlier on earlier.name = referral.referrer
	where referral.hired_employee = %(employee)s
union all select 'emergency', name, emergency_phone_number, null from `tabEmployee`
	where referral_hub_emergency_end = %(phone_end)s and status = 'Active'"""


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


def _other_names(rows: list[tuple], candidate: Candidate) -> int:
	return len({_plain(name) for name, *_nothing in rows} - {_plain(candidate.name)})


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


def _is_one_of(rows: list[tuple], candidate: Candidate, region) -> bool:
	return any(
		same_email(own, candidate.email)
		or same_email(work, candidate.email)
		or same_phone(cell, candidate.phone, region)
		for own, work, cell in rows
	)


def _emergency_contact_of(rows: list[tuple], candidate: Candidate, region) -> tuple[str, ...]:
	alike = [name for name, phone, _nothing in rows if same_phone(phone, candidate.phone, region)]
	return tuple(sorted(alike))


def _plain(name: str | None) -> str:
	return " ".join((name or "").lower().split())
