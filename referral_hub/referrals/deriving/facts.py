"""Reads from HRMS what referrals are derived from, for one or for a thousand, in the same number of queries.

Owns no decision: what the facts mean is in `rules/stages.py` and `rules/outcomes.py`. A row that is gone is a fact too.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, time
from typing import NamedTuple

import frappe
from frappe.query_builder import DocType
from frappe.utils import cint

from referral_hub.referrals.deriving.transfers import follow_transfers
from referral_hub.referrals.policy import green_rounds, settings
from referral_hub.referrals.rules.contacts import same_digits, same_name
from referral_hub.referrals.rules.facts import Applicant, Employee, Facts, Interview, Offer
from referral_hub.referrals.rules.outcomes import Outcome

_DEFAULT_PROBATION_MONTHS = 3


class Followed(NamedTuple):
	"""The columns of a Referral its facts depend on."""

	name: str
	job_applicant: str | None
	job_opening: str | None
	program: str | None
	hired_employee: str | None
	closed_as: str | None
	closed_reason: str | None
	outcome: str
	applicant_deleted: int
	candidate_name: str | None
	candidate_phone: str | None


class Masters(NamedTuple):
	"""Small tables, read once per run."""

	reasons: dict[str, str]
	probation_months: dict[str, int]
	required_rounds: dict[str, int]
	green_rounds: dict[str, tuple[str, ...]]
	no_show_grace_days: int


def read_masters() -> Masters:
	reason, program = DocType("Referral Reason"), DocType("Referral Program")
	profile = DocType("Opening Profile")
	return Masters(
		reasons=dict(frappe.qb.from_(reason).select(reason.name, reason.applies_to).run()),
		probation_months=dict(frappe.qb.from_(program).select(program.name, program.probation_months).run()),
		required_rounds=dict(
			frappe.qb.from_(profile)
			.select(profile.job_opening, profile.required_rounds)
			.where(profile.required_rounds > 0)
			.run()
		),
		green_rounds={name: tuple(rounds) for name, rounds in green_rounds().items()},
		no_show_grace_days=cint(settings().no_show_grace_days),
	)


def gather(
	referrals: Iterable[Followed], masters: Masters | None = None, locking: bool = False
) -> dict[str, Facts]:
	"""Return the facts of each referral. `locking` reads what is committed now, not as this transaction began."""
	referrals, masters = list(referrals), masters or read_masters()
	found = _Found([row.job_applicant for row in referrals if row.job_applicant], locking)
	_find_employees_without_applicant(referrals, found, locking)
	follow_transfers(
		found.people(),
		read=lambda names: _read_employees(names, locking),
		run=lambda query: _run(query, locking),
	)
	return {row.name: _facts_of(row, found, masters) for row in referrals}


class _Found:
	"""What HRMS holds, by applicant."""

	def __init__(self, applicants: list[str], locking: bool):
		self.applicants: dict[str, tuple] = {}
		self.interviews = defaultdict(list)
		self.offers = defaultdict(list)
		self.cancelled_declines = defaultdict(int)
		self.onboarding_dates = defaultdict(list)
		self.employees = defaultdict(list)
		# those who were hired by referrals whose applicant is gone, by their own name
		self.hired = defaultdict(list)
		self.assigned: set[str] = set()
		if applicants:
			self._read(applicants, locking)

	def people(self) -> dict[tuple[str, str], list[Employee]]:
		"""Return the employee records of each person, found by their applicant or by their own name."""
		by_applicant = {("Job Applicant", name): records for name, records in self.employees.items()}
		return by_applicant | {("Employee", name): records for name, records in self.hired.items()}

	def _read(self, applicants: list[str], locking: bool) -> None:
		for name, *values in _run(_applicants(applicants), locking):
			self.applicants[name] = values
		for applicant, name, round_name, status, day, at in _run(_interviews(applicants), locking):
			self.interviews[applicant].append(Interview(round_name, status, _moment(day, at), name))
		for applicant, docstatus, status, offered_on, joining_on in _run(_offers(applicants), locking):
			if docstatus == 2:
				self.cancelled_declines[applicant] += 1
			else:
				self.offers[applicant].append(Offer(docstatus == 1, status, offered_on, joining_on))
		for applicant, joining_on in _run(_onboardings(applicants), locking):
			self.onboarding_dates[applicant].append(joining_on)
		for applicant, *values in _run(_employees("job_applicant", applicants), locking):
			self.employees[applicant].append(Employee(*values))
		self.assigned = {name for (name,) in _run(_assignments(applicants), locking)}


def _facts_of(row: Followed, found: _Found, masters: Masters) -> Facts:
	of_hrms = _of_hrms(row, found, masters) if not _is_gone(row, found) else _left_behind(row, found)
	return Facts(
		**of_hrms,
		closed_as=row.closed_as or None,
		closed_reason=row.closed_reason or None,
		required_rounds=masters.required_rounds.get(row.job_opening, 0),
		green_rounds=masters.green_rounds.get(row.program, ()),
		probation_months=masters.probation_months.get(row.program, _DEFAULT_PROBATION_MONTHS),
		no_show_grace_days=masters.no_show_grace_days,
	)


def _of_hrms(row: Followed, found: _Found, masters: Masters) -> dict:
	"""Return what HRMS holds about the person this referral follows."""
	credited = _credited(row, found)
	was_elsewhere = row.outcome == Outcome.DUPLICATE and not row.closed_as
	return {
		"applicant": _applicant(row, found.applicants.get(row.job_applicant), found, masters),
		"interviews": found.interviews.get(row.job_applicant, ()),
		"offers": found.offers.get(row.job_applicant, ()),
		"cancelled_declines": found.cancelled_declines.get(row.job_applicant, 0),
		"onboarding_dates": found.onboarding_dates.get(row.job_applicant, ()),
		"employees": found.employees.get(row.job_applicant, ()),
		"is_credited_elsewhere": was_elsewhere if credited == "" else credited not in (None, row.name),
		"credit_was_lost": credited == "" and not was_elsewhere,
	}


def _left_behind(row: Followed, found: _Found) -> dict:
	"""Return what can be followed still: the employee they became, and came back as. Who came later under the same name is another's."""
	is_nobodys = row.job_applicant not in found.applicants
	records = [*found.hired.get(row.hired_employee, ())]
	if is_nobodys:
		records += found.employees.get(row.job_applicant, ())
	return {
		"applicant_is_gone": True,
		"employees": list({record.name: record for record in records}.values()),
	}


