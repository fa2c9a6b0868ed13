"""Codes, forms, visitors and invitations as pure rules."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_hub.referrals.rules.sharing import guest_forms, invitations, links
from referral_hub.referrals.rules.sharing.guest_forms import Verdict
from referral_hub.referrals.rules.sharing.invitations import CanNotInvite, Sending
from referral_hub.referrals.rules.sharing.links import LinkState

TODAY = date(2026, 3, 12)
SECRET = "site secret"


# codes


@given(st.binary(min_size=200, max_size=200))
def test_a_code_is_ten_letters_that_nobody_mixes_up(chance):
	code = links.make_code(chance)
	assert len(code) == 10
	assert not set(code) & set("01loiABCDEFGHIJKLMNOPQRSTUVWXYZ")
	assert links.normal_code(code) == code


def test_each_letter_is_equally_likely():
	drawn = [links.make_code(bytes([byte] * 10)) for byte in range(248)]
	counts = [sum(code[0] == letter for code in drawn) for letter in links.ALPHABET]
	assert set(counts) == {248 // len(links.ALPHABET)} or max(counts) - min(counts) == 0


def test_without_enough_chance_there_is_no_code():
	with pytest.raises(ValueError, match="not enough bytes of chance"):
		links.make_code(b"\xff" * 100)


@pytest.mark.parametrize(
	("typed", "read"),
	[
		("abcde23456", "abcde23456"),
		(" ABCDE-23456 ", "abcde23456"),
		("abcde 23456", "abcde23456"),
		("abcde2345", None),
		("abcde234567", None),
		("abcdeo3456", None),
		("ａｂcde23456", None),
		("abcde23456\x00", None),
		("", None),
		(None, None),
	],
)
def test_a_code_is_read_as_people_type_it(typed, read):
	assert links.normal_code(typed) == read


@given(st.text())
def test_whatever_is_typed_is_a_code_or_none(typed):
	code = links.normal_code(typed)
	assert code is None or links.normal_code(code) == code


# when a link works


@pytest.mark.parametrize(
	("state", "works"),
	[
		(LinkState(enabled=True), True),
		(LinkState(enabled=False), False),
		(LinkState(enabled=True, expires_on=TODAY), True),
		(LinkState(enabled=True, expires_on=TODAY - timedelta(days=1)), False),
		(LinkState(enabled=True, employee_active=False), False),
		(LinkState(enabled=True, needs_opening=True, opening_open=True), True),
		(LinkState(enabled=True, needs_opening=True, opening_open=False), False),
	],
)
def test_when_a_link_works(state, works):
	assert links.is_live(state, TODAY) is works


def test_a_lifetime_of_nothing_is_no_end():
	assert links.expires_on(TODAY, 0) is None
	assert links.expires_on(TODAY, 180) == date(2026, 9, 8)


# visitors


def test_one_browser_is_one_visitor_of_one_link():
	def key(code="code", cookie="c" * 32, address="203.0.113.1", day=TODAY):
		return links.visitor_key(SECRET, code, cookie, address, "Firefox", day)

	assert key() == key(address="203.0.113.2", day=TODAY + timedelta(days=9))
	assert key() != key(code="other")
	assert key(cookie=None) != key(cookie=None, day=TODAY + timedelta(days=1))
	assert "203" not in key(cookie=None) and len(key()) == 64


@pytest.mark.parametrize(
	"agent",
	[
		"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 MicroMessenger/8.0",
		"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/130.0 Safari/537.36",
		"Mozilla/5.0 (Linux; Android 9; CUBOT X19) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36",
	],
)
def test_people_are_visitors(agent):
	assert not links.is_bot(agent)


# forms


@given(st.text(), st.text())
def test_a_form_that_is_not_ours_is_forged(text, subject):
	assert guest_forms.judge(text, SECRET, subject, 100) == Verdict.FORGED


@pytest.mark.parametrize(
	("age", "trap", "verdict"),
	[
		(1, "", Verdict.PROGRAM),
		(2, "", Verdict.FINE),
		(60, "", Verdict.FINE),
		(60, "x", Verdict.PROGRAM),
		(3 * 24 * 3600, "", Verdict.FINE),
		(3 * 24 * 3600 + 1, "", Verdict.STALE),
	],
)
def test_what_a_form_says_of_its_sender(age, trap, verdict):
	token = guest_forms.make(SECRET, "code", 1000, "nonce")
	assert guest_forms.judge(token, SECRET, "code", 1000 + age, trap) == verdict
	assert guest_forms.judge(token, SECRET, "other", 1000 + age, trap) == Verdict.FORGED
	assert guest_forms.judge(token, "another site", "code", 1000 + age, trap) == Verdict.FORGED


@pytest.mark.parametrize(
	("fetch_site", "origin", "ours"),
	[
		("same-origin", None, True),
		("none", None, True),
		("cross-site", "https://hub.example", False),
		("same-site", None, False),
		(None, "https://hub.example", True),
		(None, "https://evil.example", False),
		(None, "null", False),
		(None, None, True),
	],
)
def test_whose_page_sent_a_form(fetch_site, origin, ours):
	assert guest_forms.comes_from_here(fetch_site, origin, frozenset({"hub.example"})) is ours


# invitations


@pytest.mark.parametrize(
	("sending", "reason"),
	[
		(Sending(0, 0, has_email=True), "invitations_off"),
		(Sending(5, 5, has_email=True), "invitations_used_up"),
		(Sending(0, 5, has_email=True, suppressed=True), "invitation_unwanted"),
		(Sending(0, 5, has_phone=True), "invitation_no_sms"),
		(Sending(0, 5, has_email=True, email_works=False), "invitation_no_mail"),
		(Sending(0, 5, has_email=True, has_phone=True, email_works=False), "invitation_no_mail"),
	],
)
def test_when_no_invitation_goes_out(sending, reason):
	with pytest.raises(CanNotInvite) as refusal:
		invitations.check(sending)
	assert refusal.value.reason == reason


@pytest.mark.parametrize(
	"sending",
	[
		Sending(4, 5, has_email=True),
		Sending(0, 5, has_phone=True, sms_works=True),
		Sending(0, 5, has_email=True, has_phone=True, email_works=False, sms_works=True),
	],
)
def test_when_an_invitation_goes_out(sending):
	invitations.check(sending)


@pytest.mark.parametrize(
	("days", "again", "may"), [(3, None, True), (2, None, False), (9, datetime(2026, 3, 5), False)]
)
def test_an_invitation_is_sent_again_once_and_some_days_later(days, again, may):
	sent = datetime(2026, 3, 1, 10)
	assert invitations.may_send_again(sent, again, sent + timedelta(days=days), 3) is may
