"""What a rule says and what is wrong with it, in words of the reader's language. Reads nothing, writes nothing."""

from decimal import Decimal

from frappe import _

from referral_hub.rewards import kinds
from referral_hub.rewards.rules import periods
from referral_hub.rewards.rules.promising import factors as sizes
from referral_hub.rewards.rules.promising.checks import LARGEST_FACTOR, MOST_DAYS, MOST_MONTHS, Problem
from referral_hub.rewards.rules.selection import NotMet
from referral_hub.rewards.rules.terms import Promise
from referral_hub.wording.counting import counted


def problem(found: Problem) -> str:
	"""Say what is wrong with one row."""
	values = {"months": MOST_MONTHS, "days": MOST_DAYS, "times": LARGEST_FACTOR, **found.values}
	return {
		"milestone_missing": _("Row {row}: choose a milestone."),
		"amount_not_a_number": _("Row {row}: the amount is not a number."),
		"amount_too_large": _("Row {row}: the amount can be at most {largest}."),
		"months_too_many": _("Row {row}: {months} months are the most."),
		"delay_too_long": _("Row {row}: the days to wait can be at most {days}."),
		"amount_not_positive": _("Row {row}: the amount must be above 0."),
		"points_not_whole": _("Row {row}: points are whole numbers."),
		"not_whole": _("Row {row}: pieces are whole numbers."),
		"not_half_days": _("Row {row}: leave is counted in whole and half days."),
		"percent_too_fine": _("Row {row}: percent have at most four digits after the point."),
		"amount_too_fine": _("Row {row}: the amount is finer than the smallest unit of the currency."),
		"months_missing": _("Row {row}: say after how many months."),
		"delay_negative": _("Row {row}: the days to wait can't be below 0."),
		"repeated": _("Row {row} repeats row {other_row}."),
		"share_out_of_range": _("Row {row}: a share is above 0 % and at most 100 %."),
		"shares_not_whole": _(
			"Rows {rows}: the shares of this amount come to {total} %, not to 100 %. "
			"The parts of one amount have the same amount, kind and option."
		),
		"choice_of_one": _("Row {row}: option {option} is the only one. A choice needs two."),
		"hires_missing": _("Row {row}: say for how many hires, two or more."),
		"counts_two_steps": _(
			"Row {row} counts hires at another step than row {other_row}. Use a rule for each."
		),
		"choice_of_several": _("Row {row}: what is paid for several hires holds no choice."),
		"share_of_several": _("Row {row}: what is paid for several hires is paid whole."),
		"back_of_several": _(
			"Row {row}: what is paid for several hires goes with the hires, not with months."
		),
		"back_negative": _("Row {row}: the months can't be below 0."),
		"back_without_hire": _(
			"Row {row}: only what is paid for joining, probation or staying can be taken back when the hire leaves."
		),
		"factor_not_positive": _("Factor {row}: the number must be above 0."),
		"factor_too_large": _("Factor {row}: the number can be at most {times}."),
		"factor_repeated": _("Factor {row} repeats factor {other_row}."),
		"factor_ends_before": _("Factor {row}: the last day is before the first day."),
		"factor_months_missing": _("Factor {row}: say after how many months, at most {months}."),
		"factor_adds_nothing": _("Factor {row}: who stays brings more only above 1; 1.2 pays 20 % more."),
		"campaign_unnamed": _("Factor {row}: name the campaign, employees read it."),
	}[found.code].format(row=found.row, other_row=found.other_row, **values)


def condition(name: str) -> str:
	"""Name what a condition looks at."""
	return {
		"designation": _("the designation"),
		"grade": _("the grade"),
		"department": _("the department"),
		"employment_type": _("the employment type"),
		"difficulty": _("the difficulty"),
		"urgency": _("the urgency"),
		"company": _("the company"),
		"referrer_designation": _("the designation of the referrer"),
		"referrer_grade": _("the grade of the referrer"),
		"referrer_department": _("the department of the referrer"),
		"referrer_badge": _("the badge or title of the referrer"),
		"program": _("the program"),
	}[name]


