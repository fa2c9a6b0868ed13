"""Channels of other apps that break: nobody's save is stopped, other ways go on, and it is said where it can be put right."""

import frappe
import pytest
from frappe.utils import add_to_date, now_datetime
from freezegun import freeze_time
from message_factories import WORDS, make_reader, messages_to

from referral_hub.health import mail
from referral_hub.health.line import BROKEN
from referral_hub.messages import asking, service
from referral_hub.portal.forms import settings_form

HOOK, PATH = "referral_hub_channels", "hrms.aviary.Pigeon"


class Pigeon:
	label = "Pigeon"

	def address(self, reader):
		return f"loft of {reader.employee}"

	def send(self, delivery):
		return "Pigeon", delivery.address


class Lost(Pigeon):
	def address(self, reader):
		frappe.throw("Where do they live?")


class Odd(Pigeon):
	def address(self, reader):
		return {"loft": reader.employee}


class Wordy(Pigeon):
	def address(self, reader):
		return "loft " * 40


class Shy(Pigeon):
	def wanted_by_default(self, reader):
		raise RuntimeError("Who wants that?")


class Nameless(Pigeon):
	label = None


class Tired(Pigeon):
	"""One that can say nothing about itself, and flies all the same."""

	def closed_until(self):
		raise RuntimeError("What time is it?")

	worked = why_off = closed_until


class Missing:
	"""Stands for a line of the hook whose module is not there."""


@pytest.fixture(autouse=True)
def noted():
	keys = [asking.LOGGED + name for name in ("Pigeon", PATH)]
	for when in ("before", "after"):
		for key in (asking.BROKEN, *keys):
			frappe.cache.delete_value(key)
		if when == "before":
			yield


@pytest.fixture
def offer(monkeypatch):
	"""Bring a channel beside those of this app."""
	hooks, attribute = frappe.get_hooks, frappe.get_attr

	def offered(channel) -> None:
		def get_attr(path):
			if path != PATH or channel is Missing:
				return attribute(path)
			return channel

		def get_hooks(hook=None, *more, **how):
			return [*hooks(hook), PATH] if hook == HOOK else hooks(hook, *more, **how)

		monkeypatch.setattr(frappe, "get_hooks", get_hooks)
		monkeypatch.setattr(frappe, "get_attr", get_attr)

	return offered


def tell(reader, key="REF-1") -> None:
	service.tell("offer_made", reader.name, key=key, **WORDS)


def ways(reader) -> list[str]:
	return sorted(message.channel for message in messages_to(reader))


@pytest.mark.parametrize(
	("channel", "name", "words"),
	[
		(Lost, "Pigeon", "ValidationError: Where do they live?"),
		(Odd, "Pigeon", "TypeError: The address of a channel is a text of 1 to 140 letters"),
		(Wordy, "Pigeon", "TypeError: The address of a channel is a text of 1 to 140 letters"),
		(Shy, "Pigeon", "RuntimeError: Who wants that?"),
		(Nameless, PATH, "TypeError: The label of a channel is a text of 1 to 140 letters"),
		(Missing, PATH, "ModuleNotFoundError: No module named 'hrms.aviary'"),
	],
)
def test_one_that_breaks_tells_nobody_and_stops_nobody(offer, monkeypatch, channel, name, words):
	logged = []
	monkeypatch.setattr(frappe, "log_error", lambda title, *_more, **_how: logged.append(title))
	reader = make_reader()
	offer(channel)
	said = list(frappe.local.message_log)
	tell(reader)
	tell(reader, "REF-2")
	assert ways(reader) == ["Email", "Email", "In-app", "In-app"]
	assert frappe.local.message_log == said, "HR reads nothing of it"
	assert logged == [f"Channel {name} failed"]
	[line] = [line for line in mail.channels() if name in line.seen]
	assert (line.state, line.seen.startswith(f"{name}: {words} (")) == (BROKEN, True)
	with freeze_time(add_to_date(now_datetime(), days=2)):
		assert asking.broken() == []


def test_one_that_can_say_nothing_of_itself_holds_up_no_mail_and_is_sent_once(offer):
	reader = make_reader()
	offer(Tired)
	tell(reader)
	service.send_pending()
	assert {row.channel: row.state for row in messages_to(reader)} == {
		"Email": "Sent",
		"In-app": "Sent",
		"Pigeon": "Sent",
	}
	[shown] = [way for way in settings_form.shown(reader.name)["channels"] if way["label"] == "Pigeon"]
	assert shown["why_off"] == "This way does not work just now. HR can see why."


@pytest.mark.parametrize("channel", [Missing, Lost, Odd])
def test_what_waits_for_one_that_breaks_meanwhile_is_not_lost(offer, channel):
	reader = make_reader()
	offer(Pigeon)
	tell(reader)
	offer(channel)
	service.send_pending()
	rows = {row.channel: row for row in messages_to(reader)}
	assert (rows["Email"].state, rows["Pigeon"].state, rows["Pigeon"].attempts) == ("Sent", "Pending", 1)
	offer(Pigeon)
	with freeze_time(add_to_date(now_datetime(), minutes=3)):
		service.send_pending()
	assert messages_to(reader, channel="Pigeon")[0].state == "Sent"
