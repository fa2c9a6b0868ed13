"""How a message reaches its reader: in which language, at which address, and when to try again. Pure."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

FALLBACK_LANGUAGE = "en"
RESERVED_DOMAIN = ".invalid"

# minutes after the first, second, ... failure; when they are used up, a person has to look
RETRY_MINUTES = (2, 10, 60, 240, 1440)


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
