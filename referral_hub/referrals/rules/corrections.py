"""What HR corrected about a candidate's e-mail or phone in HRMS. Pure.

Only a usable contact in another normal form is a correction: a new spelling of the same one is not, nor is one that
was emptied, can't be read, or merely stands in for an e-mail nobody gave us.
"""

from collections.abc import Callable
from typing import NamedTuple

from referral_hub.referrals.rules.contacts import InvalidCandidate, clean_email, clean_phone, is_reserved


class Contact(NamedTuple):
	email: str | None
	phone: str | None


def corrected(known: Contact, typed: Contact, region: Callable[[], str | None]) -> Contact:
	"""Return the contact as HRMS has it now, in normal form; `region` is asked only when a phone has to be read."""
	return Contact(_email(known.email, typed.email), _phone(known.phone, typed.phone, region))


def _email(known: str | None, typed: str | None) -> str | None:
	if not typed or typed == known or is_reserved(typed):
		return known
	try:
		return clean_email(typed)
	except InvalidCandidate:
		return known


def _phone(known: str | None, typed: str | None, region: Callable[[], str | None]) -> str | None:
	if not typed or typed == known:
		return known
	try:
		return clean_phone(typed, region())
	except InvalidCandidate:
		return known
