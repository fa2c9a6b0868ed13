"""What makes a reward larger or smaller: how hard and how urgent an opening is, a campaign, staying. Pure.

How several factors work together is said by the rule, never guessed: they multiply, their extras add up, or the
largest one alone counts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import prod

EASY, HARD, VERY_HARD = "Easy to Fill", "Hard to Fill", "Very Hard to Fill"
URGENT, VERY_URGENT = "Urgent", "Very Urgent"
CAMPAIGN, STAYING = "Campaign", "Staying"
DIFFICULTIES = (EASY, HARD, VERY_HARD)
URGENCIES = (URGENT, VERY_URGENT)

MULTIPLY, ADD, LARGEST = "Multiply", "Add", "Largest"
ONE = Decimal(1)


@dataclass(frozen=True)
class Factor:
	"""One line of a rule: `times` 2 doubles. Staying pays what is above 1 when the hire has stayed `after_months`."""

	name: str
	times: Decimal
	title: str = ""
	valid_from: date | None = None
	valid_to: date | None = None
	after_months: int = 0

	def applies(self, difficulty: str | None, urgency: str | None, on: date) -> bool:
		if not (self.valid_from or on) <= on <= (self.valid_to or on):
			return False
		return self.name in (CAMPAIGN, STAYING, difficulty, urgency)

	def frozen(self) -> dict:
		"""Return what the frozen terms keep to explain it."""
		return {"name": self.name, "factor": plain(self.times), "why": self.title}


def at_once(factors: Iterable[Factor]) -> tuple[Factor, ...]:
	"""Return the factors that change the amounts themselves."""
	return tuple(factor for factor in factors if factor.name != STAYING)


def for_staying(factors: Iterable[Factor]) -> tuple[Factor, ...]:
	return tuple(factor for factor in factors if factor.name == STAYING)


def applying(factors: Iterable[Factor], difficulty: str | None, urgency: str | None, on: date):
	"""Return the factors that apply to an opening on the day somebody is referred."""
	return tuple(factor for factor in factors if factor.applies(difficulty, urgency, on))


def counted(factors: tuple[Factor, ...], stacking: str) -> tuple[Factor, ...]:
	"""Return the factors that count: with Largest only one, the first of those that are equal."""
	if stacking != LARGEST or not factors:
		return factors
	return (max(factors, key=lambda factor: factor.times),)


def together(factors: tuple[Factor, ...], stacking: str) -> Decimal:
	"""Return by how much an amount is multiplied in all; never below nothing."""
	counting = counted(factors, stacking)
	if stacking == ADD:
		return max(Decimal(0), ONE + sum(factor.times - ONE for factor in counting))
	return prod((factor.times for factor in counting), start=ONE)


def plain(value: Decimal) -> str:
	"""Return a figure without the zeros nobody needs: 2, 1.2, 100."""
	return format(value.normalize() + 0, "f")
