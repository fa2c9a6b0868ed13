"""Reads the rows in which one of some values stands; no value finds nobody.

Frappe's `in` takes "" and an empty list for "not set": either would find every row that says nothing.
"""

from collections.abc import Iterable

import frappe

# what a record keeps of the pay that the opening somebody applied for offered then, and where the opening says it
PAY_THEN = {
	"pay_then_from": "lower_range",
	"pay_then_to": "upper_range",
	"pay_then_currency": "currency",
	"pay_then_per": "salary_per",
}


def with_values(
	doctype: str, column: str, values: Iterable, fields: list[str], order_by: str = "name asc", **also
):
	"""Return the rows whose `column` is one of these values; `also` are further filters."""
	said = sorted({value for value in values if value})
	if not said:
		return []
	return frappe.get_all(doctype, {column: ("in", said), **also}, fields, order_by=order_by)
