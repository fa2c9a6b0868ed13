"""What is wrong with the rows of a rule that somebody wants to save. Pure."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from referral_hub.rewards.rules.milestones import MILESTONES, NEEDS_THE_HIRE, RETAINED
from referral_hub.rewards.rules.promising.factors import CAMPAIGN, STAYING, Factor, plain
from referral_hub.rewards.rules.promising.freezing import group_of
from referral_hub.rewards.rules.terms import POINTS, Promise
from referral_hub.rewards.rules.units import BUILT_IN, Unit, unit_of

# What one promise may be, by kind: thousands of such rewards still fit a wallet, and a column of HRMS.
LARGEST = {POINTS: Decimal(1_000_000)}
LARGEST_OF_OTHERS = Decimal(1_000_000_000)
# Ten years: further ahead nobody promises, and calendars end.
MOST_MONTHS, MOST_DAYS = 120, 3650
LARGEST_FACTOR = 100
TOO_FINE = {
	Unit.WHOLE: "not_whole",
	Unit.HALVES: "not_half_days",
	Unit.MONEY: "amount_too_fine",
	Unit.PERCENT: "percent_too_fine",
}


@dataclass(frozen=True)
class Problem:
	"""A broken rule of one row; `code` is put into words where the language is known."""

	code: str
	row: int
	other_row: int = 0
	values: dict = field(default_factory=dict)


def find_problems(
	promises: list[Promise], digits: dict[str | None, int], units: Mapping[str, Unit] = BUILT_IN
) -> list[Problem]:
	"""Return every problem, row by row (rows count from 1)."""
	seen: dict[tuple, int] = {}
	problems = []
	for row, promise in enumerate(promises, start=1):
		unit = unit_of(promise.kind, units)
		largest = {"largest": f"{largest_of(promise.kind):,}"}
		problems.extend(
			Problem(code, row, values=largest if code == "amount_too_large" else {})
			for code in _problems_of(promise, digits, unit)
		)
		key = _when_and_what(promise)
		if key in seen:
			problems.append(Problem("repeated", row, seen[key]))
		seen.setdefault(key, row)
	return [*problems, *_problems_of_shares(promises), *_problems_of_choice(promises)]


def find_counting_problems(promises: list[Promise]) -> list[Problem]:
	"""Return what is wrong with the rows of a rule that counts several hires."""
	problems = []
	for row, promise in enumerate(promises, start=1):
		if promise.hires < 2:
			problems.append(Problem("hires_missing", row))
		if (promise.milestone, promise.after_months) != (promises[0].milestone, promises[0].after_months):
			problems.append(Problem("counts_two_steps", row, 1))
		if promise.option:
			problems.append(Problem("choice_of_several", row))
		if promise.percent is not None:
			problems.append(Problem("share_of_several", row))
		if promise.back_within:
			problems.append(Problem("back_of_several", row))
	return problems


def find_factor_problems(factors: Sequence[Factor]) -> list[Problem]:
	"""Return what is wrong with the factors, row by row."""
	problems, seen = [], {}
	for row, factor in enumerate(factors, start=1):
		problems.extend(Problem(code, row) for code in _problems_of_factor(factor))
		key = factor.name, factor.title if factor.name == CAMPAIGN else "", factor.after_months
		if key in seen and factor.name != CAMPAIGN:
			problems.append(Problem("factor_repeated", row, seen[key]))
		seen.setdefault(key, row)
	return problems


def largest_of(kind: str) -> Decimal:
	return LARGEST.get(kind, LARGEST_OF_OTHERS)


def _when_and_what(promise: Promise) -> tuple:
	return (
		promise.milestone,
		promise.after_months,
		promise.kind,
		promise.currency,
		promise.payout_delay_days,
		promise.back_within,
		promise.option,
		promise.hires,
		json.dumps(promise.details, sort_keys=True, default=str),
	)


def _problems_of(promise: Promise, digits: dict[str | None, int], unit: Unit):
	if not promise.amount.is_finite():
		yield "amount_not_a_number"
	elif promise.amount <= 0:
		yield "amount_not_positive"
	elif promise.amount > largest_of(promise.kind):
		yield "amount_too_large"
	elif not unit.fits(promise.amount, digits.get(promise.currency, 2)):
		yield "points_not_whole" if promise.kind == POINTS else TOO_FINE[unit]
	if promise.milestone not in MILESTONES:
		yield "milestone_missing"
	if promise.milestone == RETAINED and promise.after_months <= 0:
		yield "months_missing"
	if promise.back_within < 0:
		yield "back_negative"
	if promise.back_within and promise.milestone not in NEEDS_THE_HIRE:
		yield "back_without_hire"
	if max(promise.after_months, promise.back_within) > MOST_MONTHS:
		yield "months_too_many"
	if promise.payout_delay_days < 0:
		yield "delay_negative"
	if promise.payout_delay_days > MOST_DAYS:
		yield "delay_too_long"
	if promise.percent is not None and not (promise.percent.is_finite() and 0 < promise.percent <= 100):
		yield "share_out_of_range"


def _problems_of_shares(promises: list[Promise]):
	"""The parts of one amount add up to it: nothing is lost between the rows, and nothing paid twice."""
	groups: dict[tuple, list[tuple[int, Decimal]]] = {}
	for row, promise in enumerate(promises, start=1):
		if promise.percent is not None:
			groups.setdefault(group_of(promise), []).append((row, promise.percent))
	for parts in groups.values():
		total = sum(percent for _row, percent in parts)
		if total != 100:
			rows = ", ".join(str(row) for row, _percent in parts)
			yield Problem("shares_not_whole", parts[0][0], values={"rows": rows, "total": plain(total)})


def _problems_of_choice(promises: list[Promise]):
	letters = [promise.option for promise in promises if promise.option]
	if len(set(letters)) == 1:
		row = next(row for row, promise in enumerate(promises, start=1) if promise.option)
		yield Problem("choice_of_one", row, values={"option": letters[0]})


def _problems_of_factor(factor: Factor):
	if not factor.times.is_finite() or factor.times <= 0:
		yield "factor_not_positive"
		return
	if factor.times > LARGEST_FACTOR:
		yield "factor_too_large"
	if factor.valid_from and factor.valid_to and factor.valid_to < factor.valid_from:
		yield "factor_ends_before"
	if factor.name == STAYING and not 0 < factor.after_months <= MOST_MONTHS:
		yield "factor_months_missing"
	if factor.name == STAYING and 0 < factor.times <= 1:
		yield "factor_adds_nothing"
	if factor.name == CAMPAIGN and not factor.title:
		yield "campaign_unnamed"
