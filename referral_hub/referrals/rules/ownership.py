"""Who owns a candidate: the Candidate, the keys that identify a person, and what a taken key means.

Pure. The database lock on a key lives in `referrals/making/ownership.py`; here is only what is decided.
"""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from referral_hub.referrals.rules.contacts import (
	InvalidCandidate,
	clean_email,
	clean_name,
	clean_phone,
	email_key,
	same_name,
	widest_email_key,
)
from referral_hub.referrals.rules.refusal import Refused

__all__ = [
	"AlreadyOwned",
	"Candidate",
	"CandidateKey",
	"InvalidCandidate",
	"are_two_people",
	"keys_of",
	"normalise",
]

EMAIL = "Email"
PHONE = "Phone"


class AlreadyOwned(Refused):
	"""Somebody referred this person first and the protection window is still open."""


@dataclass(frozen=True)
class Candidate:
	"""The person who is recommended, as typed. One of e-mail and phone is needed."""

	name: str
	email: str | None = None
	phone: str | None = None


@dataclass(frozen=True, order=True)
class CandidateKey:
	"""One contact of a person, unreadable without the site's secret."""

	hash: str
	kind: str


@dataclass(frozen=True)
class Holding:
	"""A key that is already in use: for which referral, of whom, until when; `may_return`: that referral is over."""

	referral: str
	referrer: str
	owned_until: date
	may_return: bool = False


@dataclass(frozen=True, order=True)
class Claim:
	"""One referral that names a person: when it was made, by which contacts, and the last day of its window."""

	at: datetime
	referral: str
	contacts: frozenset[str] = field(compare=False)
	until: date = field(compare=False)


def normalise(candidate: Candidate, region: str | None) -> Candidate:
	"""Return the candidate in normal form, or say what is wrong with what was typed."""
	cleaned = replace(
		candidate,
		name=clean_name(candidate.name),
		email=clean_email(candidate.email),
		phone=clean_phone(candidate.phone, region),
	)
	if not (cleaned.email or cleaned.phone):
		raise InvalidCandidate("contact_missing")
	return cleaned


def are_two_people(one: Candidate, other: Candidate) -> bool:
	"""Say whether these are two people although they share a phone: both names and both e-mails are known, and differ."""
	if not (one.name and other.name and one.email and other.email):
		return False
	is_one_mailbox = widest_email_key(one.email) == widest_email_key(other.email)
	return not is_one_mailbox and not same_name(one.name, other.name)


def keys_of(candidate: Candidate, secret: str) -> list[CandidateKey]:
	"""Return the keys of a normalised candidate, sorted: everybody claims them in this order."""
	found = []
	if candidate.email:
		found.append(CandidateKey(_digest(secret, EMAIL, email_key(candidate.email)), EMAIL))
	if candidate.phone:
		found.append(CandidateKey(_digest(secret, PHONE, candidate.phone), PHONE))
	return sorted(found)


def owned_until(today: date, window_days: int) -> date:
	"""Return the last day of the protection window; a window of 0 ends with the day itself."""
	return today + timedelta(days=max(window_days, 0))


def check_free(holding: Holding, referrer: str, today: date) -> None:
	"""Refuse while somebody holds the key; the holder is never named to anybody else, and may refer again what is over."""
	if holding.owned_until < today or (holding.may_return and holding.referrer == referrer):
		return
	if holding.referrer == referrer:
		raise AlreadyOwned("already_yours", referral=holding.referral)
	raise AlreadyOwned("owned_by_another")


def owner_of(claims: Iterable[Claim], contact: str, on: date) -> Claim | None:
	"""Return who owns a contact on a day: a function of the set of claims and their times, in whatever order they are read.

	The database's lock (`referrals/making/ownership.py`) must agree with it. Claims that were given up are not among them.
	"""
	held: dict[str, Claim] = {}
	for claim in sorted(set(claims)):
		day = claim.at.date()
		if day <= on and all(_is_free(held.get(key), day) for key in claim.contacts):
			held |= dict.fromkeys(claim.contacts, claim)
	owner = held.get(contact)
	return None if _is_free(owner, on) else owner


def _is_free(claim: Claim | None, on: date) -> bool:
	return claim is None or claim.until < on


def _digest(secret: str, kind: str, normal_form: str) -> str:
	message = f"referral_hub candidate {kind}:{normal_form}".encode()
	return hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()
