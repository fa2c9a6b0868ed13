"""Who is told, by which channel, and how often: the outbox."""

import frappe
import pytest
import site_factories as hr
from frappe.utils import add_to_date, now_datetime
from freezegun import freeze_time
from message_factories import (
	WORDS,
	mails_to,
	make_event,
	make_interview_row,
	make_reader,
	make_referral_row,
	messages_to,
	move_interview,
	notifications_of,
)

from referral_hub.messages import rendering, service


def channels(employee) -> list[str]:
	return sorted(message.channel for message in messages_to(employee))


def test_a_person_is_told_once_by_every_channel_however_often_we_tell():
	reader = make_reader()
	for _again in range(3):
		service.tell("offer_made", reader.name, key="REF-1", **WORDS)
	assert channels(reader) == ["Email", "In-app"]


def test_telling_again_leaves_what_the_caller_wrote_before_and_says_nothing_to_the_user():
	reader = make_reader()
	service.tell("offer_made", reader.name, key="REF-1")
	department = hr.make_department()
	frappe.local.message_log = []
	service.tell("offer_made", reader.name, key="REF-1")
	assert frappe.db.exists("Department", department.name)
	assert frappe.local.message_log == []


def test_the_same_key_of_another_event_is_other_news():
	reader = make_reader()
	service.tell("reward_earned", reader.name, key="reward-1")
	service.tell("reward_paid", reader.name, key="reward-1")
	assert [message.event for message in messages_to(reader, channel="Email")] == [
		"reward_earned",
		"reward_paid",
	]


@pytest.mark.parametrize("status", ["Left", "Inactive", "Suspended"])
def test_somebody_who_is_not_an_active_employee_is_not_told(status):
	reader = make_reader()
	frappe.db.set_value("Employee", reader.name, "status", status)
	service.tell("offer_made", reader.name, key="REF-1")
	service.tell("offer_made", "HR-EMP-NOBODY", key="REF-1")
	assert messages_to(reader) == []


def test_without_a_login_there_is_mail_only():
	employee = hr.make_employee(company_email="shop@example.com")
	service.tell("offer_made", employee.name, key="REF-1")
	assert [(m.channel, m.to_address) for m in messages_to(employee)] == [("Email", "shop@example.com")]


def test_with_a_disabled_login_there_is_mail_only():
	reader = make_reader(company_email="shop@example.com")
	frappe.db.set_value("User", reader.user_id, "enabled", 0)
	service.tell("offer_made", reader.name, key="REF-1")
	assert channels(reader) == ["Email"]


@pytest.mark.parametrize("address", [None, "mei@referral-hub.invalid"])
def test_without_an_address_that_can_be_mailed_there_is_no_mail(address):
	employee = hr.make_employee()
	frappe.db.set_value("Employee", employee.name, "personal_email", address)
	service.tell("offer_made", employee.name, key="REF-1")
	assert messages_to(employee) == []


def test_the_preferred_address_comes_first():
	reader = make_reader(company_email="work@example.com", personal_email="home@example.com")
	frappe.db.set_value("Employee", reader.name, "prefered_email", "home@example.com")
	service.tell("offer_made", reader.name, key="REF-1")
	assert messages_to(reader, channel="Email")[0].to_address == "home@example.com"


@pytest.mark.parametrize(("setting", "left"), [("send_email", ["In-app"]), ("send_in_app", ["Email"])])
def test_a_channel_that_hr_switched_off_is_not_used(setting, left):
	reader = make_reader()
	frappe.db.set_single_value("Referral Hub Settings", setting, 0)
	service.tell("offer_made", reader.name, key="REF-1")
	assert channels(reader) == left


def test_a_user_who_switched_notifications_off_gets_none():
	reader = make_reader()
	frappe.db.set_value("Notification Settings", reader.user_id, "enabled", 0)
	service.tell("offer_made", reader.name, key="REF-1")
	assert channels(reader) == ["Email"]


def test_an_event_nobody_defined_is_refused():
	with pytest.raises(ValueError, match="No such message: offer_maid"):
		service.tell("offer_maid", make_reader().name, key="REF-1")


def test_what_is_rolled_back_is_not_told():
	reader = make_reader()
	frappe.db.savepoint("before_telling")
	service.tell("offer_made", reader.name, key="REF-1")
	frappe.db.rollback(save_point="before_telling")
	assert messages_to(reader) == []


def test_sending_hands_each_message_over_once():
	reader = make_reader()
	service.tell("offer_made", reader.name, key="REF-1", **WORDS)
	assert service.send_pending()["sent"] == 2
	assert service.send_pending() == {"sent": 0, "skipped": 0, "failed": 0}
	(mail,), (notification,) = messages_to(reader, channel="Email"), messages_to(reader, channel="In-app")
	assert (mail.state, mail.sent_as_doctype, [mail.sent_as]) == ("Sent", "Email Queue", mails_to(reader))
	assert (notification.state, notification.sent_as_doctype) == ("Sent", "Notification Log")
	assert [log.name for log in notifications_of(reader)] == [notification.sent_as]


