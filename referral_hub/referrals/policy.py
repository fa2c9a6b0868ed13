"""The program, the opening profile and the settings a referral follows: their defaults, and what they may say."""

from dataclasses import dataclass

import frappe
from frappe import _
from frappe.utils import cint

from referral_hub.referrals.programs.applying import as_program
from referral_hub.referrals.programs.applying import for_referral as for_opening
from referral_hub.referrals.rules import eligibility


@dataclass(frozen=True)
class Policy:
	"""What applies where no program says otherwise."""

	program: eligibility.Program | None = None
	protection_window_days: int = 180
	known_applicant_days: int = 180
	resume_valid_days: int = 0
	invitation_days: int = 14
	consent_first: bool = False
	consent_days: int = 30

	@property
	def days_owned(self) -> int:
		"""How long a referral protects: to the end of the window, or until its resume is out of date."""
		return min(filter(None, (self.protection_window_days, self.resume_valid_days)), default=0)


def settings():
	return frappe.get_cached_doc("Referral Hub Settings")


def for_referral(program: str | None, opening: str | None, employee: str) -> Policy:
	"""Return the policy of the program that is named, else of the one that applies."""
	return for_program(program or for_opening(opening, employee))


def for_program(program: str | None) -> Policy:
	"""Return the policy of this program, or of the default one when none is named."""
	name = program or settings().default_program
	if not name:
		return Policy()
	if not frappe.db.exists("Referral Program", name):
		return Policy(eligibility.Program(name, exists=False))
	row = frappe.get_cached_doc("Referral Program", name)
	return Policy(
		program=as_program(row),
		protection_window_days=cint(row.protection_window_days),
		known_applicant_days=cint(row.known_applicant_days),
		resume_valid_days=cint(row.resume_valid_days),
		invitation_days=cint(row.invitation_days),
		consent_first=bool(row.consent_first),
		consent_days=cint(row.consent_days),
	)


def region_of(company: str | None) -> str | None:
	"""Return the country of a company as phone numbers are dialled there, such as "CN"."""
	country = company and frappe.get_cached_value("Company", company, "country")
	code = country and frappe.get_cached_value("Country", country, "code")
	return code.upper() if code else None


def manager_of(job_opening: str) -> str | None:
	"""Return who asked for this opening, from its Job Requisition."""
	requisition = frappe.db.get_value("Job Opening", job_opening, "job_requisition")
	return frappe.db.get_value("Job Requisition", requisition, "requested_by") if requisition else None


def validate_profile(profile) -> None:
	if cint(profile.required_rounds) < 0:
		frappe.throw(_("The number of interview rounds can't be below 0."))
