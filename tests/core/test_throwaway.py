"""Which addresses are thrown away, by the list HR keeps."""

import pytest

from referral_hub.referrals.rules.deciding.throwaway import domains_in, is_throwaway

LIST = domains_in("mailinator.com\n@Yopmail.com, trashmail.de;  .moakt.com.\n\n")


def test_a_list_is_read_however_it_is_typed():
	assert {"mailinator.com", "yopmail.com", "trashmail.de", "moakt.com"} == LIST
	assert domains_in(None) == domains_in(" \n,") == frozenset()


@pytest.mark.parametrize(
	("email", "listed"),
	[
		("mei@mailinator.com", True),
		("mei@MAILINATOR.com", True),
		("mei@cool.mailinator.com", True),
		("mei@a.b.yopmail.com", True),
		("mei@notmailinator.com", False),
		("mei@mailinator.com.example.org", False),
		("mei@com", False),
		("mei@example.com", False),
		("mailinator.com@example.com", False),
		("", False),
		(None, False),
	],
)
def test_a_domain_covers_those_below_it_and_no_others(email, listed):
	assert is_throwaway(email, LIST) is listed


def test_no_list_holds_nobody():
	assert not is_throwaway("mei@mailinator.com", domains_in(""))


def test_a_whole_ending_is_no_domain():
	assert not is_throwaway("mei@mailinator.com", domains_in("com"))
