"""The form a guest sends: was it ours, when was it shown, and what a program would do with it. Pure.

A form carries "issued.nonce.signature". The signature covers the link and the moment, so that nobody can make forms of
their own; a field that people can't see, and a form that comes back faster than anybody types, belong to programs.
"""

import hmac
from dataclasses import dataclass
from enum import Enum

from referral_hub.referrals.rules.sharing.links import digest

FASTEST_SECONDS = 2
LONGEST_SECONDS = 3 * 24 * 3600


class Verdict(Enum):
	FINE = "fine"
	FORGED = "forged"  # not our form: show a fresh one
	STALE = "stale"  # ours, but from days ago: show a fresh one with what was typed
	PROGRAM = "program"  # pretend that it worked


@dataclass(frozen=True)
class Token:
	issued: int
	nonce: str
	signature: str

	@classmethod
	def read(cls, text: str | None) -> "Token | None":
		parts = (text or "").split(".")
		if len(parts) != 3 or not (parts[0].isascii() and parts[0].isdigit() and len(parts[0]) <= 12):
			return None
		return cls(int(parts[0]), *parts[1:])


def make(secret: str, subject: str, issued: int, nonce: str) -> str:
	return f"{issued}.{nonce}.{_sign(secret, subject, issued, nonce)}"


def judge(text: str | None, secret: str, subject: str, now: int, trap: str = "") -> Verdict:
	"""Say what to do with a form that came back; `trap` is what stands in the field nobody sees."""
	token = Token.read(text)
	if not token:
		return Verdict.FORGED
	expected = _sign(secret, subject, token.issued, token.nonce)
	if not hmac.compare_digest(expected.encode(), token.signature.encode()):
		return Verdict.FORGED
	age = now - token.issued
	if age > LONGEST_SECONDS:
		return Verdict.STALE
	return Verdict.PROGRAM if trap or age < FASTEST_SECONDS else Verdict.FINE


def comes_from_here(fetch_site: str | None, origin: str | None, hosts: frozenset[str]) -> bool:
	"""Say whether a form was sent by one of our own pages, as far as the browser says so."""
	if fetch_site:
		return fetch_site in ("same-origin", "none")
	return not origin or origin.partition("://")[2].lower() in hosts


def _sign(secret: str, subject: str, issued: int, nonce: str) -> str:
	return digest(secret, "form", subject, str(issued), nonce)
