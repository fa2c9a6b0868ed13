"""A text to somebody of the pool, by HR or by the colleague who was asked: once, kept, and refused in words where it can't go."""

import frappe
import portal_requests as portal
import pytest
import site_factories as hr
from portal_factories import make_referrer

from referral_hub.api.talent import calls
from referral_hub.messages import service as messages
from referral_hub.messages.channels import NotSent
from referral_hub.talent import service
from referral_hub.talent.requests import asking
from referral_hub.talent.sending import NotCalled

POOL, NUMBER = "Talent Pool Record", "+8613800138000"


@pytest.fixture
def person():
	frappe.local.lang = "en"
	values = {"person_name": "Li Na", "email": hr.unique_email("pool"), "phone": NUMBER}
	return frappe.get_doc(doctype=POOL, company=hr.COMPANY, **values).insert()


def kept(person) -> list[tuple]:
	fields = ["kind", "direction", "by_user", "summary"]
	rows = frappe.get_all("Talent Interaction", {"record": person.name}, fields)
	return [tuple(row.values()) for row in rows]


def test_a_text_goes_once_and_is_kept(gateway, person, as_user):
	recruiter = hr.make_user(roles=("HR User",)).name
	as_user(recruiter)
	calls.send_text(person.name, " Hello Li Na ")
	assert [(text["to"], text["text"]) for text in gateway.received] == [(NUMBER, "Hello Li Na")]
	assert kept(person) == [("SMS", "Out", recruiter, "Hello Li Na")]
	as_user("Guest")
	with pytest.raises(frappe.PermissionError):
		calls.send_text(person.name, "Hello")
	assert len(gateway.received) == 1


def test_what_can_t_go_is_refused_in_words_and_not_kept(gateway, person):
	def refused(said: str, words: str = "Hello") -> None:
		with pytest.raises(NotCalled, match=said):
			calls.send_text(person.name, words)

	refused("nothing to send", " ")
	refused("has 7 parts, and 6 are the most", "你" * (6 * 67 + 1))
	messages.suppress(NUMBER)
	refused("asked us to stop writing to this number")
	person.db_set("phone", "ask his wife")
	refused("No phone number of this person is known")
	frappe.db.set_single_value("SMS Settings", "sms_gateway_url", "")
	refused("No SMS gateway is set up")
	frappe.db.set_single_value("Referral Hub Settings", "send_sms", 0)
	refused("HR has switched this off")
	service.put(person.name, service.DO_NOT_CONTACT)
	refused("This person is not called: Do Not Contact")
	assert (gateway.received, kept(person)) == ([], [])


def test_a_text_of_six_parts_goes(gateway, person):
	calls.send_text(person.name, "你" * (6 * 67))
	assert len(gateway.received) == 1


def test_what_the_gateway_refuses_is_raised_and_what_nobody_knows_is_kept_as_such(
	gateway, person, monkeypatch
):
	gateway.answer = 500
	frappe.clear_messages()
	with pytest.raises(NotSent, match="The SMS gateway answered 500"):
		calls.send_text(person.name, "Hello")
	assert "The SMS gateway answered 500" in str(frappe.local.message_log)  # what the desk shows

	gateway.answer = lambda: None  # closes without a word
	frappe.db.delete("Talent Interaction", {"record": person.name})  # as the request's rollback does
	calls.send_text(person.name, "Hello")
	(contact,) = kept(person)
	assert contact[3] == "Hello\n\nThe gateway gave no answer: nobody knows whether this text arrived."


def test_whoever_asked_us_to_stop_gets_no_mail_either(person):
	messages.suppress(person.email)
	with pytest.raises(NotCalled, match="asked us to stop writing to this address"):
		calls.send_mail(person.name, "Hello", "Hello")


def test_a_colleague_who_was_asked_sends_a_text_from_their_page(gateway, person, as_user):
	manager = make_referrer("Mei")
	request = asking.ask(person.name, manager.name, {"words": "Hello"})
	as_user(manager.user_id)
	address = f"/referrals/requests/{request}"
	assert "Send as a text message" in portal.get(address).text
	assert portal.post(address, {"do": "text", "words": "Hello from Mei"}).status_code == 303
	assert gateway.texts() == ["Hello from Mei"]
	assert kept(person) == [("SMS", "Out", manager.user_id, "Hello from Mei")]
	assert frappe.db.get_value("Recall Request", request, "answer") == "Wrote"
	assert portal.post(address, {"do": "text", "words": "Again"}).status_code == 404
	assert len(gateway.texts()) == 1


def test_without_a_gateway_the_page_offers_no_text(person, as_user):
	frappe.db.set_single_value("Referral Hub Settings", "send_sms", 0)
	manager = make_referrer("Mei")
	request = asking.ask(person.name, manager.name, {"words": "Hello"})
	as_user(manager.user_id)
	answer = portal.get(f"/referrals/requests/{request}")
	assert (answer.status_code, "Send as a text message" in answer.text) == (200, False)
