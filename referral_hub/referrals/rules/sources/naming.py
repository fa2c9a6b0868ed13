"""Whom does an applicant mean who writes who told them about us? Exactly one colleague, or nobody.

A full name in any order, an employee number, an e-mail address or a phone number. A first name or part of a name is never
enough: a wrong guess would tell somebody who has applied. Pure; called by `named`.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from referral_hub.referrals.rules.contacts import same_email, same_phone
from referral_hub.referrals.rules.sources.formulas import without_formula

LONGEST = 140


@dataclass(frozen=True)
class Colleague:
	"""An active employee as somebody outside may know them."""

	key: str
	name: str
	numbers: tuple[str, ...] = ()
	emails: tuple[str, ...] = ()
	phones: tuple[str, ...] = ()  # E.164


def one_line(words: object) -> str:
	"""Return what was typed in one line, no longer than is kept, without invisible controls and what a spreadsheet would run.

	A stranger's request may carry anything here; what is no text and no number says nothing.
	"""
	text = unicodedata.normalize("NFC", str(words) if isinstance(words, str | int) and words else "")
	kept = "".join(" " if each.isspace() else each for each in text)
	kept = "".join(each for each in kept if unicodedata.category(each) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
	return without_formula(" ".join(kept.split()))[:LONGEST]


def who_is_meant(words: str, colleagues: Iterable[Colleague], region: str | None) -> str | None:
	"""Return the key of the one colleague these words name; None for nobody and for more than one."""
	meant = {each.key for each in colleagues if _names(words, each, region)}
	return meant.pop() if len(meant) == 1 else None


def _names(words: str, colleague: Colleague, region: str | None) -> bool:
	typed = words.strip()
	if typed.casefold() in {number.casefold() for number in colleague.numbers if number}:
		return True
	if any(same_email(typed, email) for email in colleague.emails if "@" in typed):
		return True
	if any(same_phone(typed, phone, region) for phone in colleague.phones):
		return True
	name = _parts(colleague.name)
	return len("".join(name)) > 1 and _parts(typed) == name


def _parts(name: str) -> tuple[str, ...]:
	"""Return the parts of a name in an order of their own; Chinese names are one part, spaced or not."""
	text = unicodedata.normalize("NFKC", name).casefold()
	text = "".join(each if each.isalnum() or unicodedata.combining(each) else " " for each in text)
	parts = text.split()
	if parts and all("\u4e00" <= each <= "\u9fff" for part in parts for each in part):
		return ("".join(parts),)
	return tuple(sorted(parts))
