"""A program's budget: whether a new promise fits, and when to warn. Never looks at a promise made before. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from referral_hub.rewards.rules.terms import Promise


@dataclass(frozen=True)
class Budget:
	"""`used` is what was promised and can still be paid, or was paid. No limit: None."""

	limit: Decimal | None
	used: Decimal = Decimal(0)
	warn_at_percent: Decimal = Decimal(80)

	def allows(self, cost: Decimal) -> bool:
		"""Say whether a new promise fits; one that costs nothing always does."""
		return self.limit is None or not cost or self.used + cost <= self.limit

	def is_at_warning(self) -> bool:
		return self.limit is not None and self.used * 100 >= self.limit * self.warn_at_percent

	def left(self) -> Decimal | None:
		return None if self.limit is None else max(Decimal(0), self.limit - self.used)


def dearest(promises: Iterable[Promise], cost_of) -> Decimal:
	"""Return what promises cost at most: of a choice the dearest option counts."""
	fixed, options = Decimal(0), {}
	for promise in promises:
		if promise.option:
			options[promise.option] = options.get(promise.option, Decimal(0)) + cost_of(promise)
		else:
			fixed += cost_of(promise)
	return fixed + max(options.values(), default=Decimal(0))
