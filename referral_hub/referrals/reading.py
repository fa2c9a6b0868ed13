"""An employee's own referrals, read for the portal: each look-up filters by the employee, so nobody reads another's.

Constant number of queries, whatever the number of referrals. Changes nothing.
"""

import frappe
from frappe.query_builder import Order
from frappe.query_builder.functions import Count

from referral_hub.referrals.rules.next_step import STILL_MOVING

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
	"stage",
	"outcome",
	"stage_changed_on",
	"next_interview_on",
	"offered_on",
	"joined_on",
	"confirmed_on",
	"left_on",
	"terms",
)


def find(name: str | None, employee: str) -> frappe._dict | None:
	"""Return this employee's referral, or None: the same for another's and for one that does not exist."""
	rows = _read(employee, {"name": name}, 0, 1) if name else []
	return rows[0] if rows else None


def mine(
	employee: str, *, is_open: bool | None = None, start: int = 0, limit: int = 20
) -> list[frappe._dict]:
	"""Return this employee's referrals, the ones that moved last first; open ones, closed ones, or all."""
	return _read(employee, _outcome_filter(is_open), start, limit)


def count(employee: str) -> tuple[int, int]:
	"""Return how many of this employee's referrals are open and how many are closed."""
	Referral = frappe.qb.DocType("Referral")
	rows = (
		frappe.qb.from_(Referral)
		.select(Referral.outcome, Count("*"))
		.where(Referral.referrer == employee)
		.groupby(Referral.outcome)
		.run()
	)
	still_open = sum(number for outcome, number in rows if outcome in STILL_MOVING)
	return still_open, sum(number for _outcome, number in rows) - still_open


def events_of(referral: str) -> list[frappe._dict]:
	"""Return what happened, oldest first, each with the reason and the hint that HR wrote for the referrer."""
	Event = frappe.qb.DocType("Referral Event")
	return _events().where(Event.referral == referral).orderby(Event.seq).run(as_dict=True)


def next_interview(employee: str, now) -> frappe._dict | None:
	"""Return the referral of this employee that has the nearest interview ahead."""
	rows = frappe.get_all(
		"Referral",
		{"referrer": employee, "outcome": "Open", "next_interview_on": (">=", now)},
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
		.select(Referral.candidate_name)
		.where((Referral.referrer == employee) & (Event.recorded_on >= since))
		.where((Event.kind != "Note") & ~((Event.kind == "Stage") & Event.stage.isin(OWN_DOING)))
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
			Reason.reason,
			Reason.reason_zh,
			Reason.hint,
			Reason.hint_zh,
		)
	)


def _outcome_filter(is_open: bool | None) -> dict:
	if is_open is None:
		return {}
	return {"outcome": ("in" if is_open else "not in", sorted(STILL_MOVING))}


def _read(employee: str, filters: dict, start: int, limit: int) -> list[frappe._dict]:
	"""Read referrals with the title of their opening, which may have been deleted since."""
	rows = frappe.get_all(
		"Referral",
		filters=filters | {"referrer": employee},
		fields=list(FIELDS),
		order_by="stage_changed_on desc, creation desc",
		limit_start=start,
		limit_page_length=limit,
	)
	titles = _titles({row.job_opening for row in rows if row.job_opening})
	for row in rows:
		row.opening_title = titles.get(row.job_opening) or row.designation
	return rows


def _titles(openings: set[str]) -> dict[str, str]:
	if not openings:
		return {}
	rows = frappe.get_all("Job Opening", {"name": ("in", sorted(openings))}, ["name", "job_title"])
	return {row.name: row.job_title for row in rows}
