"""Figures of a path against counts done by hand, and what outsiders can work out from what is shown: nothing of a few people."""

from datetime import date
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referral_hub.paths.rules import evidence
from referral_hub.paths.rules.evidence import Figure, Group, Move, Pay, Period, Spell

YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))
ABOVE = {"L1": None, "L2": "L1", "E3": "L2", "M3": "L2"}


def day(text: str) -> date:
	return date.fromisoformat(text)


def spell(person: str, began: str, ended: str | None = None, rose_to: str | None = None) -> Spell:
	return Spell(person, "L1", day(began), ended and day(ended), rose_to)


def move(person: str, on: str, level: str | None) -> Move:
	return Move(person, day(on), level)


SPELLS = [
	spell("rose", "2024-01-01", "2025-06-30", "L2"),
	spell("rose early", "2024-01-01", "2024-12-31", "L2"),  # on 1 January 2025 already above
	spell("rose late", "2024-01-01", "2025-12-31", "L2"),
	spell("rose after", "2024-01-01", "2026-01-01", "L2"),
	spell("left", "2024-01-01", "2025-03-01"),
	spell("came in December", "2025-12-20"),
	spell("came after", "2026-01-01"),
	spell("twice", "2025-01-01", "2025-03-31", "L2"),
	spell("twice", "2025-09-01"),
]


def test_the_promotion_rate_is_of_everybody_who_held_the_level():
	people = frozenset({"rose", "rose late", "rose after", "left", "came in December", "twice"})
	assert evidence.promotion_rate(SPELLS, YEAR) == Figure(Decimal(50), people)


def test_the_months_are_those_of_the_people_who_rose():
	figure = evidence.median_months(SPELLS, YEAR)
	assert figure == Figure(Decimal("18.0"), frozenset({"rose", "rose late", "twice"}))


@pytest.mark.parametrize("figure", [evidence.promotion_rate, evidence.median_months])
def test_of_nobody_nothing_is_said(figure):
	assert figure([], YEAR) == evidence.NOTHING


PAYS = [
	Pay("grew", day("2024-06-01"), Decimal(10000), "CNY"),
	Pay("grew", day("2025-07-01"), Decimal(12000), "CNY"),
	Pay("grew", day("2026-01-01"), Decimal(90000), "CNY"),
	Pay("same", day("2020-01-01"), Decimal(8000), "CNY"),
	Pay("less", day("2025-01-01"), Decimal(10000), "CNY"),
	Pay("less", day("2025-12-31"), Decimal(9000), "CNY"),
	Pay("moved abroad", day("2024-01-01"), Decimal(10000), "CNY"),
	Pay("moved abroad", day("2025-05-01"), Decimal(3000), "EUR"),
	Pay("new", day("2025-02-01"), Decimal(10000), "CNY"),
	Pay("unpaid", day("2024-01-01"), Decimal(0), "CNY"),
	Pay("another level", day("2024-01-01"), Decimal(100), "CNY"),
]


@pytest.mark.parametrize(
	("people", "value", "counted"),
	[
		({"grew"}, 20, {"grew"}),
		({"grew", "same", "less"}, 0, {"grew", "same", "less"}),
		({"grew", "same", "moved abroad", "new", "unpaid"}, 10, {"grew", "same"}),
		({"new", "nobody"}, None, set()),
	],
)
def test_pay_grows_from_the_first_day_to_the_last_in_one_currency(people, value, counted):
	assert evidence.pay_growth(PAYS, people, YEAR) == Figure(
		None if value is None else Decimal(value), frozenset(counted)
	)


@pytest.mark.parametrize(
	("today", "month", "expected"),
	[
		("2026-11-22", 1, ["2025-01-01..2025-12-31", "2024-01-01..2024-12-31"]),
		("2026-01-01", 1, ["2025-01-01..2025-12-31", "2024-01-01..2024-12-31"]),
		("2025-12-31", 1, ["2024-01-01..2024-12-31", "2023-01-01..2023-12-31"]),
		("2026-11-22", 4, ["2025-04-01..2026-03-31", "2024-04-01..2025-03-31"]),
		("2026-03-31", 4, ["2024-04-01..2025-03-31", "2023-04-01..2024-03-31"]),
	],
)
def test_published_years_are_over_and_share_no_day(today, month, expected):
	found = evidence.years_over(day(today), 2, month)
	assert [f"{period.first}..{period.last}" for period in found] == expected


