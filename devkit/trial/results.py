"""What came of playing: every set of rules side by side, added up; and the same figures for a program, in JSON."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from referral_hub.rewards.rules.promising.budget import Budget
from referral_hub.rewards.rules.selection import Rule
from referral_hub.rewards.rules.simulating import tallies
from referral_hub.rewards.rules.simulating.budgets import Purse
from referral_hub.rewards.rules.simulating.history import Past
from referral_hub.rewards.rules.simulating.simulator import Piece, Played
from referral_hub.rewards.rules.simulating.stacking import Stack, stacks
from referral_hub.rewards.rules.simulating.worth import Worth

GOT, CURRENT = "got", "current"


@dataclass
class Tried:
	"""One set of rules that was tried."""

	name: str
	rules: list[Rule]
	played: Played


@dataclass
class Result:
	"""Everything that was played. `casts`: what was paid, under the name of what would pay it. `base`: what the others are compared with."""

	casts: dict[str, list[Piece]]
	sets: list[Tried]
	pasts: list[Past]
	today: date
	worth: Worth
	base: str | None

	def lines(self, key: tallies.Key) -> list[tallies.Line]:
		return tallies.compare(self.casts, key, self.worth)

	def whole(self) -> tallies.Line:
		return next(iter(self.lines(lambda piece: "all")), tallies.Line("all"))

	def compared(self) -> list[Tried]:
		"""Return the sets that there is something to compare with."""
		return [tried for tried in self.sets if self.base not in (None, tried.name)]

	def gains(self, tried: Tried) -> list[tallies.Line]:
		if self.base in (None, tried.name):
			return []
		return tallies.gains(self.lines(tallies.by_person), tried.name, self.base)

	def stacks(self, tried: Tried) -> list[Stack]:
		return stacks(tried.played, self.worth)


def as_json(result: Result) -> dict:
	"""Return all figures; amounts are decimal strings."""
	return {
		"currency": result.worth.currency,
		"without_a_rate": sorted(result.worth.unknown),
		"today": result.today.isoformat(),
		"referrals": len(result.pasts),
		"compared_with": result.base,
		"total": _sums(result, result.whole()),
		"by_month": _keyed(result, tallies.by_month, "month"),
		"by_month_and_department": [
			{"month": line.key[0], "department": line.key[1], **_sums(result, line)}
			for line in result.lines(tallies.by_month_and_department)
		],
		"by_department": _keyed(result, tallies.by_department, "department"),
		"by_kind": [
			{"kind": line.key[0], "currency": line.key[1], "details": line.key[2], **_amounts(result, line)}
			for line in result.lines(tallies.by_kind)
		],
		"by_employee": _keyed(result, tallies.by_person, "employee"),
		"sets": {tried.name: _set(result, tried) for tried in result.sets},
	}


def plain(value: Decimal | None) -> str | None:
	return None if value is None else format(value, "f")


def _set(result: Result, tried: Tried) -> dict:
	"""Return what only one set of rules can say."""
	played = tried.played
	return {
		"may_still_come": plain(played.ahead),
		"winners_and_losers": [
			{"employee": line.key, **_sums(result, line), **_difference(result, tried, line)}
			for line in result.gains(tried)
		],
		"budgets": [_purse(program, purse) for program, purse in sorted(played.purses.items())],
		"what_adds_up": [_stack(stack) for stack in result.stacks(tried)],
		"no_rule_fits": [past.referral for past in played.unfit],
		"budget_used_up": [past.referral for past in played.stopped],
	}


def _purse(program: str, purse: Purse) -> dict:
	budget: Budget = purse.budget
	return {
		"program": program,
		"limit": plain(budget.limit),
		"used": plain(budget.used),
		"point_value": plain(budget.point_value),
		"stopped_on": purse.stopped_on and purse.stopped_on.isoformat(),
		"stopped": purse.stopped,
		"at_month_ends": {month: plain(used) for month, used in purse.at_month_ends().items()},
	}


def _keyed(result: Result, key: tallies.Key, name: str) -> list[dict]:
	return [{name: line.key, **_sums(result, line)} for line in result.lines(key)]


def _sums(result: Result, line: tallies.Line) -> dict:
	return {
		cast: {"money": plain(line.of(cast).money), "points": plain(line.of(cast).points)}
		for cast in result.casts
	}


def _amounts(result: Result, line: tallies.Line) -> dict:
	return {cast: plain(line.of(cast).amount) for cast in result.casts}


def _difference(result: Result, tried: Tried, line: tallies.Line) -> dict:
	money, points = line.difference(tried.name, result.base)
	return {"difference": {"money": plain(money), "points": plain(points)}}


def _stack(stack: Stack) -> dict:
	times = stack.times()
	return {
		"rule": stack.rule,
		"how": stack.how,
		"what": [{"name": name, "figure": figure, "title": title} for name, figure, title in stack.parts],
		"referrals": stack.referrals,
		"base": {"money": plain(stack.base), "points": plain(stack.base_points)},
		"promised": {"money": plain(stack.promised), "points": plain(stack.promised_points)},
		"times": None if times is None else plain(round(times, 2)),
	}
