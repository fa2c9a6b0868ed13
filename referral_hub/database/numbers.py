"""Refuses numbers that no column holds or nobody means, in words. Called where HR writes something down."""

from collections.abc import Mapping

import frappe
from frappe import _
from frappe.utils import flt


def refuse_beyond(row, largest: Mapping[str, int]) -> None:
	"""Refuse a document, or a row of one, with a number below 0 or above the largest of its field."""
	for field, most in largest.items():
		label = _(row.meta.get_label(field))
		if flt(row.get(field)) < 0:
			frappe.throw(_("{0} can't be below 0.").format(label))
		if not flt(row.get(field)) <= most:
			frappe.throw(_("{field} can be at most {largest}.").format(field=label, largest=f"{most:,}"))