@pytest.mark.parametrize(
	("moves", "expected"),
	[
		# up, step by step and over one
		(
			[move("a", "2024-01-01", "L1"), move("a", "2025-01-01", "L2"), move("a", "2026-01-01", "M3")],
			[("L1", "2024-12-31", "L2"), ("L2", "2025-12-31", "M3"), ("M3", None, None)],
		),
		(
			[move("a", "2024-01-01", "L1"), move("a", "2025-01-01", "E3")],
			[("L1", "2024-12-31", "E3"), ("E3", None, None)],
		),
		# down, aside, out of the path, and back
		(
			[move("a", "2024-01-01", "L2"), move("a", "2025-01-01", "L1")],
			[("L2", "2024-12-31", None), ("L1", None, None)],
		),
		(
			[move("a", "2024-01-01", "E3"), move("a", "2025-01-01", "M3")],
			[("E3", "2024-12-31", None), ("M3", None, None)],
		),
		(
			[move("a", "2024-01-01", "L1"), move("a", "2025-01-01", None), move("a", "2025-06-01", "L1")],
			[("L1", "2024-12-31", None), ("L1", None, None)],
		),
		# a move that is none, and two of one day: the last that was entered
		([move("a", "2024-01-01", "L1"), move("a", "2024-06-01", "L1")], [("L1", None, None)]),
		([move("a", "2024-01-01", "L1"), move("a", "2024-01-01", "L2")], [("L2", None, None)]),
		([move("a", "2024-01-01", None)], []),
	],
)
def test_promotions_become_spells(moves, expected):
	found = evidence.spells_of(moves, ABOVE)
	assert [
		(one.level, str(one.ended_on) if one.ended_on else None, one.rose_to) for one in found
	] == expected


# what may be shown


def people(number: int, since: int = 0) -> frozenset[str]:
	return frozenset(str(at) for at in range(since, since + number))


@pytest.mark.parametrize(
	("parts", "shown"),
	[
		# (people in each department), which are shown besides the company
		((6, 7, 8), {0, 1, 2}),
		((4, 6, 7), {2}),  # 17 less 6 and 7 would give the four away
		((1, 4, 9), {2}),  # the two small ones hide each other
		((2, 9), set()),
		((5, 5), {0, 1}),
		((4,), set()),
	],
)
def test_small_groups_are_hidden_and_what_would_give_them_away(parts, shown):
	groups, since = [], 0
	for at, number in enumerate(parts):
		groups.append(Group(str(at), people(number, since), "all"))
		since += number
	found = evidence.publishable([Group("all", people(since)), *groups])
	assert found == ({"all", *(str(at) for at in shown)} if since >= 5 else set())


def test_people_in_no_department_count_as_what_is_left():
	groups = [Group("all", people(12)), Group("sales", people(9), "all")]
	assert evidence.publishable(groups) == {"all"}


def test_a_large_group_in_a_hidden_one_is_hidden_too():
	groups = [
		Group("all", people(20)),
		Group("north", people(18), "all"),
		Group("north office", people(9), "north"),
		Group("north shop", people(9, 9), "north"),
	]
	assert evidence.publishable(groups) == {"all"}


@st.composite
def companies(draw) -> list[Group]:
	"""A company of departments of teams; some people are in no team, some in no department."""
	place = st.tuples(st.sampled_from("ABC"), st.sampled_from(["", "1", "2", "3"]))
	places = draw(st.lists(st.one_of(st.none(), place), max_size=40))
	inside: dict[tuple[str, str | None], set[str]] = {("all", None): set()}
	for at, where in enumerate(places):
		inside[("all", None)].add(str(at))
		if where:
			inside.setdefault((where[0], "all"), set()).add(str(at))
		if where and where[1]:
			inside.setdefault((where[0] + where[1], where[0]), set()).add(str(at))
	return [Group(key, frozenset(held), within) for (key, within), held in inside.items()]


@settings(max_examples=150)
@given(companies())
def test_no_sum_or_difference_of_what_is_shown_is_about_a_few_people(groups):
	"""The attack: every figure that is shown may be taken or left out, added or taken away, as often as one likes."""
	shown = [group.people for group in groups if group.key in evidence.publishable(groups)]
	for number in range(1, min(len(shown), 4) + 1):
		for chosen in combinations(shown, number):
			for signs in range(2 ** (number - 1)):
				counts = {person: 0 for held in chosen for person in held}
				for at, held in enumerate(chosen):
					for person in held:
						counts[person] += -1 if at and signs >> (at - 1) & 1 else 1
				told = [person for person, count in counts.items() if count]
				assert not 0 < len(told) < evidence.SMALLEST_GROUP


@given(companies())
def test_nothing_is_hidden_without_need(groups):
	"""Where no group is small, and nobody is outside of one, all is shown."""
	shown = evidence.publishable(groups, smallest=1)
	assert shown == {group.key for group in groups if group.people}
