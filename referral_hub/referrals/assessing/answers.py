"""What a referrer said of the candidate against the requirements: kept with the referral, told to HR and to themselves.

An opinion in one tap a row. It decides nothing by itself, and no answer is an answer too.
"""

import frappe
from frappe import _
from frappe.utils import escape_html

from referral_hub.referrals.assessing import requirements
from referral_hub.referrals.rules.requirements import assessing
from referral_hub.referrals.rules.requirements.assessing import Answer

_MARKS = {Answer.MEETS: ("✓", "green"), Answer.DOES_NOT: ("✗", "orange"), Answer.UNKNOWN: ("?", "gray")}


def kept(opening: str | None, answers: dict | None) -> str | None:
	"""Return the answers as a referral keeps them; without any there is no query."""
	said = assessing.kept(answers, requirements.of_opening(opening)) if answers and opening else []
	return frappe.as_json(said) if said else None


def told(assessment: str | None) -> list[tuple[str, str, str]]:
	"""Return (requirement, answer in words, its code) for each that was answered, in the reader's language."""
	chinese = (frappe.local.lang or "").startswith("zh")
	rows = frappe.parse_json(assessment or "[]")
	return [
		(
			(chinese and row["requirement_zh"]) or row["requirement"],
			words(row["answer"]),
			row["answer"],
		)
		for row in rows
	]


def words(answer: str) -> str:
	return {
		Answer.MEETS: _("Meets it", context="requirement"),
		Answer.DOES_NOT: _("Does not", context="requirement"),
		Answer.UNKNOWN: _("Don't know", context="requirement"),
	}[Answer(answer)]


def told_to_hr(assessment: str | None) -> str:
	"""Return the answers as HTML for HR's forms; empty when the referrer said nothing."""
	rows = frappe.parse_json(assessment or "[]")
	if not rows:
		return ""
	lines = "".join(map(_line, rows, told(assessment)))
	note = escape_html(_("What the referrer thinks, in their own judgement."))
	return f'<p class="text-muted small">{note}</p><table class="table table-bordered small">{lines}</table>'


def _line(row: dict, said: tuple[str, str, str]) -> str:
	requirement, answer, code = said
	mark, colour = _MARKS[Answer(code)]
	firmness = (
		_("Hard", context="requirement")
		if row["firmness"] == assessing.HARD
		else _("Soft", context="requirement")
	)
	kind = _("Must Have", context="requirement") if row["must_have"] else firmness
	return (
		f'<tr><td>{escape_html(requirement)}</td><td class="text-nowrap">{escape_html(kind)}</td><td class="text-nowrap">'
		f'<span class="indicator-pill {colour} no-indicator-dot">{mark} {escape_html(answer)}</span></td></tr>'
	)
