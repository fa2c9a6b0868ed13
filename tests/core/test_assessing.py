"""What a referrer says against the requirements is kept as said; what is no answer is dropped, never refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_hub.referrals.rules.requirements.assessing import (
	Answer,
	Requirement,
	kept,
	named_twice,
)

SQL = Requirement("r1", "SQL", "数据库查询", must_have=True, weight=5)
CALM = Requirement("r2", "Stays calm", kind="Other", firmness="Soft")
ANSWERS = {"r1": "meets", "r2": "does not"}


def test_an_answer_is_kept_with_the_row_as_it_stands():
	assert kept(ANSWERS, [SQL, CALM])[0] == {
		"requirement": "SQL",
		"requirement_zh": "数据库查询",
		"kind": "Skill",
		"firmness": "Hard",
		"must_have": True,
		"weight": 5,
		"answer": "meets",
	}


def test_answers_stand_in_the_order_of_the_rows_whatever_order_they_came_in():
	backwards = dict(reversed(ANSWERS.items()))
	assert [row["requirement"] for row in kept(backwards, [SQL, CALM])] == ["SQL", "Stays calm"]


@pytest.mark.parametrize(
	"said", [{}, {"r1": "perhaps"}, {"r1": ""}, {"r9": "meets"}, {"r1": "MEETS"}, {"": "meets"}]
)
def test_what_is_no_answer_is_left_out(said):
	assert kept(said, [SQL, CALM]) == []


def test_not_to_know_is_an_answer():
	assert [row["answer"] for row in kept({"r1": "don't know"}, [SQL])] == ["don't know"]


@given(st.dictionaries(st.text(max_size=4), st.text(max_size=12)))
def test_nothing_that_is_sent_is_ever_refused(said):
	assert all(row["answer"] in list(Answer) for row in kept(said, [SQL, CALM]))


@pytest.mark.parametrize(
	("language", "words"), [("zh", "数据库查询"), ("zh-TW", "数据库查询"), ("en", "SQL"), ("", "SQL")]
)
def test_a_row_is_read_in_the_readers_language(language, words):
	assert SQL.words(language) == words


def test_a_row_without_chinese_words_is_read_as_it_is():
	assert CALM.words("zh") == "Stays calm"


@pytest.mark.parametrize(
	("texts", "twice"),
	[
		([], None),
		(["SQL", "Python"], None),
		(["SQL", " sQl"], " sQl"),
		(["Team work", "team  Work"], "team  Work"),
	],
)
def test_a_row_named_twice_is_found_whatever_its_spelling(texts, twice):
	assert named_twice(texts) == twice
