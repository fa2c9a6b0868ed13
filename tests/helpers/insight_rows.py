"""A company's recruitment in plain rows, for reports: written at once, kept in Python too, so that figures can be counted a second time.

What stands in a row is chance with a seed: a report counts what is there, whether HRMS would have let it come to that or not.
"""

import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

import frappe
import site_factories as hr
from frappe.utils import getdate

from referral_hub.referrals.rules.outcomes import Outcome
from referral_hub.referrals.rules.stages import Stage

REFERRALS, OTHERS, STAFF = 90, 60, 24
SOURCES = ("Hub Board", "Hub Agency", "")
PROGRAMS = ("Hub Insight Campaign", "")
WAITS = "Asked"
_KINDS = (("Cash", "CNY"), ("Cash", "USD"), ("Points", ""), ("Gift", ""))
_waiting: dict[tuple, list[tuple]] = defaultdict(list)
_STATES = (
	"Promised",
	"Due",
	"On Hold",
	"Paid",
	"Paid",
	"Confirmed",
	"Confirmed",
	"Owed",
	"Clawed Back",
	"Void",
)


@dataclass
class Recruitment:
	"""Two companies, three departments, and all that happened; rows as they were written."""

	first: str
	second: str
	departments: dict[str, str] = field(default_factory=dict)
	openings: dict[str, dict] = field(default_factory=dict)
	referrals: list[dict] = field(default_factory=list)
	applicants: list[dict] = field(default_factory=list)
	interviews: list[dict] = field(default_factory=list)
	offers: list[dict] = field(default_factory=list)
	employees: list[dict] = field(default_factory=list)
	staff: list[dict] = field(default_factory=list)
	promotions: list[dict] = field(default_factory=list)
	events: list[dict] = field(default_factory=list)
	rewards: list[dict] = field(default_factory=list)
	entries: list[dict] = field(default_factory=list)


def make(seed: int = 7) -> Recruitment:
	"""Write it all; today's date decides what is a year ago."""
	chance, today = random.Random(seed), getdate()
	made = Recruitment(_company("Insight One"), _company("Insight Two"))
	for company, name in ((made.first, "North"), (made.first, "South"), (made.second, "East")):
		made.departments[name] = _row(
			"Department", f"{hr.unique(name)}", department_name=name, company=company, lft=0, rgt=0
		)
	for name, department in made.departments.items():
		company = made.second if name == "East" else made.first
		opening = {"designation": _designation(name), "department": department, "company": company}
		made.openings[
			_row("Job Opening", hr.unique("HR-OPN"), job_title=f"Post {name}", status="Open", **opening)
		] = opening
	for number in range(STAFF):
		_employ(made, number, chance, today)
	for number in range(REFERRALS):
		_refer(made, number, chance, today)
	for number in range(OTHERS):
		_apply(made, number, chance, today)
	_write()
	return made


def _company(name: str) -> str:
	name = hr.unique(name)
	return _row("Company", name, company_name=name, abbr=name[-6:], default_currency="CNY", country="China")


def _designation(name: str) -> str:
	name = hr.unique(f"Post {name}")
	return _row("Designation", name, designation_name=name)


def _employ(made: Recruitment, number: int, chance: random.Random, today: date) -> None:
	"""Somebody who may refer; every sixth has left."""
	name = list(made.departments)[number % 3]
	row = {
		"employee_name": f"Colleague {number}",
		"first_name": "Colleague",
		"company": made.second if name == "East" else made.first,
		"department": made.departments[name],
		"date_of_joining": "2015-01-05",
		"status": "Left" if number % 6 == 5 else "Active",
		"lft": 0,
		"rgt": 0,
	}
	row["name"] = _row("Employee", hr.unique("EMP"), **row)
	made.staff.append(row)
	if chance.random() < 0.4:
		day = today - timedelta(days=chance.randrange(800))
		promotion = {"employee": row["name"], "promotion_date": day, "docstatus": chance.choice((0, 1, 1))}
		_row("Employee Promotion", hr.unique("PRM"), **promotion)
		made.promotions.append(promotion)


def _refer(made: Recruitment, number: int, chance: random.Random, today: date) -> None:
	opening = chance.choice(list(made.openings))
	submitted = today - timedelta(days=chance.randrange(800))
	stage, outcome = chance.choice(list(Stage)), chance.choice(list(Outcome))
	joined = stage in (Stage.JOINED, Stage.CONFIRMED)
	joined_on = submitted + timedelta(days=chance.randrange(5, 90)) if joined else None
	row = {
		"candidate_name": f"Candidate {number}",
		# a few refer much, some nothing
		"referrer": made.staff[min(int(chance.expovariate(0.15)), STAFF - 1)]["name"],
		"referrer_name": "Colleague",
		"reward_option_by": chance.choice(("Employee", "Time", None)),
		"next_word_due": today + timedelta(days=chance.randrange(-9, 9)) if chance.random() < 0.7 else None,
		"submitted_on": datetime.combine(submitted, time(11)),
		"channel": chance.choice(("Portal", "Link")),
		"job_opening": opening,
		"program": chance.choice(PROGRAMS) or None,
		"stage": stage.value,
		"outcome": outcome.value,
		"joined_on": joined_on,
		"left_on": joined_on + timedelta(days=chance.randrange(600))
		if joined and outcome is Outcome.LEFT
		else None,
		"consent_state": WAITS if chance.random() < 0.1 else "Not Needed",
		**made.openings[opening],
	}
	row["name"] = _row("Referral", hr.unique("REF"), **row)
	made.referrals.append(row)
	applicant = _application(made, row, submitted, referral_hub_referral=row["name"])
	assert applicant
	_tell(made, row, chance)
	if chance.random() < 0.7:
		_reward(made, row, chance, submitted)


