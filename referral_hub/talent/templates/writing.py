"""Chooses and fills the words for one person; whoever calls reads and changes them before anything goes out."""

from collections.abc import Callable

import frappe
from frappe import _

from referral_hub.talent.rules import drafts
from referral_hub.talent.rules.drafts import Template, Unfit, Wanted
from referral_hub.talent.templates import facts

DOCTYPE, RECORD = "Recall Template", facts.RECORD
LANGUAGES = ("en", "zh")


class NoSuchWords(frappe.ValidationError):
	"""A template that can't be used, or is not there."""


def check(template) -> None:
	"""Refuse words that could do anything but name facts."""
	for source in (template.subject, template.words):
		try:
			drafts.check(source or "")
		except Unfit as refused:
			frappe.throw(_said(refused), NoSuchWords)


def draft(
	record: str,
	purpose: str,
	language: str | None = None,
	template: str | None = None,
	sender: str | None = None,
	path_link: Callable[[], str | None] = lambda: None,
	promotions: Callable[[str], dict[str, str]] = lambda _language: {},
) -> dict:
	"""Return {"template", "language", "subject", "words"}: filled and ready to be changed; empty where no template fits.

	`sender`: the user in whose name it will go; whoever is logged in when empty. `path_link` makes a link to the performance path, and
	`promotions` says how many rose there (the facts `promoted_...`), in a language; each is asked only where the template names it.
	"""
	chosen_language = language if language in LANGUAGES else _usual_language()
	name = template or _best(record, purpose, chosen_language)
	if not name:
		return {"template": None, "language": chosen_language, "subject": "", "words": ""}
	row = frappe.db.get_value(DOCTYPE, name, ["language", "subject", "words", "enabled"], as_dict=True)
	if not row or not row.enabled:
		frappe.throw(_("This template is not there, or is switched off."), NoSuchWords)
	known = facts.of(record, row.language, sender)
	named = f"{row.subject} {row.words}"
	if "path_link" in named:
		known["path_link"] = path_link()
	if "promoted_" in named:
		known |= promotions(row.language)
	filled = {field: drafts.fill(row[field], known) for field in ("subject", "words")}
	return {
		"template": name,
		"language": row.language,
		**filled,
		"subject": " ".join(filled["subject"].split()),
	}


def _best(record: str, purpose: str, language: str) -> str | None:
	fields = ["name", "purpose", "language", "reason", "reason_given", "preference"]
	rows = frappe.get_all(DOCTYPE, {"enabled": 1, "purpose": purpose, "language": language}, fields)
	templates = [
		Template(
			row.name,
			row.purpose,
			row.language,
			row.reason or None,
			row.reason_given or None,
			row.preference or None,
		)
		for row in rows
	]
	found = drafts.best(templates, _wanted(record, purpose, language))
	return found.name if found else None


def _wanted(record: str, purpose: str, language: str) -> Wanted:
	person = frappe.get_doc(RECORD, record)
	preferences = tuple(row.preference for row in person.preferences)
	return Wanted(purpose, language, person.reason, person.reason_given or None, preferences)


def _usual_language() -> str:
	return "zh" if (frappe.db.get_default("lang") or "").startswith("zh") else "en"


def _said(refused: Unfit) -> str:
	words = {
		"too long": _("This is too long for a message."),
		"deep": _("There are too many conditions inside each other."),
		"forbidden": _("A template can name facts and ask whether they are known, nothing else ({0})."),
		"unknown": _("{0} is not known in this message. It can use: {1}."),
		"syntax": _("This can't be read: {0}"),
	}
	return words[refused.what].format(refused.detail, ", ".join(drafts.FACTS))
