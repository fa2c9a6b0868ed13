"""Whom of the talent pool an opening suits, by what words mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_hub.matching.pool import ByMeaning
from referral_hub.matching.rules.meaning import fit
from referral_hub.talent.rules.fitting import Fit, Offered, Wish, by_letters
from referral_hub.vocabulary.shipped import vocabulary

WELDER = Offered("1", "Senior Welder", "Welder", "Suzhou", "Reads technical drawings, drives a forklift")
CLERK = Offered("2", "仓管员", "Warehouse Clerk", "上海", "负责盘点，会用Excel")


def judged(wish: Wish, opening: Offered = WELDER) -> Fit:
	return fit(wish, opening, vocabulary())


@pytest.mark.parametrize(
	("wish", "found"),
	[
		(Wish(words="做过三年焊工，会开叉车"), Fit("1", 16, (), ("焊工", "叉车"))),
		(Wish(words="焊工", place="苏州市"), Fit("1", 30, ("place",), ("焊工",))),
		(Wish(designation="焊工"), Fit("1", 50, ("designation",))),
		(Wish(designation="Welder", words="welder"), Fit("1", 60, ("designation",), ("welder",))),
		(Wish(words="机会计划", place="苏州"), Fit("1", 0, ("place",))),
		(Wish(place="苏州"), Fit("1", 20, ("place",))),
		(Wish(words="warehouse keeper"), Fit("1", 0)),
		(Wish(), Fit("1", 0)),
	],
)
def test_what_speaks_for_an_opening_and_in_whose_words(wish, found):
	assert judged(wish) == found


def test_a_Chinese_opening_finds_who_wrote_English():
	people = {
		"a": Wish(words="soup"),
		"b": Wish(words="spreadsheets"),
		"c": Wish(words="warehouse, stocktaking"),
	}
	found = ByMeaning().people_for(CLERK, people, 5)
	assert [(one.name, one.words) for one in found] == [
		("c", ("warehouse", "stocktaking")),
		("b", ("spreadsheets",)),
	]


def test_openings_and_people_alike_are_found_by_meaning_too():
	assert [one.name for one in ByMeaning().openings_for(Wish(words="电焊"), [CLERK, WELDER], 5)] == ["1"]
	people = {"a": Wish(words="teacher"), "b": Wish(words="TIG welding")}
	assert [one.name for one in ByMeaning().people_like(Wish(words="氩弧焊"), people, 5)] == ["b"]


TEXTS = st.text(max_size=20) | st.sampled_from(
	["焊工", "Welder", "forklift 叉车", "Excel 盘点", "苏州", "Suzhou", ""]
)


@given(st.builds(Wish, TEXTS, TEXTS, TEXTS), st.builds(Offered, st.just("1"), TEXTS, TEXTS, TEXTS, TEXTS))
def test_whoever_is_found_by_letters_is_found_by_meaning(wish, opening):
	letters, meant = by_letters(wish, opening), judged(wish, opening)
	assert meant.score >= letters.score and set(meant.by) >= set(letters.by)
