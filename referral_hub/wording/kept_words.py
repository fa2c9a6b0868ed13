"""Sentences that this app keeps in records, in the language of whoever wrote them; said to each reader in their own.

What a person wrote is not ours and stays as it is.
"""

import frappe
from frappe import _

LANGUAGES = ("en", "zh")


def in_words(text: str | None, language: str | None = None) -> str:
	"""Say what was kept in this language, else in the one that is spoken now."""
	for written_in in LANGUAGES:
		known = _known(written_in)
		if text in known:
			return _known(language or frappe.local.lang or "en")[known.index(text)]
	return text or ""


def in_all(fact: str, text: str | None) -> dict[str, str | None]:
	"""Return the facts of a message that say it in each language: `why`, `why_zh`."""
	said = {fact: in_words(text, "en") or None}
	return said | {f"{fact}_{language}": in_words(text, language) or None for language in LANGUAGES[1:]}


def _known(language: str) -> list[str]:
	return [
		_("Referrals were corrected: what it was given for is not reached any more.", language),
		_("The mall can't deliver it.", language),
		_("Cancelled by the buyer", language),
		_("Does not work here any more", language),
	]
