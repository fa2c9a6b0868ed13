"""Figures about questions: counted by group, and nothing of a group in which too few people asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_hub.paths.rules.feedback_trends import Case, Line, Outline, lines, outlined


def test_a_group_is_counted_from_what_is_known():
	cases = [
		Case("Tasks", "a", True, 2.0, 5),
		Case("Tasks", "a", False, 30.0, None, came_back=True),
		Case("Tasks", "b", True, 4.0, 2),
		Case("Tasks", "c"),
	]
	assert lines(cases) == [Line("Tasks", 4, 3, 67, 4.0, 1, 2, 3.5)]


def test_what_nobody_knows_yet_is_no_nought():
	assert lines([Case("Team", "a")]) == [Line("Team", 1, 1, None, None, 0, 0, None)]


def test_the_largest_group_comes_first_and_equal_ones_by_name():
	cases = [Case("B", "a"), Case("C", "a"), Case("C", "b"), Case("A", "a")]
	assert [line.group for line in lines(cases)] == ["C", "A", "B"]


@pytest.mark.parametrize(("people", "shown"), [(4, []), (5, ["Tasks"])])
def test_questions_of_one_person_make_no_group(people, shown):
	cases = [Case("Tasks", str(number % people)) for number in range(20)]
	assert [line.group for line in lines(cases, smallest=5)] == shown


def test_from_afar_one_who_comes_or_goes_does_not_show():
	team = [Case("Tasks", str(number), in_time=number > 1) for number in range(8)]
	assert outlined(team, 5) == outlined(team[:-1], 5) == [Outline("Tasks", 5, 75)]
	assert outlined(team[:4], 5) == []
	assert outlined([Case("Team", str(number)) for number in range(12)], 5) == [Outline("Team", 10, None)]


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from("uvwxyz"))), st.integers(1, 5))
def test_every_shown_group_has_enough_people_and_every_question_is_counted_once(asked, smallest):
	cases = [Case(group, person) for group, person in asked]
	assert all(line.people >= smallest for line in lines(cases, smallest))
	assert sum(line.asked for line in lines(cases)) == len(cases)
