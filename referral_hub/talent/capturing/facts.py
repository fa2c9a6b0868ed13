"""Reads from HRMS what decides who belongs in the pool, for one applicant or for hundreds, in the same number of queries."""

from collections import defaultdict
from dataclasses import dataclass, field

import frappe
from frappe.utils import getdate

from referral_hub.referrals.rules.contacts import is_reserved
from referral_hub.referrals.rules.ownership import Candidate
from referral_hub.talent.rows import with_values
from referral_hub.talent.rules.identity import may_be
from referral_hub.talent.rules.reasons import Ended, Hired, Offered, Round

_OF_APPLICANT = (
	*("name", "applicant_name", "email_id", "phone_number", "status", "job_title", "designation"),
	*("creation", "modified"),
	"referral_hub_phone_end",
	*("lower_range", "upper_range", "currency", "resume_attachment"),
	*("referral_hub_reason", "referral_hub_hint", "referral_hub_referral"),
)
_WHOLE_END = 8  # how many digits of a number the database keeps to look it up
_OF_REFERRAL = (
	*("name", "referrer", "referrer_name", "submitted_on", "outcome", "closed_reason", "note", "company"),
	*("candidate_name", "candidate_email", "candidate_phone", "consent_state", "consent_text"),
	*("erasure_asked_on", "erased_on", "modified"),
)
_OF_OPENING = ("name", "company", "lower_range", "upper_range", "currency", "salary_per")


@dataclass(slots=True)
class Found:
	"""One applicant: their row, how it went, and the referral that brought them, if any."""

	applicant: frappe._dict
	ended: Ended
	company: str | None
	# with what HR writes there of the pay
	opening: frappe._dict | None = None
	referral: frappe._dict | None = None
	works_here: bool = False
	# those that were made from this applicant, under whatever contact they had then
	records: list[str] = field(default_factory=list)

	@property
	def is_wanted_gone(self) -> bool:
		"""The person asked to be forgotten, or said no to being kept."""
		row = self.referral
		return bool(
			row and (row.erased_on or row.erasure_asked_on or row.consent_state in ("Refused", "Withdrawn"))
		)


def of(applicants: list[str]) -> list[Found]:
	"""Return what HRMS holds of these applicants, in their order; who is gone is left out."""
	rows = {row.name: row for row in _applicants(applicants)}
	found = _Rows(list(rows), [row.job_title for row in rows.values() if row.job_title])
	referrals = _named("Referral", (row.referral_hub_referral for row in rows.values()), _OF_REFERRAL)
	reasons = dict(frappe.get_all("Referral Reason", fields=["name", "applies_to"], as_list=True))
	here = _who_works_here(list(rows.values()))
	return [_found(rows[name], found, referrals, reasons, here) for name in applicants if name in rows]


def _records_of(applicants: list[str]) -> dict[str, list[str]]:
	kept = defaultdict(list)
	for row in with_values("Talent Pool Record", "job_applicant", applicants, ["name", "job_applicant"]):
		kept[row.job_applicant].append(row.name)
	return kept


class _Rows:
	"""What hangs on the applicants, by applicant."""

	def __init__(self, names: list[str], openings: list[str]):
		self.rounds, self.offers = defaultdict(list), defaultdict(list)
		self.onboarding_dates, self.employees = defaultdict(list), defaultdict(list)
		self.offering: dict[str, str] = {}
		self.records = _records_of(names)
		for row in _of(names, "Interview", ("status", "scheduled_on", "average_rating")):
			self.rounds[row.job_applicant].append(
				Round(row.status, row.scheduled_on, float(row.average_rating or 0))
			)
		for row in _of(
			names, "Job Offer", ("status", "offer_date", "referral_hub_joining_date", "company"), 1
		):
			self.offers[row.job_applicant].append(
				Offered(row.status, row.offer_date, row.referral_hub_joining_date)
			)
			self.offering[row.job_applicant] = row.company
		for row in _of(names, "Employee Onboarding", ("date_of_joining",)):
			if row.date_of_joining:
				self.onboarding_dates[row.job_applicant].append(row.date_of_joining)
		for row in with_values(
			"Employee",
			"job_applicant",
			names,
			["job_applicant", "status", "date_of_joining", "relieving_date"],
		):
			self.employees[row.job_applicant].append(
				Hired(row.status, row.date_of_joining, row.relieving_date)
			)
		self.openings = _named("Job Opening", openings, _OF_OPENING)


