"""What the amount of a reward counts: whole things, half days, money, or a part of a percent. Pure.

Kinds of other apps say theirs in their class; a kind nobody knows counts money.
"""

from collections.abc import Mapping
from decimal import Decimal
from enum import Enum


class Unit(Enum):
	WHOLE = "whole"
	HALVES = "halves"
	MONEY = "money"
	PERCENT = "percent"

	@property
	def has_currency(self) -> bool:
		return self is Unit.MONEY

	def places(self, places_of_currency: int) -> int:
		"""Return how many digits an amount has after the point."""
		return {Unit.WHOLE: 0, Unit.HALVES: 1, Unit.MONEY: places_of_currency, Unit.PERCENT: 4}[self]

	def fits(self, amount: Decimal, places_of_currency: int) -> bool:
		"""Say whether an amount is no finer than what can be handed over."""
		if self is Unit.HALVES:
			return (amount * 2) % 1 == 0
		return amount == amount.quantize(Decimal(1).scaleb(-self.places(places_of_currency)))


BUILT_IN: Mapping[str, Unit] = {
	"Points": Unit.WHOLE,
	"Cash": Unit.MONEY,
	"Leave": Unit.HALVES,
	"Training": Unit.WHOLE,
	"Gift": Unit.WHOLE,
	"Gift Code": Unit.WHOLE,
	"Health Check": Unit.WHOLE,
	"Team Fund": Unit.MONEY,
	"Donation": Unit.MONEY,
	"Child Education": Unit.MONEY,
	"Equity Note": Unit.PERCENT,
	"Badge": Unit.WHOLE,
	"Perk": Unit.WHOLE,
}

# what says nothing by its kind alone: which present, which course
NEEDS_WHAT = frozenset({"Training", "Gift", "Gift Code", "Donation", "Badge", "Perk"})


def unit_of(kind: str, units: Mapping[str, Unit]) -> Unit:
	return units.get(kind, Unit.MONEY)
