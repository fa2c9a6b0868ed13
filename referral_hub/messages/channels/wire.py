"""One request to a service outside: short of patience, follows nobody elsewhere, reads no more than an answer takes, says no secret.

Only to addresses of the channel's service, or origins the administrator allows in site_config.json (`referral_hub_channel_addresses`:
kind -> origin, for a private deployment). What goes wrong becomes words of ours: a library's name the address, and a key stands in it.
"""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import frappe
import requests
from frappe import _

from referral_hub.messages.channels import ChannelIsDown, NeedsSettingUp, NotSent
from referral_hub.messages.channels.sms import never_left
from referral_hub.messages.rules.protocols import addresses

# seconds to be connected, and between two pieces of the answer; seconds for the whole of it
PATIENCE, LONGEST = (5, 15), 20
LARGEST_ANSWER = 64 * 1024
CONFIG = "referral_hub_channel_addresses"


class ServiceAway(NotSent, ChannelIsDown):
	"""The service can't be reached, or failed: it took nothing."""


class NoAnswer(ChannelIsDown):
	"""The request left; what became of it nobody knows."""


@contextmanager
def only_asked() -> Iterator[None]:
	"""Nothing of this block goes out to anybody: no answer to it is no message that may have gone."""
	try:
		yield
	except NoAnswer as unanswered:
		raise ServiceAway(str(unanswered)) from unanswered


@dataclass(frozen=True)
class Reply:
	status: int
	body: object
	retry_after: str | None


def allowed_origins(kind: str) -> tuple[str, ...]:
	origin = (frappe.conf.get(CONFIG) or {}).get(kind)
	return (origin,) if origin else ()


def base_of(kind: str, usual: str) -> str:
	"""Return where the service's interface is: its own address, or that of a private deployment."""
	return (allowed_origins(kind) or (usual,))[0].rstrip("/")


def ask(kind: str, address: str, body: dict | None = None, query: dict | None = None) -> Reply:
	"""Post JSON, or get where there is no body. Raises ServiceAway, NoAnswer, NeedsSettingUp."""
	if not addresses.is_allowed(kind, address, allowed_origins(kind)):
		raise NeedsSettingUp(_("This address is not one of the service's."))
	failed: Exception
	try:
		return _ask(address, body, query)
	except requests.RequestException as error:
		failed = _meaning_of(error)
	except Exception as error:
		# logged with its traceback it would show the address
		frappe.log_error(f"{kind}: {type(error).__name__}", "asked a service outside; without the address")
		failed = NoAnswer(_("The service gave no answer."))
	raise failed


def _ask(address: str, body: dict | None, query: dict | None) -> Reply:
	until, pieces, size = time.monotonic() + LONGEST, [], 0
	data = None if body is None else json.dumps(body, ensure_ascii=False).encode()
	with requests.request(
		"GET" if body is None else "POST",
		address,
		data=data,
		params=query,
		headers={"Content-Type": "application/json; charset=utf-8"},
		timeout=PATIENCE,
		allow_redirects=False,
		stream=True,
	) as answer:
		for piece in answer.iter_content(8192):
			pieces.append(piece)
			size += len(piece)
			if size > LARGEST_ANSWER or time.monotonic() > until:
				break
		return Reply(answer.status_code, _read(b"".join(pieces)), answer.headers.get("Retry-After"))


def _read(raw: bytes) -> object:
	try:
		return json.loads(raw)
	except (ValueError, RecursionError):
		return raw.decode(errors="replace")


def _meaning_of(error: requests.RequestException) -> Exception:
	if never_left(error):
		return ServiceAway(_("The service can't be reached."))
	return NoAnswer(_("The service gave no answer."))
