"""Why a reward is where it is, in words. The only place that puts a reason code into a sentence.

A reward keeps code and values, so that everybody reads the reason in their own language.
"""

import re
from dataclasses import dataclass, field

from frappe import _

from referral_hub.wording import dates, languages
from referral_hub.wording.counting import counted

DAYS = ("date", "leaves_on")
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Reason:
	"""A reason code with the values its sentence names. Values are never a candidate's personal data."""

	code: str
	values: dict = field(default_factory=dict)

	def __str__(self) -> str:
		return in_words(self.code, self.values)

	def stored(self) -> str:
		"""Return it in the site's language, whoever moves the reward: what lists export is of one language."""
		with languages.speaking_of_site():
			return str(self)

	def as_dict(self) -> dict:
		return {"code": self.code, "values": self.values}


def in_words(code: str | None, values: dict | None = None) -> str:
	"""Return the sentence of a reason in the reader's language."""
	if not code:
		return ""
	values = dict(values or {})
	if values.get("role"):
		values["role"] = _(values["role"])
	values |= {name: _said(values[name]) for name in DAYS if values.get(name)}
	return _sentences(values)[code].format(**values)


def _said(day: str) -> str:
	"""Return a day as the reader says it; those of older rewards were kept in words already."""
	return dates.said(day) if ISO_DAY.fullmatch(day) else day


def _sentences(values: dict) -> dict[str, str]:
	return {
		"credit_moved": _("HR credited somebody else with this referral."),
		"other_chosen": _("Another option was chosen."),
		"fewer_hires": _("Not all of the hires count any more."),
		"stage_back": _("The candidate is no longer at the step this reward is for."),
		"too_early": _("The joining date was moved, so the months are not over yet."),
		"left_early": _("The new colleague left before the months were over."),
		"not_counted": _("The referral does not count, because it was closed as {outcome}."),
		"referrer_inactive": _("The referrer is not an active employee."),
		"hire_left": _("The new colleague no longer works here."),
		"no_component": _("No Salary Component for cash rewards is chosen in Referral Hub Settings."),
		"bonus_in_hrms": _("HRMS's own referral bonus {payout} pays for {form} already."),
		"not_an_earning": _("The Salary Component {component} is disabled or is not an earning."),
		"by_payment_days": _(
			"The Salary Component {component} depends on payment days: a salary slip would not carry the whole amount. Switch that off in it."
		),
		"rounded": _(
			"The Salary Component {component} is rounded to the nearest integer: a salary slip would not carry the exact amount. Switch that off in it."
		),
		"no_deduction_component": _("No Salary Component for deductions is chosen in Referral Hub Settings."),
		"not_a_deduction": _("The Salary Component {component} is disabled or is not a deduction."),
		"no_more_salary": _("{employee} is not an active employee: HRMS makes no more salary for them."),
		"no_structure": _("No Salary Structure is assigned to {employee} on {date}."),
		"comes_to_nothing": _(
			"At the exchange rate of {date}, {promised} comes to nothing in {salary_currency}. Correct the rate in Currency Exchange, or void the reward."
		),
		"kept_already": _(
			"The employee kept {kept} of it before, so that nothing is left to pay. Void the reward: then it is owed, and you can ask it back or write it off."
		),
		"other_currency": _("Payroll pays {employee} in {salary_currency}, not in {currency}."),
		"leaves_before_payroll": _("{employee} leaves on {leaves_on}, before the next payroll date {date}."),
		"unknown_kind": _("No app on this site pays rewards of the kind {kind}."),
		"refused": _("The pay-out was refused: {message}"),
		"failed": _("The pay-out failed and will be tried again: {message}"),
		"being_prepared": _("It is being prepared for handing over."),
		"handed_over": _("Handed over. {words}"),
		"task_cancelled": _("The reward was held back or taken away."),
		"no_leave_type": _(
			"No Leave Type for rewards is chosen, neither in the rule nor in Referral Hub Settings."
		),
		"no_such_leave_type": _("There is no Leave Type {leave_type}."),
		"leave_without_pay": _("{leave_type} is leave without pay: nothing can be allocated."),
		"earned_leave": _(
			"HRMS fills the allocation {allocation} of {leave_type} by its leave policy. Choose another Leave Type."
		),
		"leave_year_ends": _(
			"The allocation {allocation} of {leave_type} ends before these days could be taken. They go into the next one, which the leave policy makes."
		),
		"no_training": _("No Training Event of {training} is scheduled that the employee is not on already."),
		"training_cancelled": _("{training} was cancelled. The employee is invited to the next one."),
		"no_taxable_component": _(
			"Referral Hub Settings name no Salary Component for taxable value that is an earning, taxed, and not in the total."
		),
		"no_gross_up_component": _(
			"Referral Hub Settings name no Salary Component for tax the company pays that is an earning, taxed, and in the total."
		),
		"no_gross_up_rate": _("Referral Hub Settings name no tax rate between 0 and 100 %."),
		"taxed_already": _("The Salary Slip {slip} has taxed its value already: correct that in payroll."),
		"no_badge": _("There is no badge {badge}."),
		"allocation_cancelled": _("{user} cancelled or deleted the Leave Allocation {payout}."),
		"points_spent": _("Some of these points were spent or moved to another company. Still owed: {owed}."),
		"not_taken_back": _("This could not be taken back yet and is tried again every hour: {message}"),
		"netted": _("What was owed was taken from points earned later."),
		"in_draft_slip": _(
			"The draft Salary Slip {slip} still lists what was withdrawn. Remove the row from the slip, or delete the slip and make it again: then it is paid."
		),
		"in_payroll": _("A Salary Slip that was submitted already carries this amount."),
		"owed_slip_cancelled": _(
			"The Salary Slip that paid it was cancelled after a part of it came back. Make that slip anew: it pays it again, and what is owed stays right."
		),
		"slip_cancelled": _("The Salary Slip that carried it was cancelled."),
		"payout_cancelled": _("{user} cancelled or deleted the Additional Salary {payout}."),
		"payout_gone": _("The Additional Salary {payout} was cancelled or deleted."),
		"payout_by_hand": _("Paid by the Additional Salary {payout}, which {user} made."),
		"paid_otherwise": _("The Additional Salary {payout} pays {paid} instead of the {promised} promised."),
		"by_person": _("{words} ({user})"),
		"held_before": _("{user} held it before it was taken back. It waits for a release."),
		"needs_approval": _("Waits for an approval by the role {role}."),
		"approval_not_needed": _("No approval is asked for this any more."),
		"approved": _("Approved by {user}."),
		"approved_with_words": _("Approved by {user}: {words}"),
		"referrer_was_away": _("The referrer was not an active employee on the day this was earned."),
		"left_within": counted(
			values.get("months"),
			_("The new colleague left within {months} month."),
			_("The new colleague left within {months} months."),
		),
		"no_rate": _("ERPNext has no exchange rate from {currency} to {salary_currency} of {date}."),
		"recovered": _("What was owed was deducted from the salary or paid back."),
		"deducted_after_all": _(
			"The Salary Slip {slip} deducted {amount} though that was withdrawn in the same moment."
		),
		"deducted_too_much": _(
			"A Salary Slip deducted {amount} more than was to be given back: pay that back to the employee."
		),
		"give_back": _(
			"What paid it was taken out of payroll after {amount} of it came back: that is the employee's, pay it back to them."
		),
		"kept_after_all": _(
			"The employee kept {amount} of what was paid before: the Salary Slip that deducted it was cancelled."
		),
		"recovery_undone": _("The Salary Slip that deducted it was cancelled. Still owed: {owed}."),
	}
