"""How many messages a text costs, and which letters make it dearer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_hub.messages.rules.sms import measure


@pytest.mark.parametrize(
	("text", "units", "segments", "is_gsm"),
	[
		("", 0, 1, True),
		("a" * 160, 160, 1, True),
		("a" * 161, 161, 2, True),
		("a" * 306, 306, 2, True),
		("a" * 307, 307, 3, True),
		("€" * 80, 160, 1, True),
		("€" * 81, 162, 2, True),
		# an extension pair does not straddle two parts: 152 + 1 left over
		("a" * 152 + "€" + "a" * 152, 306, 3, True),
		("面" * 70, 70, 1, False),
		("面" * 71, 71, 2, False),
		("面" * 134, 134, 2, False),
		("面" * 135, 135, 3, False),
		("a" * 159 + "’", 160, 3, False),
		("🙂" * 35, 70, 1, False),
		("🙂" * 36, 72, 2, False),
	],
)
def test_a_text_costs_what_the_network_makes_of_it(text, units, segments, is_gsm):
	length = measure(text)
	assert (length.units, length.segments, length.is_gsm) == (units, segments, is_gsm)


@given(st.text(max_size=600), st.text(max_size=5))
def test_a_longer_text_is_never_cheaper(text, more):
	assert measure(text + more).segments >= measure(text).segments
