"""When somebody of the pool is asked whether to be kept longer, and when their time is over."""

from datetime import date

import pytest

from referral_hub.talent.rules.retention import is_over, is_to_be_asked

END = date(2026, 6, 30)


@pytest.mark.parametrize(
	("today", "asked_for", "days", "asked"),
	[
		(date(2026, 5, 30), None, 30, False),
		(date(2026, 5, 31), None, 30, True),
		(END, None, 30, True),
		(date(2026, 7, 1), None, 30, False),  # too late: then they are forgotten
		(date(2026, 6, 10), END, 30, False),  # asked about this very end
		(date(2026, 6, 10), date(2024, 6, 30), 30, True),  # asked before, and kept since
		(date(2026, 6, 10), None, 0, False),
	],
)
def test_who_is_asked_again(today, asked_for, days, asked):
	assert is_to_be_asked(END, asked_for, days, today) is asked


def test_without_an_end_nobody_is_asked_and_nobody_is_forgotten():
	assert not is_to_be_asked(None, None, 30, END)
	assert not is_over(None, END)


def test_the_last_day_still_counts():
	assert [is_over(END, END), is_over(END, date(2026, 7, 1))] == [False, True]
