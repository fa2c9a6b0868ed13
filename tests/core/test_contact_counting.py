"""How many contacts fit how many openings, and when that is news."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_hub.matching.rules.contacts.counting import Fits, news_of

A1, A2, B1 = ("anna", "1"), ("anna", "2"), ("ben", "1")


@pytest.mark.parametrize(
	("pairs", "told", "said"),
	[
		([], [], None),
		([], [A1], None),
		([A1], [A1], None),
		([A1], [A1, A2, B1], None),
		([A1], [], Fits(1, 1, 1)),
		([A1, A2], [], Fits(1, 2, 1)),
		([A1, B1], [A1], Fits(2, 1, 1)),
		([A1, A2, B1], [A2], Fits(2, 2, 2)),
		([A1, A1], [], Fits(1, 1, 1)),
	],
)
def test_what_is_said_of_who_fits_and_was_told(pairs, told, said):
	assert news_of(pairs, told) == said


PAIRS = st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("123")))


@given(PAIRS, PAIRS)
def test_what_was_said_is_never_said_again(pairs, told):
	assert news_of(pairs, [*told, *pairs]) is None
	said = news_of(pairs, told)
	assert said is None or 0 < said.fresh <= said.people <= len(pairs)
