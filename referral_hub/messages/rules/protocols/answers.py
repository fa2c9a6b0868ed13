"""What an answer of a service means for the message that was sent, whichever service it is. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class Says(StrEnum):
	"""SENT: it went. LATER: too many or too busy, it did not go. AWAY: the service failed, and did not take it. UNKNOWN: who stands before
	the service got no answer of it; it may have gone. NOBODY: this person is not known there.

	REFUSED: this message was not taken. SET_UP: whatever we send would not be taken until somebody puts the channel right.
	TOKEN: a new access token is needed, then once more.
	"""

	SENT = "Sent"
	LATER = "Later"
	AWAY = "Away"
	UNKNOWN = "Unknown"
	NOBODY = "Nobody"
	REFUSED = "Refused"
	SET_UP = "Set Up"
	TOKEN = "Token"


@dataclass(frozen=True)
class Answer:
	"""`code`: the service's own, said to whoever looks. `wait`: seconds until it may be asked again."""

	says: Says
	code: str = ""
	wait: int = 0


MINUTE, LONGEST_WAIT = 60, 3600
# RFC 9110, 15.6: a server that says of itself that it can't now; gateways that had no answer, or none they could read
BUSY, UNANSWERED = frozenset({429, 503}), frozenset({502, 504})


def by_status(status: int, retry_after: str | None = None) -> Answer | None:
	"""Read what HTTP itself says; None for 2xx, where the body decides."""
	if 200 <= status < 300:
		return None
	code = f"HTTP {status}"
	if status in BUSY:
		return Answer(Says.LATER, code, seconds_of(retry_after))
	if status >= 500:
		return Answer(Says.UNKNOWN if status in UNANSWERED else Says.AWAY, code)
	if status in (400, 413, 415, 422):
		return Answer(Says.REFUSED, code)
	return Answer(Says.SET_UP, code)


def seconds_of(retry_after: str | None) -> int:
	"""Read Retry-After in seconds, within a minute and an hour; a date or nothing is a minute."""
	text = (retry_after or "").strip()
	asked = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
	return min(max(asked, MINUTE), LONGEST_WAIT)


def code_of(body: object, *names: str) -> int | None:
	"""Return the first of these members that is a whole number; None for an answer that is none of the service's."""
	if not isinstance(body, dict):
		return None
	codes = (body.get(name) for name in names)
	return next((code for code in codes if isinstance(code, int) and not isinstance(code, bool)), None)
