"""The channels somebody has set up on this site: one Referral Channel each, as often as there are groups and companies.

Which there are is kept in the cache, because everything that is told asks for it; their secrets never are. Called by the hook
`referral_hub_channels`, by `service` for groups, and by the controller of Referral Channel.
"""

from collections.abc import Iterator
from datetime import datetime

import frappe
from frappe import _
from frappe.utils import get_datetime, now_datetime
from frappe.utils.password import get_decrypted_password

from referral_hub.messages.channels import (
	Channel,
	ChannelIsDown,
	Delivery,
	Later,
	NeedsSettingUp,
	Undeliverable,
)
from referral_hub.messages.channels.wire import NoAnswer, ServiceAway
from referral_hub.messages.rules import groups
from referral_hub.messages.rules.events import EVENTS
from referral_hub.messages.rules.preferences import Disturbs
from referral_hub.messages.rules.protocols import addresses, breaker
from referral_hub.messages.rules.protocols.answers import Answer, Says

DOCTYPE = "Referral Channel"
CACHE = "referral_hub_channels"
FIELDS = [
	"name",
	"kind",
	"company",
	"enabled",
	"for_hr",
	"agent_id",
	"corp_id",
	"by_mobile",
	"sign_in",
	"sign_in_by_employee",
	*groups.NEWS,
]
LATER_AT_LEAST = 10


class Configured(Channel):
	"""What all of them share: their row, its secrets, and how often they failed."""

	disturbs = Disturbs.PHONE
	leaves_the_site = True
	is_short = True

	def __init__(self, row: dict):
		self.row = frappe._dict(row)
		self.label, self.kind, self.company = self.row.name, self.row.kind, self.row.company

	def why_off(self) -> str | None:
		return None if self.row.enabled else _("HR has switched this off.")

	def secret(self, field: str) -> str:
		return get_decrypted_password(DOCTYPE, self.label, field, raise_exception=False) or ""

	def closed_until(self) -> datetime | None:
		until = frappe.db.get_value(DOCTYPE, self.label, "closed_until")
		return until if until and get_datetime(until) > now_datetime() else None

	def worked(self) -> None:
		"""Forget the failures before; a channel that works is not written to."""
		if frappe.db.get_value(DOCTYPE, self.label, "last_error"):
			self._note(failures=0, closed_until=None, last_error=None)

	def failed(self, error: Exception) -> None:
		if isinstance(error, Undeliverable):
			return
		failures = (frappe.db.get_value(DOCTYPE, self.label, "failures") or 0) + 1
		is_down = isinstance(error, ChannelIsDown) and not isinstance(error, Later)
		until = is_down and breaker.closed_until(
			failures, now_datetime(), needs_a_person=isinstance(error, NeedsSettingUp)
		)
		self._note(
			last_error=str(error), **({"failures": failures} if is_down else {}), closed_until=until or None
		)

	def _note(self, **values) -> None:
		frappe.db.set_value(DOCTYPE, self.label, values, update_modified=False)

	def check(self, answer: Answer, hint: str = "") -> None:
		"""Raise what an answer other than a yes means, in words that name the service's own code."""
		if answer.says is Says.SENT:
			return
		words = " ".join(
			filter(None, [_("{0} answered {1}.").format(_(self.kind, context=DOCTYPE), answer.code), hint])
		)
		if answer.says is Says.LATER:
			raise Later(words, max(answer.wait, LATER_AT_LEAST))
		if answer.says is Says.AWAY:
			raise ServiceAway(words)
		if answer.says is Says.UNKNOWN:
			raise NoAnswer(words)
		if answer.says in (Says.SET_UP, Says.TOKEN):
			raise NeedsSettingUp(words)
		raise Undeliverable(words)


def channels() -> Iterator[Channel]:
	"""Return what is set up here, switched off or not."""
	from referral_hub.messages.channels.robots import Robot
	from referral_hub.messages.channels.wecom import WeCom

	for row in _rows():
		yield (WeCom if row["kind"] == addresses.WECOM_APP else Robot)(row)


def groups_for(event: str) -> list[Channel]:
	"""Return the groups that are told of this."""
	if event not in groups.GROUP_EVENTS or EVENTS[event].is_private:
		return []
	return [group for group in channels() if group.is_group and group.hears(event)]


def find(name: str) -> Channel | None:
	return next((channel for channel in channels() if channel.label == name), None)


def forget() -> None:
	"""Read the channels anew, also after this transaction has ended in whichever way."""
	_clear()
	frappe.db.after_commit.add(_clear)
	frappe.db.after_rollback.add(_clear)


def _clear() -> None:
	frappe.cache.delete_value(CACHE)


def _rows() -> list[dict]:
	return frappe.cache.get_value(CACHE, _read)


def _read() -> list[dict]:
	return [dict(row) for row in frappe.get_all(DOCTYPE, fields=FIELDS, order_by="creation asc")]


__all__ = ["Configured", "Delivery", "channels", "find", "forget", "groups_for"]
