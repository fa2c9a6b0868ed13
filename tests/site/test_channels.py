"""Channels that are set up on a site, against services that behave as published: what arrives, what waits, what is left to HR."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import frappe
import pytest
import site_factories as hr
from channel_factories import make_app, make_robot, posted, state_of
from chat_services import KEY
from freezegun import freeze_time
from message_factories import WORDS, make_reader, make_referral_row, messages_to

from referral_hub.flow import referrals as referral_flow
from referral_hub.flow import rewards as reward_flow
from referral_hub.messages import service
from referral_hub.messages.channels import installed_channels
from referral_hub.messages.rules.groups import NEWS
from referral_hub.messages.rules.protocols import addresses
from referral_hub.paths.feedback import telling as feedback
from referral_hub.paths.rules.feedback import Told
from referral_hub.points.shop import telling as shop
from referral_hub.referrals.service_level import people as budget_people
from referral_hub.referrals.service_level.notices import Notice
from referral_hub.talent.requests import telling as requests

ROBOTS = list(addresses.ROBOTS)
NUMBER = "+8613800138000"


@pytest.fixture
def reader():
	return make_reader(cell_number="138 0013 8000")


def tell(reader, event="offer_made", referral=None, **facts):
	service.tell(
		event, reader.name, key=frappe.generate_hash(length=8), referral=referral, **{**WORDS, **facts}
	)


def send():
	return service.send_pending()


def later(minutes: int):
	return freeze_time(datetime.now(UTC) + timedelta(minutes=minutes))


@pytest.mark.parametrize("kind", ROBOTS)
def test_each_robot_posts_once_in_its_group_and_names_nobody(services, reader, kind):
	robot = make_robot(services, kind)
	tell(reader)
	send()
	send()
	(text,) = services.texts()
	assert "Lin Wei" not in text
	assert text.startswith("Offer made for Store Manager: somebody, by referral.")
	(row,) = posted(robot)
	assert (row.state, row.in_group, row.recipient) == ("Sent", robot.name, None)
	assert "Lin Wei" not in f"{row.facts}{row.content}"


def test_hrs_own_group_reads_who_it_is_and_where_to_look(services, reader):
	make_robot(services, for_hr=1)
	referral = make_referral_row(reader, stage="Offered")
	tell(reader, referral=referral.name)
	send()
	assert (
		f"Lin Wei, by referral. {frappe.utils.get_url(f'/app/referral/{referral.name}')}"
		in services.texts()[0]
	)


def test_the_same_news_told_to_many_is_posted_once_and_of_another_company_never(services, reader):
	other = hr.other_company()
	mine, its = make_robot(services), make_robot(services, company=other)
	key = frappe.generate_hash(length=8)
	for person in (reader, make_reader()):
		service.tell("offer_made", person.name, key=key, **WORDS)
	assert (len(posted(mine)), posted(its)) == (1, [])


def test_what_is_hrs_is_posted_once_and_to_the_company_it_is_of_whoever_of_hr_is_told(
	services, reader, monkeypatch
):
	other = hr.other_company()
	boxes = {"for_hr": 1, "tells_overdue": 1, "tells_money": 1}
	right, wrong = (
		make_robot(services, company=other, **boxes),
		make_robot(services, company=reader.company, **boxes),
	)
	no_employees = [hr.make_hr_manager().name for _each in range(2)]
	users = [*no_employees, reader.user_id, make_reader().user_id]
	for module in (shop, budget_people):
		monkeypatch.setattr(module, "managers", lambda company: users)
	about = frappe._dict(name="ABOUT-1", doctype="ToDo", company=other, employee_name="Lin Wei", points=5)
	shop.tell_who_approves(about)
	shop.tell_of_stop(about, "No answer")
	budget = frappe._dict(program="Spring", budget_used=9, budget_amount=10, budget_currency="CNY")
	rates = {"program": "Spring", "currencies": "JPY"}
	flags = frappe._dict(budget_warning=budget, budget_without_rate=rates)
	reward_flow.warn_of_budget(frappe._dict(company=other, flags=flags))
	feedback.waits(frappe._dict(about, round_number=1), Told.ESCALATED, tuple(users))
	requests.overdue(frappe._dict(about, asked=reader.name))
	for user in users:
		referral_flow.tell(Notice("refusal_overdue", "ABOUT-1", None, {}, user=user, company=other))
	told = Counter(row.event for row in posted(right))
	assert told == dict.fromkeys(
		NEWS["tells_money"] + ("feedback_overdue", "recall_overdue", "refusal_overdue"), 1
	)
	assert posted(wrong) == []


def test_nobody_hears_of_a_candidate_who_has_not_agreed(services, reader):
	robot = make_robot(services, for_hr=1)
	referral = make_referral_row(reader, consent_state="Asked")
	tell(reader, referral=referral.name)
	assert posted(robot) == []


def test_a_group_reads_its_language(services, reader):
	make_robot(services, language="zh")
	tell(reader)
	send()
	assert services.texts()[0].startswith("已向内部推荐的某位候选人发出录用通知（Store Manager）。")


@pytest.mark.parametrize("kind", ROBOTS)
def test_what_is_too_much_arrives_later_once_and_uses_up_no_try(services, reader, kind):
	robot = make_robot(services, kind)
	services.limited = 1
	tell(reader)
	send()
	(row,) = posted(robot)
	assert (row.state, row.attempts, services.texts()) == ("Pending", 0, [])
	assert state_of(robot).closed_until is None
	with later(11):
		send()
		send()
	assert (posted(robot)[0].state, len(services.texts())) == ("Sent", 1)


def test_a_group_is_not_sent_more_than_its_service_takes_in_a_minute(services, reader):
	robot = make_robot(services)
	for _number in range(22):
		tell(reader)
	send()
	assert len(services.texts()) == 20
	waiting = [row for row in posted(robot) if row.state == "Pending"]
	assert (len(waiting), {row.attempts for row in waiting}) == (2, {0})


def test_a_wrong_secret_is_said_without_a_secret_and_closes_the_channel_until_somebody_saves_it(
	services, reader
):
	robot = make_robot(services, "DingTalk Robot", sign_secret="wrong-secret-of-the-robot")
	tell(reader)
	tell(reader)
	send()
	assert services.asked == ["/robot/send"]  # the second is not tried in vain
	state = state_of(robot)
	assert state.last_error.startswith("DingTalk Robot answered 310000. Is the robot still in the group")
	assert state.closed_until > frappe.utils.now_datetime()
	said = frappe.as_json([posted(robot), state, frappe.get_doc("Referral Channel", robot.name).as_dict()])
	assert KEY not in said
	assert "wrong-secret" not in said
	with later(5):
		send()
		assert len(services.asked) == 1
		robot.reload()
		robot.sign_secret = "SEC-of-the-robot-0123456789"
		robot.save()
		send()
	assert [row.state for row in posted(robot)] == ["Sent", "Sent"]
	assert state_of(robot).last_error is None


def test_tries_that_are_used_up_leave_the_message_to_hr_who_sends_it_again(services, reader):
	robot = make_robot(services)
	services.answer = 200, {"errcode": 93000, "errmsg": "invalid webhook url"}
	tell(reader)
	for hours in range(0, 40, 2):
		with later(60 * hours + 1):
			send()
	(row,) = posted(robot)
	assert (row.state, row.attempts) == ("Failed", 6)
	assert row.error.startswith("WeCom Group Robot answered 93000.")
	services.answer = None
	robot.reload().save()
	service.resend(row.name)
	send()
	assert (posted(robot)[0].state, len(services.texts())) == ("Sent", 1)


def test_a_service_that_is_away_never_reaches_whoever_tells_and_opens_again_by_itself(
	services, reader, monkeypatch
):
	robot = make_robot(services)
	away = {"WeCom Group Robot": "http://127.0.0.1:9"}
	frappe.db.set_value("Referral Channel", robot.name, "modified_by", "Administrator")
	frappe.utils.password.set_encrypted_password(
		"Referral Channel", robot.name, "http://127.0.0.1:9/x", "webhook"
	)
	monkeypatch.setitem(frappe.conf, "referral_hub_channel_addresses", away)
	for _number in range(4):
		tell(reader)
	for minutes in (0, 3, 14):
		with later(minutes):
			send()
	state = state_of(robot)
	assert (state.failures, state.last_error) == (3, "The service can't be reached.")
	assert state.closed_until
	assert {row.state for row in posted(robot)} == {"Pending"}
	assert [row.state for row in messages_to(reader, channel="Email")] == ["Sent"] * 4
	monkeypatch.setitem(frappe.conf, "referral_hub_channel_addresses", services.allowed())
	frappe.utils.password.set_encrypted_password(
		"Referral Channel", robot.name, services.addresses()["WeCom Group Robot"], "webhook"
	)
	with later(60 * 5):
		send()
	assert {row.state for row in posted(robot)} == {"Sent"}
	assert state_of(robot).failures == 0


def test_no_answer_is_left_to_hr_and_never_posted_twice(services, reader):
	robot = make_robot(services)

	def hang_up():
		raise OSError

	services.answer = hang_up
	tell(reader)
	send()
	services.answer = None
	with later(600):
		send()
	(row,) = posted(robot)
	assert (row.state, services.texts()) == ("Failed", [])
	assert row.error.startswith("It is not known whether this message went out.")


def test_a_service_that_is_always_busy_leaves_the_message_to_hr(services, reader):
	robot = make_robot(services)
	services.answer = 503, "busy"
	tell(reader)
	send()
	(row,) = posted(robot)
	assert (row.state, row.attempts, row.put_off) == ("Pending", 0, 1)
	frappe.db.set_value("Referral Message", row.name, "put_off", 24)
	with later(2):
		send()
	(row,) = posted(robot)
	assert (row.state, row.error) == ("Failed", "WeCom Group Robot answered HTTP 503.")
	services.answer = None
	service.resend(row.name)
	send()
	assert (posted(robot)[0].state, posted(robot)[0].put_off, len(services.texts())) == ("Sent", 0, 1)


def test_a_service_that_fails_took_nothing_and_this_is_a_try(services, reader):
	robot = make_robot(services)
	services.answer = 500, "oops"
	tell(reader)
	send()
	(row,) = posted(robot)
	assert (row.state, row.attempts, row.error) == ("Pending", 1, "WeCom Group Robot answered HTTP 500.")
	assert state_of(robot).failures == 1


@pytest.mark.parametrize("status", [502, 504])
def test_what_a_gateway_had_no_answer_to_may_have_gone_and_is_not_posted_twice(services, reader, status):
	robot = make_robot(services)
	services.answer = status, "<html>"
	tell(reader)
	send()
	services.answer = None
	with later(600):
		send()
	(row,) = posted(robot)
	assert (row.state, services.texts()) == ("Failed", [])
	assert row.error.endswith(f"send it again. (WeCom Group Robot answered HTTP {status}.)")


def test_a_token_that_was_not_answered_for_sent_nothing(services, reader):
	services.people["LinaLi"], services.answer = "13800138000", (504, "")
	app = make_app()
	tell(reader)
	send()
	(row,) = messages_to(reader, channel=app.name)
	assert (row.state, row.attempts) == ("Pending", 1)


def test_a_service_that_sends_elsewhere_is_not_followed(services, reader):
	robot = make_robot(services)
	services.answer = 307, f"{services.origin}/cgi-bin/webhook/send?key={KEY}"
	tell(reader)
	send()
	assert len(services.asked) == 1
	assert posted(robot)[0].error.startswith("WeCom Group Robot answered HTTP 307.")


@pytest.mark.parametrize(
	"address",
	["http://127.0.0.1:1/x", "https://evil.example/send", "https://qyapi.weixin.qq.com@evil.example/"],
)
def test_an_address_elsewhere_is_refused_when_it_is_saved(services, address):
	with pytest.raises(
		frappe.ValidationError, match=r"begins with https:// and is at qyapi\.weixin\.qq\.com"
	):
		make_robot(services, webhook=address)


def test_a_name_that_is_taken_is_refused(services):
	with pytest.raises(frappe.ValidationError, match="There is a channel called SMS already"):
		make_robot(services, channel_name="SMS")


def test_who_is_in_wecom_gets_a_card_that_opens_the_page(services, reader):
	services.people["LinaLi"] = "13800138000"
	app = make_app()
	tell(reader)
	tell(reader)
	send()
	link = frappe.utils.get_url("/referrals/mine/REF-2026-00001")
	assert services.received[0] == {
		"kind": "WeCom Application",
		"text": "Lin Wei has an offer",
		"to": "LinaLi",
		"link": link,
	}
	assert services.asked.count("/cgi-bin/gettoken") == 1
	assert services.asked.count("/cgi-bin/user/getuserid") == 1  # remembered
	assert frappe.db.get_value("Employee", reader.name, "referral_hub_wecom_user") == "LinaLi"
	assert {row.state for row in messages_to(reader, channel=app.name)} == {"Sent"}


def test_a_token_that_is_no_longer_taken_is_replaced_once(services, reader):
	services.people["LinaLi"] = "13800138000"
	make_app()
	tell(reader)
	send()
	services.tokens.clear()
	tell(reader)
	send()
	assert (len(services.received), services.asked.count("/cgi-bin/gettoken")) == (2, 2)


def test_a_number_wecom_does_not_know_is_said_to_hr_and_not_asked_again_for_a_day(services, reader):
	app = make_app()
	tell(reader)
	tell(reader)
	send()
	rows = messages_to(reader, channel=app.name)
	assert {row.state for row in rows} == {"Failed"}
	assert rows[0].error.startswith("WeCom does not know +8613800138000")
	assert services.asked.count("/cgi-bin/user/getuserid") == 1
	assert state_of(app).closed_until is None  # others are written to
	services.people["LinaLi"] = "another"
	frappe.db.set_value("Employee", reader.name, "referral_hub_wecom_user", "LinaLi")
	service.resend(rows[0].name)
	send()
	assert messages_to(reader, channel=app.name)[0].state == "Sent"


def test_too_many_calls_of_the_application_wait_and_go_out_once(services, reader):
	services.people["LinaLi"] = "13800138000"
	app = make_app()
	services.limited = 1
	tell(reader)
	send()
	assert messages_to(reader, channel=app.name)[0].state == "Pending"
	with later(2):
		send()
		send()
	assert (len(services.received), messages_to(reader, channel=app.name)[0].attempts) == (1, 0)


def test_a_wrong_secret_of_the_application_is_said_in_words(services, reader):
	app = make_app(app_secret="not-the-secret")
	tell(reader)
	send()
	assert (
		state_of(app).last_error
		== "WeCom Application answered 40001. The secret of the application is wrong."
	)


def test_who_wants_nothing_in_wecom_or_is_of_another_company_gets_nothing(services, reader):
	from referral_hub.messages import preferences

	app, other = make_app(), make_app(company=hr.other_company())
	preferences.save(reader.name, channels={app.name: False})
	tell(reader)
	assert messages_to(reader, channel=["in", [app.name, other.name]]) == []


def test_the_settings_page_shows_the_application_and_no_group(services, reader):
	from referral_hub.portal.forms import settings_form

	app, robot, off = make_app(), make_robot(services), make_app(enabled=0)
	labels = {channel["label"] for channel in settings_form.shown(reader.name)["channels"]}
	assert app.name in labels
	assert not labels & {robot.name, off.name}
	assert {robot.name, off.name} <= installed_channels().keys()


def test_a_channel_that_goes_leaves_what_was_said(services, reader):
	robot = make_robot(services)
	tell(reader)
	send()
	robot.delete()
	(row,) = posted(robot)
	assert (row.state, row.in_group) == ("Sent", None)
	assert robot.name not in installed_channels()


def test_whatever_goes_wrong_inside_shows_no_address_in_a_log(services, reader, monkeypatch):
	from referral_hub.messages.channels import wire

	robot = make_robot(services)

	def break_down(*_given, **_named):
		raise UnicodeError(services.addresses()["WeCom Group Robot"])

	monkeypatch.setattr(wire.requests, "request", break_down)
	before = set(frappe.get_all("Error Log", pluck="name"))
	tell(reader)
	send()
	(row,) = posted(robot)
	assert (row.state, KEY in frappe.as_json(row)) == ("Failed", False)
	(logged,) = (row for row in frappe.get_all("Error Log", ["*"]) if row.name not in before)
	assert logged.method == "WeCom Group Robot: UnicodeError"
	assert KEY not in frappe.as_json(logged)


def test_a_candidate_who_is_erased_is_gone_from_what_was_posted(services, reader):
	robot = make_robot(services, for_hr=1)
	referral = make_referral_row(reader, stage="Offered")
	tell(reader, referral=referral.name)
	send()
	assert "Lin Wei" in posted(robot)[0].content
	service.forget_candidate(referral.name)
	assert "Lin Wei" not in frappe.as_json(posted(robot))