def not_met(found: NotMet) -> str:
	"""Say which condition of a rule stands against an opening or an employee."""
	named = level if found.condition in ("difficulty", "urgency") else _
	values = {"what": condition(found.condition), "wanted": named(found.wanted)}
	if not found.found:
		return _("Not met: {what} must be {wanted}, and is not set.").format(**values)
	return _("Not met: {what} must be {wanted}, and is {found}.").format(**values, found=named(found.found))


def period(name: str) -> str:
	"""Name the period in which hires are counted together."""
	return {
		periods.MONTH: _("in one month"),
		periods.QUARTER: _("in one quarter"),
		periods.HALF_YEAR: _("in half a year"),
		periods.YEAR: _("in one year"),
		periods.ANY_TIME: _("at any time"),
	}[name]


def hire_condition(name: str, wanted: str) -> str:
	"""Say what the hire must be."""
	return {
		"designation": _("hired as {wanted}"),
		"grade": _("hired with the grade {wanted}"),
		"employment_type": _("hired as {wanted} (employment type)"),
	}[name].format(wanted=wanted)


def level(name: str) -> str:
	"""Name how hard or how urgent an opening is."""
	return {
		sizes.EASY: _("Easy to Fill"),
		sizes.HARD: _("Hard to Fill"),
		sizes.VERY_HARD: _("Very Hard to Fill"),
		sizes.URGENT: _("Urgent", context="Opening Profile"),
		sizes.VERY_URGENT: _("Very Urgent"),
	}[name]


def factor(frozen: dict) -> str:
	"""Name one factor: Urgent x 2, campaign Spring x 1.5."""
	name = frozen["name"]
	if name == sizes.CAMPAIGN:
		said = _("campaign {title}").format(title=frozen["why"])
	elif name == sizes.STAYING:
		said = _("for staying")
	else:
		said = level(name)
	return _("{figure} ({why})").format(figure=frozen["factor"], why=said)


def arithmetic(promise: Promise, stacking: str = "") -> str:
	"""Say how an amount comes about: 1,000 x 2 (campaign Spring), of which 70 %; empty when it is simply the rule's."""
	if promise.base_amount is None or not (promise.factors or promise.percent is not None):
		return ""
	base = in_words(promise, promise.base_amount)
	if promise.factors and promise.factors[0]["name"] == sizes.STAYING:
		more = (Decimal(promise.factors[0]["factor"]) - 1) * 100
		return _("{percent} % of {base} more for staying.").format(percent=sizes.plain(more), base=base)
	said = base
	for each in promise.factors:
		said = _("{amount} x {factor}").format(amount=said, factor=factor(each))
	if len(promise.factors) > 1 and stacking == sizes.ADD:
		said = _("{sum}, the extras added up").format(sum=said)
	if promise.percent is None:
		return _("{sum}.").format(sum=said)
	return _("{percent} % of {sum}.").format(percent=sizes.plain(promise.percent), sum=said)


def in_words(promise: Promise, amount: Decimal | None = None) -> str:
	"""Say what a promise pays."""
	kind = kinds.kind_named(promise.kind)
	return kind.in_words(promise.amount if amount is None else amount, promise.currency, promise.details)


def with_condition(when: str, back_within: int) -> str:
	"""Add to the step that pays when the reward is taken back again, where the rule says so."""
	if not back_within:
		return when
	return counted(
		back_within,
		_("{when}, taken back if the new colleague leaves within {months} month"),
		_("{when}, taken back if the new colleague leaves within {months} months"),
	).format(when=when, months=back_within)


def total(row: dict) -> str:
	"""Say one row of totals."""
	kind = kinds.kind_named(row["kind"])
	return kind.in_words(Decimal(row["amount"]), row["currency"], row.get("details") or {})