def _is_gone(row: Followed, found: _Found) -> bool:
	"""Say whether HR deleted the applicant. HRMS names applicants by e-mail, so another may bear the name by now.

	One who was entered again lets an open referral go on, unless they are another referral's, or a stranger by name and phone.
	"""
	credited = _credited(row, found)
	if credited is None or _is_stranger(row, found):
		return bool(row.job_applicant)
	if not row.applicant_deleted:
		return False
	return credited != row.name and (bool(credited) or row.outcome != Outcome.OPEN)


def _is_stranger(row: Followed, found: _Found) -> bool:
	"""Say whether the applicant of an open referral names none, and neither their name nor their phone is the candidate's."""
	if row.outcome != Outcome.OPEN or _credited(row, found) != "":
		return False
	*_others, phone, _hint, name = found.applicants[row.job_applicant]
	return not (same_name(name, row.candidate_name) or same_digits(phone, row.candidate_phone))


def _credited(row: Followed, found: _Found) -> str | None:
	"""Return the referral that the applicant of this one names, "" for none; None when there is no such applicant."""
	applicant = found.applicants.get(row.job_applicant)
	return None if applicant is None else applicant[3] or ""


def _applicant(row: Followed, values, found: _Found, masters: Masters) -> Applicant | None:
	if values is None:
		return None
	status, rating, reason, _referral, email, phone, hint, _name = values
	return Applicant(
		status=status,
		is_rated=bool(rating),
		is_assigned=row.job_applicant in found.assigned,
		reason=reason or None,
		reason_applies_to=masters.reasons.get(reason) if reason else None,
		email=email or None,
		phone=phone or None,
		hint=(hint or "").strip() or None,
	)


def _find_employees_without_applicant(referrals: list[Followed], found: _Found, locking: bool) -> None:
	"""Where HR deleted the applicant of somebody hired, go on by the employee."""
	hired = [row.hired_employee for row in referrals if row.hired_employee and _is_gone(row, found)]
	if not hired:
		return
	known = {employee.name: employee for records in found.employees.values() for employee in records}
	for employee in _read_employees(hired, locking):
		found.hired[employee.name].append(known.get(employee.name, employee))


def _read_employees(names: list[str], locking: bool) -> list[Employee]:
	return [Employee(*values) for _name, *values in _run(_employees("name", names), locking)]


def _run(query, locking: bool) -> Iterable[tuple]:
	return (query.for_update() if locking else query).run()


def _applicants(names: list[str]):
	table = DocType("Job Applicant")
	columns = (
		table.name,
		table.status,
		table.applicant_rating,
		table.referral_hub_reason,
		table.referral_hub_referral,
		table.email_id,
		table.phone_number,
		table.referral_hub_hint,
		table.applicant_name,
	)
	return frappe.qb.from_(table).select(*columns).where(table.name.isin(names))


def _interviews(applicants: list[str]):
	table = DocType("Interview")
	columns = (
		table.job_applicant,
		table.name,
		table.interview_round,
		table.status,
		table.scheduled_on,
		table.from_time,
	)
	return _of_applicants(table, applicants, columns)


def _offers(applicants: list[str]):
	table = DocType("Job Offer")
	columns = (
		table.job_applicant,
		table.docstatus,
		table.status,
		table.offer_date,
		table.referral_hub_joining_date,
	)
	declined = table.status == "Rejected"
	return _of_applicants(table, applicants, columns, also_cancelled=declined)


def _onboardings(applicants: list[str]):
	table = DocType("Employee Onboarding")
	return _of_applicants(table, applicants, (table.job_applicant, table.date_of_joining))


def _of_applicants(table, applicants: list[str], columns: tuple, also_cancelled=None):
	"""Read what belongs to these applicants and was not cancelled, or is wanted all the same."""
	counts = table.docstatus != 2
	if also_cancelled is not None:
		counts = counts | also_cancelled
	return frappe.qb.from_(table).select(*columns).where(table.job_applicant.isin(applicants) & counts)


def _employees(field: str, names: list[str]):
	table = DocType("Employee")
	columns = (
		table[field],
		table.name,
		table.status,
		table.date_of_joining,
		table.final_confirmation_date,
		table.relieving_date,
	)
	return frappe.qb.from_(table).select(*columns).where(table[field].isin(names))


def _assignments(applicants: list[str]):
	table = DocType("ToDo")
	return (
		frappe.qb.from_(table)
		.select(table.reference_name)
		.where((table.reference_type == "Job Applicant") & table.reference_name.isin(applicants))
		.where(table.status != "Cancelled")
	)


def _moment(day, at) -> datetime | None:
	return datetime.combine(day, time()) + at if day and at is not None else None
