"""Between the database's floats and the rules' Decimals."""

from collections.abc import Iterable
from decimal import Decimal
from math import isfinite

import frappe
from frappe.utils import flt
from frappe.utils.data import get_number_format_info


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
