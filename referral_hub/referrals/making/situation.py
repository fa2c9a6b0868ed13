"""Gathers what eligibility is decided from: the referrer, the opening, and who has the candidate's contact.

Reads only, and only rows that could be the same person: the rules compare normal forms.
"""

from datetime import date, timedelta

import frappe
from frappe.utils import cint

from referral_hub.people import departments
from referral_hub.people.departments import Parents
from referral_hub.referrals.policy import settings
from referral_hub.referrals.programs import ties
from referral_hub.referrals.rules import eligibility
from referral_hub.referrals.rules.contacts import widest_email_key
from referral_hub.referrals.rules.eligibility import Contact
from referral_hub.referrals.rules.outcomes import ENDED
from referral_hub.referrals.rules.ownership import Candidate

_REFERRER = ("employee_name", "status", "company", "department", "grade")
_EMPLOYEE_EMAILS = ("company_email", "personal_email", "user_id")
_EMPLOYEE_PHONES = ("cell_number",)
# The last digits of a number are the same in every spelling of it.
_DIGITS_COMPARED = 8


def row_of(employee: str) -> frappe._dict | None:
	"""Read all that is asked about the employee who refers, their ties included."""
	fields = {*_REFERRER, *_EMPLOYEE_EMAILS, *_EMPLOYEE_PHONES, *ties.FIELDS}
	return frappe.db.get_value("Employee", employee, sorted(fields), as_dict=True) if employee else None


def referrer(
	employee: str, row: frappe._dict | None, tree: Parents, earlier: tuple[str, ...] = ()
) -> eligibility.Referrer:
	"""Return who refers. Their contacts are those of every record they have or had, `earlier` ones included."""
	if not row:
		return eligibility.Referrer(employee, exists=False)
	contact = sum(_contacts_of(earlier), _contact(row, _EMPLOYEE_EMAILS, _EMPLOYEE_PHONES))
	return eligibility.Referrer(
		employee,
		status=row.status,
		company=row.company,
		contact=contact,
		departments=departments.with_ancestors(row.department, tree),
		grade=row.grade,
		employee_name=row.employee_name,
	)


def _contacts_of(employees: tuple[str, ...]) -> list[Contact]:
	"""Return the contacts of these records; no query for who has but one."""
	fields = [*_EMPLOYEE_EMAILS, *_EMPLOYEE_PHONES]
	rows = frappe.get_all("Employee", {"name": ("in", employees)}, fields) if employees else ()
	return [_contact(row, _EMPLOYEE_EMAILS, _EMPLOYEE_PHONES) for row in rows]


def opening(name: str, tree: Parents | None = None) -> eligibility.Opening:
	Opening, Profile = frappe.qb.DocType("Job Opening"), frappe.qb.DocType("Opening Profile")
	query = frappe.qb.from_(Opening).left_join(Profile).on(Profile.job_opening == Opening.name)
	query = query.select(Opening.status, Opening.closes_on, Opening.company, Opening.department)
	rows = query.select(Profile.accepts_referrals).where(Opening.name == name).run(as_dict=True)
	if not rows:
		return eligibility.Opening(name, exists=False)
	row = rows[0]
	return eligibility.Opening(
		name=name,
		status=row.status or "Open",
		closes_on=row.closes_on,
		company=row.company,
		accepts_referrals=_accepts_referrals(row.accepts_referrals),
		departments=departments.with_ancestors(row.department, tree or departments.parents()),
	)


def _accepts_referrals(said: int | None) -> bool:
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
		{
			"email": _email_pattern(candidate.email) if candidate.email else None,
			"phone": (candidate.phone or "")[-_DIGITS_COMPARED:],
			"referrer": referrer,
		},
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
	candidate: Candidate, today: date, days: int, besides: str | None = None, records: tuple[str, ...] = ()
) -> tuple[eligibility.Applicant, ...]:
	"""Return those who applied within `days` and could be the candidate, oldest first.

	Without the applicant `besides`, and those whom one of these employee records had referred, where that has come to its end.
	"""
	if not days:
		return ()
	since = today - timedelta(days=days)
	rows = [row for row in _applicants_like(candidate, since) if row.name != besides]
	over = _over(rows, records)
	return tuple(
		eligibility.Applicant(
			row.creation,
			_contact(row, ("email_id",), ("phone_number",)),
			row.name,
			was_referred=bool(row.referral_hub_referral),
		)
		for row in rows
		if row.referral_hub_referral not in over
	)


def _over(applicants: list[frappe._dict], records: tuple[str, ...]) -> set[str]:
	"""Return the referrals of these applicants that this person made, by any of their records, and that are over."""
	referrals = [row.referral_hub_referral for row in applicants if row.referral_hub_referral]
	filters = {"name": ("in", referrals), "referrer": ("in", records), "outcome": ("in", sorted(ENDED))}
	return set(frappe.get_all("Referral", filters=filters, pluck="name")) if referrals and records else set()


def newest_applicant(candidate: Candidate, region: str | None) -> str | None:
	"""Return the newest applicant who is this person, however long ago they applied."""
	same = [
		row.name
		for row in _applicants_like(candidate)
		if _contact(row, ("email_id",), ("phone_number",)).is_same_person(candidate, region)
	]
	return same[-1] if same else None


def _applicants_like(candidate: Candidate, since: date | None = None) -> list[frappe._dict]:
	"""Return applicants who could be the candidate, oldest first: a look-up by index for each contact they have."""
	table = frappe.qb.DocType("Job Applicant")
	tests = []
	if candidate.email:
		tests.append(table.email_id.like(_email_pattern(candidate.email)))
	if candidate.phone:
		tests.append(table.referral_hub_phone_end == candidate.phone[-_DIGITS_COMPARED:])
	columns = ("name", "creation", "email_id", "phone_number", "referral_hub_referral")
	found = {}
	for test in tests:
		query = frappe.qb.from_(table).select(*(table[column] for column in columns)).where(test)
		query = query.where(table.creation >= since) if since else query
		found |= {row.name: row for row in query.run(as_dict=True)}
	return sorted(found.values(), key=lambda row: row.creation)


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
