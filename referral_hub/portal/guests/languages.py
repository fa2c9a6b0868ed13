"""The switch of language on pages for people without an account: a link, remembered in the platform's own cookie."""

import frappe

NAMES = {"en": "English", "zh": "中文"}
COOKIE = "preferred_language"
SECONDS = 180 * 24 * 3600


def offer(context, here: str) -> None:
	"""Offer the languages this page is not in, and keep the one that was asked for; "" is the page itself, whatever its address."""
	asked = str(frappe.form_dict.get("_lang") or "")
	if asked in NAMES:
		context.cookies[COOKIE] = (asked, SECONDS)
	mark = "&" if "?" in here else "?"
	now = (context.lang or "en").split("-")[0]
	context.other_languages = tuple(
		(code, name, f"{here}{mark}_lang={code}") for code, name in NAMES.items() if code != now
	)
