"""Which openings are proposed for somebody without one, and why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_hub.talent.rules.fitting import Offered, Wish, fitting, words_of

WELDER = Offered("1", "Senior Welder", "Welder", "Suzhou", "MIG and TIG welding")
NURSE = Offered("2", "Nurse", "Nurse", "Beijing", "Care for people")
BAKER = Offered("3", "面包师傅", "Baker", "上海", "烘焙面包与蛋糕")


@pytest.mark.parametrize(
	("wish", "names", "by", "words"),
	[
		(Wish(designation="Nurse"), ["2"], ("designation",), ()),
		(Wish(words="knows TIG and MIG"), ["1"], (), ("mig", "tig")),
		(Wish(words="会做面包"), ["3"], (), ("面包",)),
		(Wish(place="suzhou"), ["1"], ("place",), ()),
		(Wish(place="Suzhou", words="a nurse"), ["2"], (), ("nurse",)),
		(Wish(words="and the for with"), [], None, None),
		(Wish(), [], None, None),
	],
)
def test_what_fits_and_by_what(wish, names, by, words):
	found = fitting(wish, [WELDER, NURSE, BAKER])
	assert [fit.name for fit in found] == names
	if found:
		assert (found[0].by, found[0].words) == (by, words)


@pytest.mark.parametrize(
	("text", "words"),
	[
		("C++ and C#, H2 or B2 licence", {"c++", "c#", "h2", "b2", "licence"}),
		("5S、3D打印", {"5s", "3d", "打印"}),
		("Vue3, S7-1200, 4G", {"vue3", "s7-1200", "4g"}),
		("3 or 10 years, 2024, 3-5年, a b", {"years"}),
		("x12y 1ab", {"x12y"}),
	],
)
def test_words_with_figures_and_signs_are_words(text, words):
	assert words_of(text) == words


def test_what_hr_chose_counts_more_than_what_somebody_wrote():
	wish = Wish(designation="Nurse", words="welder welding MIG TIG senior")
	assert [fit.name for fit in fitting(wish, [WELDER, NURSE])] == ["2", "1"]


def test_a_word_of_the_title_counts_more_than_many_of_the_text():
	title, text = Offered("a", "Python"), Offered("b", "Engineer", description="python " * 50)
	assert [fit.name for fit in fitting(Wish(words="Python"), [text, title])] == ["a", "b"]


@given(st.text(), st.lists(st.builds(Offered, st.text(), st.text(), description=st.text()), max_size=5))
def test_whatever_is_written_the_best_come_first_and_none_twice(text, openings):
	found = fitting(Wish(words=text), openings)
	scores = [fit.score for fit in found]
	assert scores == sorted(scores, reverse=True) and all(scores)
	assert len(found) <= len(openings) and all(set(fit.words) <= words_of(text) for fit in found)
