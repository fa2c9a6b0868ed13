"""What is drafted from a description: what it asks for, how firmly, and nothing that it offers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_hub.matching.rules.asking import Kind, asked
from referral_hub.matching.rules.drafting import draft
from referral_hub.referrals.rules.requirements.assessing import HARD, MOST, SOFT, Requirement
from referral_hub.vocabulary.shipped import vocabulary

STORE = """<p>岗位职责：</p><ul><li>负责门店日常管理与盘点；</li></ul><p>任职要求：</p>
<ul><li>大专及以上学历，3年以上零售行业店长经验；</li><li>必须持有健康证</li><li>熟练使用Excel；英语四级优先</li><li>责任心强，能承受压力</li></ul>
<p>福利待遇：</p><p>免费叉车培训，带薪年假</p><p>日语课程</p>"""
ACCOUNTANT = """We are looking for a Senior Accountant. Bachelor's degree required; CPA preferred. 5-8 years of experience in manufacturing.
Must know SAP. Fluent English, business Japanese is a plus. Strong attention to detail. Benefits: health insurance, free German lessons."""


def rows(description: str, **how) -> list[tuple]:
	return [
		(row.kind.value, row.requirement, row.firmness, row.must_have)
		for row in draft(description, vocabulary(), **how)
	]


def test_a_Chinese_description_is_read():
	assert rows(STORE) == [
		("Skill", "Stocktaking", HARD, False),
		("Education", "Junior college or above", HARD, False),
		("Experience", "At least 3 years of experience", HARD, False),
		("Industry", "Retail industry", SOFT, False),
		("Skill", "Store management", HARD, False),
		("Certificate", "Health certificate", HARD, True),
		("Skill", "Microsoft Excel", HARD, False),
		("Language", "English (conversational)", SOFT, False),
		("Other", "Responsibility", SOFT, False),
		("Other", "Works under pressure", SOFT, False),
	]


@pytest.mark.parametrize(
	"heading",
	[
		"<h4>{0}</h4>",
		'<h3 class="ql-align"><strong>{0}</strong></h3>',
		"<p><strong>{0}</strong></p>",
		"<p><b>{0}</b><br></p>",
		"<p>{0}:</p>",
	],
)
@pytest.mark.parametrize(("offer", "asks"), [("Benefits", "Requirements"), ("福利待遇", "任职要求")])
def test_a_heading_needs_no_colon_to_be_one(heading, offer, asks):
	text = f"{heading.format(offer)}<p>Training in Excel</p><ul><li>SAP</li></ul>{heading.format(asks)}<p>Welding</p>"
	assert [row.requirement for row in draft(text, vocabulary())] == ["Welding"]
	fat = "<p><strong>Excel</strong> and <strong>SAP</strong></p>"
	assert [row.requirement for row in draft(fat, vocabulary())] == ["Microsoft Excel", "SAP"]


@pytest.mark.parametrize(
	("text", "asked"),
	[
		(
			"<ul><li><strong>Python</strong></li><li><strong>Excel</strong></li><li>SAP</li></ul>",
			["Python", "Microsoft Excel", "SAP"],
		),
		("<p><b>必须持叉车证</b></p>", ["Forklift licence"]),
		("<p><strong>3 years of experience</strong></p>", ["At least 3 years of experience"]),
		("<h3>Excel required</h3>", ["Microsoft Excel"]),
		("<p><b>Excel skills</b></p><p>Welding</p>", ["Microsoft Excel", "Welding"]),
		("<p><b>About 3 years of experience</b></p>", ["At least 3 years of experience"]),
		("<h3>Benefits</h3><p>Lessons</p><p><b>Excel</b></p><p>Welding</p>", []),
		("<h3>Benefits</h3><p>Excel</p><p><b>What you'll need</b></p><p>Welding</p>", ["Welding"]),
		("<h3>What we offer you and what you can expect</h3><p>Excel lessons</p>", []),
		("What we offer you and what you can expect:\nExcel lessons", []),
		(
			"You must have three years of experience with these:\nExcel",
			["At least 3 years of experience", "Microsoft Excel"],
		),
	],
)
def test_what_stands_fat_or_large_and_names_no_part_asks_for_something(text, asked):
	assert [row.requirement for row in draft(text, vocabulary())] == asked


def test_what_the_editor_writes_of_blanks_and_signs_is_read_as_it_was_typed():
	assert rows("<p>At least&nbsp;3&nbsp;years of experience</p>") == [
		("Experience", "At least 3 years of experience", HARD, False)
	]
	assert rows("<p>Excel &amp; SAP are required</p>") == [
		("Skill", "Microsoft Excel", HARD, True),
		("Skill", "SAP", HARD, True),
	]
	assert rows("<p>Python&nbsp;preferred</p>") == [("Skill", "Python", SOFT, False)]
	assert rows("<h4>Perks &amp; Benefits</h4><p>Excel</p>") == []
	(row,) = draft("<p>Excel &lt;img src=x&gt;</p>", vocabulary())
	assert "<" not in row.because


def test_a_paper_named_in_two_ways_is_no_skill_besides():
	assert rows("Must hold a forklift licence (叉车证)") == [("Certificate", "Forklift licence", HARD, True)]


def test_an_English_description_is_read():
	assert rows(ACCOUNTANT) == [
		("Skill", "Accounting", HARD, False),
		("Education", "Bachelor's degree or above", HARD, True),
		("Certificate", "Certified Public Accountant", SOFT, False),
		("Experience", "5 to 8 years of experience", HARD, False),
		("Industry", "Manufacturing industry", SOFT, False),
		("Skill", "SAP", HARD, True),
		("Language", "English (fluent)", HARD, False),
		("Language", "Japanese (business)", SOFT, False),
		("Other", "Carefulness", SOFT, False),
	]


def test_a_must_and_a_wish_in_one_sentence_are_told_apart():
	found = rows("护士执业证必备，2年以上护理经验，ICU经验优先")
	assert found == [
		("Certificate", "Nurse licence", HARD, True),
		("Experience", "At least 2 years of experience", HARD, False),
		("Skill", "Nursing", HARD, False),
		("Skill", "Intensive care", SOFT, False),
	]


def test_the_designation_comes_first_and_nothing_twice():
	assert rows("熟悉Excel，必须会Excel", skills=["Excel", " ", "Chair weaving"]) == [
		("Skill", "Microsoft Excel", HARD, True),
		("Skill", "Chair weaving", HARD, False),
	]


def test_a_must_ahead_is_meant_for_the_whole_list():
	assert [must for *_row, must in rows("必须熟悉SAP，Excel，Photoshop优先")] == [True, True, False]


def test_each_row_says_where_it_was_read():
	(row,) = draft("<p>会开<b>叉车</b>的人</p>", vocabulary())
	assert (row.requirement_zh, row.because) == ("叉车驾驶", "会开 叉车 的人")


@pytest.mark.parametrize(
	"description", ["", None, "<p></p>", "福利待遇：\n五险一金", "我们提供英语流利的培训"]
)
def test_nothing_asked_for_is_no_row(description):
	assert draft(description, vocabulary()) == []


@pytest.mark.parametrize("description", [STORE, ACCOUNTANT])
def test_what_is_drafted_is_understood_when_it_is_read_again(description):
	"""A drafted row asks for the same in English and in Chinese, and is never mere text where it had a meaning."""
	for row in draft(description, vocabulary()):
		for text in (row.requirement, row.requirement_zh):
			meant = asked(Requirement("x", text, kind=row.kind), vocabulary())
			assert meant.kind == row.kind
			assert meant.terms or meant.years or meant.education or meant.languages
		english, chinese = (
			asked(Requirement("", text, kind=row.kind), vocabulary())
			for text in (row.requirement, row.requirement_zh)
		)
		assert (english.terms, english.years, english.education, english.languages) == (
			chinese.terms,
			chinese.years,
			chinese.education,
			chinese.languages,
		)


@given(st.text() | st.lists(st.sampled_from([*STORE.split("，"), *ACCOUNTANT.split(".")])).map("".join))
def test_whatever_a_description_says_a_profile_can_hold_it(description):
	found = draft(description, vocabulary(), skills=["Excel"])
	assert 1 <= len(found) <= MOST
	assert len({(row.kind, row.requirement) for row in found}) == len(found)
	assert all(row.kind in Kind for row in found)
