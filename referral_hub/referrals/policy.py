"""The program and the settings a referral follows, with their defaults. Reads only."""

from dataclasses import dataclass
from datetime import date

import frappe
from frappe.utils import cint

from referral_hub.referrals.rules import eligibility


@dataclass(frozen=True)
class Policy:
	"""What applies where no program says otherwise."""

	program: eligibility.Program | None = None
	protection_window_days: int = 180
	known_applicant_days: int = 180


def settings():
	return frappe.get_cached_doc("Referral Hub Settings")


def for_program(program: str | None) -> Policy:
	"""Return the policy of this program, or of the default one when none is named."""
	name = program or settings().default_program
	if not name:
		return Policy()
	if not frappe.db.exists("Referral Program", name):
		return Policy(eligibility.Program(name, exists=False))
	row = frappe.get_cached_doc("Referral Program", name)
	return Policy(
		program=eligibility.Program(
			name=row.name,
			enabled=bool(row.enabled),
			company=row.company or None,
			starts_on=_date(row.starts_on),
			ends_on=_date(row.ends_on),
		),
		protection_window_days=cint(row.protection_window_days),
		known_applicant_days=cint(row.known_applicant_days),
	)


def region_of(company: str | None) -> str | None:
	"""Return the country of a company as phone numbers are dialled there, such as "CN"."""
	country = company and frappe.get_cached_value("Company", company, "country")
	code = country and frappe.get_cached_value("Country", country, "code")
	return code.upper() if code else None


def _date(value) -> date | None:
	return frappe.utils.getdate(value) if value else None
