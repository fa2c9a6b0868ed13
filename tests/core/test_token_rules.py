"""What a token is, and whether it opens something: tables, and properties over whatever somebody may type."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_hub.referrals.rules import tokens

TODAY = date(2026, 11, 22)
HEX = st.text("0123456789abcdef", min_size=32, max_size=32)


@pytest.mark.parametrize(
	("expires_on", "revoked", "opens"),
	[
		(TODAY, False, True),
		(date(2026, 11, 21), False, False),
		(date(2027, 1, 1), False, True),
		(date(2027, 1, 1), True, False),
	],
)
def test_a_token_opens_to_its_last_day_unless_it_was_revoked(expires_on, revoked, opens):
	stored = tokens.digest("Candidate", "0" * 32)
	assert tokens.opens(stored, stored, expires_on, revoked, TODAY) is opens


def test_another_digest_opens_nothing():
	one, other = tokens.digest("Candidate", "0" * 32), tokens.digest("Candidate", "1" * 32)
	assert tokens.opens(one, other, date(2030, 1, 1), False, TODAY) is False


@given(HEX)
def test_a_digest_is_lowercase_hex_of_its_own_purpose_and_holds_no_token(token):
	digest = tokens.digest("Candidate", token)
	assert len(digest) == 64
	assert set(digest) <= set("0123456789abcdef")
	assert digest != tokens.digest("Refer", token)
	assert token not in digest


@given(st.one_of(st.text(), st.none(), st.integers(), st.binary()))
def test_only_32_lowercase_hex_digits_are_a_token(typed):
	is_token = isinstance(typed, str) and len(typed) == 32 and set(typed) <= set("0123456789abcdef")
	assert tokens.is_well_formed(typed) is is_token


@pytest.mark.parametrize("typed", ["A" * 32, "a" * 31, "a" * 33, "a" * 32 + "\n", "é" + "a" * 31, "٣" * 32])
def test_what_looks_like_a_token_is_none(typed):
	assert tokens.is_well_formed(typed) is False


@pytest.mark.parametrize(("days", "last"), [(0, TODAY), (1, date(2026, 11, 23)), (-5, TODAY)])
def test_a_token_ends_after_its_days(days, last):
	assert tokens.expires_on(TODAY, days) == last


@pytest.mark.parametrize(
	("text", "kept"),
	[
		("Look: https://example.com/hello/" + "a1" * 16, "Look: https://example.com/hello/…"),
		(f"/path/{'0' * 32}?x=1\n/pool/{'f' * 32}.", "/path/…?x=1\n/pool/…."),
		# no token of ours: longer, shorter, outside an address, with capitals
		(f"/files/{'0' * 33} /a/{'0' * 31}", f"/files/{'0' * 33} /a/{'0' * 31}"),
		("0" * 32, "0" * 32),
		("/a/" + "A" * 32, "/a/" + "A" * 32),
		("", ""),
	],
)
def test_no_link_in_what_is_kept_opens_anything(text, kept):
	assert tokens.left_out(text) == kept
