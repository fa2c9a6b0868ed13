"""The figures that may be shown to employees and candidates: of large groups alone, with the year, how many people they rest on and the day they were counted.

Called by the portal, and for the words to somebody of the talent pool. Never reads what HR alone may see.
"""

from collections import defaultdict

import frappe

from referral_hub.paths.figures.keeping import TABLE
from referral_hub.paths.rules.figures import Kind


def of_path(path: str) -> dict[str, list[frappe._dict]]:
	"""Return the newest figure of each kind by the code of its level ("" for the whole path), none of a department."""
	rows = frappe.db.sql(
		f"""select level, figure, period_from, period_to, shown_value value, shown_people people, shown_on
		from `tab{TABLE}` where path = %s and is_shown = 1 and ifnull(department, '') = '' order by period_from desc""",
		path,
		as_dict=True,
	)
	newest: dict[str, dict[str, frappe._dict]] = defaultdict(dict)
	for row in rows:
		newest[row.level or ""].setdefault(row.figure, row)
	return {level: list(found.values()) for level, found in newest.items()}


def promotion_rate(path: str, level: str) -> frappe._dict | None:
	"""Return the newest share of those at a level who rose from it, in percent; None where it is not shown, or nobody rose."""
	rates = (row for row in of_path(path).get(level, ()) if row.figure == Kind.PROMOTION_RATE)
	return next((row for row in rates if row.value > 0), None)
