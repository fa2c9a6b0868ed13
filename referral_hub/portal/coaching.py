"""What helps before somebody is asked: what to say, the post's strengths and challenges, the resume, the interview.

Written by HR in Markdown: in the settings for all openings, in the Opening Profile for one, which then takes its place.
Used by the opening's page and the pages to refer and to invite.
"""

from typing import NamedTuple

import frappe
from frappe import _
from frappe.utils import md_to_html
from markupsafe import Markup

from referral_hub.portal import richtext

# (field of the settings, field of the Opening Profile), without the language
_TEXTS = (
	("coach_say", "coach_say"),
	("coach_resume", "coach_resume"),
	("coach_interview", "coach_interview"),
)


class Advice(NamedTuple):
	title: str
	text: Markup


def for_opening(opening: str | None) -> list[Advice]:
	"""Return the advice there is for an opening, or for any, in the reader's language."""
	profile = _profile(opening)
	settings = frappe.get_cached_doc("Referral Hub Settings")
	titles = (_("What to say, and when"), _("Hints for the resume"), _("What the interview looks at"))
	advice = [
		Advice(title, _rich(_in_language(profile, own) or _in_language(settings, general)))
		for title, (general, own) in zip(titles, _TEXTS, strict=True)
	]
	return [each for each in advice if each.text]


def strengths(opening: str | None) -> Markup:
	return _rich(_in_language(_profile(opening), "strengths"))


def challenges(opening: str | None, otherwise: str | None) -> Markup:
	"""Return the honest challenges in Chinese where HR wrote them, else as they are."""
	chinese = _profile(opening).get("challenges_zh") if _is_chinese() else None
	return _rich(chinese) if chinese else richtext.clean(otherwise)


def _profile(opening: str | None) -> dict:
	fields = [field for _general, own in _TEXTS for field in (own, f"{own}_zh")]
	fields += ["strengths", "strengths_zh", "challenges_zh"]
	if not opening:
		return {}
	return frappe.db.get_value("Opening Profile", {"job_opening": opening}, fields, as_dict=True) or {}


def _in_language(row, field: str) -> str | None:
	return (_is_chinese() and row.get(f"{field}_zh")) or row.get(field)


def _is_chinese() -> bool:
	return (frappe.local.lang or "").startswith("zh")


def _rich(markdown: str | None) -> Markup:
	return richtext.clean(md_to_html(markdown)) if markdown and markdown.strip() else Markup("")
