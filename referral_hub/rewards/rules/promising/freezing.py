"""From a rule to what it promises for one referral: factors, shares, currency, minor units. Pure.

Every promise gets its share here: the number of its row, and a number after the rows for what staying adds. The taxable value of
a thing goes with its amount: it grows with it, and each part of the thing carries its part of the value, to the minor unit.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from referral_hub.rewards.rules.milestones import RETAINED
from referral_hub.rewards.rules.promising import factors as sizes
from referral_hub.rewards.rules.selection import OpeningFacts, Rule
from referral_hub.rewards.rules.shares import rounded, split
from referral_hub.rewards.rules.terms import POINTS, Promise, Terms
from referral_hub.rewards.rules.units import BUILT_IN, Unit, unit_of

NO_FACTS = OpeningFacts()
VALUE = "taxable_value"
GROWING = frozenset({Unit.MONEY, Unit.HALVES})


def freeze(
	rule: Rule,
	on: date,
	currency: str | None,
	digits: Mapping[str, int],
	units: Mapping[str, Unit] = BUILT_IN,
	facts: OpeningFacts = NO_FACTS,
	counting: Terms | None = None,
) -> Terms:
	"""Freeze a rule for one opening on one day; money without a currency of its own is in the employee's.

	A part of what can't be divided may come to nothing: nothing is promised for it then, the others keep their numbers.
	"""
	applying = sizes.applying(rule.factors, facts.difficulty, facts.urgency, on)
	wholes = [_Whole(promise, currency, digits, units, rule.stacking, applying) for promise in rule.promises]
	promised = [*_parts(wholes), *_for_staying(wholes, sizes.for_staying(applying))]
	numbered = [replace(each, share=str(number)) for number, each in enumerate(promised, start=1)]
	return Terms(
		rule=rule.name,
		rule_name=rule.title,
		rule_version=rule.version,
		frozen_on=on,
		milestones=tuple(each for each in numbered if each.amount > 0),
		conditions=rule.conditions.named(),
		hire=rule.hire,
		stacking=rule.stacking,
		choose_within_days=rule.choose_within_days,
		period=rule.period,
		counting=counting,
	)


def group_of(promise: Promise) -> tuple:
	"""Return what rows have in common that are parts of the same whole."""
	details = json.dumps(promise.details, sort_keys=True, default=str)
	return (
		promise.option,
		promise.kind,
		promise.currency,
		promise.amount,
		promise.fixed,
		promise.hires,
		details,
	)


class _Whole:
	"""The whole that a row of a rule is, or is a part of."""

	def __init__(self, row: Promise, currency, digits, units, stacking, factors):
		unit = unit_of(row.kind, units)
		money = (row.currency or currency) if unit.has_currency else None
		places = unit.places(digits.get(money, 2))
		self.step = Decimal("0.5") if unit is Unit.HALVES else Decimal(1).scaleb(-places)
		self.grows = not row.fixed and not row.hires and (row.kind == POINTS or unit in GROWING)
		now = sizes.counted(sizes.at_once(factors), stacking) if self.grows else ()
		times = sizes.together(now, stacking)
		value_in = row.details.get("taxable_currency") or money or currency
		self.step_of_value = Decimal(1).scaleb(-digits.get(value_in, 2))
		self.promise = replace(
			row,
			currency=money,
			amount=rounded(row.amount * times, self.step),
			details=self.valued(row.details, times),
			base_amount=rounded(row.amount, self.step),
			factors=tuple(factor.frozen() for factor in now),
		)

	def valued(self, details: dict, times: Decimal) -> dict:
		"""Return the details with so many times the taxable value, when there is one."""
		if not details.get(VALUE) or times == 1:
			return details
		return details | {VALUE: str(rounded(Decimal(details[VALUE]) * times, self.step_of_value))}


def _parts(wholes: list[_Whole]) -> list[Promise]:
	"""Give each row its part: rows without a percentage are paid whole."""
	together: dict[tuple, list[int]] = {}
	for place, whole in enumerate(wholes):
		if whole.promise.percent is not None:
			together.setdefault(group_of(whole.promise), []).append(place)
	parts = [whole.promise for whole in wholes]
	for places in together.values():
		first = wholes[places[0]]
		percents = [parts[place].percent for place in places]
		amounts = split(first.promise.amount, percents, first.step)
		for place, amount, details in zip(places, amounts, _split_value(first, amounts), strict=True):
			parts[place] = replace(parts[place], amount=amount, details=details)
	return parts


def _split_value(whole: _Whole, amounts: list[Decimal]) -> list[dict]:
	"""Return the details of each part: the taxable value is split as the amount was; a part of nothing has none."""
	details = whole.promise.details
	if not details.get(VALUE) or not any(amounts):
		return [details] * len(amounts)
	values = split(Decimal(details[VALUE]), amounts, whole.step_of_value)
	rest = {name: value for name, value in details.items() if name != VALUE}
	return [rest | ({VALUE: str(value)} if value else {}) for value in values]


def _for_staying(wholes: list[_Whole], factors) -> list[Promise]:
	"""Add what a hire who stays brings: a part of everything that grows, one promise for all that is the same thing."""
	return [
		replace(
			first.promise,
			milestone=RETAINED,
			after_months=factor.after_months,
			amount=extra,
			base_amount=amount,
			percent=None,
			payout_delay_days=0,
			back_within=0,
			factors=(factor.frozen(),),
			details=first.valued(first.promise.details, extra / first.promise.amount),
		)
		for factor in factors
		for first, amount in _sums(wholes)
		if (extra := rounded(amount * (factor.times - 1), first.step)) > 0
	]


def _sums(wholes: list[_Whole]) -> list[tuple[_Whole, Decimal]]:
	"""Add up what grows, each whole once however many parts it has."""
	counted: set[tuple] = set()
	sums: dict[tuple, list] = {}
	for whole in wholes:
		promise = whole.promise
		is_counted_already = promise.percent is not None and group_of(promise) in counted
		if not whole.grows or is_counted_already:
			continue
		counted.add(group_of(promise))
		first = sums.setdefault(_thing_of(promise), [whole, Decimal(0)])
		first[1] += promise.amount
	return [(whole, amount) for whole, amount in sums.values()]


def _thing_of(promise: Promise) -> tuple:
	"""Return what makes two promises the same thing: days of one Leave Type are not those of another."""
	about = {name: value for name, value in promise.details.items() if name != VALUE}
	return promise.option, promise.kind, promise.currency, json.dumps(about, sort_keys=True, default=str)
