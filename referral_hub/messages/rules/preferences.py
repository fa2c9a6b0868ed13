"""What a person wants to hear, by which channel, and from when on: the company's defaults, then their own word. Pure.

Every moment carries a time zone. `messages.preferences` reads the choices; `messages.service` and `messages.sending` follow
what is decided here. A channel says how much it disturbs: silently, like mail, or like a phone.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from enum import StrEnum

from referral_hub.messages.rules.digest import AT_ONCE, Schedule, may_send, next_due
from referral_hub.messages.rules.quiet_hours import QuietHours, next_allowed


class Disturbs(StrEnum):
	NEVER = "Never"
	MAIL = "Mail"
	PHONE = "Phone"


@dataclass(frozen=True)
class Wishes:
	"""What one person wants. A channel without an entry is as its `default` says."""

	channels: dict[str, bool] = field(default_factory=dict)
	quiet: QuietHours | None = None
	quiet_for: frozenset[Disturbs] = frozenset({Disturbs.MAIL, Disturbs.PHONE})
	schedule: Schedule = AT_ONCE
	pressing_at_once: bool = True
	zone: tzinfo = UTC
	# messages this person switched off by name
	without: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Plan:
	"""From when on a message may go (None: now), and whether it goes with others in a digest."""

	not_before: datetime | None = None
	in_digest: bool = False


def wants(wishes: Wishes, channel: str, default: bool = True) -> bool:
	return wishes.channels.get(channel, default)


def hears(wishes: Wishes, event: str) -> bool:
	return event not in wishes.without


def plan(
	now: datetime,
	wishes: Wishes,
	*,
	disturbs: Disturbs = Disturbs.MAIL,
	can_collect: bool = False,
	pressing: bool = False,
	until: datetime | None = None,
) -> Plan:
	"""Decide when a message told now goes out.

	What would be old news by the next digest is not kept for it. Quiet hours hold for everything, pressing or not.
	"""
	if can_collect and wishes.schedule.collects and not (pressing and wishes.pressing_at_once):
		due = allowed_from(next_due(now, wishes.schedule, wishes.zone), wishes, disturbs)
		if until is None or due < until:
			return Plan(due, in_digest=True)
	allowed = allowed_from(now, wishes, disturbs)
	return Plan(None if allowed == now else allowed)


def allowed_from(moment: datetime, wishes: Wishes, disturbs: Disturbs) -> datetime:
	"""Return the first moment from this one on at which this channel may disturb."""
	if disturbs not in wishes.quiet_for:
		return moment
	return next_allowed(moment, wishes.quiet, wishes.zone)


def digest_waits_until(
	now: datetime, wishes: Wishes, last: datetime | None, disturbs: Disturbs = Disturbs.MAIL
) -> datetime | None:
	"""Return until when a due digest still has to wait, or None when it may go now.

	Whoever gets everything at once by now gets what was collected at once too.
	"""
	schedule = wishes.schedule
	if schedule.collects and not may_send(last, now, schedule, wishes.zone):
		return allowed_from(next_due(now, schedule, wishes.zone), wishes, disturbs)
	allowed = allowed_from(now, wishes, disturbs)
	return None if allowed == now else allowed
