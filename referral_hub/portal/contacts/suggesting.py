"""Suggestions on pages: of all openings for home and the list, of one opening, of one contact. Asks the match engine; sends nothing."""

from referral_hub.flow.contacts import keys_of_referred, openings_for_contacts, referred_by_opening
from referral_hub.matching.contacts import fitting, keeping
from referral_hub.portal.contacts import words

SHOWN, MOST_SHOWN = 3, 20


def best(employee: str, top: int = SHOWN) -> list:
	"""Return the best pairs of contact and opening; no look at openings for whoever keeps no contacts."""
	if not keeping.count(employee) or not words.are_mine(employee):
		return []
	rows, titles = openings_for_contacts()
	found = fitting.best(employee, rows, top, referred=referred_by_opening(keys_of_referred(employee)))
	return [words.suggestion(one, titles) for one in found]


def of_opening(employee: str, opening, rows) -> list:
	"""Return who of my contacts may fit this opening; nobody where HR has confirmed nothing it asks for."""
	if not rows or not keeping.count(employee) or not words.are_mine(employee):
		return []
	found = fitting.for_opening(
		employee, opening.name, rows, referred=referred_by_opening(keys_of_referred(employee))
	)
	return [words.suggestion(one, {opening.name: opening.job_title}) for one in found]


def of_contact(employee: str, name: str, contact) -> tuple[list, list]:
	"""Return (the openings that fit a contact, the referrals this employee made of them already)."""
	rows, titles = openings_for_contacts()
	there, keys = keys_of_referred(employee), keeping.keys(contact)
	found = fitting.for_contact(employee, name, contact, rows, referred=referred_by_opening(there))
	mine = {one.referral: words.referred(one) for one in there if one.key_hash in keys}
	return [words.suggestion(one, titles) for one in found], list(mine.values())