def _tell(made: Recruitment, referral: dict, chance: random.Random) -> None:
	"""The receipt, and perhaps some words after it."""
	moment = referral["submitted_on"]
	kinds = ("Stage", "Outcome", "Interview", "Note", "Correction", "Credit")
	for seq in range(1, 1 + chance.choice((1, 1, 2, 3))):
		stage = "Submitted" if seq == 1 else chance.choice(("Submitted", "Screening", "Interviewing"))
		row = {
			"referral": referral["name"],
			"seq": seq,
			"kind": "Stage" if seq == 1 else chance.choice(kinds),
			"stage": stage,
			"recorded_on": moment,
		}
		_row("Referral Event", frappe.generate_hash(length=12), **row)
		made.events.append(row)
		moment += timedelta(days=chance.randrange(1, 20))


def _application(made: Recruitment, of: dict, on: date, **fields) -> str:
	row = {
		"applicant_name": "Somebody",
		"email_id": hr.unique_email("insight"),
		"status": "Open",
		"job_title": of["job_opening"],
		"creation": datetime.combine(on, time(9)),
		**fields,
	}
	row["name"] = _row("Job Applicant", row["email_id"], **row)
	made.applicants.append(row)
	return row["name"]


def _apply(made: Recruitment, number: int, chance: random.Random, today: date) -> None:
	on = today - timedelta(days=chance.randrange(800))
	of = {"job_opening": chance.choice([*made.openings, None])}
	applicant = _application(made, of, on, source=chance.choice(SOURCES) or None)
	if chance.random() < 0.6:
		row = {"job_applicant": applicant, "docstatus": chance.choice((0, 1, 2)), "status": "Pending"}
		made.interviews.append(row | {"name": _row("Interview", hr.unique("INT"), **row)})
	if chance.random() < 0.5:
		row = {"job_applicant": applicant, "docstatus": chance.choice((0, 1, 2))}
		made.offers.append(row | {"name": _row("Job Offer", hr.unique("OFFER"), **row)})
	for _record in range(chance.choice((0, 0, 1, 1, 2))):
		joins = on + timedelta(days=chance.randrange(5, 90))
		left = chance.random() < 0.4
		row = {
			"job_applicant": applicant,
			"employee_name": "Somebody",
			"first_name": "Somebody",
			"company": made.first,
			"date_of_joining": joins,
			"status": "Left" if left else "Active",
			"relieving_date": joins + timedelta(days=chance.randrange(600)) if left else None,
			"lft": 0,
			"rgt": 0,
		}
		made.employees.append(row | {"name": _row("Employee", hr.unique("EMP"), **row)})


def _reward(made: Recruitment, referral: dict, chance: random.Random, on: date) -> None:
	kind, currency = chance.choice(_KINDS)
	state = chance.choice(_STATES)
	paid = state in ("Paid", "Confirmed", "Clawed Back")
	converted = kind == "Cash" and paid and chance.random() < 0.5
	row = {
		"referral": referral["name"],
		"employee": referral["referrer"],
		"employee_name": "Colleague",
		"option": chance.choice(("A", "B", None)),
		"company": referral["company"],
		"milestone": "Joined",
		"share": hr.unique("share"),
		"kind": kind,
		"amount": chance.randrange(1, 50) * 10,
		"currency": currency or None,
		"state": state,
		"due_on": on + timedelta(days=20),
		"paid_on": on + timedelta(days=chance.randrange(40)) if paid else None,
		"paid_amount": chance.randrange(1, 50) * 70 if converted else 0,
		"paid_currency": "CNY" if converted else None,
	}
	if kind == "Points" and state in ("Paid", "Confirmed"):
		entry = {"direction": "In", "points": row["amount"]}
		row |= {"payout_doctype": "Points Ledger Entry"}
		row["payout_name"] = _row("Points Ledger Entry", frappe.generate_hash(length=12), **entry)
		made.entries.append(entry | {"name": row["payout_name"]})
	row["name"] = _row("Referral Reward", frappe.generate_hash(length=10), **row)
	made.rewards.append(row)


def _row(doctype: str, name: str, **values) -> str:
	"""Keep one row with nothing but what is given, to be written with the others of its kind."""
	now = datetime.now()
	row = {"name": name, "owner": "Administrator", "modified_by": "Administrator", "modified": now}
	row |= {"creation": now} | {key: value for key, value in values.items() if key != "name"}
	_waiting[doctype, tuple(row)].append(tuple(row.values()))
	return name


def _write() -> None:
	for (doctype, columns), rows in _waiting.items():
		frappe.db.bulk_insert(doctype, list(columns), rows)
	_waiting.clear()
