"""Judges the special cases of a referral that is there already: HR found an opening for it, or moved its credit.

What the program says about ties to the opening counts as when somebody is referred; nobody is refused any more, so a
case that may not refer is not paid either. Writes nothing: the caller keeps the values with the referral.
"""

from dataclasses import dataclass

import frappe

from referral_hub.people import employments
from referral_hub.referrals import policy
from referral_hub.referrals.making import decisions
from referral_hub.referrals.programs import ties
from referral_hub.referrals.rules.deciding.cases import Ruling
from referral_hub.referrals.rules.deciding.signals import LATE_TIE

_FAMILY = "Family"
# what the ruling says anew; every other flag is a signal found before, and stays
_RULED_ON = ("case", LATE_TIE)


@dataclass(frozen=True)
class Judged:
	"""What a ruling says about one referral, as its columns."""

	may_be_paid: int
	decision: str
	flagged: int
	flags_data: str

	def values(self) -> dict:
		return vars(self).copy()


def judge(row, employee: str) -> Judged:
	"""Rule on the ties of this employee to the opening of a referral; the signals found when it was made stay."""
	decision = frappe.parse_json(row.decision or "{}")
	told_by = decision.get("relation_told_by") or row.referrer
	is_family = row.relation == _FAMILY and employments.are_one(employee, told_by)
	found = ties.standing_of(employee).to(_opening_of(row), is_family=is_family)
	ruling = ties.ruling_of(found, policy.for_program(row.program))
	flags = _flags(row, ruling)
	return Judged(
		may_be_paid=int(not ruling.unpaid_because),
		decision=frappe.as_json(decision | decisions.cases_of(ruling) | {"relation_told_by": told_by}),
		flagged=int(bool(flags)),
		flags_data=frappe.as_json(flags),
	)


def _opening_of(row):
	if not row.job_opening:
		return None
	return frappe._dict(name=row.job_opening, designation=row.designation, department=row.department)


def _flags(row, ruling: Ruling) -> list[dict]:
	signals = [flag for flag in frappe.parse_json(row.flags_data or "[]") if flag["code"] not in _RULED_ON]
	return decisions.flags_of(ruling, []) + signals
