"""All rules of a company as one engine over plain data: what a referral would be promised. Pure.

Used for real referrals, for offers, for the preview of a rule and for trying a policy on history: nothing here knows
where rules and referrals come from.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from referral_hub.rewards.rules.promising.freezing import freeze
from referral_hub.rewards.rules.selection import OpeningFacts, Rule, RuleBook
from referral_hub.rewards.rules.terms import Terms
from referral_hub.rewards.rules.units import BUILT_IN, Unit


class Policy:
	"""The rules that pay for a hire, and beside them those that count several hires."""

	def __init__(
		self, rules: Iterable[Rule], digits: Mapping[str, int], units: Mapping[str, Unit] = BUILT_IN
	):
		rules = list(rules)
		self.paying = RuleBook(rule for rule in rules if not rule.period)
		self.counting = RuleBook(rule for rule in rules if rule.period)
		self._digits, self._units = digits, units
		self._frozen: dict[tuple, Terms | None] = {}
		self._alike: dict[tuple, Terms | None] = {}

	def terms(self, facts: OpeningFacts, on: date, currency: str | None) -> Terms | None:
		"""Return what a referral made on a day is promised; the very same object for all that are promised the same."""
		rule, counting = self.paying.select(facts, on), self.counting.select(facts, on)
		key = id(rule), id(counting), on, currency, facts.difficulty, facts.urgency
		if key not in self._frozen:
			self._frozen[key] = self.freeze(rule, counting, facts, on, currency)
		return self._frozen[key]

	def freeze(self, rule, counting, facts: OpeningFacts, on: date, currency: str | None) -> Terms | None:
		"""Freeze a rule that was selected. Days on which the same factors apply promise the same: those terms are made once, and dated."""
		apply = tuple(
			factor.applies(facts.difficulty, facts.urgency, on) for factor in (rule.factors if rule else ())
		)
		key = id(rule), id(counting), apply, currency
		if key not in self._alike:
			self._alike[key] = self._make(rule, counting, facts, on, currency)
		return _dated(self._alike[key], on)

	def _make(self, rule, counting, facts: OpeningFacts, on: date, currency: str | None) -> Terms | None:
		more = freeze(counting, on, currency, self._digits, self._units, facts) if counting else None
		if rule:
			return freeze(rule, on, currency, self._digits, self._units, facts, more)
		return _only_counting(more) if more else None


def _dated(terms: Terms | None, on: date) -> Terms | None:
	if not terms or terms.frozen_on == on:
		return terms
	return replace(terms, frozen_on=on, counting=_dated(terms.counting, on))


def _only_counting(more: Terms) -> Terms:
	"""No rule pays for this hire, but it counts among several."""
	return Terms(more.rule, more.rule_name, more.rule_version, more.frozen_on, (), counting=more)
