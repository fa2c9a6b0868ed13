"""Leaderboards: places that are shared, people who wish not to be named, departments per head."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_hub.recognition.rules import leaderboard
from referral_hub.recognition.rules.done import Referred
from referral_hub.recognition.rules.leaderboard import Row, Team

ROWS = [Row("Anna", 5), Row("Bo", 3), Row("Carl", 3), Row("Dora", 1), Row("Emil", 0)]


def lines(incognito=(), mine=(), group=100, smallest=5):
	found = leaderboard.board(ROWS, incognito, mine, group, smallest)
	return [(line.place, line.employee) for line in found]


def test_equal_people_share_a_place_and_who_has_nothing_is_not_on_the_board():
	assert lines() == [(1, "Anna"), (2, "Bo"), (2, "Carl"), (4, "Dora")]


def test_who_is_incognito_has_a_place_and_no_name_but_sees_their_own():
	assert lines(incognito={"Bo"}) == [(1, "Anna"), (2, None), (2, "Carl"), (4, "Dora")]
	assert lines(incognito={"Bo"}, mine={"Bo"})[1] == (2, "Bo")


@pytest.mark.parametrize(("group", "shown"), [(8, True), (7, False)])
def test_where_few_could_be_meant_nobody_incognito_is_shown_and_no_place_is_left_out(group, shown):
	"""Three are named: of seven people four could be meant, which are fewer than five."""
	found = lines(incognito={"Bo"}, group=group)
	hidden = [(1, "Anna"), (2, "Carl"), (3, "Dora")]
	assert found == (hidden if not shown else [(1, "Anna"), (2, None), (2, "Carl"), (4, "Dora")])


@pytest.mark.parametrize(("group", "shown"), [(9, True), (8, False)])
def test_who_looks_and_stands_nowhere_knows_that_nobody_unnamed_is_them(group, shown):
	assert ((2, None) in lines(incognito={"Bo"}, mine={"Emil"}, group=group)) is shown


@pytest.mark.parametrize(("people", "total"), [(10, 32), (9, 20)])
def test_what_people_incognito_brought_is_in_no_figure_where_few_could_be_meant(people, total):
	"""Four are named and one looks: of ten people five could be meant, of nine only four."""
	(team,) = leaderboard.teams([Team("Sales", 32, people, hidden=12, named=4)], 5)
	assert (team.total, team.people) == (total, people)


@given(st.lists(st.integers(1, 20)).map(lambda values: sorted(values, reverse=True)))
def test_a_place_is_one_more_than_the_number_of_better_ones(values):
	assert leaderboard.places(values) == [1 + sum(other > value for other in values) for value in values]


@given(st.permutations(ROWS))
def test_the_order_of_the_rows_does_not_matter(rows):
	assert leaderboard.board(rows, {"Bo"}, set(), 100, 5) == leaderboard.board(ROWS, {"Bo"}, set(), 100, 5)


def test_departments_stand_by_what_they_have_per_head_and_small_ones_are_left_out():
	found = leaderboard.teams(
		[Team("Sales", 20, 10), Team("Shop", 15, 5), Team("Two", 50, 2), Team("None", 0, 9)], 5
	)
	assert [(team.name, team.per_head) for team in found] == [("Shop", 3), ("Sales", 2)]


def test_what_happened_counts_in_the_periods_of_the_day_it_did():
	some = [Referred(date(2025, 12, 30), date(2026, 1, 2), date(2026, 1, 2))]
	assert leaderboard.periods_of(some, [date(2026, 4, 1)]) == {
		"2025-12": "Month",
		"2025-Q4": "Quarter",
		"2025": "Year",
		"2026-01": "Month",
		"2026-Q1": "Quarter",
		"2026": "Year",
		"2026-04": "Month",
		"2026-Q2": "Quarter",
	}
