"""What HR looks for in an opening: rows of its profile, drafted from the designation, shown once HR has confirmed them.

Called by the Opening Profile and by the pages that show an opening. Reads and drafts; HR saves.
"""

import frappe
from frappe import _
from frappe.utils import cint

from referral_hub.referrals.rules.requirements import assessing
from referral_hub.referrals.rules.requirements.assessing import Requirement
from referral_hub.referrals.showing import catalogue

_FIELDS = ("name", "requirement", "requirement_zh", "kind", "firmness", "must_have", "weight")


def of_opening(opening: str | None) -> list[Requirement]:
	"""Return the confirmed rows of an opening, as HR ordered them; none while they are a draft."""
	if not opening:
		return []
	Profile, Row = frappe.qb.DocType("Opening Profile"), frappe.qb.DocType("Opening Requirement")
	query = (
		frappe.qb.from_(Profile)
		.join(Row)
		.on((Row.parent == Profile.name) & (Row.parenttype == "Opening Profile"))
		.select(*[Row[name] for name in _FIELDS])
		.where((Profile.job_opening == opening) & (Profile.requirements_confirmed == 1))
		.orderby(Row.idx)
	)
	return [_requirement(row) for row in query.run(as_dict=True)]


def shown(opening) -> list[Requirement]:
	"""Return what an opening of the catalogue asks for; no query where HR has confirmed nothing."""
	return of_opening(opening.name) if opening and opening.requirements_confirmed else []


def looked_for(opening) -> dict:
	"""Return what pages show of it: the rows under their headings, else the skills HR listed on the designation."""
	rows = shown(opening)
	if rows or not opening:
		return {"rows": rows, "requirements": _under_headings(rows), "skills": []}
	return {"rows": [], "requirements": [], "skills": catalogue.skills_of(opening.designation)}


def draft(profile) -> None:
	"""Add a row for every skill of the designation that has none; what is drafted waits for HR to confirm it."""
	designation = frappe.db.get_value("Job Opening", profile.job_opening, "designation")
	there = [row.requirement for row in profile.requirements]
	for skill in assessing.missing(catalogue.skills_of(designation), there):
		row = {"kind": assessing.SKILL, "firmness": assessing.HARD, "weight": assessing.LIGHTEST}
		profile.append("requirements", {"requirement": skill, **row})
		profile.requirements_confirmed = 0


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


def _under_headings(rows: list[Requirement]) -> list[tuple[str, list[Requirement]]]:
	headings = {
		assessing.HARD: _("Skills, experience and papers"),
		assessing.SOFT: _("How somebody works"),
	}
	found = [
		(title, [row for row in rows if row.firmness == firmness]) for firmness, title in headings.items()
	]
	return [(title, under) for title, under in found if under]


def _requirement(row) -> Requirement:
	return Requirement(
		name=row.name,
		requirement=row.requirement,
		requirement_zh=row.requirement_zh or "",
		kind=row.kind,
		firmness=row.firmness,
		must_have=bool(row.must_have),
		weight=cint(row.weight),
	)
