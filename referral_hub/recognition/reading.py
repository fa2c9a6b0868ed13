"""Reads what people's referrals have come to, and what is kept of them: some people at once, a few queries. Writes nothing."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

import frappe
from frappe.utils import getdate

from referral_hub.people import employments
from referral_hub.recognition.rules.done import Referred, referred
from referral_hub.referrals.rules import stays

RECOGNITION, AWARD, REFERRAL = "Referral Recognition", "Recognition Award", "Referral"
HELD, REVOKED = "Held", "Revoked"
REWARD, RULE, HR = "Reward", "Rule", "HR"
KEPT = (
	*("name", "employee", "employee_name", "company", "department", "level", "level_since", "held_until"),
	*("former_level", "training_priority", "promotion_priority", "score", "volume_part", "hires_part"),
	*("staying_part", "speed_part", "referrals", "ended", "hires", "stayed", "left_early"),
)


@dataclass
class Known:
	"""One person: all their Employee records, what their referrals came to, what is kept of it, and their awards."""

	records: list[str]
	people: list[Referred] = field(default_factory=list)
	kept: list = field(default_factory=list)
	awards: list = field(default_factory=list)
	standings: list = field(default_factory=list)
	# what rewards have brought, by the first day of a month
	points: dict[date, int] = field(default_factory=dict)
	is_here: bool = False


def known(records: dict[str, list[str]], months: int, today: date) -> dict[str, Known]:
	"""Return what is known of some people, each named by one record and with all of theirs. Three queries."""
	found = {person: Known(names) for person, names in records.items()}
	person_of = {name: person for person, names in records.items() for name in names}
	names = [*person_of]
	for row in _referrals(names):
		read = _read(row, months, today)
		if read:
			found[person_of[row.referrer]].people.append(read)
	for row in frappe.get_all(
		RECOGNITION, {"employee": ("in", names)}, KEPT, order_by="creation asc, name asc"
	):
		found[person_of[row.employee]].kept.append(row)
	for row in awards_of(names):
		found[person_of[row.employee]].awards.append(row)
	return found


def awards_of(names: Collection[str]) -> list:
	fields = [
		"name",
		"employee",
		"badge",
		"state",
		"given_by",
		"awarded_on",
		"revoked_by",
		"counts",
		"at_least",
	]
	fields += ["valid_until", "visibility", "reason", "revoked_on", "revoked_because"]
	found = {"employee": ("in", [*names])}
	return frappe.get_all(AWARD, found, fields, order_by="awarded_on asc, creation asc") if names else []


def everybody() -> dict[str, list[str]]:
	"""Return whoever has referred somebody or is kept here, by the record that stands for them, with all their records."""
	stands_for = employments.persons()
	records: dict[str, set[str]] = {}
	for name, person in stands_for.items():
		records.setdefault(person, {person}).add(name)
	named = frappe.get_all(REFERRAL, pluck="referrer", distinct=True, order_by=None)
	named += frappe.get_all(RECOGNITION, pluck="employee", distinct=True, order_by=None)
	people = {stands_for.get(name, name) for name in named if name}
	return {person: sorted(records.get(person, {person})) for person in sorted(people)}


def _referrals(names: Collection[str]) -> Iterable:
	"""Read who was really recommended: not those merely invited, nor those who have not agreed yet."""
	Referral = frappe.qb.DocType(REFERRAL)
	columns = ("referrer", "submitted_on", "outcome", "stage_changed_on", "joined_on", "stays", "department")
	query = (
		frappe.qb.from_(Referral)
		.select(*columns)
		.where(Referral.referrer.isin([*names]) & (Referral.stage != "Invited"))
		.where((Referral.disabled == 0) | Referral.erased_on.isnotnull())
	)
	return query.run(as_dict=True) if names else ()


def _read(row, months: int, today: date) -> Referred | None:
	return referred(
		getdate(row.submitted_on),
		row.outcome,
		getdate(row.stage_changed_on) if row.stage_changed_on else None,
		getdate(row.joined_on) if row.joined_on else None,
		stays.read(row.stays),
		months,
		today,
		row.department,
	)
