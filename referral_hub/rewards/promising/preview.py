"""A rule tried on one opening and one employee before it is saved: what it would pay, and what stands against it.

Reads only. Says everything in words, so that the form shows and computes nothing of its own.
"""

from dataclasses import replace

from frappe import _
from frappe.utils import getdate, nowdate

from referral_hub.rewards import explain
from referral_hub.rewards.promising import rule_editing, rule_words, rulebook
from referral_hub.rewards.promising.offers import Offer
from referral_hub.rewards.rules import terms as rules
from referral_hub.rewards.rules.selection import Rule, RuleBook, tied_with, unmet
from referral_hub.wording import dates
from referral_hub.wording.counting import counted

THIS = "this rule, as it stands in the form"


def preview(rule, opening: str, employee: str, program: str | None, on=None) -> dict:
	"""Return {"pays": sentence, "lines": [...], "against": [...], "problems": [...]}: empty `against` means it applies."""
	problems = rule_editing.problems_in_words(rule) if rule.milestones else [_("Nothing is paid yet.")]
	if problems:
		return {"pays": "", "lines": [], "against": [], "problems": problems}
	on = getdate(on or nowdate())
	this = replace(rulebook.rule_of(rule), name=rule.name or THIS, enabled=True)
	others = [other for other in rulebook.enabled_rules() if other.name != rule.name]
	offer = Offer(employee, on, instead=[this])
	facts = rulebook.facts_of_openings([opening], {opening: program}, offer.referrer)[opening]
	alone = replace(this, conditions=type(this.conditions)(), valid_from=None, valid_to=None)
	terms = Offer(employee, on, instead=[alone]).policy.terms(facts, on, offer.referrer.currency)
	terms = terms.counting if this.period else terms
	return {
		"pays": _pays(this, terms),
		"lines": [_line(promise, terms) for promise in terms.milestones],
		"against": _against(this, others, facts, on),
		"problems": [],
	}


def _pays(this: Rule, terms: rules.Terms) -> str:
	"""Say what the employee gets in all; of a choice, each way."""
	if this.period:
		return _("For several hires {period}, the employee gets more:").format(
			period=rule_words.period(this.period)
		)
	ways = [terms.chosen(letter) for letter in terms.options()] or [terms.milestones]
	said = _sum(ways[0])
	for way in ways[1:]:
		said = _("{0} or {1}", context="Reward").format(said, _sum(way))
	return _("The employee gets {amount}.").format(amount=said)


def _sum(promises) -> str:
	return " + ".join(rule_words.total(row) for row in rules.totals(promises))


def _line(promise: rules.Promise, terms: rules.Terms) -> str:
	"""Say one promise: when, how much, and how it comes about."""
	if promise.hires:
		when = counted(promise.hires, _("{number} hire"), _("{number} hires")).format(number=promise.hires)
	else:
		when = explain.milestone_in_words(promise.milestone, promise.after_months)
	when = rule_words.with_condition(when, promise.back_within)
	if promise.option:
		when = _("Option {0}, {1}").format(promise.option, when)
	said = _("{0}: {1}", context="Referral Hub").format(when, rule_words.in_words(promise))
	how = rule_words.arithmetic(promise, terms.stacking)
	return _("{sentence} = {arithmetic}").format(sentence=said, arithmetic=how) if how else said


def _against(this: Rule, others: list[Rule], facts, on) -> list[str]:
	"""Say why the rule would not pay here and today; empty when it would."""
	said = [rule_words.not_met(found) for found in unmet(this, facts)]
	if not this.is_valid_on(on):
		said.append(_("Not met: the rule is not in force on {date}.").format(date=dates.said(on)))
	if tied := tied_with(this, others):
		said.append(_tie(rulebook.title_for_reader(tied)))
	if said:
		return said
	same = [other for other in others if bool(other.period) == bool(this.period)]
	winner = RuleBook([this, *same]).select(facts, on)
	if winner is not this:
		said.append(_paid_instead(rulebook.title_for_reader(winner)))
	return said + _conditions_of_hire(this)


def _tie(title: str | None) -> str:
	if title is None:
		return _("A rule that you may not read is for the same openings on the same days.")
	return _("Rule {rule} is for the same openings on the same days.").format(rule=title)


def _paid_instead(title: str | None) -> str:
	if title is None:
		return _("A rule that you may not read says more about this opening and pays instead.")
	return _("Rule {rule} says more about this opening and pays instead.").format(rule=title)


def _conditions_of_hire(this: Rule) -> list[str]:
	wanted = [rule_words.hire_condition(name, value) for name, value in this.hire]
	return [_("Only if {conditions}.").format(conditions=", ".join(wanted))] if wanted else []
