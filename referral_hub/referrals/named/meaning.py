"""Finds the colleague an applicant means by what they wrote. Runs in a job: the guest's answer is the same, and takes as long, either way."""

import frappe

from referral_hub.referrals import policy
from referral_hub.referrals.rules.contacts import InvalidCandidate, clean_phone
from referral_hub.referrals.rules.sources import naming
from referral_hub.referrals.rules.sources.naming import Colleague

_NUMBERS = ("name", "employee_number", "attendance_device_id")
_EMAILS = ("company_email", "user_id", "personal_email")


def find(words: str, company: str | None) -> str | None:
	"""Return the active employee of this company whom the words name, else of any company; None unless it is one."""
	region = policy.region_of(company)
	for filters in ({"company": company}, {}) if company else ({},):
		if employee := naming.who_is_meant(words, _colleagues(filters, region), region):
			return employee
	return None


def _colleagues(filters: dict, region: str | None) -> list[Colleague]:
	fields = [*_NUMBERS, *_EMAILS, "employee_name", "cell_number"]
	rows = frappe.get_all("Employee", {"status": "Active", **filters}, fields)
	return [
		Colleague(
			key=row.name,
			name=row.employee_name or "",
			numbers=tuple(filter(None, (row[field] for field in _NUMBERS))),
			emails=tuple(filter(None, (row[field] for field in _EMAILS))),
			phones=_phones(row.cell_number, region),
		)
		for row in rows
	]


def _phones(typed: str | None, region: str | None) -> tuple[str, ...]:
	try:
		phone = clean_phone(typed, region)
	except InvalidCandidate:
		return ()
	return (phone,) if phone else ()
