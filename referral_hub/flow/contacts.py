"""An employee's private contacts and the openings that accept referrals: what pages suggest, and what is told once a week.

Called by the portal and by the weekly work in `tasks`.
"""

from datetime import datetime

from frappe.utils import getdate, now_datetime, nowdate

from referral_hub.matching.contacts import telling
from referral_hub.messages import preferences
from referral_hub.messages.rules.events import OWN_SWITCHES
from referral_hub.referrals.assessing import requirements
from referral_hub.referrals.rules.requirements.assessing import Requirement
from referral_hub.referrals.showing import catalogue, reading

# the newest openings are looked at: a page does not wait for hundreds
MOST_OPENINGS = 40
# whoever could not be told when the week began is not told at its end
_DAYS_TO_TELL = 2


def openings_for_contacts() -> tuple[dict[str, list[Requirement]], dict[str, str]]:
	"""Return {opening: confirmed rows} and {opening: title} of those that say what they look for."""
	found = catalogue.find_all(catalogue.Search(), limit=MOST_OPENINGS)
	rows = requirements.of_openings([one.name for one in found])
	return rows, {one.name: one.job_title for one in found}


def keys_of_referred(employee: str) -> list:
	return reading.keys_of_referred(employee, getdate(nowdate()))


def referred_by_opening(referred: list) -> dict[str, set[str]]:
	found: dict[str, set[str]] = {}
	for one in referred:
		for opening in filter(None, (one.job_opening, one.opening_now)):
			found.setdefault(opening, set()).add(one.key_hash)
	return found


def week_to_tell_of() -> datetime | None:
	"""Return when the week began for which employees are told now whom they know; None where it is not the time, or is off."""
	if not preferences.company_settings().get(OWN_SWITCHES[telling.EVENT]):
		return None
	began = preferences.week_began()
	return began if (now_datetime() - began).days < _DAYS_TO_TELL else None


def tell_who_fits(employee: str, week: datetime, openings: dict[str, list[Requirement]]) -> None:
	"""Tell one employee how many contacts fit how many of these openings; {opening: confirmed rows}."""
	if openings and telling.wants(employee):
		telling.tell(employee, week, openings, referred_by_opening(keys_of_referred(employee)))
	telling.weighed(employee)
