"""HR merges two employees, or two applicants: one applicant asks one colleague once, so of two questions that become one the one
that got further stays. The other keeps what it says, is closed, and names its colleague in words alone.
"""

import frappe
from frappe.utils import now_datetime

from referral_hub.referrals.named.asking import DOCTYPE, LAPSED, WAITING


def make_room(field: str, old: str, new: str) -> None:
	"""`field`: employee or job_applicant, whichever is merged. Call it before Frappe turns the Links."""
	one, other = frappe.qb.DocType(DOCTYPE), frappe.qb.DocType(DOCTYPE).as_("other")
	same = "job_applicant" if field == "employee" else "employee"
	query = frappe.qb.from_(one).inner_join(other).on((other[same] == one[same]) & (one[same] != ""))
	query = query.where((one[field] == old) & (other[field] == new))
	for name, twin in query.select(one.name, other.name).run():
		rows = [frappe.get_doc(DOCTYPE, each, for_update=True) for each in (name, twin)]
		_close(min(rows, key=_how_far))


def _how_far(row) -> tuple[bool, bool]:
	return bool(row.referral), row.state not in (WAITING, LAPSED)


def _close(row) -> None:
	ended = {"state": LAPSED, "answered_on": now_datetime()} if row.state == WAITING else {}
	row.db_set({"employee": None, **ended})
