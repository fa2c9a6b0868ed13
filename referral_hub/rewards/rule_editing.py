"""What saving a Reward Rule refuses and remembers: bad amounts, ties with other rules, the version."""

import frappe
from frappe import _

from referral_hub.rewards import kinds, rulebook
from referral_hub.rewards.money import currency_digits
from referral_hub.rewards.rules.checks import MOST_DAYS, MOST_MONTHS, find_problems, largest_of
from referral_hub.rewards.rules.milestones import RETAINED
from referral_hub.rewards.rules.selection import tied_with


class InvalidRule(frappe.ValidationError):
	"""A rule that can't be paid as it is written."""


class TiedRule(frappe.ValidationError):
	"""Two rules fit the same openings on the same days and neither is more specific."""


def tidy(rule) -> None:
	"""Forget what a row can't have: a currency of points, months of a step that does not wait, details of another kind."""
	for row in rule.milestones:
		if kinds.is_known(row.kind):
			_forget_details_of_other_kinds(row, kinds.kind_named(row.kind))
		if row.milestone != RETAINED:
			row.after_months = 0


def check(rule) -> None:
	"""Refuse a rule that is wrong in itself or that ties with another."""
	if (
		rule.valid_from
		and rule.valid_to
		and frappe.utils.getdate(rule.valid_to) < frappe.utils.getdate(rule.valid_from)
	):
		frappe.throw(_("The last day is before the first day."), InvalidRule)
	promises = rulebook.as_rule(rule, rule.milestones).promises
	digits = currency_digits(promise.currency for promise in promises)
	problems = find_problems(promises, digits, kinds.units())
	words = [_in_words(problem, rule.milestones) for problem in problems]
	words += [said for row in rule.milestones for said in _problems_of_kind(row)]
	if words:
		frappe.throw("<br>".join(words), InvalidRule)
	refuse_tie(rule)


def _forget_details_of_other_kinds(row, kind) -> None:
	for name in set(kinds.columns()) - set(kind.columns):
		row.set(name, None)
	if not kind.unit.has_currency and not row.get("taxable_value"):
		row.currency = None


def _problems_of_kind(row) -> list[str]:
	if not kinds.is_known(row.kind):
		said = [_("no app on this site pays rewards of the kind {kind}.").format(kind=row.kind)]
	else:
		said = kinds.kind_named(row.kind).check(row)
	return [
		_("Row {row}: {problem}").format(row=row.idx, problem=frappe.utils.escape_html(words))
		for words in said
	]


def refuse_tie(rule) -> None:
	"""Compare with every other enabled rule, locked so that two people can't save a tie at once."""
	table = frappe.qb.DocType("Reward Rule")
	frappe.qb.from_(table).select(table.name).for_update().run()
	other = tied_with(rulebook.as_rule(rule, rule.milestones), rulebook.enabled_rules())
	if other:
		message = _(
			"Rule {0} is for the same openings on the same days. Add a condition, change the dates, or disable one."
		)
		frappe.throw(message.format(frappe.bold(frappe.utils.escape_html(other.title))), TiedRule)


def next_version(rule, before) -> int:
	"""Count a version up when what is promised, or to whom, changes."""
	if not before:
		return 1
	return before.version + 1 if _meaning(rule) != _meaning(before) else before.version


def refuse_used(rule) -> None:
	"""Refuse to delete a rule that rewards were earned by."""
	if frappe.db.exists("Referral Reward", {"rule": rule.name}):
		frappe.throw(_("Rewards were earned by this rule. Disable it instead."), InvalidRule)


def _meaning(rule) -> tuple:
	plain = rulebook.as_rule(rule, rule.milestones)
	return plain.conditions, plain.valid_from, plain.valid_to, plain.promises


def _in_words(problem, milestones) -> str:
	largest = largest_of(milestones[problem.row - 1].kind)
	return {
		"amount_not_a_number": _("Row {row}: the amount is not a number."),
		"amount_too_large": _("Row {row}: the amount can be at most {largest}."),
		"amount_not_positive": _("Row {row}: the amount must be above 0."),
		"points_not_whole": _("Row {row}: points are whole numbers."),
		"not_whole": _("Row {row}: pieces are whole numbers."),
		"not_half_days": _("Row {row}: leave is counted in whole and half days."),
		"percent_too_fine": _("Row {row}: percent have at most four digits after the point."),
		"amount_too_fine": _("Row {row}: the amount is finer than the smallest unit of the currency."),
		"months_missing": _("Row {row}: say after how many months."),
		"months_too_many": _("Row {row}: {months} months are the most."),
		"delay_too_long": _("Row {row}: the days to wait can be at most {days}."),
		"delay_negative": _("Row {row}: the days to wait can't be below 0."),
		"repeated": _("Row {row} repeats row {other_row}."),
	}[problem.code].format(
		row=problem.row,
		other_row=problem.other_row,
		largest=f"{largest:,}",
		months=MOST_MONTHS,
		days=MOST_DAYS,
	)
