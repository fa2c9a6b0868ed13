"""What scorers of other apps may do: a little, each and together, never over a bound."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_hub.matching.rules.engine import Reason
from referral_hub.matching.rules.pool.influence import MOST_BY_ALL, points_of, weighed
from referral_hub.referrals.rules.requirements.assessing import Requirement
from referral_hub.talent.rules.fitting import CONFIRMED, DRAFT, Fit, Note

MUST = (Reason(Requirement("1", "Forklift licence", must_have=True)),)


@pytest.mark.parametrize(
	("said", "points"),
	[(1, 10), (-1, -10), (0.25, 2), (9, 10), (None, 0), (math.nan, 0), (math.inf, 0), ("1", 0), (True, 0)],
)
def test_a_number_moves_ten_points_at_most_and_anything_else_none(said, points):
	assert points_of(said) == points


def test_who_speaks_for_whom_is_named_and_the_best_come_first():
	fits = [Fit("a", 60, basis=CONFIRMED), Fit("b", 55, basis=CONFIRMED)]
	found = weighed(fits, [("Parking", [None, 1]), ("Broken", [1])])
	assert [(fit.name, fit.score, fit.notes) for fit in found] == [
		("b", 65, (Note("Parking", 10),)),
		("a", 60, ()),
	]


@pytest.mark.parametrize(
	("fit", "score"),
	[
		(Fit("a", 95, basis=CONFIRMED), 100),
		(Fit("a", 70, basis=DRAFT), 75),
		(Fit("a", 74, basis=CONFIRMED, unknown=MUST), 75),
		(Fit("a", 74, basis=CONFIRMED, met=MUST), 84),
	],
)
def test_no_bound_is_passed(fit, score):
	assert weighed([fit], [("Parking", [1])])[0].score == score


@given(st.integers(1, 100), st.lists(st.floats() | st.none() | st.text(), max_size=6))
def test_all_together_move_a_score_a_little_and_nobody_out_of_sight(score, said):
	(fit,) = weighed([Fit("a", score)], [(str(number), [one]) for number, one in enumerate(said)])
	assert abs(fit.score - score) <= MOST_BY_ALL
	assert fit.score >= 1
