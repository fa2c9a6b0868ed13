"""How many are still here: the Kaplan-Meier estimator against a published worked example, and what holds for any stays.

The example: remission in weeks of the 21 children treated with 6-MP (Freireich et al., Blood 21, 1963, 699-716), with the estimate and
its standard error as Klein and Moeschberger print them (Survival Analysis, 2nd edition, 2003, table 4.1).
"""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_hub.paths.rules import survival
from referral_hub.paths.rules.survival import Stay

RELAPSED = (6, 6, 6, 7, 10, 13, 16, 22, 23)
STILL_WELL = (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)
EXAMPLE = [Stay(time, True) for time in RELAPSED] + [Stay(time, False) for time in STILL_WELL]

stays = st.lists(st.builds(Stay, st.integers(0, 24).map(float), st.booleans()), max_size=40)


def test_the_published_example_is_reproduced():
	found = [
		(point.time, point.at_risk, point.ended, round(point.survival, 3), round(point.error, 3))
		for point in survival.curve(EXAMPLE).points
	]
	assert found == [
		(6, 21, 3, 0.857, 0.076),
		(7, 17, 1, 0.807, 0.087),
		(10, 15, 1, 0.753, 0.096),
		(13, 12, 1, 0.690, 0.107),
		(16, 11, 1, 0.627, 0.114),
		(22, 7, 1, 0.538, 0.128),
		(23, 6, 1, 0.448, 0.135),
	]


def test_the_bounds_of_the_example_are_those_of_the_log_log_scale():
	found = [(round(point.low, 3), round(point.high, 3)) for point in survival.curve(EXAMPLE).points]
	assert found == [
		(0.620, 0.952),
		(0.563, 0.923),
		(0.503, 0.889),
		(0.432, 0.849),
		(0.368, 0.805),
		(0.268, 0.747),
		(0.188, 0.680),
	]


@pytest.mark.parametrize(
	("time", "at_risk", "ended", "kept"),
	[
		(0, 21, 0, 1.0),
		(5, 21, 0, 1.0),
		(6, 21, 3, 0.857),
		(6.5, 17, 0, 0.857),
		(9, 16, 0, 0.807),
		(35, 1, 0, 0.448),
	],
)
def test_each_time_says_what_it_rests_on(time, at_risk, ended, kept):
	point = survival.curve(EXAMPLE).at(time)
	assert (point.at_risk, point.ended, round(point.survival, 3)) == (at_risk, ended, kept)


def test_nothing_is_said_of_a_time_nobody_was_watched_for():
	assert survival.curve(EXAMPLE).at(36) is None
	assert survival.curve([]).at(0) is None


def test_when_all_have_left_that_is_known_for_ever():
	everybody = survival.curve([Stay(3, True), Stay(5, True)])
	assert [everybody.at(time).survival for time in (2, 3, 5, 12)] == [1.0, 0.5, 0.0, 0.0]
	assert everybody.points[-1].low is None


def test_the_median_is_known_once_half_have_left():
	assert survival.curve(EXAMPLE).median() == 23
	assert survival.curve([Stay(3, True), Stay(9, False), Stay(9, False)]).median() is None


def test_a_half_is_a_half_also_in_binary():
	"""20/20 x 17/20 x 15/17 x 13/15 x 12/13 x 10/12 is one half; the product of floats is a bit more."""
	ended = [2, 2, 2, 3, 3, 4, 4, 5, 8, 8]
	censored = [1, 8, 8, *[9] * 8]
	curve = survival.curve([Stay(t, True) for t in ended] + [Stay(t, False) for t in censored])
	assert curve.points[-1].survival > 0.5
	assert curve.median() == 8


def test_the_chart_steps_down_where_somebody_left():
	drawn = survival.steps(survival.curve([Stay(2, True), Stay(4, False), Stay(5, True), Stay(6, False)]))
	assert drawn == [(0.0, 2, 1.0), (2, 5, 0.75), (5, 6, 0.375)]


def test_a_stay_of_less_than_nothing_is_refused():
	with pytest.raises(ValueError, match="no less than nothing"):
		survival.curve([Stay(-1, True)])


@given(stays.filter(lambda rows: all(row.ended for row in rows)))
def test_without_censoring_it_is_the_share_that_is_left(rows):
	for point in survival.curve(rows).points:
		left = sum(row.lasted > point.time for row in rows)
		assert point.survival == pytest.approx(left / len(rows))


@given(stays)
def test_it_only_falls_and_its_bounds_hold_it(rows):
	points = survival.curve(rows).points
	heights = [1.0, *(point.survival for point in points)]
	assert all(later < earlier for earlier, later in pairwise(heights))
	for point in points:
		assert point.at_risk >= point.ended > 0
		assert point.low is None or 0 <= point.low <= point.survival <= point.high <= 1


@given(stays, st.randoms(use_true_random=False))
def test_the_order_of_the_stays_says_nothing(rows, chance):
	shuffled = list(rows)
	chance.shuffle(shuffled)
	assert survival.curve(shuffled) == survival.curve(rows)


@given(stays, st.integers(0, 24))
def test_a_stay_that_goes_on_never_lowers_the_curve(rows, lasted):
	with_one_more = survival.curve([*rows, Stay(float(lasted), False)])
	for point in survival.curve(rows).points:
		assert with_one_more.at(point.time).survival >= point.survival - 1e-12
