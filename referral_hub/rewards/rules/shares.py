"""Parts of a whole that always add up to it, to the smallest unit: largest remainder. Pure."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction


def split(whole: Decimal, weights: Sequence[Decimal], step: Decimal) -> list[Decimal]:
	"""Split a whole by weights into multiples of a step; what is left goes to the largest remainders, the earlier first."""
	units = int(rounded(whole, step) / step)
	total = sum(map(Fraction, weights))
	exact = [units * Fraction(weight) / total for weight in weights]
	parts = [int(part) for part in exact]
	by_remainder = sorted(range(len(exact)), key=lambda place: (parts[place] - exact[place], place))
	for place in by_remainder[: units - sum(parts)]:
		parts[place] += 1
	return [part * step for part in parts]


def rounded(amount: Decimal, step: Decimal) -> Decimal:
	"""Return the nearest multiple of a step; a half goes up."""
	return (amount / step).quantize(Decimal(1), rounding=ROUND_HALF_UP) * step
