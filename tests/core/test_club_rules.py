"""The referrers' club: who is invited, who has a seat, and a calendar file every calendar reads."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from referral_hub.announcing.rules.club import (
	GOING,
	WAITING,
	Bar,
	Entry,
	calendar_file,
	is_invited,
	may_answer,
	seats,
)

NOON = datetime(2026, 11, 23, 12)
CHINA = timezone(timedelta(hours=8))


@pytest.mark.parametrize(
	("bar", "rank", "hires", "invited"),
	[
		(Bar(), 9, 9, False),
		(Bar(rank=2), 2, 0, True),
		(Bar(rank=2), 1, 9, False),
		(Bar(hires=3), 9, 2, False),
		(Bar(hires=3), 0, 3, True),
		(Bar(rank=2, hires=3), 1, 3, True),
		(Bar(rank=2, hires=3), 1, 2, False),
	],
)
def test_who_is_invited(bar, rank, hires, invited):
	assert is_invited(bar, rank, hires) is invited


def test_the_first_have_seats_and_the_others_wait():
	assert seats(["a", "b", "c"], 2) == {"a": GOING, "b": GOING, "c": WAITING}
	assert seats(["a", "b"], 0) == {"a": GOING, "b": GOING}


@pytest.mark.parametrize(
	("state", "starts", "may"),
	[
		("Open", NOON + timedelta(minutes=1), True),
		("Open", NOON, False),
		("Draft", NOON + timedelta(days=1), False),
		("Cancelled", NOON + timedelta(days=1), False),
	],
)
def test_until_when_it_is_answered(state, starts, may):
	assert may_answer(state, starts, NOON) is may


def entry(title: str = "Dinner; wine, talk") -> Entry:
	starts = datetime(2026, 12, 1, 18, 30, tzinfo=CHINA)
	return Entry(
		"ev@hub", title, starts, starts + timedelta(hours=2), "Canteen", "One\nTwo", "https://hub.example/x"
	)


def test_a_calendar_file_says_when_in_utc_and_escapes_what_ends_a_value():
	text = calendar_file(entry(), NOON.replace(tzinfo=UTC))
	lines = text.split("\r\n")
	assert lines[0] == "BEGIN:VCALENDAR" and lines[-2:] == ["END:VCALENDAR", ""]
	for line in (
		"UID:ev@hub",
		"DTSTAMP:20261123T120000Z",
		"DTSTART:20261201T103000Z",
		"DTEND:20261201T123000Z",
		"SUMMARY:Dinner\\; wine\\, talk",
		"DESCRIPTION:One\\nTwo",
		"URL:https://hub.example/x",
	):
		assert line in lines


@example("What we talk about:")
@given(
	some.text(
		some.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\u2028\u2029\x85"),
		max_size=200,
	)
)
def test_no_line_is_longer_than_calendars_read_and_nothing_of_it_is_lost(title):
	text = calendar_file(entry(title or "x"), NOON.replace(tzinfo=UTC))
	assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
	unfolded = text.replace("\r\n ", "").split("\r\n")
	said = next(line for line in unfolded if line.startswith("SUMMARY:")).removeprefix("SUMMARY:")
	assert said.replace("\\;", ";").replace("\\,", ",").replace("\\\\", "\\") == (title or "x")
