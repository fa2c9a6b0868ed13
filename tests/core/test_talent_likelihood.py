"""The likelihood to come back: every part can be checked by hand, and what is not known says nothing."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_hub.talent.rules.likelihood import PARTS, Standing, Weights, likelihood, of_contacts, of_time

TODAY = date(2026, 11, 22)
EVEN = Weights(parts=dict.fromkeys(PARTS, 1), reasons={"No-show": 0.4}, best_months=12, last_months=60)


def ago(months: float) -> date:
	return TODAY - timedelta(days=round(months * 30.44))


@pytest.mark.parametrize(
	("months", "value"), [(0, 0), (6, 0.5), (12, 1), (24, 0.75), (36, 0.5), (60, 0), (90, 0)]
)
def test_time_helps_until_the_best_month_and_then_less(months, value):
	assert of_time(ago(months), EVEN, TODAY) == pytest.approx(value, abs=0.01)


@pytest.mark.parametrize(
	("out", "answered", "days", "value"),
	[
		(0, 0, None, None),
		(1, 0, 1, 1 / 3),
		(3, 0, 1, 0),
		(9, 0, 1, 0),
		(1, 1, 0, 1),
		(1, 1, 365, 0.5),
		(3, 1, 73, 0.9),
	],
)
def test_an_answer_counts_and_three_silences_do_too(out, answered, days, value):
	last = None if days is None else TODAY - timedelta(days)
	found = of_contacts(Standing("No-show", None, out, answered, last), TODAY)
	assert found == (None if value is None else pytest.approx(value, abs=0.01))


def test_the_score_is_the_mean_of_what_is_known():
	found = likelihood(Standing("No-show", ago(12), best_opening=1.0), EVEN, TODAY)
	assert [(part.name, round(part.value, 2)) for part in found.parts] == [
		("reason", 0.4),
		("time", 1.0),
		("openings", 1.0),
	]
	assert found.score == 80


def test_a_weight_of_zero_leaves_a_part_out():
	weights = replace(EVEN, parts={**EVEN.parts, "reason": 0})
	assert likelihood(Standing("No-show", ago(12)), weights, TODAY).score == 100
	assert likelihood(Standing("No-show"), replace(EVEN, parts={}), TODAY).score == 0


share = st.none() | st.floats(0, 1)
anybody = st.builds(
	Standing,
	reason=st.sampled_from(["No-show", "Withdrawn"]),
	happened_on=st.none() | st.dates(date(2010, 1, 1), date(2030, 1, 1)),
	contacts_out=st.integers(0, 50),
	contacts_in=st.integers(0, 50),
	last_contact_on=st.none() | st.dates(date(2010, 1, 1), date(2030, 1, 1)),
	best_opening=share,
	strongest_signal=share,
)


@given(anybody, st.dictionaries(st.sampled_from(PARTS), st.floats(-5, 100)))
def test_a_score_is_a_number_from_0_to_100_that_its_parts_explain(person, parts):
	found = likelihood(person, replace(EVEN, parts=parts), TODAY)
	total = sum(part.weight for part in found.parts)
	explained = 100 * sum(part.value * part.weight for part in found.parts) / total if total else 0
	assert 0 <= found.score <= 100
	assert found.score == round(explained)


@pytest.mark.parametrize("part", ["best_opening", "strongest_signal"])
@given(person=anybody, one=st.floats(0, 1), other=st.floats(0, 1))
def test_a_better_opening_or_a_stronger_signal_never_makes_it_less_likely(part, person, one, other):
	worse, better = sorted((one, other))
	scores = [likelihood(replace(person, **{part: value}), EVEN, TODAY).score for value in (worse, better)]
	assert scores == sorted(scores)
