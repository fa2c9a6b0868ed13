"""A program's budget: whether a new promise fits, and when to warn. Never looks at a promise made before. Pure.

A bonus for several hires is counted in equal parts, one with each referral that was promised it: whenever so many of them
are hired, all of the bonus has been counted. A part is rounded up, so that the parts never are less than the whole. When the
period of the hires is over, only the parts of those who earned a bonus are counted any longer.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import ROUND_UP, Decimal

from referral_hub.rewards.rules.terms import POINTS, Promise, Terms

CENT = Decimal("0.01")
CostOf = Callable[[Promise], Decimal]


@dataclass(frozen=True)
class Budget:
	"""`used` is what was promised and can still be paid, or was paid. No limit: None. `point_value`: what one point counts."""

	limit: Decimal | None
	used: Decimal = Decimal(0)
	warn_at_percent: Decimal = Decimal(80)
	point_value: Decimal = Decimal(0)

	def allows(self, cost: Decimal) -> bool:
		"""Say whether a new promise fits; one that costs nothing always does."""
		return self.limit is None or not cost or self.used + cost <= self.limit

	def is_at_warning(self) -> bool:
		return self.limit is not None and self.used * 100 >= self.limit * self.warn_at_percent

	def cost_of(self, promise: Promise, money_of: CostOf) -> Decimal:
		"""Return what a promise takes of it: points at their value here, all else as `money_of` counts it."""
		return promise.amount * self.point_value if promise.kind == POINTS else money_of(promise)

	def left(self) -> Decimal | None:
		return None if self.limit is None else max(Decimal(0), self.limit - self.used)


def dearest(promises: Iterable[Promise], cost_of: CostOf) -> Decimal:
	"""Return what promises cost at most: of a choice the dearest option counts."""
	fixed, options = Decimal(0), {}
	for promise in promises:
		if promise.option:
			options[promise.option] = options.get(promise.option, Decimal(0)) + cost_of(promise)
		else:
			fixed += cost_of(promise)
	return fixed + max(options.values(), default=Decimal(0))


def of_terms(terms: Terms, cost_of: CostOf) -> Decimal:
	"""Return what a referral costs at most: its own promises, and its parts of the bonuses for several hires."""
	bonuses = terms.counting.milestones if terms.counting else ()
	return of_what_is_left(terms.milestones, bonuses, cost_of)


def of_what_is_left(promises: Iterable[Promise], bonuses: Iterable[Promise], cost_of: CostOf) -> Decimal:
	"""Return what a referral costs once some promises can't be kept any more, with its parts of the bonuses it stands for."""
	return dearest(promises, cost_of) + parts_of(bonuses, cost_of)


def parts_of(bonuses: Iterable[Promise], cost_of: CostOf) -> Decimal:
	parts = (cost_of(bonus) / max(1, bonus.hires) for bonus in bonuses)
	return sum((part.quantize(CENT, rounding=ROUND_UP) for part in parts), start=Decimal(0))
