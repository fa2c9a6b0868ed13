"""Whom an applicant means: one colleague, or nobody; never a guess."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_hub.referrals.rules.sources.naming import LONGEST, Colleague, one_line, who_is_meant

WEI = Colleague("E1", "Zhang Wei", ("E1", "A-0042"), ("wei.zhang@acme.example",), ("+8613800138000",))
NA = Colleague("E2", "李娜", ("E2",), ("li.na@acme.example",), ("+8613911112222",))
ANNA = Colleague("E3", "Anna-Lena Müller", ("E3",))
TWIN = Colleague("E4", "zhang  WEI", ("E4",))
ALL = (WEI, NA, ANNA)


@pytest.mark.parametrize(
	("words", "meant"),
	[
		("Zhang Wei", "E1"),
		("wei zhang", "E1"),
		("  ZHANG, Wei ", "E1"),
		("a-0042", "E1"),
		("Wei.Zhang@ACME.example", "E1"),
		("138 0013 8000", "E1"),
		("0086 138 0013 8000", "E1"),
		("李娜", "E2"),
		("李 娜", "E2"),
		("anna lena müller", "E3"),
		("Anna-Lena Mu\u0308ller", "E3"),
		("Wei", None),
		("李", None),
		("zhang.wei", "E1"),
		("Zhang Wei from Sales", None),
		("@acme.example", None),
		("13800138", None),
		("%", None),
		("", None),
	],
)
def test_a_whole_name_or_contact_names_one_colleague(words, meant):
	assert who_is_meant(words, ALL, "CN") == meant


def test_two_of_the_same_name_are_nobody_unless_the_words_say_which():
	assert who_is_meant("Zhang Wei", (*ALL, TWIN), "CN") is None
	assert who_is_meant("E4", (*ALL, TWIN), "CN") == "E4"


def test_an_empty_name_means_nobody():
	assert who_is_meant("-", (Colleague("E9", "-"), Colleague("E8", "")), "CN") is None


@pytest.mark.parametrize(
	("typed", "kept"),
	[
		("=cmd|' /C calc'!A0", "cmd|' /C calc'!A0"),
		("=+-@| Zhang Wei", "Zhang Wei"),
		("+86 138 0013 8000", "+86 138 0013 8000"),
		("+1+cmd", "1+cmd"),
		("@\n%", ""),
		("李\u202e娜\t", "李娜"),
		("x" * 500, "x" * 140),
		({"x": 1}, ""),
		([["E1"]], ""),
		(None, ""),
		(10042, "10042"),
	],
)
def test_what_is_kept_is_no_formula_and_one_short_line(typed, kept):
	assert one_line(typed) == kept


@given(st.text())
def test_no_words_break_it_and_what_is_kept_is_one_short_line(words):
	kept = one_line(words)
	assert len(kept) <= LONGEST
	assert kept == one_line(kept).strip()
	assert not set(kept) & set("\n\r\t\u202e\x00")
	assert who_is_meant(kept, ALL, "CN") in (None, "E1", "E2", "E3")
