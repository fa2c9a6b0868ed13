"""How long we wait for somebody else's server where the platform would wait for ever.

Frappe's `send_sms` takes no time limit and gives `requests` none. What is sent inside `limited` gets one; what other
code of this process sends at the same time, in this or another thread, does not notice.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps

import requests

# seconds to be connected, and seconds of silence while an answer is awaited
Limit = tuple[float, float]
_limit: ContextVar[Limit | None] = ContextVar("referral_hub_patience", default=None)


@contextmanager
def limited(limit: Limit) -> Iterator[None]:
	"""Let requests of this block give up; of an answer only its head is awaited, so that nobody drips its body at us."""
	_wait_as_limited()
	before = _limit.set(limit)
	try:
		yield
	finally:
		_limit.reset(before)


def _wait_as_limited() -> None:
	"""Teach `requests` once that a block may be limited."""
	original = requests.Session.request
	if hasattr(original, "referral_hub_is_limited"):
		return

	@wraps(original)
	def request(session, method, url, **options):
		if (limit := _limit.get()) and options.get("timeout") is None:
			options |= {"timeout": limit, "stream": True}
		return original(session, method, url, **options)

	request.referral_hub_is_limited = True
	requests.Session.request = request