def test_a_notification_is_an_alert_that_leads_to_the_referral_and_is_not_mailed_again():
	reader = make_reader()
	referral = make_referral_row(reader, stage="Offered")
	frappe.db.set_single_value("Referral Hub Settings", "send_email", 0)
	service.tell("offer_made", reader.name, key=referral.name, referral=referral.name)
	service.send_pending()
	(log,) = notifications_of(reader)
	assert (log.type, log.document_type, log.document_name) == ("Alert", "Referral", referral.name)
	assert log.link.endswith(f"/referrals/mine/{referral.name}")
	assert log.subject == "Lin Wei has an offer"
	assert mails_to(reader) == []


def test_somebody_who_left_before_the_message_went_out_does_not_get_it():
	reader = make_reader()
	service.tell("offer_made", reader.name, key="REF-1", **WORDS)
	hr.part_with_employee(reader)
	assert service.send_pending() == {"sent": 0, "skipped": 2, "failed": 0}
	assert {(m.state, m.error) for m in messages_to(reader)} == {
		("Skipped", "This person is no longer an active employee.")
	}
	assert (mails_to(reader), notifications_of(reader)) == ([], [])


def test_a_message_goes_to_the_address_of_today():
	reader = make_reader(company_email="old@example.com")
	service.tell("offer_made", reader.name, key="REF-1", **WORDS)
	frappe.db.set_value("Employee", reader.name, "company_email", "new@example.com")
	service.send_pending()
	assert messages_to(reader, channel="Email")[0].to_address == "new@example.com"


def test_an_interview_that_began_while_the_message_waited_is_not_announced():
	reader = make_reader()
	service.tell(
		"interview_scheduled", reader.name, key="REF-1", **{**WORDS, "interview_on": "2026-01-01 10:00:00"}
	)
	assert service.send_pending()["skipped"] == 2
	assert {m.error for m in messages_to(reader)} == {"The date in this message has passed."}


def test_an_address_that_unsubscribed_from_everything_is_left_alone():
	reader = make_reader()
	frappe.get_doc(doctype="Email Unsubscribe", email=reader.user_id, global_unsubscribe=1).insert()
	service.tell("offer_made", reader.name, key="REF-1", **WORDS)
	service.send_pending()
	(mail,) = messages_to(reader, channel="Email")
	assert (mail.state, mail.error) == ("Skipped", "This address has unsubscribed.")


def test_the_referrer_hears_of_each_step_of_a_referral_once():
	reader = make_reader()
	referral = make_referral_row(reader)
	steps = [
		make_event(referral, stage="Submitted"),
		make_event(referral, stage="Screening"),
		make_event(referral, "Interview", stage="Interviewing", happened_on="2099-03-14 10:00:00"),
		make_event(referral, stage="Selected"),
		make_event(referral, stage="Offered"),
		make_event(referral, stage="Joined", happened_on="2026-03-14 00:00:00"),
		make_event(referral, stage="Confirmed", happened_on="2026-06-14 00:00:00"),
	]
	for step in steps + steps:
		service.tell_referrer(step, referral)
	assert [m.event for m in messages_to(reader, channel="Email")] == [
		"referral_received",
		"referral_screening",
		"interview_scheduled",
		"terms_discussed",
		"offer_made",
		"candidate_joined",
		"candidate_confirmed",
	]


def test_a_moved_interview_is_told_again_and_one_in_the_past_is_not():
	reader = make_reader()
	referral = make_referral_row(reader)
	interview = make_interview_row(referral, "2099-03-14 10:00:00")
	for moment in (
		"2099-03-14 10:00:00",
		"2099-03-14 10:00:00",
		"2099-03-15 10:00:00",
		"2020-01-01 10:00:00",
	):
		move_interview(interview, moment)
		service.tell_referrer(make_event(referral, "Interview", happened_on=moment), referral)
		service.send_pending()
	assert [m.subject for m in messages_to(reader, channel="Email")] == [
		"Lin Wei has an interview on Saturday, 14 March 2099, 10:00",
		"Lin Wei has an interview on Sunday, 15 March 2099, 10:00",
	]


def test_an_interview_moved_away_and_back_leaves_the_first_date_as_the_last_word():
	reader = make_reader()
	referral = make_referral_row(reader)
	first, second = "2099-03-14 10:00:00", "2099-03-15 10:00:00"
	interview = make_interview_row(referral, first)
	for seq, moment in ((3, first), (4, second), (5, first)):
		move_interview(interview, moment)
		event = make_event(referral, "Interview", happened_on=moment, seq=seq)
		service.tell_referrer(event, referral)
		service.send_pending()
	assert [m.subject for m in messages_to(reader, channel="Email")] == [
		"Lin Wei has an interview on Saturday, 14 March 2099, 10:00",
		"Lin Wei has an interview on Sunday, 15 March 2099, 10:00",
		"Lin Wei has an interview on Saturday, 14 March 2099, 10:00",
	]


