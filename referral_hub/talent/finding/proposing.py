"""Proposes openings for somebody who was referred without one: read in three queries, chosen by `rules.fitting`.

Reads only. What HR may not see among openings is not proposed to them.
"""

import frappe

from referral_hub.matching.rules.drafting import plain_text
from referral_hub.talent.rules.fitting import Offered, Wish, fitting

MOST_OPENINGS = 1000
_FIELDS = ("name", "job_title", "designation", "department", "location", "company", "description")


def proposals(referral: str) -> list[dict]:
	"""Return the openings that fit best: {name, title, designation, department, location, by, words}; [] when none does."""
	row = frappe.db.get_value("Referral", referral, ["designation", "note", "company"], as_dict=True)
	openings = {opening.name: opening for opening in openings_that_take_referrals(row.company)}
	found = fitting(_wish(referral, row), [offered(opening) for opening in openings.values()])
	return [shown(openings[fit.name], fit) for fit in found]


def _wish(referral: str, row) -> Wish:
	fields = ["skills", "note", "preferred_designation", "preferred_location"]
	kept = frappe.db.get_value("Talent Pool Record", {"referral": referral}, fields, as_dict=True) or {}
	words = " ".join(filter(None, (row.note, kept.get("skills"), kept.get("note"))))
	return Wish(kept.get("preferred_designation") or row.designation, kept.get("preferred_location"), words)


def openings_that_take_referrals(company: str | None) -> list:
	"""Return open openings of the company that take referrals, newest first."""
	closed = frappe.get_all("Opening Profile", {"accepts_referrals": 0}, pluck="job_opening")
	return openings_of(company, {"name": ("not in", closed or [""])})


def openings_of(company: str | None, also: dict | None = None) -> list:
	"""Return open openings of the company, newest first; whoever is called back is not referred, and may have each of them."""
	filters = {"status": "Open", **(also or {})}
	if company:
		filters["company"] = company
	return frappe.get_list(
		"Job Opening", filters, list(_FIELDS), order_by="creation desc", limit_page_length=MOST_OPENINGS
	)


def offered(opening, requirements: tuple = ()) -> Offered:
	text = plain_text(opening.description)
	return Offered(opening.name, opening.job_title, opening.designation, opening.location, text, requirements)


def shown(opening, fit) -> dict:
	return {
		"name": opening.name,
		"title": opening.job_title,
		"designation": opening.designation,
		"department": opening.department,
		"location": opening.location,
		"by": list(fit.by),
		"words": list(fit.words),
	}
