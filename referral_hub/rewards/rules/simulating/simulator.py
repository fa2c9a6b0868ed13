"""Plays referrals of the past through a set of rules: what each would have brought, and what it would have cost. Pure.

The result does not depend on the order in which referrals are given: budgets see them in the order they were made, several
hires are counted over all of a person's. Rules are selected by index: the cost does not grow with their number.
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from referral_hub.referrals.rules.stages import Stage, add_months
from referral_hub.rewards.rules import cumulative
from referral_hub.rewards.rules.milestones import is_reachable
from referral_hub.rewards.rules.promising.budget import Budget, dearest
from referral_hub.rewards.rules.promising.policy import Policy
from referral_hub.rewards.rules.simulating.budgets import Purse
from referral_hub.rewards.rules.simulating.history import (
	Past,
	earned_on,
	may_bring_more,
	option_of,
	order,
)
from referral_hub.rewards.rules.simulating.worth import Worth
from referral_hub.rewards.rules.terms import Promise, Terms

WITH_A_HIRE = frozenset({Stage.JOINED, Stage.CONFIRMED})


@dataclass(frozen=True, slots=True)
class Piece:
	"""One thing that somebody got, or would get. `department`: the one that hires. `rule`: its name, where known."""

	referral: str
	person: str
	kind: str
	amount: Decimal
	currency: str | None
	earned_on: date
	due_on: date
	department: str | None = None
	details: Mapping = field(default_factory=dict)
	rule: str = ""
	hires: int = 0


@dataclass(frozen=True, slots=True)
class Promised:
	"""What one referral would have been promised, and which option of it counts."""

	past: Past
	terms: Terms
	option: str


@dataclass
class Played:
	"""What came of `referrals`. `unfit`: no rule pays for them. `stopped`: a budget was used up. `ahead`: what may still come, at most."""

	referrals: int = 0
	promised: list[Promised] = field(default_factory=list)
	pieces: list[Piece] = field(default_factory=list)
	unfit: list[Past] = field(default_factory=list)
	stopped: list[Past] = field(default_factory=list)
	purses: dict[str, Purse] = field(default_factory=dict)
	ahead: Decimal = Decimal(0)
	_helped: dict[tuple[str, date], Container[tuple]] = field(default_factory=dict)

	def earned_by(self, person: str, hires: Mapping, day: date) -> Container[tuple]:
		"""Return who helped to earn a person's bonuses, worked out once for a day on which a period is over."""
		if (person, day) not in self._helped:
			self._helped[person, day] = cumulative.helped(hires.get(person, ()), day)
		return self._helped[person, day]


def play(
	policy: Policy,
	pasts: Iterable[Past],
	today: date,
	worth: Worth,
	budgets: Mapping[str, Budget] | None = None,
	months_later: int = 0,
	counted_in: Mapping[str, Worth] | None = None,
) -> Played:
	"""Play referrals through a policy. `months_later`: choose the rules as if each had been made that much later.

	`counted_in`: what things are worth to the budget of a program that is kept in another currency than `worth`.
	"""
	worths = counted_in or {}
	purses = {name: Purse(budget, worths.get(name, worth)) for name, budget in (budgets or {}).items()}
	played = Played(purses=purses)
	hires: dict[str, list[cumulative.Hire]] = {}
	known: dict[str, Past] = {}
	for past in sorted(pasts, key=order):
		known[past.referral] = past
		played.referrals += 1
		promised = _promise(policy, past, months_later, played) if past.is_paid else None
		if promised:
			_follow(promised, today, worth, played)
			_count(promised, hires)
			_give_back_when_over(promised, hires, today, played)
	for person in sorted(hires):
		played.pieces.extend(_bonus(bonus, known) for bonus in cumulative.bonuses(hires[person], today))
	for purse in played.purses.values():
		purse.settle_before(_later(today, 1))
	return played


