"""What a person wants is what they get: channels, quiet hours, one mail for many messages."""

from datetime import datetime

import frappe
import pytest
import site_factories as hr
from freezegun import freeze_time
from message_factories import WORDS, mails_to, make_reader, messages_to, notifications_of

from referral_hub.messages import preferences, service

NIGHT, MORNING = "2026-12-01 23:30:00", datetime(2026, 12, 2, 7)


@pytest.fixture(autouse=True)
def site_in_shanghai(monkeypatch):
	"""Frozen times are in UTC; the site's clock and the database's are then the same."""
	monkeypatch.setattr("frappe.utils.data.get_system_timezone", lambda: "UTC")
	monkeypatch.setattr("referral_hub.messages.preferences.get_system_timezone", lambda: "UTC")


def choose(reader, **fields):
	fields.setdefault("channels", {})
	return preferences.save(reader.name, **fields)


def quiet(reader, **fields):
	return choose(reader, quiet_hours="On", quiet_from="22:00:00", quiet_to="07:00:00", **fields)


def tell(reader, event="offer_made", key=None, **facts):
	service.tell(event, reader.name, key=key or frappe.generate_hash(length=8), **{**WORDS, **facts})


def mail_of(reader):
	return messages_to(reader, channel="Email")[-1]


def test_a_channel_switched_off_is_not_used_and_the_others_are():
	reader = make_reader()
	choose(reader, channels={"Email": False})
	tell(reader)
	assert [message.channel for message in messages_to(reader)] == ["In-app"]


def test_a_channel_switched_off_while_a_message_waits_stops_that_message():
	reader = make_reader()
	tell(reader)
	choose(reader, channels={"Email": False})
	service.send_pending()
	assert (mail_of(reader).state, mail_of(reader).error) == (
		"Skipped",
		"This person does not want messages this way.",
	)
	assert mails_to(reader) == []


def test_mail_told_at_night_waits_for_the_morning_and_the_bell_does_not():
	reader = make_reader(time_zone="UTC")
	quiet(reader)
	with freeze_time(NIGHT):
		tell(reader)
		assert mail_of(reader).waits_until == MORNING
		assert service.send_pending()["sent"] == 1
		assert [len(notifications_of(reader)), len(mails_to(reader))] == [1, 0]
	with freeze_time("2026-12-02 07:00:01"):
		assert service.send_pending()["sent"] == 1
	assert len(mails_to(reader)) == 1


def test_a_sender_that_comes_late_into_quiet_hours_waits_too():
	reader = make_reader(time_zone="UTC")
	quiet(reader)
	with freeze_time("2026-12-01 21:59:00"):
		tell(reader)
		assert mail_of(reader).waits_until is None
	with freeze_time(NIGHT):
		service.send_pending()
	assert (mail_of(reader).state, mail_of(reader).waits_until) == ("Pending", MORNING)


def test_quiet_hours_are_those_of_the_readers_own_zone():
	reader = make_reader(time_zone="Asia/Shanghai")
	quiet(reader)
	with freeze_time("2026-12-01 15:00:00"):  # 23:00 in Shanghai
		tell(reader)
	assert mail_of(reader).waits_until == datetime(2026, 12, 1, 23)


def test_the_companys_quiet_hours_hold_for_those_who_chose_none():
	settings = {"quiet_hours_for": "E-mail and SMS", "quiet_from": "22:00:00", "quiet_to": "07:00:00"}
	frappe.db.set_single_value("Referral Hub Settings", settings)
	default, off = make_reader(time_zone="UTC"), make_reader(time_zone="UTC")
	choose(off, quiet_hours="Off")
	with freeze_time(NIGHT):
		for reader in (default, off):
			tell(reader)
	assert [mail_of(default).waits_until, mail_of(off).waits_until] == [MORNING, None]


def test_an_interview_before_the_end_of_the_quiet_hours_is_dropped_as_old_news():
	reader = make_reader(time_zone="UTC")
	quiet(reader)
	with freeze_time(NIGHT):
		tell(reader, "interview_scheduled", interview_on="2026-12-02 06:00:00")
	with freeze_time("2026-12-02 08:00:00"):
		service.send_pending()
	assert (mail_of(reader).state, mail_of(reader).error) == (
		"Skipped",
		"The date in this message has passed.",
	)


def test_a_days_messages_become_one_mail_and_each_says_which():
	reader = make_reader(time_zone="UTC")
	choose(reader, digest="Daily")
	with freeze_time("2026-12-01 12:00:00"):
		for event in ("referral_screening", "offer_made", "not_selected"):
			tell(reader, event)
		service.send_pending()
		assert mails_to(reader) == []
	with freeze_time("2026-12-02 09:00:01"):
		assert service.send_pending()["sent"] == 3
		assert service.send_pending()["sent"] == 0
	(mail,) = mails_to(reader)
	rows = messages_to(reader, channel="Email")
	assert {(row.state, row.sent_as, row.in_digest) for row in rows} == {("Sent", mail, 1)}
	text = frappe.get_doc("Email Queue", mail).message
	assert [text.count("Lin Wei is in screening") > 0, text.count("Pay expectations differ") > 0] == [
		True,
		True,
	]
	assert text.count(f"Hello {reader.employee_name}") == 2, (
		"once in each part of the mail, not once a message"
	)


def test_a_period_has_one_digest_also_when_more_is_told_after_it():
	reader = make_reader(time_zone="UTC")
	choose(reader, digest="Daily")
	with freeze_time("2026-12-01 12:00:00"):
		tell(reader)
	with freeze_time("2026-12-02 09:00:01"):
		service.send_pending()
		tell(reader, "candidate_joined")
		# told by a transaction that began before nine, seen after the digest
		frappe.db.set_value("Referral Message", mail_of(reader).name, "waits_until", "2026-12-02 09:00:00")
		service.send_pending()
		assert (len(mails_to(reader)), mail_of(reader).waits_until) == (1, datetime(2026, 12, 3, 9))
	with freeze_time("2026-12-03 09:00:01"):
		service.send_pending()
	assert len(mails_to(reader)) == 2


