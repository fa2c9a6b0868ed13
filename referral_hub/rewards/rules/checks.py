"""What is wrong with the milestones of a rule that somebody wants to save. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from referral_hub.rewards.rules.milestones import RETAINED
from referral_hub.rewards.rules.terms import POINTS, Promise
from referral_hub.rewards.rules.units import BUILT_IN, Unit, unit_of

# What one promise may be, by kind: thousands of such rewards still fit a wallet, and a column of HRMS.
LARGEST = {POINTS: Decimal(1_000_000)}
LARGEST_OF_OTHERS = Decimal(1_000_000_000)
# Ten years: further ahead nobody promises, and calendars end.
MOST_MONTHS, MOST_DAYS = 120, 3650
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


def find_problems(
	promises: list[Promise], digits: dict[str | None, int], units: Mapping[str, Unit] = BUILT_IN
) -> list[Problem]:
	"""Return every problem, row by row (rows count from 1)."""
	seen: dict[tuple, int] = {}
	problems = []
	for row, promise in enumerate(promises, start=1):
		problems.extend(
			Problem(code, row) for code in _problems_of(promise, digits, unit_of(promise.kind, units))
		)
		key = (
			promise.milestone,
			promise.after_months,
			promise.kind,
			promise.currency,
			promise.payout_delay_days,
		)
		if key in seen:
			problems.append(Problem("repeated", row, seen[key]))
		seen.setdefault(key, row)
	return problems


def largest_of(kind: str) -> Decimal:
	return LARGEST.get(kind, LARGEST_OF_OTHERS)


def _problems_of(promise: Promise, digits: dict[str | None, int], unit: Unit):
	if not promise.amount.is_finite():
		yield "amount_not_a_number"
	elif promise.amount <= 0:
		yield "amount_not_positive"
	elif promise.amount > largest_of(promise.kind):
		yield "amount_too_large"
	elif not unit.fits(promise.amount, digits.get(promise.currency, 2)):
		yield "points_not_whole" if promise.kind == POINTS else TOO_FINE[unit]
	if promise.milestone == RETAINED and promise.after_months <= 0:
		yield "months_missing"
	if promise.after_months > MOST_MONTHS:
		yield "months_too_many"
	if promise.payout_delay_days < 0:
		yield "delay_negative"
	if promise.payout_delay_days > MOST_DAYS:
		yield "delay_too_long"
