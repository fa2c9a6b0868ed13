"""HR may move an applicant to another opening in HRMS; the referral keeps its own, with what was promised for it.

Says which opening HR looks at now, so that nobody is told that it is still the first. Reads only, changes nothing.
"""

import frappe


def moved_to(row) -> str | None:
	"""Return the other opening that the applicant of this referral (a row or document) is for now; None: it is the same."""
	if not (row.get("job_opening") and row.get("job_applicant")) or row.get("applicant_deleted"):
		return None
	if isinstance(row, dict) and "opening_now" in row:  # whoever read the row has read that too
		now = row.get("opening_now")
	else:
		now = frappe.db.get_value("Job Applicant", row.get("job_applicant"), "job_title")
	return now if now and now != row.get("job_opening") else None


def title_of(opening: str | None) -> str | None:
	"""Return what an opening is called; None for one that is gone."""
	return frappe.get_cached_value("Job Opening", opening, "job_title") if opening else None
