"""What is a signal from outside, and whether it is to be believed: signature, time, replay, consent; WeCom's events in our words. Pure.

A request is signed with HMAC-SHA256 over its time and its exact bytes. It is taken once, within a window around the moment it says,
and only about somebody who agreed: without consent nothing of it is kept.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

# kind -> how much it says that somebody might move, from 0 to 1
STRENGTHS = {
	"Changed Job": 0.3,
	"Looks for a Job": 1.0,
	"Interested": 0.8,
	"Wrote to Us": 0.9,
	"Looked at Our Openings": 0.8,
	"Other": 0.5,
}
KINDS = tuple(STRENGTHS)
# the one that a person's own link to our openings tells
LOOKED = "Looked at Our Openings"
SHORTEST_SECRET = 32
# seconds between the time a request says and ours, either way
WINDOW = 300
LARGEST, LONGEST_WORDS = 64 * 1024, 500
_TIME, _SIGNATURE = re.compile(r"\d{1,12}", re.ASCII), re.compile(r"[0-9a-f]{64}")
# WeCom's external-contact events -> what they are for us; all others say nothing about the person
WECOM = {
	"add_external_contact": "Wrote to Us",
	"add_half_external_contact": "Wrote to Us",
	"edit_external_contact": "Other",
}


class Refused(ValueError):
	"""A request that is not taken; `why`: "large", "unsigned", "late", "unreadable", "unknown", "consent"."""

	def __init__(self, why: str):
		super().__init__(why)
		self.why = why


@dataclass(frozen=True, slots=True)
class Signal:
	"""What changed for somebody. `key`: the sender's own number of it, so that it is taken once."""

	key: str
	kind: str
	words: str
	email: str | None = None
	phone: str | None = None


def sign(secret: bytes, time: str, body: bytes) -> str:
	return hmac.new(secret, time.encode("ascii", "replace") + b"." + body, hashlib.sha256).hexdigest()


def check(secret: bytes, time: str | None, signature: str | None, body: bytes, now: float) -> None:
	"""Refuse a request that nobody with the secret sent now. Without a secret nothing is taken."""
	if len(body) > LARGEST:
		raise Refused("large")
	if not secret or not _TIME.fullmatch(time or "") or not _SIGNATURE.fullmatch(signature or ""):
		raise Refused("unsigned")
	if not hmac.compare_digest(sign(secret, time, body), signature):
		raise Refused("unsigned")
	if abs(now - int(time)) > WINDOW:
		raise Refused("late")


def read(body: bytes) -> Signal:
	"""Return the one signal of a request that was checked: our own form, or a WeCom event that a relay passed on."""
	try:
		said = json.loads(body)
	except (ValueError, RecursionError) as error:
		raise Refused("unreadable") from error
	if not isinstance(said, Mapping):
		raise Refused("unreadable")
	return of_wecom(said) if said.get("Event") == "change_external_contact" else _ours(said)


def of_wecom(said: Mapping) -> Signal:
	"""WeCom names a contact by a number of its own: the relay, or our own callback, adds e-mail or phone, which the contact has given."""
	change = said.get("ChangeType")
	kind = WECOM.get(change) if isinstance(change, str) else None
	if not kind:
		raise Refused("unreadable")
	parts = (said.get("ExternalUserID"), change, said.get("CreateTime"))
	if not all(isinstance(part, str | int) and str(part) for part in parts):
		raise Refused("unreadable")
	key = "wecom:" + ":".join(map(str, parts))
	return _signal(key, kind, said.get("Remark"), said.get("email"), said.get("phone"))


def check_consent(state: str | None, is_known: bool) -> None:
	"""Refuse what is about nobody we know, or about somebody who has not agreed."""
	if not is_known:
		raise Refused("unknown")
	if state != "Given":
		raise Refused("consent")


def _ours(said: Mapping) -> Signal:
	kind = said.get("kind")
	if kind not in KINDS:
		raise Refused("unreadable")
	return _signal(said.get("id"), kind, said.get("words"), said.get("email"), said.get("phone"))


def _signal(key, kind: str, words, email, phone) -> Signal:
	if not _is_text(key, 140) or not key or not (email or phone):
		raise Refused("unreadable")
	if not all(value is None or _is_text(value, 10_000) for value in (words, email, phone)):
		raise Refused("unreadable")
	return Signal(key, kind, " ".join((words or "").split())[:LONGEST_WORDS], email or None, phone or None)


def _is_text(value, longest: int) -> bool:
	"""Half a letter (a lone surrogate) is no text: no column takes it."""
	if not isinstance(value, str) or len(value) > longest:
		return False
	try:
		value.encode()
	except UnicodeEncodeError:
		return False
	return True
