"""The program, the opening profile and the settings a referral follows: their defaults, and what they may say."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import frappe
from frappe import _
from frappe.utils import cint, flt

from referral_hub.people.departments import Parents
from referral_hub.referrals.programs.applying import as_program
from referral_hub.referrals.programs.applying import for_referral as for_opening
from referral_hub.referrals.rules import eligibility
from referral_hub.referrals.rules.deciding.cases import Case, Treatment
from referral_hub.referrals.rules.deciding.limits import Limits
from referral_hub.referrals.rules.deciding.program import Place
from referral_hub.referrals.rules.deciding.signals import Watch

_NO_LIMITS = Limits()
_USUAL_WATCH = Watch()


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
	probation_months: int = 3
	pool_credit_days: int = 730
	treatments: Mapping[Case, Treatment] = field(default_factory=dict)
	limits: Limits = _NO_LIMITS
	watch: Watch = _USUAL_WATCH

	@property
	def days_owned(self) -> int:
		"""How long a referral protects: to the end of the window, or until its resume is out of date."""
		return min(filter(None, (self.protection_window_days, self.resume_valid_days)), default=0)


def settings():
	return frappe.get_cached_doc("Referral Hub Settings")


def for_referral(program: str | None, opening: frappe._dict | None, referrer: Place, tree: Parents) -> Policy:
	"""Return the policy of the program that is named, else of the one that applies."""
	return for_program(program or for_opening(opening, referrer, tree))


def for_program(program: str | None) -> Policy:
	"""Return the policy of this program, or of the default one when none is named."""
	name = program or settings().default_program
	if not name:
		return Policy()
	try:
		row = frappe.get_cached_doc("Referral Program", name)
	except frappe.DoesNotExistError:
		frappe.clear_last_message()
		return Policy(eligibility.Program(name, exists=False))
	return Policy(
		program=as_program(row),
		protection_window_days=cint(row.protection_window_days),
		known_applicant_days=cint(row.known_applicant_days),
		resume_valid_days=cint(row.resume_valid_days),
		invitation_days=cint(row.invitation_days),
		consent_first=bool(row.consent_first),
		consent_days=cint(row.consent_days),
		probation_months=cint(row.probation_months),
		pool_credit_days=cint(row.pool_credit_days),
		treatments=_treatments(row.cases),
		limits=Limits(
			open_limit=cint(row.open_limit),
			monthly_limit=cint(row.monthly_limit),
			quality_sample=cint(row.quality_sample),
			quality_share=flt(row.quality_share),
			slowed_limit=cint(row.slowed_limit),
		),
		watch=Watch(cint(row.burst_limit), cint(row.stranger_limit)),
	)


def _treatments(rows) -> dict[Case, Treatment]:
	return {
		Case(row.case): Treatment(bool(row.may_refer), bool(row.may_be_paid), bool(row.flag_to_hr))
		for row in rows
	}


def region_of(company: str | None) -> str | None:
	"""Return the country of a company as phone numbers are dialled there, such as "CN"."""
	country = company and frappe.get_cached_value("Company", company, "country")
	code = country and frappe.get_cached_value("Country", country, "code")
	return code.upper() if code else None


def green_rounds(programs: list[str] | None = None) -> dict[str, list[str]]:
	"""Return the interview rounds that people referred under these programs, or any, may skip: one query."""
	Program, Round = frappe.qb.DocType("Referral Program"), frappe.qb.DocType("Referral Program Round")
	query = (
		frappe.qb.from_(Round)
		.join(Program)
		.on((Program.name == Round.parent) & (Round.parenttype == "Referral Program"))
		.select(Program.name, Round.interview_round)
		.where(Program.green_channel == 1)
		.orderby(Program.name)
		.orderby(Round.idx)
	)
	if programs is not None:
		query = query.where(Program.name.isin(programs or [""]))
	found: dict[str, list[str]] = {}
	for program, name in query.run():
		found.setdefault(program, []).append(name)
	return found


def manager_of(job_opening: str) -> str | None:
	"""Return who asked for this opening, from its Job Requisition."""
	requisition = frappe.db.get_value("Job Opening", job_opening, "job_requisition")
	return frappe.db.get_value("Job Requisition", requisition, "requested_by") if requisition else None


def validate_profile(profile) -> None:
	if cint(profile.required_rounds) < 0:
		frappe.throw(_("The number of interview rounds can't be below 0."))
