"""What HR may write in a Referral Program: numbers that make sense, dates in order, departments that exist.

Two programs that contradict each other are allowed (a campaign is copied before the old one is switched off), but HR
is told which of them applies.
"""

from dataclasses import asdict

import frappe
from frappe import _
from frappe.utils import cint, flt

from referral_hub.database import numbers
from referral_hub.referrals.programs import applying
from referral_hub.referrals.rules.deciding import program as rules
from referral_hub.referrals.rules.deciding.cases import DEFAULTS

_NOT_BELOW_ZERO = (
	"probation_months",
	"protection_window_days",
	"known_applicant_days",
	"resume_valid_days",
	"pool_credit_days",
	"points_lifetime_months",
	"open_limit",
	"monthly_limit",
	"quality_sample",
	"burst_limit",
	"stranger_limit",
	"sla_submitted",
	"sla_screening",
	"sla_interviewing",
	"sla_selected",
	"sla_offered",
	"budget_amount",
	"budget_point_value",
)
# what still fits the columns that are added up, and days that calendars have
_LARGEST = {"budget_amount": 100_000_000_000, "budget_point_value": 1_000_000}
_MOST = 100_000
_AT_LEAST_ONE = ("invitation_days", "consent_days")


def fill_cases(program) -> None:
	"""Show HR every case with what holds for it, in a new program and in one a case was taken out of."""
	named = {row.case for row in program.cases}
	for case, treatment in DEFAULTS.items():
		if case not in named:
			program.append(
				"cases", {"case": case.value, **{each: int(on) for each, on in asdict(treatment).items()}}
			)


def validate(program) -> None:
	fill_cases(program)
	program.validate_from_to_dates("starts_on", "ends_on")
	_check_numbers(program)
	_check_budget(program)
	_check_departments(program)
	_check_cases(program)
	_warn_of_contradictions(program)


def _check_numbers(program) -> None:
	numbers.refuse_beyond(program, {field: _LARGEST.get(field, _MOST) for field in _NOT_BELOW_ZERO})
	for fieldname in _AT_LEAST_ONE:
		if cint(program.get(fieldname)) < 1:
			frappe.throw(_("{0} must be at least 1.").format(_label(program, fieldname)))
	if cint(program.quality_sample) and cint(program.slowed_limit) < 1:
		frappe.throw(_("{0} must be at least 1.").format(_label(program, "slowed_limit")))
	if not 0 <= flt(program.quality_share) <= 100:
		frappe.throw(_("{0} must be between 0 and 100.").format(_label(program, "quality_share")))
	if not 0 <= flt(program.budget_warning_percent) <= 100:
		frappe.throw(_("{0} must be between 0 and 100.").format(_label(program, "budget_warning_percent")))
	if flt(program.budget_amount) and not program.budget_currency:
		frappe.throw(_("Please choose the currency of the budget."))


def _check_budget(program) -> None:
	"""What is used is counted while the form is open: the form does not write it back."""
	if program.is_new():
		program.update({"budget_used": 0, "budget_warned_on": None, "budget_without_rate": None})
		return
	counts = ["budget_used", "budget_warned_on", "budget_without_rate"]
	fields = [*counts, "budget_currency"]
	counted = frappe.db.get_value(program.doctype, program.name, fields, as_dict=True, for_update=True)
	if flt(counted.budget_used) and program.budget_currency != counted.budget_currency:
		frappe.throw(_("The budget counts in {0} already.").format(counted.budget_currency))
	program.update({field: counted[field] for field in counts})


def _check_departments(program) -> None:
	"""A department of another company would let nobody in, and nobody would know why."""
	companies = applying.as_program(program).companies
	rows = [*program.departments, *program.opening_departments]
	for department in {row.department for row in rows if row.department} if companies else ():
		company = frappe.db.get_value("Department", department, "company")
		if company and company not in companies:
			frappe.throw(
				_("The department {0} belongs to {1}, which this program is not for.").format(
					department, company
				)
			)


def _check_cases(program) -> None:
	seen = set()
	for row in program.cases:
		if row.case in seen:
			frappe.throw(_("Row {0}: the case {1} is there twice.").format(row.idx, _(row.case)))
		seen.add(row.case)


def _warn_of_contradictions(program) -> None:
	this = applying.as_program(program)
	for other in applying.enabled():
		if rules.contradicts(this, other):
			newer = max(this, other, key=lambda each: (each.made_on, each.name))
			frappe.msgprint(
				_(
					"{0} runs at the same time for the same people. Where both fit, {1} applies, because it is newer."
				).format(frappe.bold(other.name), frappe.bold(newer.name)),
				title=_("Two programs for the same people"),
				indicator="orange",
			)


def _label(program, fieldname: str) -> str:
	return _(program.meta.get_label(fieldname))
