"""What the openings of an announcement bring one employee: real figures of the reward rules, as cards and as lines of a message."""

from collections.abc import Callable

import frappe
from frappe import _

from referral_hub.messages.rendering import speaking
from referral_hub.portal import cards
from referral_hub.referrals.showing import catalogue

LANGUAGES = ("en", "zh")


def cards_of(openings: list[str], employee: str) -> list[frappe._dict]:
	"""Return those of these openings that take referrals, in this order, each with what it pays this employee."""
	found = _open(openings)
	return cards.openings_with_offers(found, employee) if found else []


def earnings() -> Callable[[str, list[str]], dict]:
	"""Return what says the facts of a message to one employee after the other; the openings are read once."""
	read: dict[str, list] = {}

	def earned(employee: str, openings: list[str]) -> dict:
		key = "\n".join(openings)
		if key not in read:
			read[key] = _open(openings)
		rows = [frappe._dict(row) for row in read[key]]
		return _facts(rows, cards.offers_for(rows, employee)) if rows else {"earn": []}

	return earned


def _facts(rows: list, offers: dict[str, dict]) -> dict:
	facts = {}
	for language in LANGUAGES:
		with speaking(language):
			fact = "earn" if language == LANGUAGES[0] else f"earn_{language}"
			facts[fact] = [_line(row, cards.offer_words(offers[row.name]).words) for row in rows]
	return facts


def _line(row, pays: str) -> str:
	return _("{0}: {1}", context="Referral Hub").format(row.job_title, pays) if pays else row.job_title


def _open(openings: list[str]) -> list[frappe._dict]:
	return [row for row in map(catalogue.find, openings) if row]
