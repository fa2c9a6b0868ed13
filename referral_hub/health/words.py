"""Whether everybody reads in their language: what HR wrote, and the languages people use."""

import frappe
from frappe import _
from frappe.utils import get_url_to_list

from referral_hub.health.line import LOOK, Line, not_used, sound
from referral_hub.wording.counting import counted

SPOKEN = ("en", "zh")
# What HR writes in both languages: DocType -> (English, Chinese, which rows count)
WRITTEN = {
	"Referral Reason": ("name", "reason_zh", {}),
	"Talent Preference": ("name", "preference_zh", {}),
	"Recognition Badge": ("name", "badge_name_zh", {}),
	"Referral Level": ("name", "level_name_zh", {}),
	"Reward Item": ("item_name", "item_name_zh", {"enabled": 1}),
	"Referral Program": ("rules_page", "rules_page_zh", {"enabled": 1}),
}


def languages() -> list[Line]:
	"""Look at the languages of the staff: the app speaks English and Chinese, and Frappe's translations what they hold."""
	what, link = _("Languages of the Staff"), get_url_to_list("User")
	users = frappe.get_all("Employee", {"status": "Active", "user_id": ("is", "set")}, pluck="user_id")
	chosen = frappe.get_all("User", {"name": ("in", users), "language": ("is", "set")}, pluck="language")
	others = [language for language in chosen if language.split("-")[0] not in SPOKEN]
	if not others:
		return [sound(what, _("Everybody reads English or Chinese."))]
	seen = counted(
		len(others),
		_("{0} person uses {1}: of Referral Hub they read English."),
		_("{0} people use {1}: of Referral Hub they read English."),
	)
	seen = seen.format(len(others), ", ".join(sorted(set(others))))
	return [Line(what, LOOK, seen, _("Translations can be added under Translation."), link)]


def written() -> list[Line]:
	"""Look for what HR wrote in English only, where somebody of the staff reads Chinese."""
	if not frappe.db.exists("User", {"enabled": 1, "language": ("like", "zh%")}) and _site_language() != "zh":
		return [not_used(_("Words of HR in Chinese"), _("Nobody here reads Chinese."))]
	return [line for doctype in WRITTEN for line in _missing(doctype)] or [
		sound(_("Words of HR in Chinese"), _("Complete."))
	]


def _missing(doctype: str) -> list[Line]:
	english, chinese, filters = WRITTEN[doctype]
	rows = frappe.get_all(doctype, filters, ["name", f"{english} as english", f"{chinese} as chinese"])
	names = [row.name for row in rows if row.english and not (row.chinese or "").strip()]
	if not names:
		return []
	what = _("Words of HR in Chinese: {0}").format(_(doctype))
	seen = _("{0} without Chinese: {1}").format(len(names), ", ".join(names[:5]))
	to_do = _("Write it: until then the English words are shown.")
	return [Line(what, LOOK, seen, to_do, get_url_to_list(doctype))]


def _site_language() -> str:
	return (frappe.db.get_single_value("System Settings", "language") or "en").split("-")[0]
