"""Whom of the talent pool an opening suits, by what words mean."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_hub.matching.rules.pool import pooling
from referral_hub.matching.rules.pool.meaning import fit
from referral_hub.matching.rules.pool.pooling import Reading
from referral_hub.referrals.rules.requirements.assessing import Requirement
from referral_hub.talent.rules.fitting import CONFIRMED, DRAFT, Fit, Offered, Wish, by_letters
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


def opened(offered: Offered) -> pooling.Opened:
	reading = pooling.read(offered.description, vocabulary())
	assert Reading.of_json(reading.as_json()) == reading
	return pooling.opened(offered, reading, vocabulary())


def people_for(offered: Offered, **people: str) -> list[Fit]:
	wishes = {key: Wish(words=words) for key, words in people.items()}
	return pooling.people_for(opened(offered), wishes, 5, vocabulary())


def openings_for(wish: Wish, *offered: Offered) -> list[Fit]:
	return pooling.openings_for(wish, map(opened, offered), 5, vocabulary())


def named(reasons) -> list[str]:
	return [reason.requirement.requirement for reason in reasons]


def test_a_Chinese_opening_finds_who_wrote_English():
	found = people_for(CLERK, a="soup", b="spreadsheets", c="warehouse, stocktaking")
	assert {one.name: one.words for one in found} == {
		"b": ("spreadsheets",),
		"c": ("stocktaking", "warehouse"),
	}


def test_words_to_look_for_are_in_both_languages_of_the_heaviest_row_first_and_within_no_others():
	rows = (
		Requirement("1", "Reads drawings", kind="Other"),
		Requirement("2", "Welding or SAP", weight=1),
		Requirement("3", "Forklift driving", weight=9),
		Requirement("4", "宣纸修复", weight=5),
	)
	found = pooling.words_of(opened(replace(CLERK, description="", requirements=rows)), vocabulary())
	assert found[:3] == ["叉车", "forklift", "宣纸修复"] and {"焊工", "welder"} <= {*found}
	assert not any(one != other and one in other for one in found for other in found)
	short = opened(replace(CLERK, description="", requirements=(Requirement("1", "SAP or SQL"),)))
	assert {"sap", "sql"} <= {*pooling.words_of(short, vocabulary())}


def test_openings_and_people_alike_are_found_by_meaning_too():
	assert [one.name for one in openings_for(Wish(words="电焊"), CLERK, WELDER)] == ["1"]
	alike = pooling.as_opening(Wish(words="氩弧焊"))
	assert [one.name for one in people_for(alike, a="teacher", b="TIG welding")] == ["b"]


ASKED = (
	Requirement("1", "Forklift licence", "叉车证", "Certificate", must_have=True, weight=5),
	Requirement("2", "3 years", kind="Experience", weight=3),
	Requirement("3", "Excel", weight=2),
)


def test_what_HR_confirmed_decides_and_a_draft_is_believed_less():
	offered = Offered("1", "Driver", description="须持叉车证，3年以上经验，会用Excel")
	person = {"a": "叉车证，5年经验，会用Excel"}
	(drafted,) = people_for(offered, **person)
	(confirmed,) = people_for(replace(offered, requirements=ASKED), **person)
	assert (drafted.basis, drafted.score, drafted.confidence) == (DRAFT, 75, 50)
	assert (confirmed.basis, confirmed.score, confirmed.confidence) == (CONFIRMED, 100, 100)
	assert named(confirmed.met) == ["Forklift licence", "3 years", "Excel"]


def test_who_lacks_what_HR_must_have_is_not_proposed_and_what_nobody_said_is_unknown():
	must = Offered("1", "Driver", requirements=(replace(ASKED[1], must_have=True), ASKED[2]))
	found = people_for(must, a="1年经验，会用Excel", b="会用Excel", c="4年经验")
	assert [one.name for one in found] == ["c", "b"]
	assert [named(one.unknown) for one in found] == [["Excel"], ["3 years"]]


def test_both_directions_say_the_same():
	offered = Offered("1", "Driver", "Driver", "苏州", "会开叉车；大专及以上", requirements=ASKED)
	wish = Wish("Driver", "Suzhou", "叉车证，2年经验，高中")
	(one,) = pooling.people_for(opened(offered), {"1": wish}, 5, vocabulary())
	assert openings_for(wish, offered) == [one]


def test_of_equals_the_one_with_more_in_common_comes_first():
	asked = (Requirement("1", "Excel"),)
	here = Offered("here", "Clerk", place="Suzhou", requirements=asked)
	elsewhere = Offered("there", "Clerk", place="Paris", requirements=asked)
	found = openings_for(Wish(place="Suzhou", words="Excel, clerk"), elsewhere, here)
	assert [one.name for one in found] == ["here", "there"]


TEXTS = st.text(max_size=20) | st.sampled_from(
	["焊工", "Welder", "forklift 叉车", "Excel 盘点", "苏州", "Suzhou", ""]
)


@given(st.builds(Wish, TEXTS, TEXTS, TEXTS), st.builds(Offered, st.just("1"), TEXTS, TEXTS, TEXTS, TEXTS))
def test_whoever_is_found_by_letters_is_found_by_meaning(wish, opening):
	letters, meant = by_letters(wish, opening), judged(wish, opening)
	assert meant.score >= letters.score and set(meant.by) >= set(letters.by)


@given(st.builds(Wish, TEXTS, TEXTS, TEXTS), st.builds(Offered, st.just("1"), TEXTS, TEXTS, TEXTS, TEXTS))
def test_nobody_who_has_something_in_common_is_lost_by_a_draft(wish, opening):
	assert bool(openings_for(wish, opening)) >= bool(judged(wish, opening).score)
