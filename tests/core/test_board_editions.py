"""Which leaderboard is told when: weekly of the quarter, monthly of the month that ended, and nothing late."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from referral_hub.messages.rules.digest import month_due
from referral_hub.recognition.rules.editions import Edition, edition

DUE = {"Weekly": datetime(2026, 10, 5, 9), "Monthly": datetime(2026, 10, 1, 9)}


@pytest.mark.parametrize(
	("rhythm", "now", "told"),
	[
		("Weekly", datetime(2026, 10, 5, 9), Edition("Weekly:2026-W41", "2026-Q4")),
		("Weekly", datetime(2026, 10, 7, 8, 59), Edition("Weekly:2026-W41", "2026-Q4")),
		("Weekly", datetime(2026, 10, 7, 9), None),
		("Monthly", datetime(2026, 10, 1, 9), Edition("Monthly:2026-10-01", "2026-09")),
		("Monthly", datetime(2026, 10, 3, 9), None),
		("", datetime(2026, 10, 1, 9), None),
		(None, datetime(2026, 10, 1, 9), None),
	],
)
def test_each_rhythm_tells_once_when_it_is_due(rhythm, now, told):
	assert edition(rhythm, now, DUE) == told


def test_a_week_that_begins_a_quarter_tells_how_the_one_before_ended():
	due = {"Weekly": datetime(2026, 10, 1, 9)}
	assert edition("Weekly", due["Weekly"], due).period == "2026-Q3"


def test_another_day_of_the_same_week_is_no_other_edition():
	monday, wednesday = datetime(2027, 1, 4, 9), datetime(2027, 1, 6, 9)
	keys = {edition("Weekly", day, {"Weekly": day}).key for day in (monday, wednesday)}
	assert keys == {"Weekly:2027-W01"}


def test_a_sunday_moved_to_a_monday_is_too_soon_after_the_week_before():
	monday = datetime(2027, 1, 4, 9)
	found = edition("Weekly", monday, {"Weekly": monday})
	assert (found.key, found.key_before) == ("Weekly:2027-W01", "Weekly:2026-W53")
	assert datetime(2026, 12, 28, 10) < found.not_since < datetime(2027, 1, 3, 9)


@pytest.mark.parametrize(
	("now", "due"),
	[
		(datetime(2026, 3, 1, 1, 30, tzinfo=UTC), datetime(2026, 3, 1, 1, tzinfo=UTC)),
		(datetime(2026, 3, 1, 0, 59, tzinfo=UTC), datetime(2026, 2, 1, 1, tzinfo=UTC)),
		(datetime(2026, 1, 1, 0, 30, tzinfo=UTC), datetime(2025, 12, 1, 1, tzinfo=UTC)),
		(datetime(2026, 5, 31, 23, tzinfo=UTC), datetime(2026, 5, 1, 1, tzinfo=UTC)),
	],
)
def test_a_month_is_due_on_its_first_by_the_clock_of_the_site(now, due):
	assert month_due(now, time(9), ZoneInfo("Asia/Shanghai")) == due
