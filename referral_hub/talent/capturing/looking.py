"""Goes through applicants and keeps whoever is worth knowing: one applicant, those that moved since the last look, or all.

Called by the flow (a referral that ended), by the hourly task and by the import of the history. Looking twice changes nothing.
"""

from dataclasses import dataclass
from datetime import datetime

import frappe
from frappe.utils import add_days, cint, flt, getdate, nowdate

from referral_hub.talent import keys
from referral_hub.talent.capturing import facts, recording
from referral_hub.talent.capturing.facts import Found
from referral_hub.talent.rules.reasons import (
	REASONS,
	STARS,
	Keeping,
	Kept,
	gone_since,
	has_come,
	last_day,
	why_kept,
)

# how far back a joining date is looked at by the hourly task: older ones come with the history
_DAYS_OF_NO_SHOWS = 60


@dataclass
class Looked:
	"""What came of a look: who is kept, who was hired, who can't be reached."""

	kept: int = 0
	hired: int = 0
	unreachable: int = 0

	def __add__(self, other: "Looked") -> "Looked":
		return Looked(self.kept + other.kept, self.hired + other.hired, self.unreachable + other.unreachable)


def capture(applicant: str, reason: str, note: str = "") -> str:
	"""Keep the person of an applicant for this reason; return their one record."""
	if reason not in REASONS:
		raise ValueError(f"No such reason: {reason}")
	(found,) = facts.of([applicant])
	return recording.keep(found, Kept(reason, last_day(found.ended)), note, is_news=True)


def look_at(applicants: list[str]) -> Looked:
	"""Keep those of these applicants whom the settings want kept; know who was hired."""
	rules, today, looked = keeping(), getdate(nowdate()), Looked()
	for found in facts.of(applicants):
		_look(found, rules, today, looked)
	return looked


def keeping() -> Keeping:
	settings = frappe.get_cached_doc("Referral Hub Settings")
	return Keeping(
		no_shows=bool(cint(settings.keep_no_shows)),
		declined=bool(cint(settings.keep_declined)),
		withdrawn=bool(cint(settings.keep_withdrawn)),
		silver_medals=bool(cint(settings.keep_silver_medals)),
		good_from=flt(settings.silver_medal_stars) / STARS,
		grace_days=cint(settings.no_show_grace_days),
	)


def moved_since(moment: datetime) -> list[str]:
	"""Return the applicants of whom HRMS wrote something since then, and those who should have come by now."""
	names: set[str] = set()
	names |= set(_changed("Job Applicant", "name", moment))
	for doctype in ("Job Offer", "Interview", "Employee"):
		names |= set(_changed(doctype, "job_applicant", moment))
	return sorted((names | _expected_lately()) - {None, ""})


def _look(found: Found, rules: Keeping, today, looked: Looked) -> None:
	if found.is_wanted_gone:
		return
	if found.works_here or has_come(found.ended, today):
		looked.hired += _hired(found, None if found.works_here else gone_since(found.ended, today))
		return
	why = why_kept(found.ended, rules, today)
	if not why:
		return
	if recording.keep(found, why):
		looked.kept += 1
	else:
		looked.unreachable += 1


def _hired(found: Found, gone_since) -> bool:
	"""Whoever was in the pool and was hired since is not called any more."""
	person = recording.person_of(found)
	known = keys.known(person, keys.hashes_of(person))
	return sum(recording.hire(name, found, gone_since) for name in known.records) > 0


def _changed(doctype: str, field: str, moment: datetime) -> list[str]:
	table = frappe.qb.DocType(doctype)
	query = frappe.qb.from_(table).select(table[field]).where(table.modified >= moment)
	return query.run(pluck=True)


def _expected_lately() -> set[str]:
	"""Return the applicants whose joining date is over: time passes without anybody writing anything.

	Of an offer, of an onboarding, or of an Employee who was made in advance and is not active.
	"""
	days = ("between", [add_days(nowdate(), -_DAYS_OF_NO_SHOWS), nowdate()])
	offers = {"referral_hub_joining_date": days, "docstatus": 1, "status": "Accepted"}
	onboardings = {"date_of_joining": days, "docstatus": ("!=", 2)}
	employees = {"date_of_joining": days, "job_applicant": ("is", "set"), "status": ("!=", "Active")}
	return {
		*frappe.get_all("Employee", employees, pluck="job_applicant"),
		*frappe.get_all("Job Offer", offers, pluck="job_applicant"),
		*frappe.get_all("Employee Onboarding", onboardings, pluck="job_applicant"),
	}
