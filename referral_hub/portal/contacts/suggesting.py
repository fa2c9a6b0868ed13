"""Suggestions on pages: of all openings for home and the list, of one opening, of one contact. Asks the match engine; sends nothing."""

from referral_hub.matching.contacts import fitting, keeping
from referral_hub.portal.contacts import words
from referral_hub.referrals.assessing import requirements
from referral_hub.referrals.showing import catalogue

# the newest openings are looked at: a page does not wait for hundreds
MOST_OPENINGS = 40
SHOWN = 3


def best(employee: str, top: int = SHOWN) -> list:
	"""Return the best pairs of contact and opening; no look at openings for whoever keeps no contacts."""
	if not keeping.count(employee):
		return []
	rows, titles = _openings()
	return [words.suggestion(one, titles) for one in fitting.best(employee, rows, top)]


def of_opening(employee: str, opening, rows) -> list:
	"""Return who of my contacts may fit this opening; nobody where HR has confirmed nothing it asks for."""
	found = fitting.for_opening(employee, opening.name, rows) if rows and keeping.count(employee) else []
	return [words.suggestion(one, {opening.name: opening.job_title}) for one in found]


def of_contact(employee: str, name: str, contact) -> list:
	rows, titles = _openings()
	return [words.suggestion(one, titles) for one in fitting.for_contact(employee, name, contact, rows)]


def _openings() -> tuple[dict, dict[str, str]]:
	"""Return {opening: confirmed rows} and {opening: title} of those that say what they look for."""
	found = catalogue.find_all(catalogue.Search(), limit=MOST_OPENINGS)
	rows = requirements.of_openings([one.name for one in found])
	return rows, {one.name: one.job_title for one in found}
