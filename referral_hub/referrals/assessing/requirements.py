"""What HR looks for in an opening: rows of its profile, shown once HR has confirmed them.

Called by the Opening Profile and by the pages that show an opening. Reads; drafts.py drafts, HR saves.
"""

import frappe
from frappe import _
from frappe.utils import cint

from referral_hub.referrals.rules.requirements import assessing
from referral_hub.referrals.rules.requirements.assessing import Requirement
from referral_hub.referrals.showing import catalogue

FIELDS = ("name", "requirement", "requirement_zh", "kind", "firmness", "must_have", "weight")


def of_opening(opening: str | None) -> list[Requirement]:
	"""Return the confirmed rows of an opening, as HR ordered them; none while they are a draft."""
	return of_openings([opening]).get(opening, []) if opening else []


def of_openings(openings: list[str]) -> dict[str, list[Requirement]]:
	"""Return the confirmed rows of those of these openings that have any: one query."""
	if not openings:
		return {}
	Profile, Row = frappe.qb.DocType("Opening Profile"), frappe.qb.DocType("Opening Requirement")
	query = (
		frappe.qb.from_(Profile)
		.join(Row)
		.on((Row.parent == Profile.name) & (Row.parenttype == "Opening Profile"))
		.select(Profile.job_opening, *[Row[name] for name in FIELDS])
		.where(
			Profile.job_opening.isin(openings) & (Profile.requirements_confirmed == 1) & (Row.proposed == 0)
		)
		.orderby(Profile.job_opening, Row.idx)
	)
	found: dict[str, list[Requirement]] = {}
	for row in query.run(as_dict=True):
		found.setdefault(row.job_opening, []).append(as_rule(row))
	return found


def shown(opening) -> list[Requirement]:
	"""Return what an opening of the catalogue asks for; no query where HR has confirmed nothing."""
	return of_opening(opening.name) if opening and opening.requirements_confirmed else []


def looked_for(opening) -> dict:
	"""Return what pages show of it: the rows under their headings, else the skills HR listed on the designation."""
	rows = shown(opening)
	if rows or not opening:
		return {"rows": rows, "requirements": under_headings(rows), "skills": []}
	return {"rows": [], "requirements": [], "skills": catalogue.skills_of(opening.designation)}


def check(profile) -> None:
	"""Refuse rows nobody could answer."""
	rows = profile.requirements
	if len(rows) > assessing.MOST:
		frappe.throw(
			_("An opening has at most {0} requirements. Keep those that decide.").format(assessing.MOST)
		)
	for row in rows:
		row.weight = cint(row.weight) or assessing.LIGHTEST
		if not assessing.LIGHTEST <= row.weight <= assessing.HEAVIEST:
			frappe.throw(_("Row {0}: a weight is between 1 and 10.").format(row.idx))
	twice = assessing.named_twice(row.requirement for row in rows)
	if twice:
		frappe.throw(_("{0} is named twice. Please keep one of the two.").format(frappe.bold(twice)))


def under_headings(rows: list[Requirement]) -> list[tuple[str, list[Requirement]]]:
	"""Return [(heading, its rows)] as pages show them; no heading without a row."""
	headings = {
		assessing.HARD: _("Skills, experience and papers"),
		assessing.SOFT: _("How somebody works"),
	}
	found = [
		(title, [row for row in rows if row.firmness == firmness]) for firmness, title in headings.items()
	]
	return [(title, under) for title, under in found if under]


def as_rule(row) -> Requirement:
	return Requirement(
		name=row.name or "",
		requirement=row.requirement or "",
		requirement_zh=row.requirement_zh or "",
		kind=row.kind or assessing.OTHER,
		firmness=row.firmness or assessing.HARD,
		must_have=bool(row.must_have),
		weight=cint(row.weight) or assessing.LIGHTEST,
	)
