"""What an amount of one currency is in another on a day: ERPNext's rate, kept on the reward that was paid by it.

A reward is paid under its lock, and there only what the site keeps is looked at: ERPNext would ask a server on the internet
for a rate it lacks, and everybody who needs the row would wait for the answer. `fetch` lets it ask, in a job that locks nothing.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

import frappe
from erpnext.setup.utils import get_exchange_rate
from frappe.utils import cint

from referral_hub.background import start_after_commit
from referral_hub.rewards.money import currency_digits, to_decimal

MISSING = "no_rate"
KEPT_SECONDS = 6 * 60 * 60


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
	"""Return the rate of the day that the site keeps, in Currency Exchange or fetched lately; None when it has none."""
	if promised == currency:
		return Rate(currency, Decimal(1), on)
	rate = _entered(promised, currency, on) or _fetched(promised, currency, on)
	return Rate(currency, rate, on) if rate > 0 else None


def fetch_after_commit(promised: str, currency: str, referral: str) -> None:
	"""Let a job ask for a rate that is missing, and pay the referral's rewards when there is one."""
	start_after_commit(
		"referral_hub.tasks.fetch_rate", promised=promised, currency=currency, referral=referral
	)


def fetch(promised: str, currency: str, on: date) -> bool:
	"""Ask ERPNext, which may ask the internet, and keep the answer for some hours; False when there is none."""
	rate = to_decimal(get_exchange_rate(promised, currency, on.isoformat()))
	if rate > 0:
		frappe.cache.set_value(_key(promised, currency, on), str(rate), expires_in_sec=KEPT_SECONDS)
	return rate > 0


def _entered(promised: str, currency: str, on: date) -> Decimal:
	"""Return the newest rate in Currency Exchange, not older than Accounts Settings allow."""
	settings = frappe.get_cached_doc("Accounts Settings")
	since = date.min if settings.allow_stale else on - timedelta(days=cint(settings.stale_days) - 1)
	rows = frappe.get_all(
		"Currency Exchange",
		filters={"from_currency": promised, "to_currency": currency, "date": ("between", [since, on])},
		pluck="exchange_rate",
		order_by="date desc",
		limit=1,
	)
	return to_decimal(rows[0]) if rows else Decimal(0)


def _fetched(promised: str, currency: str, on: date) -> Decimal:
	return to_decimal(frappe.cache.get_value(_key(promised, currency, on), expires=True) or 0)


def _key(promised: str, currency: str, on: date) -> str:
	return f"referral_hub_rate:{promised}:{currency}:{on.isoformat()}"