def _found(row, found: _Rows, referrals: dict, reasons: dict, here: set[str]) -> Found:
	referral = referrals.get(row.referral_hub_referral)
	company = referral.company if referral else None
	opening = found.openings.get(row.job_title)
	company = company or (opening and opening.company) or found.offering.get(row.name)
	ended = Ended(
		status=row.status,
		applied_on=getdate(row.creation),
		reason_kind=reasons.get(row.referral_hub_reason),
		outcome=referral.outcome if referral else None,
		offers=tuple(found.offers[row.name]),
		onboarding_dates=tuple(found.onboarding_dates[row.name]),
		employees=tuple(found.employees[row.name]),
		rounds=tuple(found.rounds[row.name]),
	)
	company = company or frappe.defaults.get_global_default("company")
	return Found(row, ended, company, opening, referral, row.name in here, found.records.get(row.name, []))


def _who_works_here(rows: list) -> set[str]:
	"""Return the applicants who are an active employee, by whatever way they came: by e-mail, or by a whole number that is theirs."""
	emails = {row.email_id for row in rows if row.email_id}
	ends = {row.referral_hub_phone_end for row in rows if len(row.referral_hub_phone_end or "") == _WHOLE_END}
	Employee = frappe.qb.DocType("Employee")
	columns = (Employee.personal_email, Employee.company_email, Employee.cell_number)
	columns += (Employee.employee_name, Employee.first_name, Employee.last_name)
	query = frappe.qb.from_(Employee).select(*columns).where(Employee.status == "Active")
	found: list[dict] = []
	for column, wanted in (
		(Employee.personal_email, emails),
		(Employee.company_email, emails),
		(Employee.referral_hub_phone_end, ends),
	):
		found += query.where(column.isin(sorted(wanted))).run(as_dict=True) if wanted else []
	mails = {mail.lower() for row in found for mail in _mails_of(row)}
	return {
		row.name
		for row in rows
		if (row.email_id or "").lower() in mails or any(_has_number_of(row, employee) for employee in found)
	}


def _has_number_of(applicant, employee) -> bool:
	"""Say whether an applicant has the number of an employee, and may be that employee: a neighbour has it too."""
	if not _same_line(_digits(applicant.phone_number or ""), _digits(employee.cell_number or "")):
		return False
	email = None if is_reserved(applicant.email_id) else applicant.email_id
	names = (employee.employee_name, f"{employee.last_name or ''} {employee.first_name or ''}")
	return may_be(Candidate(applicant.applicant_name or "", email), names, _mails_of(employee))


def _mails_of(employee) -> list[str]:
	return [mail for mail in (employee.personal_email, employee.company_email) if mail]


def _same_line(number: str, other: str) -> bool:
	"""Say whether two numbers are one, with or without the country in front."""
	is_whole = min(len(number), len(other)) >= _WHOLE_END
	return is_whole and (number.endswith(other) or other.endswith(number))


def _digits(phone: str) -> str:
	return "".join(character for character in phone if character.isdigit()).lstrip("0")


def _of(names: list[str], doctype: str, fields: tuple[str, ...], docstatus: int | None = None) -> list:
	table = frappe.qb.DocType(doctype)
	query = frappe.qb.from_(table).select(table.job_applicant, *(table[field] for field in fields))
	query = query.where(table.job_applicant.isin(names or [""]))
	counts = table.docstatus == docstatus if docstatus is not None else table.docstatus != 2
	return query.where(counts).run(as_dict=True)


def _applicants(names: list[str]) -> list:
	"""Read below the documents: one of the columns is computed by the database and no field."""
	table = frappe.qb.DocType("Job Applicant")
	query = frappe.qb.from_(table).select(*(table[field] for field in _OF_APPLICANT))
	return query.where(table.name.isin(names or [""])).run(as_dict=True)


def _named(doctype: str, names, fields: tuple[str, ...]) -> dict:
	return {row.name: row for row in with_values(doctype, "name", names, list(fields))}
