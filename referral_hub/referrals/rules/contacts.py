"""Normal forms: one spelling for each name, e-mail address and phone number.

Two spellings of the same mailbox or line have the same normal form, so they can be compared. Nothing here
asks a network whether the address exists. Called by `ownership` and by whoever compares contacts.

What a mailbox ignores is its provider's to say (RFC 5321, 2.3.11: nobody else interprets the part before the @), so "+tag"
and dots are dropped only for domains whose provider does so itself. At any other domain, a company's own included, two
such addresses may be two people.

- dots: Gmail (Gmail Help, "Dots don't matter in Gmail addresses"; not so in Google Workspace), which also is googlemail.com
- "+tag": Gmail (Google, "Create a variation of your email address"), Microsoft (Microsoft Learn, "Plus Addressing in
  Exchange Online"; Outlook.com does the same), Proton ("Addresses and aliases"), Fastmail ("Plus addressing and subdomain
  addressing"), mailbox.org ("Using mail extensions"); Apple, Yandex and Zoho by the table of the package email-normalize
  on PyPI, which says that Yahoo has none. For QQ, 163 and 126 we found no such promise.
"""

import re
import unicodedata
from contextlib import suppress

import phonenumbers

from referral_hub.referrals.rules.refusal import Refused

MAX_LENGTH = 140
RESERVED_DOMAIN = "referral-hub.invalid"

_EMAIL = re.compile(
	r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
	r"@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])"
)
_DOTLESS_DOMAINS = frozenset({"gmail.com", "googlemail.com"})
_TAGGED_DOMAINS = _DOTLESS_DOMAINS | frozenset(
	[
		"outlook.com",
		"hotmail.com",
		"live.com",
		"msn.com",
		"icloud.com",
		"me.com",
		"mac.com",
		"proton.me",
		"protonmail.com",
		"pm.me",
		"fastmail.com",
		"fastmail.fm",
		"yandex.com",
		"yandex.ru",
		"ya.ru",
		"zohomail.com",
		"mailbox.org",
	]
)
_FORMULA_STARTS = ("=", "+", "-", "@", "|", "%")
# the last digits of a number are the same in every spelling of it
_DIGITS_COMPARED = 8
# Marks that turn the direction of the text after them: a name may be right-to-left, what follows it may not.
_DIRECTION_MARKS = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


class InvalidCandidate(Refused):
	"""What was typed about the candidate can't be used."""


def clean_name(name: str | None) -> str:
	"""Return the name in one line, without invisible controls; refuse markup and formulas."""
	text = unicodedata.normalize("NFC", name or "")
	text = "".join(" " if character.isspace() else character for character in text)
	text = "".join(character for character in text if not _is_control(character))
	text = " ".join(text.split())
	if not any(character.isalpha() for character in text):
		raise InvalidCandidate("name_missing")
	if "<" in text or ">" in text:
		raise InvalidCandidate("name_has_markup")
	seen = _without_marks(text).lstrip()
	if seen.startswith(_FORMULA_STARTS):
		raise InvalidCandidate("name_is_formula", start=seen[0])
	if len(text) > MAX_LENGTH:
		raise InvalidCandidate("name_too_long", limit=MAX_LENGTH)
	return text


def or_none(clean, *typed) -> str | None:
	"""Return what was typed in normal form, None where it can't be read, as old records have it."""
	try:
		return clean(*typed)
	except Refused:
		return None


def clean_email(email: str | None) -> str | None:
	"""Return the address in lower case with an ASCII domain, None when there is none; refuse formulas."""
	text = unicodedata.normalize("NFKC", email or "").strip().lower()
	if not text:
		return None
	local, at, domain = text.rpartition("@")
	text = local + at + _ascii_domain(domain)
	if len(text) > MAX_LENGTH:
		raise InvalidCandidate("email_too_long", limit=MAX_LENGTH)
	if not _EMAIL.fullmatch(text) or domain.endswith(".invalid"):
		raise InvalidCandidate("email_invalid", email=email.strip()[:MAX_LENGTH])
	if text.startswith(_FORMULA_STARTS):  # it names the applicant, and is exported to spreadsheets
		raise InvalidCandidate("email_is_formula", start=text[0])
	return text


def clean_phone(phone: str | None, region: str | None) -> str | None:
	"""Return the number in E.164, read as somebody in `region` (such as "CN") would dial it.

	Marks nobody sees, which address books put between digits, are left out. 00 before a country's code is + wherever 00 is nothing else.
	"""
	text = unicodedata.normalize("NFKC", phone or "")
	text = _without_marks(text).strip()
	if not text:
		return None
	number = _number(text, region)
	if not number and text.startswith("00"):
		number = _number("+" + text.removeprefix("00"), None)
	if not number:
		raise InvalidCandidate("phone_invalid", phone=text[:MAX_LENGTH])
	return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _number(text: str, region: str | None) -> phonenumbers.PhoneNumber | None:
	with suppress(phonenumbers.NumberParseException):
		number = phonenumbers.parse(text, region or None)
		return number if phonenumbers.is_valid_number(number) else None
	return None


def email_key(email: str) -> str:
	"""Return what all addresses of one mailbox share: no "+tag" and no dots where the provider ignores them."""
	local, _at, domain = email.strip().lower().rpartition("@")
	if domain in _TAGGED_DOMAINS:
		local = _untagged(local)
	if domain in _DOTLESS_DOMAINS:
		local, domain = local.replace(".", ""), "gmail.com"
	return f"{local}@{domain}"


def widest_email_key(email: str) -> str:
	"""Return what all addresses share that may be one mailbox, for where taking two people for one does no harm."""
	local, _at, domain = email_key(email).rpartition("@")
	return f"{_untagged(local)}@{domain}"


def same_email(one: str | None, other: str | None) -> bool:
	return bool(one and other) and email_key(one) == email_key(other)


def same_phone(typed: str | None, normal: str | None, region: str | None) -> bool:
	"""Say whether `typed`, in whatever spelling, is the number `normal` (E.164)."""
	if not typed or not normal:
		return False
	try:
		return clean_phone(typed, region) == normal
	except InvalidCandidate:
		return False


def same_name(one: str | None, other: str | None) -> bool:
	"""Say whether two names are written the same, whatever the case and the spaces."""
	return bool(one and other) and "".join(one.split()).casefold() == "".join(other.split()).casefold()


def same_digits(one: str | None, other: str | None) -> bool:
	"""Say whether two phone numbers end alike, with and without the code of a country."""
	ends = [re.sub(r"\D", "", number or "")[-_DIGITS_COMPARED:] for number in (one, other)]
	return ends[0] == ends[1] and len(ends[0]) == _DIGITS_COMPARED


def is_reserved(email: str | None) -> bool:
	"""Say whether this address only stands in for an e-mail nobody gave us."""
	return bool(email) and email.strip().lower().endswith("@" + RESERVED_DOMAIN)


def reserved_address(token: str) -> str:
	return f"{token}@{RESERVED_DOMAIN}"


def _untagged(local: str) -> str:
	return local.split("+", 1)[0] or local


def _without_marks(text: str) -> str:
	"""Return what can be seen: joiners and marks of direction belong to some scripts, and hide what follows them."""
	return "".join(each for each in text if unicodedata.category(each) != "Cf")


def _is_control(character: str) -> bool:
	return unicodedata.category(character) in ("Cc", "Cs", "Co", "Cn") or character in _DIRECTION_MARKS


def _ascii_domain(domain: str) -> str:
	try:
		return domain.encode("idna").decode("ascii")
	except UnicodeError:
		return domain
