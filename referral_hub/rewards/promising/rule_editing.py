"""What saving a Reward Rule refuses and remembers: bad amounts, ties with other rules, the version."""

from dataclasses import replace

import frappe
from frappe import _

from referral_hub.rewards import kinds
from referral_hub.rewards.money import currency_digits
from referral_hub.rewards.promising import rule_words, rulebook
from referral_hub.rewards.rules.milestones import RETAINED
from referral_hub.rewards.rules.promising.checks import (
	MOST_DAYS,
	find_counting_problems,
	find_factor_problems,
	find_problems,
)
from referral_hub.rewards.rules.promising.factors import CAMPAIGN, STAYING
from referral_hub.rewards.rules.selection import Rule, tied_with


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
	if rule.pays_for != rulebook.SEVERAL_HIRES:
		_forget_what_counts(rule)
	for row in rule.factors:
		_forget_what_other_factors_have(row)


def check(rule) -> None:
	"""Refuse a rule that is wrong in itself or that ties with another."""
	if (
		rule.valid_from
		and rule.valid_to
		and frappe.utils.getdate(rule.valid_to) < frappe.utils.getdate(rule.valid_from)
	):
		frappe.throw(_("The last day is before the first day."), InvalidRule)
	if frappe.utils.cint(rule.choose_within_days) > MOST_DAYS:
		frappe.throw(_("The days to choose can be at most {days}.").format(days=MOST_DAYS), InvalidRule)
	if words := problems_in_words(rule):
		frappe.throw("<br>".join(words), InvalidRule)
	refuse_tie(rule)


def problems_in_words(rule) -> list[str]:
	"""Say everything that is wrong with the rows of a rule; empty when nothing is."""
	plain = rulebook.rule_of(rule)
	digits = currency_digits(promise.currency for promise in plain.promises)
	problems = find_problems(list(plain.promises), digits, kinds.units())
	if plain.period:
		problems += find_counting_problems(list(plain.promises))
	words = [rule_words.problem(each) for each in problems]
	words += [said for row in rule.milestones for said in _problems_of_kind(row)]
	return words + [rule_words.problem(each) for each in find_factor_problems(plain.factors)]


def _forget_what_counts(rule) -> None:
	rule.period = None
	for row in rule.milestones:
		row.hires = 0


def _forget_what_other_factors_have(row) -> None:
	if row.factor != CAMPAIGN:
		row.title = None
	if row.factor != STAYING:
		row.after_months = 0


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
	query = frappe.qb.from_(table).select(table.name, table.modified)
	now = set(query.for_update().run())
	if now != set(query.run()):  # while we waited: what we can read is of before
		frappe.throw(
			_("Somebody else has just changed a rule. Please save again."), frappe.TimestampMismatchError
		)
	if other := tied_with(rulebook.rule_of(rule), rulebook.enabled_rules()):
		frappe.throw(_tie_in_words(rulebook.title_for_reader(other)), TiedRule)


def _tie_in_words(title: str | None) -> str:
	if title is None:
		return _(
			"A rule that you may not read is for the same openings on the same days. Add a condition, change the dates, or ask who may read it."
		)
	return _(
		"Rule {0} is for the same openings on the same days. Add a condition, change the dates, or disable one."
	).format(frappe.bold(frappe.utils.escape_html(title)))


def next_version(rule, before) -> int:
	"""Count a version up when what is promised, or to whom, changes."""
	if not before:
		return 1
	return before.version + 1 if _meaning(rule) != _meaning(before) else before.version


def refuse_used(rule) -> None:
	"""Refuse to delete a rule that rewards were earned by."""
	if frappe.db.exists("Referral Reward", {"rule": rule.name}):
		frappe.throw(_("Rewards were earned by this rule. Disable it instead."), InvalidRule)


def _meaning(rule) -> Rule:
	"""Everything but what the rule is called, whether it is on, and its number."""
	return replace(rulebook.rule_of(rule), name="", title="", enabled=True, version=0)
