"""What the questions and themes of the survey are called, in the words of who reads."""

import frappe
from frappe import _


def questions() -> dict[str, str]:
	"""Return what is asked from 1 to 5, in a word or two."""
	return {
		"informed": _("Told in Time", context="Survey"),
		"easy": _("Easy", context="Survey"),
		"fair": _("Fair", context="Survey"),
		"respectful": _("Respectful", context="Survey"),
		"clear": _("Clear", context="Survey"),
		"fast": _("Fast", context="Survey"),
	}


def themes() -> dict[str, str]:
	"""Return what each theme is called, also one that is offered no more."""
	rows = frappe.get_all("Referral Survey Theme", fields=["theme", "theme_zh"], limit_page_length=0)
	chinese = (frappe.local.lang or "").startswith("zh")
	return {row.theme: (chinese and row.theme_zh) or row.theme for row in rows}
