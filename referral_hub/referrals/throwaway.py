"""What the settings say of throw-away e-mail addresses: taken, shown to HR, or another one is asked for.

Another one is asked for only where somebody sits before a form and can type it. Whoever is in HRMS already is never turned away.
"""

import frappe

from referral_hub.referrals.rules.contacts import InvalidCandidate
from referral_hub.referrals.rules.deciding.throwaway import Treatment, domains_in, is_throwaway
from referral_hub.wording import case_words


def ask_for_another(email: str | None) -> None:
	"""Refuse such an address where HR wants another one."""
	if _treatment() == Treatment.REFUSE and _is_listed(email):
		raise InvalidCandidate("email_throwaway")


def is_shown(email: str | None) -> bool:
	"""Say whether HR is to see that this address is one; also where it could not be asked for another."""
	return _treatment() != Treatment.ACCEPT and _is_listed(email)


def words() -> str:
	return case_words.signal("throwaway_email", {})


def _treatment() -> str:
	return _settings().throwaway_addresses or Treatment.SHOW


def _is_listed(email: str | None) -> bool:
	return bool(email) and is_throwaway(email, domains_in(_settings().throwaway_domains))


def _settings():
	return frappe.get_cached_doc("Referral Hub Settings")
