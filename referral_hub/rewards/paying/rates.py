"""What an amount of one currency is in another on a day: ERPNext's rate, kept on the reward that was paid by it."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from erpnext.setup.utils import get_exchange_rate

from referral_hub.rewards.money import currency_digits, to_decimal


@dataclass(frozen=True)
class Rate:
	"""Units of `currency` for one unit of the promised currency."""

	currency: str
	rate: Decimal
	on: date

	def convert(self, amount: Decimal) -> Decimal:
		places = currency_digits([self.currency]).get(self.currency, 2)
		return (amount * self.rate).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def rate_of(promised: str, currency: str, on: date) -> Rate | None:
	"""Return ERPNext's rate of the day; None when it has none."""
	if promised == currency:
		return Rate(currency, Decimal(1), on)
	rate = to_decimal(get_exchange_rate(promised, currency, on.isoformat()))
	return Rate(currency, rate, on) if rate > 0 else None
