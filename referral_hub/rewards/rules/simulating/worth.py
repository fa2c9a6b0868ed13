"""What a reward is worth in one currency, so that costs can be added up. Pure.

Money counts at the rate known, things at their taxable value, points nothing: only a budget gives them a value. What is in a
currency without a rate is not counted, and the currency is named: as on a live site.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Protocol

NOTHING = Decimal(0)


class Valued(Protocol):
	"""A promise, or a piece that was paid."""

	amount: Decimal
	currency: str | None
	details: Mapping


class Worth:
	"""Rates into one currency; `unknown` are the currencies met without one."""

	def __init__(self, currency: str | None, rates: Mapping[str, Decimal] | None = None):
		self.currency = currency
		self.unknown: set[str] = set()
		self._rates = {**(rates or {}), currency: Decimal(1)}

	def __call__(self, valued: Valued) -> Decimal:
		if valued.currency:
			return self.convert(valued.amount, valued.currency)
		value = valued.details.get("taxable_value")
		if not value:
			return NOTHING
		return self.convert(Decimal(value), valued.details.get("taxable_currency") or self.currency)

	def convert(self, amount: Decimal, currency: str | None) -> Decimal:
		rate = self._rates.get(currency)
		if rate is None:
			if amount:
				self.unknown.add(str(currency))
			return NOTHING
		return amount if rate == 1 else amount * rate
