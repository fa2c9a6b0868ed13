"""Between the database's floats and the rules' Decimals."""

import json
from collections.abc import Iterable
from decimal import Decimal
from math import isfinite

import frappe
from frappe.utils import flt
from frappe.utils.data import get_number_format_info

# what stands on a reward that is paid in the currency it was promised in
NOT_CONVERTED = {"paid_amount": 0, "paid_currency": None, "exchange_rate": 0, "exchange_rate_on": None}


def to_decimal(value: float | str | None) -> Decimal:
	"""Return the number a person typed, without the noise of its binary form."""
	number = flt(value)
	return Decimal(str(flt(number, 9) if isfinite(number) else number)).normalize() + 0


def currency_digits(currencies: Iterable[str | None]) -> dict[str, int]:
	"""Return how many digits of a minor unit each of these currencies has, by its number format."""
	return {name: _digits(name) for name in set(currencies) if name}


def _digits(currency: str) -> int:
	number_format = frappe.get_cached_value("Currency", currency, "number_format")
	return get_number_format_info(number_format or "#,###.##")[2]


def handed_over(reward) -> Decimal:
	"""Return what payroll was given for a reward, in the currency it was given in."""
	return to_decimal(reward.paid_amount if reward.paid_currency else reward.amount)


def currency_handed_over(reward) -> str:
	return reward.paid_currency or reward.currency


def paid_out(reward) -> Decimal:
	"""Return what payroll really paid for a reward: what it was given, unless somebody changed that in HRMS."""
	changed = _explained(reward, "paid_amount")
	return handed_over(reward) if changed is None else to_decimal(changed)


def kept_before(reward) -> Decimal:
	"""Return what the employee kept of an earlier attempt of this reward, also what was paid anew by then."""
	return to_decimal(_explained(reward, "kept_before") or 0) + kept_beyond(reward)


def kept_beyond(reward) -> Decimal:
	"""Return what the employee kept of an earlier attempt, was paid anew by then, and is asked for by nobody."""
	return to_decimal(_explained(reward, "kept_beyond") or 0)


def left_with_employee(reward) -> Decimal:
	"""Return what the employee has of a reward that is to be paid anew: the attempt may have been paid, and that withdrawn."""
	return to_decimal(reward.owed_amount) or kept_before(reward)


def kept_currency(reward) -> str | None:
	"""Return in which currency the employee kept something of a reward that is to be paid anew."""
	return _explained(reward, "kept_currency")


def kept_uncounted(reward) -> dict[str, Decimal]:
	"""Return what the employee kept by currency, where no exchange rate said yet what that is in the currency of the payment."""
	return {
		currency: to_decimal(amount)
		for currency, amount in (_explained(reward, "kept_uncounted") or {}).items()
	}


def written_off(reward) -> Decimal:
	"""Return what the employee has of a void reward and need not give back."""
	return to_decimal(_explained(reward, "written_off") or 0)


def to_give_back(reward) -> list[dict]:
	"""Return what the company has of the employee's, since it came back of what nothing pays any more: amount, currency, attempt.

	One for each attempt of which something came back, the latest first.
	"""
	latest = _explained(reward, "give_back")
	if not latest:
		return []
	earlier = latest.pop("earlier", ())
	return [latest, *earlier]


def _explained(reward, name: str):
	kept = reward.explanation or ""
	return (
		json.loads(kept).get(name) if name in kept else None
	)  # most hold none of it, and many are paid at once
