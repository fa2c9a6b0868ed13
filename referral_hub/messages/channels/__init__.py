"""The ways a message can travel. Other apps add theirs by the hook `referral_hub_channels`.

A channel is a class with a `label` (stored on the message), `address(reader)` (None: this reader can't be
reached this way, or does not want it) and `send(delivery)`, which hands the message over inside the caller's transaction and
returns what it became as (DocType, name), or None when the reader refused it. It raises when it could not.
"""

from dataclasses import dataclass
from typing import Protocol

import frappe

from referral_hub.messages.readers import Reader


@dataclass(frozen=True)
class Delivery:
	"""One message, written and ready to go. `subject` is plain text, `body` is safe HTML."""

	subject: str
	body: str
	link: str
	referral: str | None
	reader: Reader
	address: str
	language: str


class Channel(Protocol):
	label: str

	def address(self, reader: Reader) -> str | None: ...

	def send(self, delivery: Delivery) -> tuple[str, str] | None: ...


def installed_channels() -> dict[str, Channel]:
	"""Return every channel the installed apps offer, by label; a later app may replace one."""
	paths = frappe.get_hooks("referral_hub_channels")
	channels = [frappe.get_attr(path)() for path in paths]
	return {channel.label: channel for channel in channels}
