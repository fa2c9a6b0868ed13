"""Says something in a language other than that of whoever caused it: for people who read it later."""

from collections.abc import Iterator
from contextlib import contextmanager

import frappe
from frappe.translate import get_user_lang


@contextmanager
def speaking(language: str) -> Iterator[None]:
	before, frappe.local.lang = frappe.local.lang, language
	try:
		yield
	finally:
		frappe.local.lang = before


def speaking_of_site():
	"""Speak the site's language: for what everybody reads later, whoever caused it."""
	return speaking(frappe.get_system_settings("language") or "en")


@contextmanager
def speaking_to(user: str | None) -> Iterator[None]:
	"""Speak the language of this user; without one, that of the caller."""
	with speaking(get_user_lang(user) if user else frappe.local.lang):
		yield
