"""Gathers what eligibility is decided from: the referrer, the opening, and who has the candidate's contact.

Reads only, and only rows that could be the same person: the rules compare normal forms.
"""

from datetime import date, timedelta
from typing import NamedTuple

import frappe
from frappe.utils import cint

from referral_hub.database.prepared import Prepared, given
from referral_hub.people import departments, employments
from referral_hub.people.departments import Parents
from referral_hub.referrals.policy import settings
from referral_hub.referrals.programs import ties
from referral_hub.referrals.rules import eligibility
from referral_hub.referrals.rules.contacts import is_reserved, widest_email_key
from referral_hub.referrals.rules.eligibility import Contact
from referral_hub.referrals.rules.outcomes import ENDED
from referral_hub.referrals.rules.ownership import Candidate, are_two_people

_REFERRER = ("employee_name", "status", "company", "department", "grade", "designation")
_OPENING = (
	"name",
	"job_title",
	"status",
	"closes_on",
	"company",
	"department",
	"designation",
	"employment_type",
)
_PROFILE = ("accepts_referrals", "grade", "difficulty", "urgency")
_EMPLOYEE_EMAILS = ("company_email", "personal_email", "user_id")
_EMPLOYEE_PHONES = ("cell_number",)
# The last digits of a number are the same in every spelling of it.
_DIGITS_COMPARED = 8


class Rows(NamedTuple):
	"""What is read of the employee, the opening and the departments: once, for all that follows from it."""

	employee: frappe._dict | None
	# every Employee record of who refers, this one first
	records: tuple[str, ...]
	opening: frappe._dict | None
	tree: Parents


def rows_of(employee: str, opening: str | None) -> Rows:
	return Rows(
		employee=row_of(employee),
		records=tuple(employments.records_of(employee)),
		opening=opening_row(opening) if opening else None,
		tree=departments.parents(),
	)


def row_of(employee: str) -> frappe._dict | None:
	"""Read all that is asked about the employee who refers, their ties included."""
	return _employee_row.one(employee=employee) if employee else None


@Prepared
def _employee_row():
	Employee = frappe.qb.DocType("Employee")
	fields = sorted({*_REFERRER, *_EMPLOYEE_EMAILS, *_EMPLOYEE_PHONES, *ties.FIELDS})
	query = frappe.qb.from_(Employee).select(*(Employee[field] for field in fields))
	return query.where(Employee.name == given("employee"))


def referrer(employee: str, rows: Rows) -> eligibility.Referrer:
	"""Return who refers. Their contacts are those of every record they have or had."""
	row = rows.employee
	if not row:
		return eligibility.Referrer(employee, exists=False)
	contact = sum(_contacts_of(rows.records[1:]), _contact(row, _EMPLOYEE_EMAILS, _EMPLOYEE_PHONES))
	return eligibility.Referrer(
		employee,
		status=row.status,
		company=row.company,
		contact=contact,
		departments=departments.with_ancestors(row.department, rows.tree),
		grade=row.grade,
		employee_name=row.employee_name,
	)


def _contacts_of(employees: tuple[str, ...]) -> list[Contact]:
	"""Return the contacts of these records; no query for who has but one."""
	fields = [*_EMPLOYEE_EMAILS, *_EMPLOYEE_PHONES]
	rows = frappe.get_all("Employee", {"name": ("in", employees)}, fields) if employees else ()
	return [_contact(row, _EMPLOYEE_EMAILS, _EMPLOYEE_PHONES) for row in rows]


def opening_row(name: str) -> frappe._dict | None:
	"""Read an opening and its profile: all that eligibility, programs and reward rules look at."""
	return _opening_row.one(opening=name)


@Prepared
def _opening_row():
	Opening, Profile = frappe.qb.DocType("Job Opening"), frappe.qb.DocType("Opening Profile")
	query = frappe.qb.from_(Opening).left_join(Profile).on(Profile.job_opening == Opening.name)
	query = query.select(*(Opening[field] for field in _OPENING), *(Profile[field] for field in _PROFILE))
	return query.where(Opening.name == given("opening"))


def opening(name: str, rows: Rows | None = None) -> eligibility.Opening:
	"""Return the opening as eligibility sees it; `rows` are what the caller has read of it."""
	row, tree = (rows.opening, rows.tree) if rows else (opening_row(name), None)
	if not row:
		return eligibility.Opening(name, exists=False)
	return eligibility.Opening(
		name=name,
		status=row.status or "Open",
		closes_on=row.closes_on,
		company=row.company,
		accepts_referrals=accepts_referrals(row.accepts_referrals),
		departments=departments.with_ancestors(
			row.department, departments.parents() if tree is None else tree
		),
	)


def accepts_referrals(said: int | None) -> bool:
	"""Ask the opening's profile; without one, the settings."""
	return bool(cint(settings().openings_accept_referrals if said is None else said))


