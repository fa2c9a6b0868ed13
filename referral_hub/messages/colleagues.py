"""Colleagues whom a message names: kept by their records, named when it goes out. Owns no rows.

Who has left by then, or wishes not to be named, is left out. Called by `sending`.
"""

import frappe

from referral_hub.messages.rules.events import EVENTS
from referral_hub.people import employments, wishes


def named(event: str, facts: dict) -> dict:
	"""Return the facts with a `name` in each row of the one that lists colleagues; None for whom nobody named to begin with."""
	fact = EVENTS[event].colleagues
	rows = facts.get(fact) if fact else None
	if not rows:
		return facts
	listed = {row["employee"] for row in rows if row["employee"]}
	here = {"name": ("in", [*listed]), "status": employments.ACTIVE}
	found = dict(frappe.get_all("Employee", here, ["name", "employee_name"], as_list=True)) if listed else {}
	found = {None: None} | {name: found[name] for name in found.keys() - wishes.incognito_among(found.keys())}
	kept = [{**row, "name": found[row["employee"]]} for row in rows if row["employee"] in found]
	return {**facts, fact: kept}
