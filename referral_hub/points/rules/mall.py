"""What a mall outside may answer to an order, when we ask again, and what contradicts what we know: pure.

A mall says where an order is, in its answer or later in a call of its own: both are read here. Nothing is believed that is
about another order, and what contradicts what the buyer has already is never done; a person looks at it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

ORDER, CANCEL = "Order", "Cancel"

# how a message to a mall stands
TO_SEND, ACCEPTED, DONE, STOPPED, WITHDRAWN = "To Send", "Accepted", "Done", "Stopped", "Withdrawn"

# what a mall can say
AGAIN, STOP, TAKEN, DELIVERED, REFUSED, CANCELLED = (
	"again",
	"stop",
	"accepted",
	"delivered",
	"refused",
	"cancelled",
)
SAID = {ORDER: (TAKEN, DELIVERED, REFUSED), CANCEL: (CANCELLED, REFUSED)}

WAITS = tuple(
	timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480, 1440)
)  # six more tries within two days
WORTH_ANOTHER_TRY = frozenset({408, 425, 429})
LARGEST_ANSWER = 64 * 1024
LONGEST_WORDS, LONGEST_CODE = 500, 500
SHORTEST_SECRET = 32
THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True)
class Answer:
	"""What a mall said of an order. `why`: its words, or in one word what is wrong with what it said."""

	says: str
	reference: str = ""
	code: str = ""
	why: str = ""


def wait_after(attempts: int) -> timedelta | None:
	"""Return how long to wait after so many tries; None when it was tried often enough."""
	return WAITS[attempts - 1] if attempts <= len(WAITS) else None


def judge(status: int, body: bytes, order: str, event: str = ORDER) -> Answer:
	"""Read what came back when we sent a message; 0: nothing came in time."""
	if status == 0 or status >= 500 or status in WORTH_ANOTHER_TRY:
		return Answer(AGAIN, why=f"http_{status}" if status else "no_answer")
	if not 200 <= status < 300:
		return Answer(STOP, why=f"http_{status}")
	if not body.strip():
		return Answer(TAKEN if event == ORDER else CANCELLED)
	return read(body, order, event)


def read(body: bytes, order: str | None, event: str = ORDER) -> Answer:
	"""Read what a mall says of an order, of this one when it is given."""
	said = mapping_of(body)
	if said is None:
		return Answer(STOP, why="unreadable")
	if order is not None and said.get("order") != order:
		return Answer(STOP, why="another_order")
	if said.get("state") not in SAID[event]:
		return Answer(STOP, why="unknown_state")
	texts = [_text(said.get(key), longest) for key, longest in _TEXTS.items()]
	if any(text is None for text in texts):
		return Answer(STOP, why="unreadable")
	return Answer(said["state"], *texts)


def order_in(body: bytes) -> str | None:
	"""Return which order a mall speaks of, before it is known whether it is the mall."""
	said = mapping_of(body)
	order = said.get("order") if said else None
	return order if isinstance(order, str) and 0 < len(order) <= 140 and order.isalnum() else None


def mapping_of(body: bytes) -> Mapping | None:
	try:
		said = json.loads(body)
	except (ValueError, RecursionError):
		return None
	return said if len(body) <= LARGEST_ANSWER and isinstance(said, Mapping) else None


def contradicts(answer: Answer, order_state: str, known_code: str | None) -> bool:
	"""Say whether a mall says of an order what can't be true beside what we know; `known_code`: None while there is none."""
	if order_state == "Delivered":
		return answer.says == REFUSED or bool(answer.code and answer.code != known_code)
	return order_state in ("Cancelled", "Refunded", "On Hold") and answer.says == DELIVERED


def may_be_there(state: str | None, attempts: int) -> bool:
	"""Say whether the mall may have heard of an order: a try that timed out may have arrived."""
	return bool(attempts) or state in (ACCEPTED, DONE)


def is_address(address: str) -> bool:
	"""Orders travel encrypted, except to this very machine."""
	try:
		parts = urlsplit(address)
		host, _port = parts.hostname, parts.port
	except ValueError:
		return False
	if not host or parts.username or parts.fragment:
		return False
	return parts.scheme == "https" or (parts.scheme == "http" and host in THIS_MACHINE)


_TEXTS = {"reference": 140, "code": LONGEST_CODE, "why": LONGEST_WORDS}


def _text(value, longest: int) -> str | None:
	"""Return a text in one line, None when it is none or can't be kept."""
	if value is None:
		return ""
	if not isinstance(value, str) or len(value) > longest:
		return None
	try:
		value.encode()
	except UnicodeEncodeError:
		return None
	return " ".join(value.replace("\x00", "").split())
