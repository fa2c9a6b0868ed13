"""The way out of our mails: headers in the MIME that goes out, a link that needs no login, one click."""

from email import message_from_bytes
from email.policy import default

import frappe
import portal_requests as web
import pytest
from message_factories import (
	WORDS,
	link_in,
	make_event,
	make_reader,
	make_referral_row,
	messages_to,
	outgoing,
	path_of,
)

from referral_hub.messages import preferences, service, suppression


def mail_to(reader):
	service.tell("offer_made", reader.name, key="REF-1", **WORDS)
	service.send_pending()
	return messages_to(reader, channel="Email")[-1]


@pytest.fixture
def guest(as_user):
	return lambda: as_user("Guest")


def test_the_mail_that_goes_out_has_the_headers_of_one_click_unsubscribing(monkeypatch):
	host = "https://people.a-company-with-a-rather-long-name-that-fills-a-whole-line.example.com"
	monkeypatch.setitem(frappe.local.conf, "host_name", host)
	message = mail_to(make_reader())
	raw = outgoing(message)
	link = link_in(message)
	assert f"List-Unsubscribe: <{link}>\r\n".encode() in raw.replace(b"\r\r\n", b"\r\n"), (
		"in one line, not encoded"
	)
	parsed = message_from_bytes(raw, policy=default)
	assert parsed["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
	assert parsed["X-Referral-Hub-Unsubscribe"] is None
	assert link.startswith(frappe.utils.get_url("/no-mail/"))


def test_the_footer_has_the_same_link_in_both_parts_and_in_the_readers_language():
	for language, words in (("en", "No more e-mails about referrals"), ("zh", "不再接收推荐邮件")):
		message = mail_to(make_reader(language))
		parsed = message_from_bytes(outgoing(message), policy=default)
		for part in parsed.walk():
			if part.get_content_type() in ("text/html", "text/plain"):
				text = " ".join(part.get_content().split())
				assert words in text
				assert link_in(message) in text


def test_mails_of_others_get_no_such_header():
	queued = frappe.sendmail(
		recipients=["x@example.com"], sender="y@example.com", subject="s", message="m", delayed=True
	)
	assert "List-Unsubscribe" not in queued.message


def test_one_click_switches_mail_off_for_an_employee_without_login_and_keeps_the_bell(guest):
	reader = make_reader()
	message = mail_to(reader)
	guest()
	answer = web.post(path_of(link_in(message)), {"List-Unsubscribe": "One-Click"})
	assert answer.status_code == 200
	service.tell("candidate_joined", reader.name, key="REF-1", **WORDS)
	assert [m.channel for m in messages_to(reader, event="candidate_joined")] == ["In-app"]


def test_looking_at_the_page_changes_nothing_and_it_can_be_taken_back(guest):
	reader = make_reader()
	path = path_of(link_in(mail_to(reader)))
	guest()
	assert "Stop these e-mails" in web.get(path).text
	assert preferences.preference_of(reader.name).channels == []
	assert "Write to me again" in web.post(path, {"action": "stop"}).text
	assert "Stop these e-mails" in web.post(path, {"action": "resume"}).text


def test_a_candidate_who_clicks_is_never_written_to_again_by_any_referral(guest):
	referral, other = (make_referral_row(make_reader(), candidate_email="wei@example.com") for _ in range(2))
	service.tell_candidate_of(make_event(referral, stage="Submitted"), referral)
	service.send_pending()
	message = frappe.get_last_doc("Referral Message", {"candidate_of": referral.name})
	path = path_of(link_in(message))
	guest()
	assert web.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
	assert suppression.holds("wei@example.com")
	service.tell_candidate_of(make_event(other, stage="Submitted"), other)
	assert not frappe.db.exists("Referral Message", {"candidate_of": other.name})


@pytest.mark.parametrize("token", ["x", "a.b", ".", "HR-EMP-1.0", "é.ü", "a" * 3000, "%00.%00", "a.b.c"])
def test_every_link_we_did_not_sign_gets_the_same_page_and_costs_no_look_at_messages(guest, token):
	guest()
	with web.counted_queries() as queries:
		answer = web.get(f"/no-mail/{token}")
	assert (answer.status_code, "We could not find that" in answer.text) == (404, True)
	assert not [query for query in queries if "tabReferral Message" in query]


def test_a_link_with_another_messages_name_is_refused(guest):
	first, second = mail_to(make_reader()), mail_to(make_reader())
	signature = link_in(first).rpartition(".")[2]
	guest()
	assert web.post(f"/no-mail/{second.name}.{signature}", {}).status_code == 404


def test_the_page_names_neither_the_person_nor_the_address(guest):
	reader = make_reader()
	path = path_of(link_in(mail_to(reader)))
	guest()
	text = web.get(path).text
	assert [word for word in (reader.employee_name, reader.user_id, "Lin Wei") if word in text] == []
