"""How points are named in a sentence: one form for the portal, messages and the desk, by the name the company chose.

Each caller formats the number itself, since a page, a mail and a form each have their own way with figures.
"""

import frappe
from frappe import _

DEFAULT_NAME = "Points"


def in_words(value, figure: str) -> str:
	"""Return "300 points", "1 point", or the figure with the company's own name for points."""
	if name := own_name():
		return f"{figure} {name}"
	return _("1 point") if value == 1 else _("{0} points").format(figure)


def label() -> str:
	"""Return the name as a label or the first word of a sentence."""
	return own_name() or _("Points", context="Referral Hub")


def own_name() -> str:
	"""Return what the company calls points, empty while it has not chosen a name."""
	name = (frappe.db.get_single_value("Referral Hub Settings", "points_name") or "").strip()
	return "" if name.lower() == DEFAULT_NAME.lower() else name
