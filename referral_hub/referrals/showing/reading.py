"""An employee's own referrals, read for the portal: each look-up filters by the employee, so nobody reads another's.

Constant number of queries, whatever the number of referrals. Changes nothing.
"""

from collections.abc import Sequence

import frappe
from frappe.query_builder import Case, Order
from frappe.query_builder.functions import Coalesce, Count

from referral_hub.people.employments import records_of
from referral_hub.referrals.rules.moves import INTERVIEW_OFF
from referral_hub.referrals.rules.outcomes import Outcome

ON_THEIR_WAY, ARRIVED, CLOSED = "On their way", "Arrived", "Closed"
GROUPS = {ON_THEIR_WAY: ("Open",), ARRIVED: ("Hired",)}  # every other outcome is Closed

# what an Interview in HRMS can end with
RESULTS = ("Cleared", "Rejected")

# what the referrer did, which is no news to them
OWN_DOING = ("Submitted", "Invited")
FIELDS = (
	"name",
	"candidate_name",
	"candidate_email",
	"candidate_phone",
	"submitted_on",
	"job_opening",
	"designation",
	"department",
	"company",
	"program",
	"relation",
	"note",
	"resume_name",
	"resume_bytes",
	"stage",
	"outcome",
	"stage_changed_on",
	"next_interview_on",
	"offered_on",
	"joined_on",
	"confirmed_on",
	"left_on",
	"next_word_due",
	"applicant_deleted",
	"terms",
	"channel",
	"consent_state",
	"invited_until",
	"referrer",
	"hired_employee",
	"reward_option",
	"choose_until",
)


def find(name: str | None, employee: str) -> frappe._dict | None:
	"""Return this employee's referral, or None: the same for another's and for one that does not exist."""
	Referral, query = _referrals_of(employee)
	Applicant = frappe.qb.DocType("Job Applicant")
	query = query.left_join(Applicant).on(Applicant.name == Referral.job_applicant)
	query = query.select(Referral.assessment, Applicant.job_title.as_("opening_now"))
	query = query.where(Referral.name == name)
	rows = query.run(as_dict=True) if name else []
	return rows[0] if rows else None


def mine(employee: str, *, group: str | None = None, start: int = 0, limit: int = 20) -> list[frappe._dict]:
	"""Return this employee's referrals: those on their way first, then who arrived, and what moved last first."""
	Referral, query = _referrals_of(employee)
	if group:
		query = query.where(Referral.outcome.isin(GROUPS[group]))
	place = Case()
	for number, outcomes in enumerate(GROUPS.values()):
		place = place.when(Referral.outcome.isin(outcomes), number)
	return (
		query.orderby(place.else_(len(GROUPS)))
		.orderby(Referral.stage_changed_on, order=Order.desc)
		.orderby(Referral.name, order=Order.desc)
		.limit(limit)
		.offset(start)
		.run(as_dict=True)
	)


def count(employee: str, records: Sequence[str] = ()) -> dict[str, int]:
	"""Return how many of this employee's referrals are in each group; `records` of the person, where they are known."""
	rows = frappe.db.sql(
		"select outcome, count(*) from `tabReferral` where referrer in %s group by outcome",
		(tuple(records or records_of(employee)),),
	)
	counts = dict.fromkeys((ON_THEIR_WAY, ARRIVED, CLOSED), 0)
	for outcome, number in rows:
		counts[group_of(outcome)] += number
	return counts


def group_of(outcome: str) -> str:
	return next((group for group, outcomes in GROUPS.items() if outcome in outcomes), CLOSED)


def events_of(referral: str) -> list[frappe._dict]:
	"""Return what happened, oldest first, each with the reason and the hint that HR wrote for the referrer."""
	Event, Referral = frappe.qb.DocType("Referral Event"), frappe.qb.DocType("Referral")
	query = _events().join(Referral).on(Referral.name == Event.referral)
	query = query.select(Referral.invited_until.as_("answer_until"))
	return query.where(Event.referral == referral).orderby(Event.seq).run(as_dict=True)


