"""When a message of one person may go by one channel: the rules, asked in the site's time.

Called by `service` when something is told, by `sending` when it is about to go, and when somebody changes what they want.
"""

from datetime import datetime

import frappe
from frappe.utils import get_datetime, now_datetime

from referral_hub.messages import outbox
from referral_hub.messages.channels import Channel, installed_channels
from referral_hub.messages.preferences import as_stored, aware
from referral_hub.messages.readers import Reader, reader_of
from referral_hub.messages.rules import preferences as rules
from referral_hub.messages.rules.events import EVENTS


def plan(
	event: str, facts: dict, channel: Channel, reader: Reader, not_before: datetime | None = None
) -> dict:
	"""Return the fields of a message that say how long it waits. `not_before` is a delay HR has set."""
	until = facts.get(EVENTS[event].until) if EVENTS[event].until else None
	now = now_datetime()
	planned = rules.plan(
		aware(max(now, not_before) if not_before else now),
		reader.wishes,
		disturbs=channel.disturbs,
		can_collect=channel.collects and not reader.is_candidate,
		pressing=EVENTS[event].pressing,
		until=aware(get_datetime(until)) if until else None,
	)
	waits_until = as_stored(planned.not_before) or not_before
	return {"waits_until": waits_until, "in_digest": int(planned.in_digest)}


def still_waits_until(channel: Channel, reader: Reader) -> datetime | None:
	"""Return the end of the quiet hours it is now for this person, or None."""
	now = aware(now_datetime())
	allowed = rules.allowed_from(now, reader.wishes, channel.disturbs)
	return None if allowed == now else as_stored(allowed)


def digest_waits_until(channel: Channel, reader: Reader, last: datetime | None) -> datetime | None:
	now = aware(now_datetime())
	return as_stored(rules.digest_waits_until(now, reader.wishes, aware(last), channel.disturbs))


def plan_again(employee: str) -> None:
	"""Let every waiting message of this employee wait as they want it now."""
	channels = installed_channels()
	for name in frappe.get_all(
		"Referral Message", filters={"recipient": employee, "state": outbox.PENDING}, pluck="name"
	):
		message = outbox.claim(name)
		channel, reader = (channels.get(message.channel), reader_of(message)) if message else (None, None)
		if channel and reader:
			outbox.wait(message, **plan(message.event, outbox.facts_of(message), channel, reader))
