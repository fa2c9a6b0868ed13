"""What is wrong with the milestones of a rule that somebody wants to save. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from referral_hub.rewards.rules.milestones import RETAINED
from referral_hub.rewards.rules.terms import POINTS, Promise
from referral_hub.rewards.rules.units import BUILT_IN, Unit, unit_of


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


TOO_FINE = {
	Unit.WHOLE: "not_whole",
	Unit.HALVES: "not_half_days",
	Unit.MONEY: "amount_too_fine",
	Unit.PERCENT: "percent_too_fine",
}


def _problems_of(promise: Promise, digits: dict[str | None, int], unit: Unit):
	if promise.amount <= 0:
		yield "amount_not_positive"
	elif not unit.fits(promise.amount, digits.get(promise.currency, 2)):
		yield "points_not_whole" if promise.kind == POINTS else TOO_FINE[unit]
	if promise.milestone == RETAINED and promise.after_months <= 0:
		yield "months_missing"
	if promise.payout_delay_days < 0:
		yield "delay_negative"
