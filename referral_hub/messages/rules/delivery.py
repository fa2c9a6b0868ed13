"""How a message reaches its reader: in which language, at which address, and when to try again. Pure."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

FALLBACK_LANGUAGE = "en"
RESERVED_DOMAIN = ".invalid"

# minutes after the first, second, ... failure; when they are used up, a person has to look
RETRY_MINUTES = (2, 10, 60, 240, 1440)
# how often a message may be put off by a service that is busy, and from which time on an hour at least: two thirds of a day in all
MOST_PUT_OFF, LONG_PUT_OFF, PUT_OFF_SECONDS = 24, 8, 3600


def language_for(preferred: str | None, available: Collection[str]) -> str:
	"""Return the language to write in: the reader's, else its parent (zh-TW -> zh), else English."""
	by_code = {code.lower(): code for code in available}
	wanted = (preferred or "").replace("_", "-").lower()
	while wanted:
		if wanted in by_code:
			return by_code[wanted]
		wanted = wanted.rpartition("-")[0]
	return FALLBACK_LANGUAGE


def first_usable_address(addresses: Iterable[str | None]) -> str | None:
	"""Return the first address that mail can be sent to; reserved `.invalid` ones stand for "none"."""
	return next((address.strip() for address in addresses if is_usable_address(address)), None)


def is_usable_address(address: str | None) -> bool:
	local, _at, domain = (address or "").strip().rpartition("@")
	return bool(local and domain) and not f".{domain.lower().rstrip('.')}".endswith(RESERVED_DOMAIN)


def next_try_on(failures: int, now: datetime) -> datetime | None:
	"""Return when to try again after this many failures; None when it is time to give up."""
	if failures > len(RETRY_MINUTES):
		return None
	return now + timedelta(minutes=RETRY_MINUTES[failures - 1])


def put_off_until(times: int, seconds: int, now: datetime) -> datetime | None:
	"""Return until when a message waits that was not taken for now; None when a person has to look.

	:param times: how often it was put off, this time included
	:param seconds: how long the service wants to be left alone
	"""
	if times > MOST_PUT_OFF:
		return None
	return now + timedelta(seconds=max(seconds, PUT_OFF_SECONDS) if times > LONG_PUT_OFF else seconds)
