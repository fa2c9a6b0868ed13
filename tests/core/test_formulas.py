"""What a spreadsheet would run is text, also behind the markup that an export takes away; all other words stay as they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_hub.referrals.rules.sources.formulas import may_run, without_formula

RUNNING = [
	("=1+1", "1+1"),
	(" \t=1+1", "1+1"),
	("@SUM(1)", "SUM(1)"),
	("-1+1", "1+1"),
	("+1+1", "1+1"),
	("==|%=x", "x"),
	("<span>=1+1</span>", "'<span>=1+1</span>"),
	("=<span>=1+1</span>", "'<span>=1+1</span>"),
	("<br>&#61;1+1", "'<br>&#61;1+1"),
	("&equals;1+1<br>", "'&equals;1+1<br>"),
	("&lt;span&gt;&amp;#61;1<br>", "'&lt;span&gt;&amp;#61;1<br>"),
	("<span title='>'>=1", "'<span title='>'>=1"),
	("<!-- x > y -->=1", "'<!-- x > y -->=1"),
	("<script>x</script>=1", "'<script>x</script>=1"),
	("<style>=1</style>", "'<style>=1</style>"),
	("<?=1><br>", "'<?=1><br>"),
	("<![=1]><br>", "'<![=1]><br>"),
	("<ul><li>cmd|' /C calc'!A0</li></ul>", "'<ul><li>cmd|' /C calc'!A0</li></ul>"),
	("\u200b=1+1", "'\u200b=1+1"),
	("<b>\u202e\xa0=1</b>", "'<b>\u202e\xa0=1</b>"),
	("<b>" * 9000 + "=1", "'" + "<b>" * 9000 + "=1"),
]
HARMLESS = [
	"",
	"Hello",
	"a = b, and <b>more</b>",
	"<p>Dear all, 1 < 2 = true</p>",
	"&lt;3 to all of you",
	"+49 (30) 901820",
	"5 > 4 - 1",
	"\u05d0\u05d1 = \u05d2",
	"'=quoted",
	"Mei & Lin<br>- one",
	"Hello " * 900 + "<b>you</b>",
]


@pytest.mark.parametrize(("typed", "kept"), RUNNING)
def test_what_would_run_is_text(typed, kept):
	assert may_run(typed)
	assert without_formula(typed) == kept


@pytest.mark.parametrize("typed", HARMLESS)
def test_other_words_stay_as_they_are(typed):
	assert without_formula(typed) == typed


PIECES = [
	"<span>",
	"</p>",
	"<li>",
	"<!--",
	"-->",
	"<script>",
	"&#61;",
	"&amp;#61;",
	"&lt;",
	"<",
	">",
	"<![",
	"=",
	"+",
	"x",
	" ",
	"\u200b",
]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_what_was_cleaned_runs_nowhere_and_stays_so(typed):
	clean = without_formula(typed)
	assert clean == without_formula(clean)
	assert not may_run(clean) or clean.startswith("+")
