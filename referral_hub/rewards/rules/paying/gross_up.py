"""What the company pays on top, so that a thing given costs the employee no tax. Pure.

The value V is income; at the rate r the employee owes V * r. Paying X in cash so that this tax and the tax on X itself are
covered asks for X = (V + X) * r, so X = V * r / (1 - r), and V + X = V / (1 - r): what tax offices call grossing up (US: IRS
Publication 15-A, Employee's Portion of Taxes Paid by Employer; China: Guoshuifa 1994 No. 89, income paid free of tax, with the
quick deduction 0 of a single rate). Exact for one marginal rate, which HR states: across brackets it is as good as that rate.
"""

from decimal import ROUND_HALF_UP, Decimal

WHOLE = Decimal(100)


class NoSuchRate(ValueError):
	"""A rate of 100 % or more leaves nothing, a rate below 0 is none."""


def tax_to_pay(value: Decimal, rate_percent: Decimal, places: int) -> Decimal:
	"""Return the cash that covers the tax on a value and on itself, to the minor unit."""
	if not 0 <= rate_percent < WHOLE:
		raise NoSuchRate(rate_percent)
	exact = value * rate_percent / (WHOLE - rate_percent)
	return exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
