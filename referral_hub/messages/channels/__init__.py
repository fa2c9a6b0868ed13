"""The ways a message can travel. Other apps add theirs by the hook `referral_hub_channels`.

A channel is a class with a `label` (stored on the message), `address(reader)` (None: this reader can't be
reached this way, or does not want it) and `send(delivery)`, which hands the message over inside the caller's transaction and
returns what it became as (DocType, name), or None when the reader refused it. It raises when it could not: which of the
errors below says what becomes of the message. What it may say besides has a default in `Channel`.
The hook names such classes, and functions that return channels: as many as somebody has set up.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from inspect import isclass

import frappe

from referral_hub.messages import asking
from referral_hub.messages.readers import Reader
from referral_hub.messages.rules.preferences import Disturbs


class NotSent(frappe.ValidationError):
	"""The message has surely not gone out: it may be tried again. Of what leaves the site nothing else may be."""


class ChannelIsDown(frappe.ValidationError):
	"""It is not this message: whatever goes this way next would wait as long, so the others wait for the next run."""


class Later(NotSent, ChannelIsDown):
	"""Too many messages, or too busy: it goes out after some seconds, and this uses up no try."""

	def __init__(self, words: str, seconds: int):
		super().__init__(words)
		self.seconds = seconds


class Undeliverable(NotSent):
	"""Trying again would not help: the message is left to HR at once, with these words."""


class NeedsSettingUp(NotSent, ChannelIsDown):
	"""Nothing goes this way until a person has put the channel right."""


@dataclass(frozen=True)
class Delivery:
	"""One message, written and ready to go. `subject` is plain text, `body` is safe HTML, `text` is short and plain."""

	subject: str
	body: str
	link: str
	referral: str | None
	reader: Reader
	address: str
	language: str
	text: str = ""
	# the name of the message in the outbox, and which it is; of several, the one whose way out ends all of them
	message: str | None = None
	event: str = ""


class Channel:
	"""What a channel says about itself; one that extends this class says only what is different."""

	label: str
	# what quiet hours keep back
	disturbs = Disturbs.MAIL
	# several messages may become one
	collects = False
	# it sends while we wait, outside the database: claimed and committed before, so that it is never sent twice
	leaves_the_site = False
	# short plain words instead of a mail's
	is_short = False
	# whose words those are, by what the names of their templates begin with: the first that are written
	templates: tuple[str, ...] = ("Referral SMS",)
	serves_candidates = False
	# read by a group: nobody chooses it for themselves
	is_group = False

	def address(self, reader: Reader) -> str | None:
		raise NotImplementedError

	def send(self, delivery: Delivery) -> tuple[str, str] | None:
		raise NotImplementedError

	def wanted_by_default(self, reader: Reader) -> bool:
		"""Say whether somebody who has chosen nothing gets messages this way."""
		return True

	def why_off(self) -> str | None:
		"""Say in a sentence why nobody is told this way on this site, or None."""
		return None

	def closed_until(self) -> datetime | None:
		"""Return until when nothing is handed over, because it has failed again and again; the messages wait."""
		return None

	def worked(self) -> None:
		"""Learn that a message was taken."""

	def failed(self, error: Exception) -> None:
		"""Learn that one was not."""


class Installed(dict[str, Channel]):
	"""The channels by label. `is_whole` is not so while an app's can't be had: what waits for one of them goes on waiting."""

	is_whole = True


def installed_channels() -> Installed:
	"""Return every channel the installed apps offer, by label; a later app may replace one."""
	channels = Installed()
	for path in frappe.get_hooks("referral_hub_channels"):
		found = asking.offered_by(path, lambda path=path: _labelled(_offered(frappe.get_attr(path))))
		channels.is_whole &= found is not None
		channels |= found or {}
	return channels


def _labelled(channels: Iterator[Channel]) -> dict[str, Channel]:
	return {asking.labelled(channel): channel for channel in channels}


def _offered(offer) -> Iterator[Channel]:
	if isclass(offer):
		yield _complete(offer)()
	else:
		yield from offer()


def _complete(channel: type) -> type:
	"""Give a class that only has the three needed members the others."""
	if issubclass(channel, Channel):
		return channel
	return type(channel.__name__, (channel, Channel), {"__module__": channel.__module__})
