"""Announcements: for whom one is, when it goes out and is over, what a message says of a long text."""

from datetime import datetime

import pytest

from referral_hub.announcing.rules.audience import BRANCH, DEPARTMENT, DESIGNATION, Audience, Person, is_for
from referral_hub.announcing.rules.campaign import FEW, HIDDEN, NEARLY_ALL, State, due_state, may_move, told
from referral_hub.announcing.rules.paragraphs import MOST_LETTERS, MOST_LINES, lines_of, plain

ANNA = Person("One", ("Shop South", "Shops", "All"), "Clerk", "Hangzhou")
NOON = datetime(2026, 11, 23, 12)
BEFORE, AFTER = datetime(2026, 11, 23, 11, 59), datetime(2026, 11, 23, 12, 1)


def named(**kinds: str) -> dict:
	words = {"department": DEPARTMENT, "designation": DESIGNATION, "branch": BRANCH}
	return {words[kind]: frozenset(values.split("|")) for kind, values in kinds.items()}


@pytest.mark.parametrize(
	("audience", "meant"),
	[
		(Audience(), True),
		(Audience(companies=frozenset({"One", "Two"})), True),
		(Audience(companies=frozenset({"Two"})), False),
		(Audience(named=named(department="Shops")), True),
		(Audience(named=named(department="Shop North")), False),
		(Audience(named=named(department="Shop North|Shops")), True),
		(Audience(named=named(department="Shops", designation="Clerk")), True),
		(Audience(named=named(department="Shops", designation="Manager")), False),
		(Audience(named=named(branch="Hangzhou")), True),
		(Audience(named=named(branch="Ningbo")), False),
		(Audience(companies=frozenset({"Two"}), named=named(department="Shops")), False),
		(Audience(only_club=True), False),
	],
)
def test_for_whom_it_is(audience, meant):
	assert is_for(audience, ANNA) is meant


def test_who_is_nowhere_is_meant_only_by_what_is_for_all():
	nobody = Person()
	assert is_for(Audience(), nobody)
	assert not is_for(Audience(named=named(designation="Clerk")), nobody)
	assert is_for(Audience(only_club=True), Person(in_club=True))


def test_only_what_names_nothing_is_for_everybody():
	assert Audience().is_everybody and Audience(named={DEPARTMENT: frozenset()}).is_everybody
	assert not Audience(only_club=True).is_everybody
	assert not Audience(companies=frozenset({"One"})).is_everybody
	assert not Audience(named=named(branch="Ningbo")).is_everybody


@pytest.mark.parametrize(
	("state", "starts", "ends", "stands"),
	[
		("Draft", BEFORE, BEFORE, "Draft"),
		("Scheduled", AFTER, None, "Scheduled"),
		("Scheduled", NOON, None, "Out"),
		("Scheduled", BEFORE, AFTER, "Out"),
		("Scheduled", BEFORE, BEFORE, "Over"),
		("Out", None, AFTER, "Out"),
		("Out", None, NOON, "Over"),
		("Out", AFTER, None, "Out"),
		("Over", BEFORE, AFTER, "Over"),
	],
)
def test_where_it_stands_by_the_clock(state, starts, ends, stands):
	assert due_state(state, starts, ends, NOON) == stands


def test_what_is_over_or_out_does_not_begin_again():
	moves = {(one, to) for one in State for to in State if may_move(one, to)}
	assert moves == {
		("Draft", "Scheduled"),
		("Draft", "Out"),
		("Scheduled", "Draft"),
		("Scheduled", "Out"),
		("Out", "Over"),
	}


def test_a_message_says_whole_paragraphs_and_no_empty_one():
	assert lines_of("  One \n\n two  words\n") == ["One", "two words"]
	assert lines_of("") == []


def test_a_message_of_a_long_text_says_that_there_is_more():
	lines = lines_of("\n".join(str(number) for number in range(40)))
	assert (len(lines), lines[-1]) == (MOST_LINES + 1, "…")
	(line,) = lines_of("a" * (MOST_LETTERS + 10))
	assert line == "a" * MOST_LETTERS + "…"


def test_the_text_of_an_editor_has_a_line_for_each_paragraph():
	html = "<div><p>One &amp; <b>two</b></p><ul><li>three</li><li>four</li></ul>five<br>six</div>"
	assert lines_of(plain(html)) == ["One & two", "three", "four", "five", "six"]
	assert plain(None) == ""


@pytest.mark.parametrize(
	("meant", "said"),
	[
		(9, [HIDDEN] * 10),
		(10, [FEW] * 5 + [5] + [NEARLY_ALL] * 5),
		(12, [FEW] * 5 + [5, 6, 7] + [NEARLY_ALL] * 5),
	],
)
def test_a_count_is_told_where_at_least_five_did_it_and_five_did_not(meant, said):
	assert [told(count, meant) for count in range(meant + 1)] == said


def test_who_left_after_they_had_read_it_makes_no_count_exact():
	assert told(14, 12) == NEARLY_ALL