def test_an_interview_does_not_wait_for_the_digest_unless_somebody_wants_that():
	eager, calm = make_reader(time_zone="UTC"), make_reader(time_zone="UTC")
	choose(eager, digest="Weekly")
	choose(calm, digest="Weekly", pressing_at_once=0)
	for reader in (eager, calm):
		tell(reader, "interview_scheduled")
	assert [mail_of(reader).in_digest for reader in (eager, calm)] == [0, 1]


def test_whoever_wants_everything_at_once_again_gets_what_was_collected():
	reader = make_reader()
	choose(reader, digest="Weekly")
	tell(reader)
	choose(reader, digest="Immediately")
	assert (mail_of(reader).waits_until, mail_of(reader).in_digest) == (None, 0)
	service.send_pending()
	assert mail_of(reader).state == "Sent"


def test_whoever_left_gets_no_digest_either():
	reader = make_reader(time_zone="UTC")
	choose(reader, digest="Daily")
	with freeze_time("2026-12-01 12:00:00"):
		tell(reader)
	hr.part_with_employee(reader)
	with freeze_time("2026-12-02 10:00:00"):
		service.send_pending()
	assert (mail_of(reader).state, mails_to(reader)) == ("Skipped", [])


def test_one_piece_that_cannot_be_written_does_not_hold_up_the_digest():
	reader = make_reader(time_zone="UTC")
	choose(reader, digest="Daily", channels={"In-app": False})
	frappe.db.set_value("Email Template", "Referral: Offer Made (en)", "response_html", "{{ nonsense }}")
	with freeze_time("2026-12-01 12:00:00"):
		tell(reader, "offer_made")
		tell(reader, "candidate_joined")
	with freeze_time("2026-12-02 10:00:00"):
		assert service.send_pending() == {"sent": 1, "skipped": 0, "failed": 1}
	states = {row.event: (row.state, row.failed_in) for row in messages_to(reader, channel="Email")}
	assert states == {"offer_made": ("Pending", "Template"), "candidate_joined": ("Sent", None)}


def test_the_companys_digest_holds_for_somebody_without_a_preference_and_makes_the_row_it_needs():
	frappe.db.set_single_value("Referral Hub Settings", {"digest": "Daily", "digest_time": "09:00:00"})
	reader = make_reader(time_zone="UTC")
	with freeze_time("2026-12-01 12:00:00"):
		tell(reader)
	with freeze_time("2026-12-02 09:30:00"):
		service.send_pending()
	kept = frappe.db.get_value("Referral Preference", {"employee": reader.name}, ["digest", "last_digest_on"])
	assert kept == (None, datetime(2026, 12, 2, 9, 30))


def test_the_language_somebody_chose_comes_before_the_one_of_their_account():
	reader = make_reader("en")
	choose(reader, language="zh")
	tell(reader)
	service.send_pending()
	assert mail_of(reader).subject == "已向Lin Wei发出录用通知"


def test_whoever_chose_a_channel_has_not_chosen_a_language():
	reader = make_reader("zh")
	choose(reader, channels={"In-app": False})
	tell(reader)
	service.send_pending()
	assert mail_of(reader).subject == "已向Lin Wei发出录用通知"


@pytest.mark.parametrize(
	("fields", "sentence"),
	[
		({"quiet_from": "22:00:00"}, "Say from when and until when you want quiet."),
		({"quiet_from": "22:00:00", "quiet_to": "22:00:00"}, "Quiet hours that end when they begin are none"),
	],
)
def test_quiet_hours_without_a_beginning_and_an_end_are_refused(fields, sentence):
	with pytest.raises(frappe.ValidationError, match=sentence):
		choose(make_reader(), quiet_hours="On", **fields)


def test_a_preference_follows_its_employee_and_ends_with_them():
	reader, other = make_reader(), make_reader()
	choose(reader, channels={"Email": False})
	choose(other, channels={"Email": True})
	frappe.rename_doc("Employee", other.name, reader.name, merge=True, force=True)
	rows = frappe.get_all("Referral Preference", {"employee": reader.name}, pluck="name")
	assert rows == [reader.name]
	tell(reader)
	assert [message.channel for message in messages_to(reader)] == ["In-app"]


def test_of_two_who_become_one_the_wish_not_to_be_named_stays_whichever_record_said_it():
	silent, reader, unnamed = make_reader(), make_reader(), make_reader()
	choose(unnamed, channels={"Email": False}, incognito=1, thanks="No")
	frappe.rename_doc("Employee", unnamed.name, silent.name, merge=True, force=True)
	kept = preferences.preference_of(silent.name)
	assert (kept.incognito, kept.thanks, kept.channels[0].wanted) == (1, "No", 0)
	choose(reader, channels={"Email": True})
	frappe.rename_doc("Employee", silent.name, reader.name, merge=True, force=True)
	kept = preferences.preference_of(reader.name)
	assert (kept.incognito, kept.channels[0].wanted) == (1, 1)
	assert frappe.db.count("Referral Preference", {"employee": reader.name}) == 1


def test_a_button_pressed_twice_at_once_is_no_error_and_loses_nothing(monkeypatch):
	reader = make_reader()
	choose(reader, incognito=1)
	monkeypatch.setattr(preferences, "_name_of", lambda _employee: None)  # as in a snapshot from before
	kept = preferences.save(reader.name, channels={}, thanks="Yes")
	assert (kept.incognito, kept.thanks) == (1, "Yes")
