"""Where several things add up beyond the base: factors, staying, bonuses for several hires. Pure.

One thing alone is what HR has written; two or more at once on the same referral is what surprises, and is named here.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from referral_hub.rewards.rules.promising.factors import STAYING
from referral_hub.rewards.rules.simulating.simulator import Piece, Played, Promised
from referral_hub.rewards.rules.simulating.worth import NOTHING, Worth
from referral_hub.rewards.rules.terms import POINTS, Promise

SEVERAL_HIRES = "Several Hires"
Part = tuple[str, str, str]  # name, by how much, which one


@dataclass
class Stack:
	"""Referrals on which the same things came together: what the rule says without them, and what it promised in all."""

	rule: str
	how: str
	parts: tuple[Part, ...]
	referrals: list[str]
	base: Decimal = NOTHING
	promised: Decimal = NOTHING
	base_points: Decimal = NOTHING
	promised_points: Decimal = NOTHING

	def times(self) -> Decimal | None:
		"""Return how many times the base is promised; None when there is no base to compare with."""
		if self.base:
			return self.promised / self.base
		return self.promised_points / self.base_points if self.base_points else None


def stacks(played: Played, worth: Worth) -> list[Stack]:
	"""Return every combination that came up, the dearest surplus first."""
	bonuses: dict[str, list[Piece]] = {}
	for piece in played.pieces:
		if piece.hires:
			bonuses.setdefault(piece.referral, []).append(piece)
	found: dict[tuple, Stack] = {}
	known: dict[tuple, _Base] = {}
	for promised in played.promised:
		key = id(promised.terms.milestones), promised.option
		base = known.get(key) or known.setdefault(key, _Base(promised, worth))
		more = bonuses.get(promised.past.referral, [])
		parts = (*base.parts, *((SEVERAL_HIRES, str(piece.hires), piece.rule) for piece in more))
		if len(parts) > 1:
			terms = promised.terms
			stack = found.setdefault(
				(terms.rule, terms.stacking, parts), Stack(terms.rule_name, terms.stacking, parts, [])
			)
			base.add_to(stack, more, promised.past.referral, worth)
	return sorted(found.values(), key=lambda stack: (stack.base - stack.promised, stack.rule, stack.parts))


class _Base:
	"""What terms promise with one option, with and without what makes it larger; the same for all promised the same."""

	def __init__(self, promised: Promised, worth: Worth):
		promises = promised.terms.chosen(promised.option)
		self.parts = _parts_of(promises)
		self.money = _both(promises, worth)
		points = [promise for promise in promises if promise.kind == POINTS]
		self.points = _both(points, lambda promise: promise.amount)

	def add_to(self, stack: Stack, bonuses: list[Piece], referral: str, worth: Worth) -> None:
		stack.referrals.append(referral)
		stack.base += self.money[0]
		stack.promised += self.money[1] + sum(map(worth, bonuses))
		stack.base_points += self.points[0]
		stack.promised_points += self.points[1] + sum(
			piece.amount for piece in bonuses if piece.kind == POINTS
		)


def _parts_of(promises: Iterable[Promise]) -> tuple[Part, ...]:
	parts = {
		(factor["name"], factor["factor"], factor["why"]): None
		for promise in promises
		for factor in promise.factors
	}
	return tuple(parts)


def _both(promises: Iterable[Promise], value_of) -> tuple[Decimal, Decimal]:
	"""Return what promises are worth without their factors, and with them."""
	base = whole = NOTHING
	for promise in promises:
		whole += value_of(promise)
		base += value_of(_without_factors(promise))
	return base, whole


def _without_factors(promise: Promise) -> Promise:
	"""What staying brings is all extra."""
	if not promise.factors or promise.base_amount is None:
		return promise
	if promise.factors[0]["name"] == STAYING:
		return replace(promise, amount=NOTHING)
	percent = Decimal(100) if promise.percent is None else promise.percent
	return replace(promise, amount=promise.base_amount * percent / 100)
