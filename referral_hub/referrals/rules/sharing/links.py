"""Links that employees and events share: their codes, when they work, and who counts as a visitor. Pure.

A code is read aloud and typed from paper: lower case only, and no two of its letters look alike.
"""

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # no 0 and o, no 1, l and i
LENGTH = 10
_CODE = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")
_BOT = re.compile(
	r"(?<!cu)bot(?:\b|[/_ -])|crawl|spider|slurp|preview|scan(?:ner)?\b|fetch|monitor|curl|wget|python|java/|okhttp|go-http"
	r"|libwww|facebookexternalhit|whatsapp/|telegram|skypeuri|embedly|lighthouse|axios|node",
	re.IGNORECASE,
)


class Channel(StrEnum):
	"""How a link was handed on."""

	LINK = "Link"
	QR = "QR"
	POSTER = "Poster"
	INVITE = "Invite"
	EVENT = "Event"


# What an employee makes at once for an opening; an invitation is made for one person, an event by HR.
SHARED_BY_EMPLOYEES = (Channel.LINK, Channel.QR, Channel.POSTER)


@dataclass(frozen=True)
class LinkState:
	"""What decides whether a link works."""

	enabled: bool
	expires_on: date | None = None
	employee_active: bool = True
	needs_opening: bool = False
	opening_open: bool = False


def make_code(random_bytes: bytes) -> str:
	"""Turn bytes of chance into a code: each letter equally likely. Needs more bytes than letters."""
	fair = [byte for byte in random_bytes if byte < 256 - 256 % len(ALPHABET)]
	if len(fair) < LENGTH:
		raise ValueError("not enough bytes of chance")
	return "".join(ALPHABET[byte % len(ALPHABET)] for byte in fair[:LENGTH])


def normal_code(typed: str | None) -> str | None:
	"""Return the code as stored, or None for what can't be one. Spaces, dashes and capitals are forgiven."""
	text = re.sub(r"[\s-]+", "", typed or "").lower()
	return text if _CODE.fullmatch(text) else None


def is_live(link: LinkState, today: date) -> bool:
	"""Say whether a link works today. Who asks from outside never learns which of these it was."""
	if not link.enabled or not link.employee_active:
		return False
	if link.expires_on and link.expires_on < today:
		return False
	return link.opening_open or not link.needs_opening


def expires_on(today: date, lifetime_days: int) -> date | None:
	return today + timedelta(days=lifetime_days) if lifetime_days > 0 else None


def credited_as(channel: str) -> str:
	"""Return what a referral that came by a link says about its way: posters are read by their QR code."""
	return {Channel.POSTER: "QR", Channel.INVITE: "Invite"}.get(channel, channel)


def is_bot(user_agent: str | None) -> bool:
	"""Say whether this is a program that fetches pages: messengers that make previews, search engines, scripts."""
	return not user_agent or bool(_BOT.search(user_agent))


def visitor_key(
	secret: str, code: str, cookie: str | None, address: str, user_agent: str, today: date
) -> str:
	"""Return what tells two visitors of one link apart, and says nothing about them to whoever reads it.

	The cookie is a random number. Without it the address and browser count, salted with the day: another day is another visitor.
	"""
	who = f"cookie:{cookie}" if cookie else f"{today.isoformat()}:{address}:{user_agent}"
	return digest(secret, "visitor", code, who)


def digest(secret: str, *parts: str) -> str:
	"""Return a keyed hash of these words, which nobody can make or undo without the site's secret."""
	message = "\x1f".join(("referral_hub sharing", *parts)).encode()
	return hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()