def test_of_the_dates_of_one_interview_that_wait_only_the_last_is_sent():
	reader = make_reader()
	referral = make_referral_row(reader)
	first, second = "2099-03-14 10:00:00", "2099-03-15 10:00:00"
	for seq, moment in ((3, first), (4, second), (5, first)):
		service.tell_referrer(make_event(referral, "Interview", happened_on=moment, seq=seq), referral)
	make_interview_row(referral, first)
	assert service.send_pending() == {"sent": 2, "skipped": 4, "failed": 0}
	assert [(m.state, m.error) for m in messages_to(reader, channel="Email")] == [
		("Skipped", "A newer message says the same."),
		("Skipped", "There is no interview on that date any more."),
		("Sent", None),
	]


def test_a_correction_tells_nothing():
	reader = make_reader()
	referral = make_referral_row(reader)
	service.tell_referrer(make_event(referral, "Correction", stage="Offered"), referral)
	assert messages_to(reader) == []


def test_a_refusal_gives_the_reason_and_the_hint_but_no_internal_words():
	reader = make_reader()
	reason = "Pay expectations differ"
	referral = make_referral_row(
		reader, outcome="Not Selected", reason=reason, note="our private note", decision='{"why": "inside"}'
	)
	facts = '{"interviewer": "talks too much"}'
	event = make_event(referral, "Outcome", outcome="Not Selected", reason=reason, facts=facts)
	service.tell_referrer(event, referral)
	service.send_pending()
	(mail,) = messages_to(reader, channel="Email")
	assert "The reason: Pay expectations differ" in mail.content
	assert "Talk about the pay range early, where the opening shows it." in mail.content
	everything = str(mail) + str(notifications_of(reader))
	assert not [word for word in ("private note", "inside", "too much") if word in everything]


class Pigeon:
	"""A channel as another app would add it."""

	label = "Pigeon"

	def address(self, reader):
		return f"loft of {reader.employee}"

	def send(self, delivery):
		return "Pigeon", delivery.address


class LamePigeon(Pigeon):
	"""One that breaks down half-way."""

	def send(self, delivery):
		frappe.get_doc(doctype="ToDo", description="half a letter").insert()
		raise RuntimeError("It has a broken wing")


def offer_only(channel, monkeypatch) -> None:
	hooks, attribute = frappe.get_hooks, frappe.get_attr
	offered = {"referral_hub_channels": ["aviary.channels.Pigeon"]}
	monkeypatch.setattr(
		frappe, "get_hooks", lambda hook=None, *a, **k: offered.get(hook) or hooks(hook, *a, **k)
	)
	monkeypatch.setattr(
		frappe, "get_attr", lambda path: channel if path.startswith("aviary.") else attribute(path)
	)


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../etc", "Asia"])
def test_a_time_zone_nobody_knows_is_the_sites(zone):
	told = rendering.say_when("2026-12-01 15:00:00", "en", zone)
	assert told == rendering.say_when("2026-12-01 15:00:00", "en")


def test_another_app_can_add_a_channel(monkeypatch):
	offer_only(Pigeon, monkeypatch)
	reader = make_reader()
	service.tell("offer_made", reader.name, key="REF-1", **WORDS)
	service.send_pending()
	(message,) = messages_to(reader)
	assert (message.channel, message.state, message.sent_as) == ("Pigeon", "Sent", f"loft of {reader.name}")


def test_a_channel_that_breaks_down_leaves_nothing_half_done_and_is_tried_again(monkeypatch):
	offer_only(LamePigeon, monkeypatch)
	reader = make_reader()
	service.tell("offer_made", reader.name, key="REF-1", **WORDS)
	assert service.send_pending() == {"sent": 0, "skipped": 0, "failed": 1}
	(message,) = messages_to(reader)
	assert (message.state, message.attempts, message.error) == ("Pending", 1, "It has a broken wing")
	assert not frappe.db.exists("ToDo", {"description": "half a letter"})
	assert frappe.db.exists("Error Log", {"reference_name": message.name})
	offer_only(Pigeon, monkeypatch)
	assert service.send_pending()["sent"] == 0, "it waits a little"
	with freeze_time(add_to_date(now_datetime(), minutes=3)):
		assert service.send_pending()["sent"] == 1


def test_a_channel_that_is_gone_is_said_to_be_gone(monkeypatch):
	offer_only(Pigeon, monkeypatch)
	reader = make_reader()
	service.tell("offer_made", reader.name, key="REF-1", **WORDS)
	monkeypatch.undo()
	service.send_pending()
	(message,) = messages_to(reader)
	assert (message.state, message.error) == ("Skipped", "The channel Pigeon is not installed.")
