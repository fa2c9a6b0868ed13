"""Suggestions on pages: of all openings for home and the list, of one opening, of one contact. Asks the match engine; sends nothing."""

from frappe.utils import getdate, nowdate

from referral_hub.matching.contacts import fitting, keeping
from referral_hub.portal.contacts import words
from referral_hub.referrals.assessing import requirements
from referral_hub.referrals.showing import catalogue, reading

# the newest openings are looked at: a page does not wait for hundreds
MOST_OPENINGS = 40
SHOWN = 3


def best(employee: str, top: int = SHOWN) -> list:
	"""Return the best pairs of contact and opening; no look at openings for whoever keeps no contacts."""
	if not keeping.count(employee):
		return []
	rows, titles = _openings()
	found = fitting.best(employee, rows, top, referred=_by_opening(_referred(employee)))
	return [words.suggestion(one, titles) for one in found]


def of_opening(employee: str, opening, rows) -> list:
	"""Return who of my contacts may fit this opening; nobody where HR has confirmed nothing it asks for."""
	if not rows or not keeping.count(employee):
		return []
	found = fitting.for_opening(employee, opening.name, rows, referred=_by_opening(_referred(employee)))
	return [words.suggestion(one, {opening.name: opening.job_title}) for one in found]


def of_contact(employee: str, name: str, contact) -> tuple[list, list]:
	"""Return (the openings that fit a contact, the referrals this employee made of them already)."""
	rows, titles = _openings()
	there, keys = _referred(employee), keeping.keys(contact)
	found = fitting.for_contact(employee, name, contact, rows, referred=_by_opening(there))
	mine = {one.referral: words.referred(one) for one in there if one.key_hash in keys}
	return [words.suggestion(one, titles) for one in found], list(mine.values())


def _referred(employee: str) -> list:
	return reading.keys_of_referred(employee, getdate(nowdate()))


def _by_opening(referred: list) -> dict[str, set[str]]:
	found: dict[str, set[str]] = {}
	for one in referred:
		for opening in filter(None, (one.job_opening, one.opening_now)):
			found.setdefault(opening, set()).add(one.key_hash)
	return found


def _openings() -> tuple[dict, dict[str, str]]:
	"""Return {opening: confirmed rows} and {opening: title} of those that say what they look for."""
	found = catalogue.find_all(catalogue.Search(), limit=MOST_OPENINGS)
	rows = requirements.of_openings([one.name for one in found])
	return rows, {one.name: one.job_title for one in found}
