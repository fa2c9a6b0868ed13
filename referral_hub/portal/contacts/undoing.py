"""What was done to a contact a moment ago, said with the button that takes it back; nothing once it can't be."""

import frappe
from frappe import _

from referral_hub.matching.contacts import service, undoing
from referral_hub.portal.contacts import words
from referral_hub.referrals.showing import catalogue

BACK, LATE = "back", "late"
_LONGEST = 64


def word_in(form) -> str:
	return str(form.get("undo") or "")[:_LONGEST]


def deleted(employee: str, form) -> str:
	"""Return the word that brings back who was deleted, as long as it does."""
	word = word_in(form)
	return word if undoing.can_be_brought_back(employee, word) else ""


def waved_away(employee: str, contact, opening) -> frappe._dict | None:
	"""Say that a contact is not proposed for an opening any more, while that is so and the opening takes referrals."""
	contact, opening = str(contact or ""), str(opening or "")
	found = service.find(employee, contact) if contact and opening else None
	if not found or opening not in found.not_for:
		return None
	row = catalogue.find(opening)
	if not row:
		return None
	return frappe._dict(
		sentence=_("{0} is not proposed for {1} any more.").format(found.name, row.job_title),
		address=words.address_of(contact),
		opening=opening,
	)
