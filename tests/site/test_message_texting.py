"""Text messages by a gateway on loopback: what arrives, what is tried again, and what is never sent twice."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import frappe
import pytest
import requests
import site_factories as hr
from freezegun import freeze_time
from live_site import site_name, sites_folder
from message_factories import WORDS, make_event, make_reader, make_referral_row, messages_to
from sms_gateway import open_gateway, set_up

from referral_hub.messages import service
from referral_hub.messages.channels import sms
from referral_hub.messages.channels.patience import limited

HELPERS = Path(__file__).resolve().parents[1] / "helpers"
NUMBER = "+8613800138000"


@pytest.fixture
def reader():
	return make_reader(cell_number="138 0013 8000")


def tell(reader, **facts):
	service.tell("offer_made", reader.name, key=frappe.generate_hash(length=8), **{**WORDS, **facts})


def text_to(reader):
	return messages_to(reader, channel="SMS")[-1]


def later(minutes: int):
	return freeze_time(datetime.now(UTC) + timedelta(minutes=minutes))


def test_the_gateway_gets_what_sms_settings_say_with_the_number_made_international(gateway, reader):
	tell(reader)
	service.send_pending()
	link = frappe.utils.get_url("/referrals/mine/REF-2026-00001")
	assert gateway.received == [{"text": f"Lin Wei has an offer {link}", "to": NUMBER, "key": "secret"}]
	row = text_to(reader)
	assert (row.state, row.sent_as_doctype, row.segments) == ("Sent", "SMS Log", 1)
	assert frappe.db.get_value("SMS Log", row.sent_as, "sent_to") == NUMBER


def test_a_chinese_text_says_how_many_messages_it_costs(gateway):
	reader = make_reader("zh", cell_number=NUMBER)
	tell(reader)
	service.send_pending()
	assert gateway.texts()[0].startswith("已向Lin Wei发出录用通知 http")
	assert text_to(reader).segments == 1 + (len(gateway.texts()[0]) > 70)


def test_without_a_gateway_nobody_is_texted_and_the_channel_says_why(reader):
	from referral_hub.messages.channels.sms import SMS

	assert SMS().why_off() == "HR has switched this off."
	frappe.db.set_single_value("Referral Hub Settings", {"send_sms": 1, "sms_to": "Everybody"})
	assert SMS().why_off() == "No SMS gateway is set up (SMS Settings)."
	tell(reader)
	assert messages_to(reader, channel="SMS") == []


def test_by_default_only_those_without_mail_are_texted_and_anybody_who_asked_for_it(gateway):
	from referral_hub.messages import preferences

	frappe.db.set_single_value("Referral Hub Settings", "sms_to", "People without E-mail")
	with_mail, asked = (make_reader(cell_number=NUMBER) for _ in range(2))
	front_line = hr.make_employee(cell_number=NUMBER)
	preferences.save(asked.name, channels={"SMS": True})
	for person in (with_mail, asked, front_line):
		tell(person)
	assert [len(messages_to(person, channel="SMS")) for person in (with_mail, asked, front_line)] == [0, 1, 1]


@pytest.mark.parametrize("number", ["12", "+999 1234567", None])
def test_a_number_that_is_none_is_not_called(gateway, number):
	reader = make_reader(cell_number=number)
	tell(reader)
	assert messages_to(reader, channel="SMS") == []


@pytest.mark.parametrize("status", [400, 403, 500, 503])
def test_a_gateway_that_says_no_is_asked_again_later(gateway, reader, status):
	gateway.answer = status
	tell(reader)
	service.send_pending()
	row = text_to(reader)
	assert (row.state, row.attempts, row.error) == ("Pending", 1, f"The SMS gateway answered {status}.")
	gateway.answer = 200
	with later(3):
		service.send_pending()
	assert (text_to(reader).state, len(gateway.received)) == ("Sent", 2)


def test_a_gateway_that_cannot_be_reached_is_asked_again_later(gateway, reader):
	frappe.db.set_single_value("SMS Settings", "sms_gateway_url", "http://127.0.0.1:9/send")
	tell(reader)
	service.send_pending()
	assert (text_to(reader).state, text_to(reader).error) == ("Pending", "The SMS gateway can't be reached.")


def test_when_no_answer_comes_nobody_is_texted_again_but_hr_hears_of_it(gateway, reader):
	gateway.answer = lambda: None  # closes without a word
	tell(reader)
	service.send_pending()
	with later(600):
		service.send_pending()
	row = text_to(reader)
	assert (row.state, len(gateway.received)) == ("Failed", 1)
	assert row.error.startswith("It is not known whether this message went out.")


@pytest.fixture
def hurried(monkeypatch):
	"""The limit of a real site in tenths of seconds."""
	monkeypatch.setattr(sms, "PATIENCE", (0.2, 0.5))


def drip(handler) -> None:
	"""Say yes, and then never come to the end of it."""
	handler.send_response(200)
	handler.send_header("Content-Length", "1000000")
	handler.end_headers()
	for _second in range(600):
		handler.wfile.write(b".")
		handler.wfile.flush()
		time.sleep(0.1)


def test_a_gateway_that_hangs_holds_up_one_message_and_no_mail(gateway, reader, hurried):
	"""Without a limit this test never ends."""
	released = threading.Event()
	gateway.answer = released.wait
	others = [make_reader(cell_number="138 0013 8000") for _number in range(5)]
	try:
		for person in (reader, *others):
			tell(person)
		service.send_pending()
	finally:
		released.set()
	assert len(gateway.received) == 1  # one waited in vain; nobody else was made to
	hung = text_to(reader)
	assert (hung.state, hung.error.startswith("It is not known")) == ("Failed", True)
	assert {text_to(person).state for person in others} == {"Pending"}
	assert {messages_to(person, channel="Email")[-1].state for person in (reader, *others)} == {"Sent"}
	gateway.answer = 200
	service.send_pending()
	assert {text_to(person).state for person in others} == {"Sent"}
	assert (text_to(reader).state, len(gateway.received)) == ("Failed", 6)


def test_a_gateway_that_never_ends_its_answer_has_answered(gateway, reader, hurried):
	gateway.answer = drip
	tell(reader)
	service.send_pending()
	assert text_to(reader).state == "Sent"


def test_a_gateway_that_is_away_is_asked_once_in_a_run(gateway, reader, monkeypatch):
	frappe.db.set_single_value("SMS Settings", "sms_gateway_url", "http://127.0.0.1:9/send")
	other, asked = make_reader(cell_number="138 0013 8000"), []
	original = sms.send_sms
	monkeypatch.setattr(sms, "send_sms", lambda *args, **named: asked.append(1) or original(*args, **named))
	tell(reader)
	tell(other)
	service.send_pending()
	assert (len(asked), text_to(reader).attempts, text_to(other).attempts) == (1, 1, 0)


def test_a_gateway_that_says_no_to_one_is_asked_for_the_next(gateway, reader):
	other = make_reader(cell_number="138 0013 8000")
	gateway.answer = 400
	tell(reader)
	tell(other)
	service.send_pending()
	assert len(gateway.received) == 2


def test_only_what_is_sent_inside_the_limit_is_limited(gateway):
	"""Another thread of the process waits as long as it always did, at the same time."""
	waited: list[int] = []
	gateway.answer = slow
	with limited((0.2, 0.5)):
		unlimited = threading.Thread(target=lambda: waited.append(requests.post(gateway.address).status_code))
		unlimited.start()
		with pytest.raises(requests.ReadTimeout):
			requests.post(gateway.address)
		unlimited.join()
	assert waited == [200]
	assert requests.post(gateway.address).status_code == 200


def slow(handler) -> None:
	time.sleep(1.5)
	handler.send_response(200)
	handler.send_header("Content-Length", "0")
	handler.end_headers()


def test_a_candidate_without_mail_is_texted_and_one_who_asked_us_to_stop_is_not(gateway):
	from referral_hub.messages import suppression

	referral = make_referral_row(make_reader(), candidate_phone=NUMBER, candidate_language="en")
	service.tell_candidate_of(make_event(referral, stage="Submitted"), referral)
	service.send_pending()
	assert [(m["to"], m["text"]) for m in gateway.received] == [
		(NUMBER, "_Hub Test Company: a colleague of ours has recommended you. We will be in touch.")
	]
	suppression.add(NUMBER)
	other = make_referral_row(make_reader(), candidate_phone=NUMBER)
	service.tell_candidate_of(make_event(other, stage="Submitted"), other)
	assert not frappe.db.exists("Referral Message", {"candidate_of": other.name})


SEND = f"""
import frappe
frappe.init({site_name()!r}, sites_path=".")
frappe.connect()
from referral_hub import tasks
tasks.send_messages()
"""


def start(*command: str) -> subprocess.Popen:
	paths = os.pathsep.join([str(HELPERS.parents[1]), str(HELPERS)])
	return subprocess.Popen(
		[sys.executable, *command],
		cwd=sites_folder(),
		stdout=subprocess.PIPE,
		stderr=subprocess.PIPE,
		env={**os.environ, "PYTHONPATH": paths},
		text=True,
	)


def keep_settings(commits) -> None:
	"""Put the settings back that a test had to commit."""
	kept = {
		name: dict(frappe.db.get_singles_dict(name)) for name in ("SMS Settings", "Referral Hub Settings")
	}

	def put_back():
		for doctype, values in kept.items():
			frappe.db.delete("Singles", {"doctype": doctype})
			for field, value in values.items():
				frappe.db.sql(
					"insert into tabSingles (doctype, field, value) values (%s, %s, %s)",
					(doctype, field, value),
				)
			frappe.clear_document_cache(doctype, doctype)

	commits.at_end(put_back)


def commit(commits) -> None:
	frappe.db.after_commit.reset()  # no job follows: only the processes of the test send
	commits.commit()


def test_a_sender_killed_between_the_request_and_its_record_never_texts_twice(commits):
	keep_settings(commits)
	with open_gateway() as gateway:
		set_up(gateway)
		reader = make_reader(cell_number=NUMBER)
		tell(reader)
		commit(commits)
		arrived, victims = threading.Event(), []
		gateway.answer = lambda: (os.kill(victims[0].pid, signal.SIGKILL), arrived.set())
		victims.append(start("-c", SEND))
		victims[0].communicate(timeout=120)
		assert (victims[0].returncode, arrived.is_set()) == (-signal.SIGKILL, True)
		frappe.db.rollback()
		assert text_to(reader).state == "Sending"
		gateway.answer = 200
		with later(29):
			service.send_pending(after_each=frappe.db.commit)
		assert text_to(reader).state == "Sending"
		with later(31):
			service.send_pending(after_each=frappe.db.commit)
		assert (text_to(reader).state, len(gateway.received)) == ("Failed", 1)


def test_killed_at_every_statement_no_text_goes_out_twice_and_none_is_lost_unseen(commits):
	keep_settings(commits)
	with open_gateway() as gateway:
		set_up(gateway)
		frappe.db.set_single_value("Referral Hub Settings", {"send_email": 0, "send_in_app": 0})
		reader = hr.make_employee(cell_number=NUMBER)
		commit(commits)
		program = start(str(HELPERS / "killed_while_texting.py"), site_name(), reader.name)
		out, errors = program.communicate(timeout=400)
		assert program.returncode == 0, errors
		told = json.loads(out)
		assert (told["exit"], told["killed"] > 10) == (0, True), errors
		frappe.db.rollback()
		service.send_pending(after_each=frappe.db.commit)
		rows = messages_to(reader)
		asked = Counter(text.split(".")[0] for text in gateway.texts())
		assert set(asked.values()) == {1}
		for row in rows:
			was_asked = asked[json.loads(row.facts)["candidate_name"].rstrip(".")]
			assert (row.state, was_asked) in {("Sent", 1), ("Sending", 1), ("Sending", 0)}
		states = Counter(row.state for row in rows)
		assert (len(rows), states["Sending"] > 0) == (told["killed"] + 1, True)
