"""Who is warned before points expire, and how often."""

from datetime import date, timedelta

import pytest

from referral_hub.points.rules import warnings

TODAY = date(2026, 3, 1)


@pytest.mark.parametrize(
	("days_left", "due"),
	[(31, None), (30, 30), (8, 30), (7, 7), (1, 7), (0, None), (-1, None)],
)
def test_the_nearest_warning_that_is_due_is_told_alone(days_left, due):
	assert warnings.due(TODAY + timedelta(days=days_left), TODAY, [30, 7]) == due


def test_every_day_of_a_lots_life_gives_each_warning_a_chance_and_no_other():
	last_day = TODAY + timedelta(days=40)
	told = [warnings.due(last_day, TODAY + timedelta(days=day), [30, 7]) for day in range(45)]
	assert set(told) == {None, 30, 7}


@pytest.mark.parametrize(
	("days_before", "until"), [([30, 7], date(2026, 3, 31)), ([7], date(2026, 3, 8)), ([], None), ([0], None)]
)
def test_nobody_is_warned_further_ahead_than_the_first_warning(days_before, until):
	assert warnings.until(TODAY, days_before) == until


def test_hr_is_asked_a_month_before_points_end_that_can_be_spent_nowhere():
	assert warnings.hr_is_asked_until(TODAY) == date(2026, 3, 31)
