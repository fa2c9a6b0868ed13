"""What calling people back comes to: rates that say how sure they are, of people and not of messages."""

from datetime import datetime, timedelta
from math import sqrt
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_hub.talent.rules import outcomes
from referral_hub.talent.rules.outcomes import OUTCOMES, Call, Life

DAY = datetime(2026, 3, 2, 10)


def on(days: int) -> datetime:
	return DAY + timedelta(days)


@pytest.mark.parametrize(
	("count", "of", "low", "high"),
	[
		(5, 12, 0.1933, 0.6805),
		(0, 10, 0.0, 0.2775),
		(10, 10, 0.7225, 1.0),
		(1, 1, 0.2065, 1.0),
		(50, 100, 0.4038, 0.5962),
	],
)
def test_the_interval_of_a_rate(count, of, low, high):
	found = outcomes.rate(count, of)
	assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@pytest.mark.parametrize(
	("count", "of", "low", "high"),
	[
		(81, 263, 0.2553, 0.3662),
		(15, 148, 0.0624, 0.1605),
		(0, 20, 0.0, 0.1611),
		(1, 29, 0.0061, 0.1718),
	],
)
def test_the_interval_is_the_published_one(count, of, low, high):
	"""R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998), table I, method 3."""
	found = outcomes.rate(count, of)
	assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@given(st.integers(1, 3000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_the_ends_are_where_the_score_test_turns(counted):
	"""Found another way: by halving, the shares at which what was counted is just so far off as chance goes in 95 of 100."""
	(count, of), deviations = counted, NormalDist().inv_cdf(0.975)
	share = count / of

	def is_believable(p: float) -> bool:
		return abs(share - p) <= deviations * sqrt(p * (1 - p) / of)

	found = outcomes.rate(count, of)
	assert found.low == pytest.approx(_edge(is_believable, share, 0.0), abs=1e-9)
	assert found.high == pytest.approx(_edge(is_believable, share, 1.0), abs=1e-9)


def _edge(is_believable, inside: float, outside: float) -> float:
	"""Return how far one gets from what is believed towards an end; the end itself where that is believed too."""
	if is_believable(outside):
		return outside
	for _step in range(60):
		middle = (inside + outside) / 2
		inside, outside = (middle, outside) if is_believable(middle) else (inside, middle)
	return inside


def test_nobody_called_is_no_rate():
	found = outcomes.rate(0, 0)
	assert (found.share, found.low, found.high) == (None, None, None)
	with pytest.raises(ValueError):
		outcomes.rate(3, 2)


@given(st.integers(1, 5000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_an_interval_holds_its_share_and_stays_between_0_and_1(counted):
	found = outcomes.rate(*counted)
	assert 0 <= found.low <= found.share <= found.high <= 1


@given(st.integers(0, 40), st.integers(1, 40))
def test_more_people_make_it_surer(count, times):
	few, many = outcomes.rate(count, 40), outcomes.rate(count * (times + 1), 40 * (times + 1))
	assert many.high - many.low < few.high - few.low


CALLS = [
	Call("Li", on(0), step="30"),
	Call("Li", on(60), step="90"),
	Call("Wang", on(0), step="30"),
	Call("Wang", on(5), step="30"),
	Call("Zhao", on(60), step="90"),
]


def counts(lives) -> dict:
	found = outcomes.rates(CALLS, lives, lambda call: call.step)
	return {
		step: {outcome: (one.count, one.of) for outcome, one in by.items() if one.count}
		for step, by in found.items()
	}


def test_a_person_counts_once_and_only_for_what_came_after_the_call():
	lives = {"Li": Life({"Replied": (on(61),)}), "Wang": Life({"Replied": (on(3), on(9))})}
	assert counts(lives) == {"30": {"Replied": (2, 2)}, "90": {"Replied": (1, 2)}}
	assert counts({"Zhao": Life({"Hired": (on(59),)})}) == {"30": {}, "90": {}}
	between_two_calls = {"Wang": Life({"Replied": (on(3),)})}
	assert counts(between_two_calls)["30"] == {"Replied": (1, 2)}


def test_what_was_said_on_the_morning_before_the_call_is_not_its_effect():
	before, after = Life({"Replied": (on(60) - timedelta(minutes=1),)}), Life({"Replied": (on(60),)})
	assert (counts({"Zhao": before})["90"], counts({"Zhao": after})["90"]) == ({}, {"Replied": (1, 2)})


def test_whoever_went_further_has_been_there():
	assert counts({"Zhao": Life({"Hired": (on(80),)})})["90"] == dict.fromkeys(
		("Replied", "Interested", "Applied Again", "Hired"), (1, 2)
	)


@given(
	st.dictionaries(
		st.sampled_from(["Li", "Wang", "Zhao"]),
		st.dictionaries(st.sampled_from(OUTCOMES), st.integers(-5, 90)),
	)
)
def test_no_later_outcome_is_likelier_than_an_earlier_one(days):
	lives = {
		name: Life({outcome: (on(day),) for outcome, day in each.items()}) for name, each in days.items()
	}
	for by in outcomes.rates(CALLS, lives, lambda call: call.step).values():
		reached = [by[outcome].count for outcome in OUTCOMES]
		assert reached == sorted(reached, reverse=True)
