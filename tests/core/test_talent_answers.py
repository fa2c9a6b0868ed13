"""A notice of absence, a receipt and a mail that came back are no answer; whatever a person wrote is one."""

import pytest

from referral_hub.talent.rules.answers import is_automatic

PERSON = ("li.na@example.com", "Re: Shall we talk again?")


@pytest.mark.parametrize(
	"headers",
	[
		{"Auto-Submitted": "auto-replied"},
		{"Auto-Submitted": "Auto-Generated; owner-email=li.na@example.com"},
		{"AUTO-SUBMITTED": "auto-notified"},
		{"Precedence": "bulk"},
		{"Precedence": " Junk "},
		{"Precedence": "auto_reply"},
		{"Precedence": "list"},
		{"X-Auto-Response-Suppress": "All"},
		{"X-Auto-Response-Suppress": "DR, OOF, AutoReply"},
		{"Return-Path": "<>"},
		{"Content-Type": 'multipart/report; report-type=delivery-status;\n boundary="x"'},
		{"X-Autoreply": "yes"},
		{"X-Autorespond": ""},
		{"X-Failed-Recipients": "li.na@example.com"},
	],
)
def test_what_a_machine_says_of_itself_is_believed(headers):
	assert is_automatic(headers, *PERSON)


@pytest.mark.parametrize(
	("sender", "subject"),
	[
		("", "Re: Hello"),
		(None, None),
		("MAILER-DAEMON@mx.example.com", "Hello"),
		("postmaster@example.com", "Hello"),
		("bounce+77@lists.example.com", "Hello"),
		("li.na@example.com", "Automatic reply: Hello"),
		("li.na@example.com", "Auto Response: Hello"),
		("li.na@example.com", "Out of Office Re: Hello"),
		("li.na@example.com", "Undeliverable: Hello"),
		("li.na@example.com", "[Auto-Reply] Hello"),
		("li.na@example.com", "自动回复：近来好吗"),
		("li.na@example.com", "自動回覆: 近來好嗎"),
		("li.na@example.com", "系统退信/Systems bounce"),
	],
)
def test_a_machine_that_says_nothing_is_known_by_its_sender_or_subject(sender, subject):
	assert is_automatic({}, sender, subject)


@pytest.mark.parametrize(
	"headers",
	[
		{},
		{"Auto-Submitted": "no"},
		{"Auto-Submitted": "No; by=hand"},
		{"Precedence": "normal"},
		{"X-Auto-Response-Suppress": "DR, RN, NRN"},
		{"Return-Path": "<li.na@example.com>", "Content-Type": "multipart/alternative; boundary=x"},
	],
)
def test_a_person_has_answered(headers):
	assert not is_automatic(headers, *PERSON)


@pytest.mark.parametrize(
	"subject", ["Re: Out of office hours", "Automobile sales", "I am out of town", "回复：近来好吗", "", None]
)
def test_words_of_a_person_are_not_taken_for_a_machine(subject):
	assert not is_automatic({}, "daemon.bounce@example.com", subject)
