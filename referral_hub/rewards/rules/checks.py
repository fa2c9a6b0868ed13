"""What is wrong with the milestones of a rule that somebody wants to save. Pure."""

from dataclasses import dataclass
from decimal import Decimal

from referral_hub.rewards.rules.milestones import RETAINED
from referral_hub.rewards.rules.terms import POINTS, Promise


@dataclass(frozen=True)
class Problem:
	"""A broken rule of one row; `code` is put into words where the language is known."""

	code: str
	row: int
	other_row: int = 0


def find_problems(promises: list[Promise], digits: dict[str | None, int]) -> list[Problem]:
	"""Return every problem, row by row (rows count from 1)."""
	seen: dict[tuple, int] = {}
	problems = []
	for row, promise in enumerate(promises, start=1):
		problems.extend(Problem(code, row) for code in _problems_of(promise, digits))
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


def _problems_of(promise: Promise, digits: dict[str | None, int]):
	if promise.amount <= 0:
		yield "amount_not_positive"
	elif promise.kind == POINTS and promise.amount % 1:
		yield "points_not_whole"
	elif promise.kind != POINTS and not _fits(promise.amount, digits.get(promise.currency, 2)):
		yield "amount_too_fine"
	if promise.milestone == RETAINED and promise.after_months <= 0:
		yield "months_missing"
	if promise.payout_delay_days < 0:
		yield "delay_negative"


def _fits(amount: Decimal, places: int) -> bool:
	return amount == amount.quantize(Decimal(1).scaleb(-places))