def keys_of_referred(employee: str, today) -> list[frappe._dict]:
	"""Return what the people are known by whom this employee can't refer again: under way, hired, or not selected within the window.

	A row for each key: key_hash, referral, title, job_opening, and opening_now, which HR may have changed.
	"""
	Key, Referral, Applicant, Opening = map(
		frappe.qb.DocType, ("Candidate Key", "Referral", "Job Applicant", "Job Opening")
	)
	refused = (Referral.outcome == Outcome.NOT_SELECTED.value) & (Key.owned_until >= today)
	return (
		frappe.qb.from_(Referral)
		.join(Key)
		.on(Key.referral == Referral.name)
		.left_join(Applicant)
		.on(Applicant.name == Referral.job_applicant)
		.left_join(Opening)
		.on(Opening.name == Coalesce(Applicant.job_title, Referral.job_opening))
		.select(Key.key_hash, Referral.name.as_("referral"), Referral.job_opening)
		.select(Applicant.job_title.as_("opening_now"))
		.select(Coalesce(Opening.job_title, Referral.designation).as_("title"))
		.where(Referral.referrer.isin(records_of(employee)))
		.where(Referral.outcome.isin((Outcome.OPEN.value, Outcome.HIRED.value)) | refused)
		.orderby(Referral.name)
		.run(as_dict=True)
	)


def next_interview(employee: str, now) -> frappe._dict | None:
	"""Return the referral of this employee that has the nearest interview ahead."""
	rows = frappe.get_all(
		"Referral",
		{"referrer": ("in", records_of(employee)), "outcome": "Open", "next_interview_on": (">=", now)},
		["name", "candidate_name", "next_interview_on"],
		order_by="next_interview_on asc",
		limit_page_length=1,
	)
	return rows[0] if rows else None


def newest_event(employee: str, since) -> frappe._dict | None:
	"""Return the last thing that happened to any of this employee's referrals."""
	Event, Referral = frappe.qb.DocType("Referral Event"), frappe.qb.DocType("Referral")
	rows = (
		_events()
		.join(Referral)
		.on(Referral.name == Event.referral)
		.select(Referral.candidate_name, Referral.invited_until.as_("answer_until"))
		.where((Referral.referrer.isin(records_of(employee))) & (Event.recorded_on >= since))
		.where(
			((Event.kind != "Note") | Event.words.isnotnull() | Event.facts.like(f'%"{INTERVIEW_OFF}"%'))
			& ~((Event.kind == "Stage") & Event.stage.isin(OWN_DOING))
		)
		.orderby(Event.recorded_on, order=Order.desc)
		.orderby(Event.seq, order=Order.desc)
		.limit(1)
		.run(as_dict=True)
	)
	return rows[0] if rows else None


def _events():
	Event, Reason = frappe.qb.DocType("Referral Event"), frappe.qb.DocType("Referral Reason")
	return (
		frappe.qb.from_(Event)
		.left_join(Reason)
		.on(Reason.name == Event.reason)
		.select(
			Event.referral,
			Event.seq,
			Event.kind,
			Event.stage,
			Event.outcome,
			Event.happened_on,
			Event.recorded_on,
			Event.words,
			Event.facts,
			Reason.reason,
			Reason.reason_zh,
			Reason.hint,
			Reason.hint_zh,
		)
	)


def _referrals_of(employee: str):
	"""Start a query over one employee's referrals, each with the title of its opening, which may be gone, and with how
	many of its interviews wait for a result.
	"""
	Referral, Opening = frappe.qb.DocType("Referral"), frappe.qb.DocType("Job Opening")
	query = (
		frappe.qb.from_(Referral)
		.left_join(Opening)
		.on(Opening.name == Referral.job_opening)
		.select(*[Referral[field] for field in FIELDS])
		.select(Coalesce(Opening.job_title, Referral.designation).as_("opening_title"))
		.select(_interviews_without_result(Referral).as_("interviews_without_result"))
		.where(Referral.referrer.isin(records_of(employee)))
	)
	return Referral, query


def _interviews_without_result(Referral):
	"""Count a referral's interviews that were not cancelled and have no result."""
	Interview = frappe.qb.DocType("Interview")
	return (
		frappe.qb.from_(Interview)
		.select(Count("*"))
		.where((Interview.job_applicant == Referral.job_applicant) & (Interview.docstatus < 2))
		.where(Interview.status.notin(RESULTS))
	)
