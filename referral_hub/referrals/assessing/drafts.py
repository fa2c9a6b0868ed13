"""Drafts what an opening asks for: from the skills of its Designation, its own fields and its description. HR looks, edits, confirms.

A drafted row is shown to nobody but HR until they confirm it. What HR edited stays as it is; what they threw away does not come back.
"""

import frappe
from frappe import _
from frappe.utils import cint, now_datetime

from referral_hub.matching.rules import drafting, proposing
from referral_hub.referrals.assessing import requirements
from referral_hub.referrals.showing import catalogue
from referral_hub.vocabulary.in_use import vocabulary

_READ = (
	"designation",
	"description",
	"location",
	"publish_salary_range",
	"lower_range",
	"upper_range",
	"currency",
	"salary_per",
)


def propose(profile) -> int:
	"""Add a row for everything new that the opening asks for; return how many. Nothing is saved."""
	opening = frappe.db.get_value("Job Opening", profile.job_opening, _READ, as_dict=True) or frappe._dict()
	words = vocabulary()
	drafted = [
		*drafting.draft(opening.description, words, skills=catalogue.skills_of(opening.designation)),
		*proposing.of_fields(
			_fields(opening), _("Location of the opening"), _("Salary range of the opening")
		),
	]
	there = [proposing.Row(requirements.as_rule(row), row.drafted_as or "") for row in profile.requirements]
	found = proposing.new(drafted, there, _seen(profile), words)
	for row in found:
		profile.append("requirements", _values(row))
	remember(profile)
	return len(found)


def remember(profile) -> None:
	"""Keep what was ever proposed, so that what HR throws away is not proposed again."""
	seen = {*_seen(profile), *(row.drafted_as for row in profile.requirements if row.drafted_as)}
	profile.drafted_before = frappe.as_json(sorted(seen), indent=None) if seen else None


def confirm(profile) -> None:
	"""Say who confirmed the rows that are shown, and when: HR's tick is for all rows, later drafts wait for the next one."""
	before = profile.get_doc_before_save()
	if not cint(profile.requirements_confirmed):
		profile.requirements_confirmed_by = profile.requirements_confirmed_on = None
		return
	if not before or not cint(before.requirements_confirmed):
		for row in profile.requirements:
			row.proposed = 0
	if not before or not cint(before.requirements_confirmed) or _shown(before) != _shown(profile):
		profile.requirements_confirmed_by = frappe.session.user
		profile.requirements_confirmed_on = now_datetime()


def _shown(profile) -> list[tuple]:
	return [
		tuple(str(row.get(field) or "") for field in requirements.FIELDS if field != "name")
		for row in profile.requirements
		if not cint(row.proposed)
	]


def _seen(profile) -> list[str]:
	return frappe.parse_json(profile.drafted_before or "[]")


def _fields(opening) -> proposing.Fields:
	is_public = cint(opening.publish_salary_range)
	return proposing.Fields(
		opening.location or "",
		round(opening.lower_range or 0) if is_public else 0,
		round(opening.upper_range or 0) if is_public else 0,
		opening.currency or "",
		opening.salary_per or "Month",
	)


def _values(row: drafting.Drafted) -> dict:
	return {
		"requirement": row.requirement,
		"requirement_zh": row.requirement_zh,
		"kind": row.kind.value,
		"firmness": row.firmness,
		"must_have": int(row.must_have),
		"weight": row.weight,
		"proposed": 1,
		"because": row.because,
		"drafted_as": proposing.key_of(row),
	}
