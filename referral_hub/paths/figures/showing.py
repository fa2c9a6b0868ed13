"""The figures that may be shown to employees and candidates: of large groups alone, with the year and how many people they rest on.

Called by the portal. Never reads what HR alone may see.
"""

from collections import defaultdict

import frappe

from referral_hub.paths.figures.keeping import TABLE


def of_path(path: str) -> dict[str, list[frappe._dict]]:
	"""Return the newest figure of each kind by the code of its level ("" for the whole path), none of a department."""
	rows = frappe.db.sql(
		f"""select level, figure, period_from, period_to, shown_value value, shown_people people from `tab{TABLE}`
		where path = %s and is_shown = 1 and ifnull(department, '') = '' order by period_from desc""",
		path,
		as_dict=True,
	)
	newest: dict[str, dict[str, frappe._dict]] = defaultdict(dict)
	for row in rows:
		newest[row.level or ""].setdefault(row.figure, row)
	return {level: list(found.values()) for level, found in newest.items()}
