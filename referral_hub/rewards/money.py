"""Between the database's floats and the rules' Decimals."""

from decimal import Decimal
from math import isfinite

import frappe
from frappe.utils import flt
from frappe.utils.data import get_number_format_info


def to_decimal(value: float | str | None) -> Decimal:
	"""Return the number a person typed, without the noise of its binary form."""
	number = flt(value)
	return Decimal(str(flt(number, 9) if isfinite(number) else number)).normalize() + 0


def currency_digits() -> dict[str, int]:
	"""Return how many digits of a minor unit each currency has, by its number format."""
	formats = frappe.get_all("Currency", fields=["name", "number_format"], as_list=True)
	return {name: get_number_format_info(number_format or "#,###.##")[2] for name, number_format in formats}
