"""What a second draft adds: only what is new, and never what HR edited or threw away."""

import pytest

from referral_hub.matching.rules.asking import Kind
from referral_hub.matching.rules.drafting import Drafted, draft
from referral_hub.matching.rules.proposing import Fields, Row, as_requirement, key_of, new, of_fields
from referral_hub.referrals.rules.requirements.assessing import MOST, Requirement
from referral_hub.vocabulary.shipped import vocabulary

FORKLIFT = Drafted("Forklift driving", "叉车", Kind.SKILL)
THREE_YEARS = Drafted("At least 3 years of experience", "3 年以上经验", Kind.EXPERIENCE)


def proposed(drafted, there=(), before=()) -> list[str]:
	return [row.requirement for row in new(drafted, there, before, vocabulary())]


def typed(requirement: str, kind: str = "Skill") -> Row:
	return Row(Requirement("r", requirement, kind=kind))


def test_a_draft_twice_adds_nothing():
	drafted = draft("Must know SAP. 3年以上经验；会开叉车；英语四级", vocabulary())
	there = [Row(as_requirement(row), key_of(row)) for row in drafted]
	assert len(there) == 4
	assert proposed(drafted, there) == []


@pytest.mark.parametrize(
	("there", "left"),
	[
		([typed("会叉车或者电工")], []),
		([typed("Forklift driving or warehouse management")], []),
		([typed("Excel")], ["Forklift driving"]),
		([typed("叉车证", "Certificate")], ["Forklift driving"]),
	],
)
def test_a_row_that_HR_typed_in_other_words_is_not_drafted_again(there, left):
	assert proposed([FORKLIFT], there) == left


def test_a_row_that_was_edited_or_thrown_away_is_not_drafted_again():
	edited = Row(Requirement("r", "Five years", kind="Experience"), key_of(THREE_YEARS))
	assert proposed([THREE_YEARS, FORKLIFT], [edited], [key_of(FORKLIFT)]) == []


def test_another_figure_of_the_description_is_new_unless_HR_typed_theirs():
	five = Drafted("At least 5 years of experience", "5 年以上经验", Kind.EXPERIENCE)
	drafted = Row(as_requirement(THREE_YEARS), key_of(THREE_YEARS))
	assert proposed([five], [drafted]) == [five.requirement]
	assert proposed([five], [typed("4 years", "Experience")]) == []


def test_an_empty_table_starts_afresh_and_a_full_one_takes_no_more():
	assert proposed([FORKLIFT], [], [key_of(FORKLIFT)]) == ["Forklift driving"]
	assert proposed([FORKLIFT], [typed(f"thing {number}") for number in range(MOST)]) == []


def test_place_and_pay_are_rows_the_engine_reads():
	rows = list(of_fields(Fields("Suzhou", 200_000, 300_000, "CNY", "Year"), "place", "pay"))
	assert [(row.kind.value, row.requirement, row.requirement_zh, row.because) for row in rows] == [
		("Place", "Suzhou", "", "place"),
		("Pay", "200,000 to 300,000 CNY per year", "每年 200,000 至 300,000 CNY", "pay"),
	]
	assert list(of_fields(Fields(" "), "", "")) == []
