"""How a wallet went: every balance of then follows from the one of now; the picture stays inside its frame."""

import re
import xml.etree.ElementTree as ET
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_hub.points.rules.showing.course import HEIGHT, WIDTH, Mark, course, is_worth_seeing, picture

SINCE, TODAY = date(2025, 11, 23), date(2026, 11, 23)
JUNE = date(2026, 6, 1)
DAYS = st.integers(-30, 365).map(lambda days: SINCE + timedelta(days=days))
MOVED = st.lists(st.tuples(DAYS, st.integers(-500, 500)), max_size=30)


@pytest.mark.parametrize(
	("balance", "moved", "expected"),
	[
		(0, [], [(SINCE, 0), (TODAY, 0)]),
		(300, [(JUNE, 300)], [(SINCE, 0), (JUNE, 300), (TODAY, 300)]),
		# two on one day are one step
		(200, [(JUNE, 300), (JUNE, -100)], [(SINCE, 0), (JUNE, 200), (TODAY, 200)]),
		# what moved on the first day or before is there at its end
		(500, [(SINCE, 100), (date(2025, 1, 1), 400)], [(SINCE, 500), (TODAY, 500)]),
		(50, [(TODAY, 50)], [(SINCE, 0), (TODAY, 50)]),
		# a server whose clock is ahead
		(50, [(TODAY + timedelta(days=1), 50)], [(SINCE, 0), (TODAY, 50)]),
	],
)
def test_the_days_and_what_there_was(balance, moved, expected):
	assert [(mark.on, mark.balance) for mark in course(balance, moved, SINCE, TODAY)] == expected


def test_a_wallet_whose_last_entries_are_all_of_today_has_one_day():
	assert course(70, [(TODAY, 70)], TODAY, TODAY) == [Mark(TODAY, 70)]


@given(st.integers(0, 10_000), MOVED)
def test_each_step_is_what_moved_on_that_day_and_the_last_is_now(balance, moved):
	marks = course(balance, moved, SINCE, TODAY)
	assert (marks[0].on, marks[-1]) == (SINCE, Mark(TODAY, balance))
	for before, after in pairwise(marks):
		assert before.on < after.on
		assert after.balance - before.balance == sum(points for day, points in moved if day == after.on)


@given(st.integers(0, 10_000), MOVED)
def test_the_picture_is_drawn_inside_its_frame_from_edge_to_edge(balance, moved):
	svg = ET.fromstring(picture(course(balance, moved, SINCE, TODAY)))
	ground, line = (path.get("d") for path in svg)
	across = [float(number) for number in re.findall(r"H([\d.]+)", line)]
	heights = [float(number) for number in re.findall(r"(?:M0 |V)([\d.]+)", line)]
	assert across == sorted(across) and across[-1] == WIDTH
	assert len(re.findall(r"-", line)) == 0 and all(0 < height < HEIGHT for height in heights)
	assert ground == f"{line}V{HEIGHT}H0Z"


def test_the_picture_has_steps_and_its_top_is_the_most_there_was():
	marks = [Mark(SINCE, 0), Mark(SINCE + timedelta(days=73), 200), Mark(TODAY, 100)]
	assert picture(marks).count('d="M0 92H128V4H640V48"') == 1


@pytest.mark.parametrize(
	("balances", "seen"), [((0, 0), False), ((70, 70), False), ((0, 70), True), ((70,), False)]
)
def test_a_line_that_never_moves_is_not_shown(balances, seen):
	assert is_worth_seeing([Mark(SINCE + timedelta(days=day), b) for day, b in enumerate(balances)]) is seen