def colleagues(candidate: Candidate, referrer: str) -> tuple[Contact, ...]:
	"""Return the contacts of active employees who could be the candidate: each look-up by its own index, in one query."""
	columns = ", ".join((*_EMPLOYEE_EMAILS, *_EMPLOYEE_PHONES))
	tests = []
	if candidate.email:
		tests += [f"{name} like %(email)s" for name in _EMPLOYEE_EMAILS]
	if candidate.phone:
		tests.append("referral_hub_phone_end = %(phone)s")
	found = frappe.db.sql(
		" union ".join(
			f"select {columns} from `tabEmployee` where {test} and status = 'Active' and name != %(referrer)s"
			for test in tests
		),
		{**_patterns(candidate), "referrer": referrer},
		as_dict=True,
	)
	return tuple(_contact(row, _EMPLOYEE_EMAILS, _EMPLOYEE_PHONES) for row in found)


def is_theirs(employee: str, candidate: Candidate, region: str | None) -> bool:
	"""Say whether a contact of the candidate is this employee's own."""
	row = row_of(employee)
	return bool(row) and _contact(row, _EMPLOYEE_EMAILS, _EMPLOYEE_PHONES).may_be(candidate, region)


def whose_contact(referrer: str, candidate: Candidate, region: str | None) -> str | None:
	"""Return the signal for a contact that is the referrer's own or another active employee's."""
	if is_theirs(referrer, candidate, region):
		return "own_contact"
	found = colleagues(candidate, referrer)
	return "contact_of_colleague" if any(each.may_be(candidate, region) for each in found) else None


def applicants(
	candidate: Candidate,
	today: date,
	days: int,
	besides: str | None = None,
	records: tuple[str, ...] = (),
	is_themselves: bool = False,
) -> tuple[eligibility.Applicant, ...]:
	"""Return those who applied within `days` and could be the candidate, oldest first.

	Without the applicant `besides`, and those whom one of these employee records had referred, where that has come to its end.
	Where the candidate speaks for themselves, also without somebody else who has the same phone.
	"""
	if not days:
		return ()
	since = today - timedelta(days=days)
	rows = [row for row in _applicants_like(candidate, since) if row.name != besides]
	return tuple(
		eligibility.Applicant(
			row.creation,
			_contact(row, ("email_id",), ("phone_number",)),
			row.name,
			was_referred=bool(row.referral_hub_referral),
		)
		for row in rows
		if not (row.referrer in records and row.outcome in ENDED)
		and not (is_themselves and are_two_people(candidate, _as_candidate(row)))
	)


def newest_applicant(candidate: Candidate, region: str | None) -> str | None:
	"""Return the newest applicant who is this person, however long ago they applied; not one who shares their phone alone."""
	same = [
		row.name
		for row in _applicants_like(candidate)
		if _contact(row, ("email_id",), ("phone_number",)).is_same_person(candidate, region)
		and not are_two_people(candidate, _as_candidate(row))
	]
	return same[-1] if same else None


def _as_candidate(applicant) -> Candidate:
	email = None if is_reserved(applicant.email_id) else applicant.email_id
	return Candidate(applicant.applicant_name, email)


def _applicants_like(candidate: Candidate, since: date | None = None) -> list[frappe._dict]:
	"""Return applicants who could be the candidate, and whose referrals they are, oldest first.

	One query, in it a look-up by index for each contact the candidate has.
	"""
	tests = []
	if candidate.email:
		tests.append("applicant.email_id like %(email)s")
	if candidate.phone:
		tests.append("applicant.referral_hub_phone_end = %(phone)s")
	if not tests:
		return []
	found = frappe.db.sql(
		" union ".join(
			f"""select applicant.name, applicant.applicant_name, applicant.creation, applicant.email_id,
				applicant.phone_number, applicant.referral_hub_referral, referral.referrer, referral.outcome
			from `tabJob Applicant` applicant
			left join `tabReferral` referral on referral.name = applicant.referral_hub_referral
			where {test} and applicant.creation >= %(since)s"""
			for test in tests
		),
		{**_patterns(candidate), "since": since or date.min},
		as_dict=True,
	)
	return sorted(found, key=lambda row: row.creation)


def _patterns(candidate: Candidate) -> dict[str, str | None]:
	"""Return what the look-ups of a candidate's contacts compare with."""
	return {
		"email": _email_pattern(candidate.email) if candidate.email else None,
		"phone": (candidate.phone or "")[-_DIGITS_COMPARED:],
	}


def _email_pattern(email: str) -> str:
	"""Return a LIKE pattern that finds every spelling of one mailbox, and perhaps others."""
	local, _at, domain = widest_email_key(email).rpartition("@")
	if domain == "gmail.com":
		return "%".join(_literal(character) for character in local) + "%@g%mail.com"
	return f"{_literal(local)}%@{_literal(domain)}"


def _literal(text: str) -> str:
	return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _contact(row, emails: tuple, phones: tuple) -> Contact:
	return Contact(
		emails=tuple(row[name] for name in emails if row[name]),
		phones=tuple(row[name] for name in phones if row[name]),
	)