def _promise(policy: Policy, past: Past, months_later: int, played: Played) -> Promised | None:
	on = add_months(past.day, months_later) if months_later else past.day
	terms = policy.terms(past.facts, on, past.currency)
	if not terms or not terms.milestones:
		played.unfit.append(past)
	if not terms:
		return None
	purse = played.purses.get(past.facts.program)
	if purse and not purse.admit(past.day, terms):
		played.stopped.append(past)
		return None
	promised = Promised(past, terms, option_of(terms, past))
	played.promised.append(promised)
	return promised


def _follow(promised: Promised, today: date, worth: Worth, played: Played) -> None:
	"""See what of a promise was earned, and what may still come."""
	past, terms, option = promised.past, promised.terms, promised.option
	differs = bool(terms.hire) and not past.is_hired_as(terms.hire)
	earned: list[Promise] = []
	for promise in terms.milestones:
		if day := earned_on(promise, past, today, option, differs):
			earned.append(promise)
			played.pieces.append(_piece(past, promise, terms.rule_name, day))
	ahead = _ahead(promised, earned, differs) if may_bring_more(past) else []
	played.ahead += dearest(ahead, worth) if ahead else 0
	if purse := played.purses.get(past.facts.program):
		if past.settled_on and past.settled_on <= today:
			counting = terms.counting
			counts = counting and cumulative.may_count(_as_hire(promised), today)
			bonuses = counting.milestones if counts else ()
			purse.settle(max(past.settled_on, past.day), terms, [*earned, *ahead], bonuses)


def _as_hire(promised: Promised) -> cumulative.Hire:
	return cumulative.Hire(promised.past.referral, promised.terms.counting, promised.past.progress)


def _give_back_when_over(promised: Promised, hires: Mapping, today: date, played: Played) -> None:
	"""Let the parts of bonuses that a hire does not help to earn be free the day after its period has ended.

	By that day everybody has been played who counts in the period, so what was earned is asked then.
	"""
	past, counting = promised.past, promised.terms.counting
	purse = played.purses.get(past.facts.program)
	hire = _as_hire(promised) if purse and counting else None
	ends_on = cumulative.last_day_counted(hire, today) if hire else None
	if ends_on and ends_on < today:
		after = _later(ends_on, 1)
		purse.give_back(
			max(ends_on, past.day),
			counting.milestones,
			lambda: cumulative.stood_for(hire, lambda: played.earned_by(past.person, hires, after), after),
		)


def _ahead(promised: Promised, earned: list[Promise], differs: bool) -> list[Promise]:
	"""Return what was not earned yet and still can be."""
	past = promised.past
	taken = {promise.share for promise in earned}
	ways = promised.terms.chosen(promised.option) if past.option else promised.terms.milestones
	return [
		promise
		for promise in ways
		if promise.share not in taken and not differs and is_reachable(promise.milestone, past.progress)
	]


def _count(promised: Promised, hires: dict[str, list[cumulative.Hire]]) -> None:
	past, counting = promised.past, promised.terms.counting
	if counting and past.progress.stage in WITH_A_HIRE:
		fits = past.is_hired_as(counting.hire)
		hires.setdefault(past.person, []).append(
			cumulative.Hire(past.referral, counting, past.progress, fits)
		)


def _bonus(bonus: cumulative.Bonus, known: Mapping[str, Past]) -> Piece:
	return _piece(known[bonus.referral], bonus.promise, bonus.terms.rule_name, bonus.on)


def _piece(past: Past, promise: Promise, rule: str, day: date) -> Piece:
	return Piece(
		past.referral,
		past.person,
		promise.kind,
		promise.amount,
		promise.currency,
		day,
		day if not promise.payout_delay_days else _later(day, promise.payout_delay_days),
		past.department,
		promise.details,
		rule,
		promise.hires,
	)


def _later(day: date, days: int) -> date:
	return date.fromordinal(day.toordinal() + days)
