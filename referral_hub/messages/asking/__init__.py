"""What channels of other apps are asked while somebody waits: one that breaks stops neither HR's save nor what goes other ways.

What broke is in the Error Log, once an hour for each, and a day long in the report Referral Hub Health. Channels of this app are asked as
they are: what goes wrong there is a fault that tests have to see. Called by `service`, by `sending` and by whoever shows channels.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import frappe
from frappe import _
from frappe.utils import add_to_date, get_datetime, now_datetime

from referral_hub.messages.readers import Reader
from referral_hub.messages.rules.preferences import wants

if TYPE_CHECKING:
	from referral_hub.messages.channels import Channel

OURS = "referral_hub."
BROKEN = "referral_hub_channels_broken"
LOGGED = "referral_hub_channel_logged:"
AN_HOUR = 3600
# what the outbox can keep
LONGEST = 140
T = TypeVar("T")


def offered_by(path: str, load: Callable[[], dict[str, "Channel"]]) -> dict[str, "Channel"] | None:
	"""Return the channels that one line of the hook brings, by label; None where it breaks."""
	return load() if path.startswith(OURS) else _safely(path, load, None)


def labelled(channel: "Channel") -> str:
	"""Return a channel's label. Raises TypeError for one that could not be kept."""
	return _text(channel.label, "label")


def safely(channel: "Channel", ask: Callable[[], T], otherwise: T) -> T:
	"""Return what a channel says, or `otherwise` where it is another app's and breaks."""
	return ask() if _is_ours(channel) else _safely(channel.label, ask, otherwise)


def reached(channel: "Channel", reader: Reader, is_asked: bool = True) -> str | None:
	"""Return where a channel reaches somebody who wants it; None as well where it can't say.

	:param is_asked: whether it is a matter of their wishes
	"""

	def ask() -> str | None:
		is_meant = not is_asked or is_wanted(channel, reader)
		return address_of(channel, reader) if is_meant else None

	return safely(channel, ask, None)


def is_wanted(channel: "Channel", reader: Reader) -> bool:
	return wants(reader.wishes, channel.label, channel.wanted_by_default(reader))


def address_of(channel: "Channel", reader: Reader) -> str | None:
	"""Return where a channel reaches this reader. Raises TypeError for what could not be kept, and whatever the channel raises."""
	address = channel.address(reader)
	return _text(address, "address") if address else None


def why_off(channel: "Channel") -> str | None:
	return safely(channel, channel.why_off, _("This way does not work just now. HR can see why."))


def broken() -> list[tuple[str, str, Any]]:
	"""Return what broke within a day: the channel, or the line of the hook; in which words; when last."""
	day_ago = add_to_date(now_datetime(), days=-1)
	noted = ((name, *told) for name, told in sorted(frappe.cache.hgetall(BROKEN).items()))
	found = ((_decoded(name), words, get_datetime(at)) for name, words, at in noted)
	return [row for row in found if row[2] > day_ago]


def _safely(name: str, ask: Callable[[], T], otherwise: T) -> T:
	said = len(frappe.local.message_log)
	try:
		return ask()
	except frappe.QueryDeadlockError:
		raise
	except Exception as error:
		del frappe.local.message_log[said:]
		_note(str(name), error)
		return otherwise


def _note(name: str, error: Exception) -> None:
	key = LOGGED + name
	if frappe.cache.get_value(key, expires=True):
		return
	frappe.cache.set_value(key, 1, expires_in_sec=AN_HOUR)
	words = f"{type(error).__name__}: {error}"[:LONGEST]
	frappe.cache.hset(BROKEN, name, (words, str(now_datetime())))
	# with a message of its own: without one Frappe adds the variables, which are people; deferred, for it is no part of what is saved
	frappe.log_error(f"Channel {name} failed"[:LONGEST], frappe.get_traceback(), defer_insert=True)


def _is_ours(channel: "Channel") -> bool:
	return type(channel).__module__.startswith(OURS)


def _text(value: Any, what: str) -> str:
	if not isinstance(value, str) or not 0 < len(value) <= LONGEST:
		raise TypeError(f"The {what} of a channel is a text of 1 to {LONGEST} letters")
	return value


def _decoded(name: bytes | str) -> str:
	return name.decode() if isinstance(name, bytes) else name
