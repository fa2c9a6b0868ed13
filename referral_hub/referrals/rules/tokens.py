"""Signed links: what a token looks like, what is kept of it, and whether it still opens anything. Pure.

A token is 128 random bits in lowercase hex, because the collation ignores case. Only its digest is stored; the digest covers
the purpose, so that a token for one kind of page opens no other.
"""

import hmac
import re
from datetime import date, timedelta
from enum import StrEnum
from hashlib import sha256

BYTES = 16
_TOKEN = re.compile(r"[0-9a-f]{32}", re.ASCII)
_IN_ADDRESS = re.compile(r"(?<=/)[0-9a-f]{32}(?![0-9a-f])", re.ASCII)


class Purpose(StrEnum):
	CANDIDATE = "Candidate"
	REFER = "Refer"
	POOL = "Talent Pool"
	PATH = "Path"
	GOALS = "Goals"
	HELLO = "Pictures and Voices"
	SURVEY = "Survey"


def is_well_formed(token: object) -> bool:
	return isinstance(token, str) and bool(_TOKEN.fullmatch(token))


def left_out(text: str) -> str:
	"""Return a text whose links open nothing any more: "…" stands for each token in an address. For what is kept and read by others."""
	return _IN_ADDRESS.sub("…", text)


def digest(purpose: str, token: str) -> str:
	return sha256(f"referral_hub token {purpose}:{token}".encode()).hexdigest()


def opens(stored_digest: str, found_digest: str, expires_on: date, revoked: bool, today: date) -> bool:
	"""Say whether a stored token is the one that was shown, and good today; takes as long for a wrong one."""
	same = hmac.compare_digest(stored_digest.encode(), found_digest.encode())
	return same and not revoked and today <= expires_on


def expires_on(today: date, valid_days: int) -> date:
	"""Return the last day of a token; one for no days holds for today."""
	return today + timedelta(days=max(valid_days, 0))
