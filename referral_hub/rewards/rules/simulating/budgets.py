"""How a program's budget would have burnt down, day by day, and from when on it would have stopped promises. Pure.

The same arithmetic as on a live site: a new promise counts what it costs at most; once a referral is settled, only what
it earned or can still earn; once the period of several hires is over, only the bonuses they earned.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from heapq import heappop, heappush
from itertools import count

from referral_hub.rewards.rules.promising.budget import Budget, of_terms, of_what_is_left, parts_of
from referral_hub.rewards.rules.simulating.worth import Worth
from referral_hub.rewards.rules.terms import Promise, Terms


@dataclass(frozen=True)
class Level:
	"""What was used of a budget at the end of a day."""

	day: date
	used: Decimal


class Purse:
	"""One budget while referrals are played in the order in which they were made; `worth` counts in its own currency."""

	def __init__(self, budget: Budget, worth: Worth):
		self.budget = budget
		self.worth = worth
		self.levels: list[Level] = []
		self.stopped_on: date | None = None
		self.stopped = 0
		self._settling: list[tuple[date, int, Callable[[], Decimal]]] = []
		self._numbers = count()

	def admit(self, day: date, terms: Terms) -> bool:
		"""Take in what a referral is promised, or say that it does not fit any more."""
		cost = of_terms(terms, self._cost_of)
		self.settle_before(day)
		if not self.budget.allows(cost):
			self.stopped += 1
			self.stopped_on = self.stopped_on or day
			return False
		self._use(day, cost)
		return True

	def settle(
		self, day: date, terms: Terms, left: Iterable[Promise], bonuses: Iterable[Promise] = ()
	) -> None:
		"""Note that after a day a referral costs only what is left of its promises: what was earned, or can be."""
		difference = of_what_is_left(left, bonuses, self._cost_of) - of_terms(terms, self._cost_of)
		if difference:
			self._settle_by(day, lambda: difference)

	def give_back(
		self, day: date, bonuses: Iterable[Promise], stood_for: Callable[[], Iterable[Promise]]
	) -> None:
		"""Note that after a day a referral stands only for some bonuses: which is asked when that day has passed."""
		self._settle_by(day, lambda: parts_of(stood_for(), self._cost_of) - parts_of(bonuses, self._cost_of))

	def settle_before(self, day: date) -> None:
		"""Let everything count that was settled on an earlier day."""
		while self._settling and self._settling[0][0] < day:
			settled_on, _number, difference = heappop(self._settling)
			if changed := difference():
				self._use(settled_on, changed)

	def at_month_ends(self) -> dict[str, Decimal]:
		"""Return what was used at the end of each month in which something changed."""
		return {f"{level.day:%Y-%m}": level.used for level in self.levels}

	def _settle_by(self, day: date, difference: Callable[[], Decimal]) -> None:
		heappush(self._settling, (day, next(self._numbers), difference))

	def _cost_of(self, promise: Promise) -> Decimal:
		return self.budget.cost_of(promise, self.worth)

	def _use(self, day: date, cost: Decimal) -> None:
		self.budget = replace(self.budget, used=self.budget.used + cost)
		if self.levels and self.levels[-1].day == day:
			self.levels.pop()
		self.levels.append(Level(day, self.budget.used))
