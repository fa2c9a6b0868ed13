"""Figures of a path against counts done by hand, and what outsiders can work out from what is shown: nothing of a few people."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referral_hub.paths.rules import evidence, figures, held
from referral_hub.paths.rules.evidence import Figure, Group, Pay, Period, Spell
from referral_hub.paths.rules.figures import Kind, Row, Told
from referral_hub.paths.rules.held import Held
from referral_hub.paths.rules.ladder import Ladder, Level

YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))
ABOVE = {"L1": None, "L2": "L1", "E3": "L2", "M3": "L2"}


def day(text: str) -> date:
	return date.fromisoformat(text)


def spell(person: str, began: str, ended: str | None = None, rose_to: str | None = None) -> Spell:
	return Spell(person, "L1", day(began), ended and day(ended), rose_to)


def in_the_year(spells: Iterable[Spell], growth=None, scores=None) -> Held:
	return held.held_in(YEAR, evidence.touching(spells, YEAR), {"L1"}, growth, scores)


def at_level(people: Iterable[str], level: str = "L1") -> frozenset:
	return frozenset((person, level) for person in people)


def came(on: str, level: str | None) -> tuple:
	return day(on), level


SPELLS = [
	spell("rose", "2024-01-01", "2025-06-30", "L2"),
	spell("rose on the first day", "2024-01-01", "2024-12-31", "L2"),
	spell("rose before", "2024-01-01", "2024-12-30", "L2"),
	spell("rose on the last day", "2024-01-01", "2025-12-30", "L2"),
	spell("rose after", "2024-01-01", "2025-12-31", "L2"),  # on 1 January 2026
	spell("left before", "2024-01-01", "2024-12-31"),
	spell("left", "2024-01-01", "2025-03-01"),
	spell("came in December", "2025-12-20"),
	spell("came after", "2026-01-01"),
	spell("twice", "2025-01-01", "2025-03-31", "L2"),
	spell("twice", "2025-09-01"),
]


ROSE = {"rose", "rose on the first day", "rose on the last day", "twice"}


def test_the_promotion_rate_is_of_everybody_who_held_the_level():
	stayed = {"rose after", "left", "came in December"}
	assert held.promotion_rate(in_the_year(SPELLS)) == Figure(Decimal(57), at_level(ROSE | stayed))


def test_the_months_are_those_of_the_people_who_rose():
	figure = held.median_months(in_the_year(SPELLS))
	assert figure == Figure(Decimal("15.0"), at_level(ROSE))


@pytest.mark.parametrize(
	"figure", [held.promotion_rate, held.median_months, held.pay_growth, held.score_before]
)
def test_of_nobody_nothing_is_said(figure):
	assert figure(in_the_year([])) == evidence.NOTHING


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
	growth = evidence.growth_in(evidence.by_person(PAYS), YEAR)
	assert held.pay_growth(in_the_year([spell(one, "2024-01-01") for one in people], growth)) == Figure(
		None if value is None else Decimal(value), at_level(counted, "")
	)


def test_a_few_days_are_told_as_a_month():
	assert evidence.whole_months(spell("quick", "2025-01-01", "2025-01-09", "L2")) == 1
	assert evidence.whole_months(spell("slow", "2024-01-01", "2025-06-30", "L2")) == 18


def test_the_score_is_the_last_one_before_somebody_rose():
	rose = [Spell(name, "L1", day("2024-01-01"), day("2025-06-30"), "L2") for name in ("a", "b", "c")]
	stayed = Spell("d", "L1", day("2024-01-01"))
	scores = {
		"a": [
			(day("2024-12-31"), Decimal("4.04")),
			(day("2025-12-31"), Decimal(1)),
			(day("2023-12-31"), Decimal(2)),
		],
		"b": [(day("2025-06-30"), Decimal("3.26"))],
		"d": [(day("2024-12-31"), Decimal(5))],
	}
	assert held.score_before(in_the_year([*rose, stayed], scores=scores)) == Figure(
		Decimal("3.7"), at_level("ab")
	)
	assert held.score_before(in_the_year([stayed], scores=scores)) == evidence.NOTHING


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
	found = evidence.periods_over(day(today), 2, month)
	assert [f"{period.first}..{period.last}" for period in found] == expected


@pytest.mark.parametrize(
	("today", "month", "expected"),
	[
		("2026-11-22", 1, ["2026-01-01..2026-06-30", "2025-07-01..2025-12-31"]),
		("2026-06-30", 1, ["2025-07-01..2025-12-31", "2025-01-01..2025-06-30"]),
		("2026-07-01", 1, ["2026-01-01..2026-06-30", "2025-07-01..2025-12-31"]),
		("2026-02-28", 4, ["2025-04-01..2025-09-30", "2024-10-01..2025-03-31"]),
		("2026-11-22", 9, ["2026-03-01..2026-08-31", "2025-09-01..2026-02-28"]),
	],
)
def test_halves_of_years_are_over_and_share_no_day(today, month, expected):
	found = evidence.periods_over(day(today), 1, month, 6)
	assert [f"{period.first}..{period.last}" for period in found] == expected


@pytest.mark.parametrize("people", [5, 14, 50, 99, 100])
def test_how_many_rose_is_what_the_share_says(people):
	for number in range(people + 1):
		assert evidence.number_of(evidence.percent(number, people), people) == number


def test_of_many_people_a_share_does_not_say_how_many():
	assert evidence.number_of(evidence.percent(3, 1000), 1000) is None


@pytest.mark.parametrize(
	("moves", "expected"),
	[
		# up, step by step and over one
		(
			[came("2024-01-01", "L1"), came("2025-01-01", "L2"), came("2026-01-01", "M3")],
			[("L1", "2024-12-31", "L2"), ("L2", "2025-12-31", "M3"), ("M3", None, None)],
		),
		(
			[came("2024-01-01", "L1"), came("2025-01-01", "E3")],
			[("L1", "2024-12-31", "E3"), ("E3", None, None)],
		),
		# down, aside, out of the path, and back
		(
			[came("2024-01-01", "L2"), came("2025-01-01", "L1")],
			[("L2", "2024-12-31", None), ("L1", None, None)],
		),
		(
			[came("2024-01-01", "E3"), came("2025-01-01", "M3")],
			[("E3", "2024-12-31", None), ("M3", None, None)],
		),
		(
			[came("2024-01-01", "L1"), came("2025-01-01", None), came("2025-06-01", "L1")],
			[("L1", "2024-12-31", None), ("L1", None, None)],
		),
		# a move that is none
		([came("2024-01-01", "L1"), came("2024-06-01", "L1")], [("L1", None, None)]),
		([came("2024-01-01", None)], []),
	],
)
def test_promotions_become_spells(moves, expected):
	found = evidence.spells_of_one("a", moves, evidence.ways_up(ABOVE))
	assert [
		(one.level, str(one.ended_on) if one.ended_on else None, one.rose_to) for one in found
	] == expected


# what may be shown


def people(number: int, since: int = 0) -> frozenset:
	return at_level(map(str, range(since, since + number)))


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
		groups.append(Group(str(at), people(number, since)))
		since += number
	found = evidence.publishable([Group("all", people(since)), *groups])
	assert found == ({"all", *(str(at) for at in shown)} if since >= 5 else set())


def test_people_in_no_department_count_as_what_is_left():
	groups = [Group("all", people(12)), Group("sales", people(9))]
	assert evidence.publishable(groups) == {"all"}


def test_what_was_told_stays_and_what_would_give_it_away_waits():
	told = Group("old", at_level(map(str, range(20))))
	news = Group("new", at_level(map(str, range(22))))
	assert evidence.publishable([told, news]) == {"new"}
	assert evidence.publishable([told, news], told=frozenset({"old"})) == {"old"}


def test_what_was_told_of_few_cuts_what_is_told_now_though_it_would_not_be_told_again():
	"""Seven were told of before the smallest group became ten: ten with them in it would tell of the other three."""
	told = Group("old", at_level(map(str, range(7))))
	news = Group("new", at_level(map(str, range(10))))
	assert "new" in evidence.publishable([told, news], 10)
	assert "new" not in evidence.publishable([told, news], 10, told=frozenset({"old"}))


def test_groups_across_each_other_leave_nobody_alone_either():
	"""Sales and the north share four people: with both shown, those four would be known."""
	groups = [Group("sales", people(20)), Group("north", people(14, 16))]
	assert evidence.publishable(groups) == {"sales"}
	groups = [Group("sales", people(20)), Group("north", people(14, 15))]
	assert evidence.publishable(groups) == {"sales", "north"}


# any groups at all: within each other, across, the same people twice
families = st.lists(
	st.frozensets(st.tuples(st.integers(0, 15).map(str), st.sampled_from(["L1", "L2"])), max_size=32),
	max_size=6,
).map(lambda held: [Group(str(at), records) for at, records in enumerate(held)])


@settings(max_examples=300)
@given(families)
def test_no_sum_or_difference_of_what_is_shown_is_about_a_few_people(groups):
	"""The attack: every figure that is shown may be taken or left out, added or taken away, as often as one likes."""
	shown = [group.records for group in groups if group.key in evidence.publishable(groups)]
	for weights in product((-2, -1, 0, 1, 2), repeat=min(len(shown), 4)):
		counts = Counter()
		for records, weight in zip(shown, weights, strict=False):
			for record in records:
				counts[record] += weight
		told = {person for (person, _level), count in counts.items() if count}
		assert not 0 < len(told) < evidence.SMALLEST_GROUP


@given(families)
def test_nothing_is_hidden_where_one_person_may_be_told(groups):
	shown = evidence.publishable(groups, smallest=1)
	assert shown == {group.key for group in groups if group.records}


def test_who_rose_twice_is_one_person():
	twice = frozenset((person, level) for person in "abcd" for level in ("L1", "L2"))
	assert evidence.publishable([Group("path", twice)]) == frozenset()
	assert evidence.publishable([Group("path", twice | {("e", "L1")})]) == {"path"}


def test_levels_are_shown_beside_their_path_though_people_rise_from_one_to_the_other():
	first, second = at_level("abcdefg", "L1"), at_level("efghij", "L2")
	groups = [Group("path", first | second), Group("L1", first), Group("L2", second)]
	assert evidence.publishable(groups) == {"path", "L1", "L2"}


@pytest.mark.parametrize(
	("first", "last", "value", "shown"),
	[
		("2024-07-01", "2025-06-30", 20.0, False),
		("2025-12-31", "2026-12-30", 20.0, False),
		("2024-07-01", "2025-06-30", None, True),
		("2026-01-01", "2026-12-31", 20.0, True),
		("2024-01-01", "2024-12-31", 20.0, True),
	],
)
def test_a_year_is_not_shown_beside_another_that_shares_days_with_it(first, last, value, shown):
	period = Period(day(first), day(last))
	people = at_level(f"P{number}" for number in range(8))
	row = Row("path", "L1", "", Kind.PROMOTION_RATE, period, Figure(Decimal(25), people))
	told = {"before": Told("path", Kind.PROMOTION_RATE, YEAR, value, 8)}
	assert figures.shown_anew([row], told, 5) == {row.key: shown}


def rows_of(ladders: dict[str, Ladder], spells: dict[str, list[Spell]]) -> list[Row]:
	return figures.rows_of(ladders, spells, figures.Known(), [YEAR])


def ladder_of(lower: str, upper: str) -> Ladder:
	return Ladder((Level(lower, "Clerk"), Level(upper, "Head", follows=lower)))


@pytest.mark.parametrize("lower", ["L1", "S1"])
def test_two_paths_are_held_against_each_other_whatever_they_call_their_levels(lower):
	"""Twelve clerks, ten of them in the company: its figure taken from that of all would be the other two's."""
	clerks = [spell(f"P{number}", "2024-01-01") for number in range(12)]
	ladders = {"all": ladder_of("L1", "L2"), "own": ladder_of(lower, "S2")}
	rows = rows_of(ladders, {"all": clerks, "own": [one._replace(level=lower) for one in clerks[:10]]})
	shown = figures.shown_anew(rows, {}, 5)
	assert {row.path: shown[row.key] for row in rows if row.level} == {"all": True, "own": False}


@pytest.mark.parametrize(("rose_elsewhere", "shown"), [(1, False), (0, True)])
def test_what_a_company_does_not_count_of_one_of_the_same_people_is_not_told_by_the_path_of_all(
	rose_elsewhere, shown
):
	"""Eight clerks of the company, one of whom goes to another and rises there: the same people, and another fact of one."""
	clerks = [spell(f"P{number}", "2024-01-01") for number in range(8)]
	went = [one._replace(ended_on=day("2025-02-28")) for one in clerks[:rose_elsewhere]]
	there = [one._replace(ended_on=day("2025-08-31"), rose_to="L2") for one in clerks[:rose_elsewhere]]
	ladders = {"all": ladder_of("L1", "L2"), "own": ladder_of("L1", "L2")}
	stay = clerks[rose_elsewhere:]
	rows = rows_of(ladders, {"all": [*there, *stay], "own": [*went, *stay]})
	rates = [row for row in rows if row.kind == Kind.PROMOTION_RATE and row.level]
	found = figures.shown_anew(rates, {}, 5)
	assert [(row.figure.number, found[row.key]) for row in rates] == [(8, True), (8, shown)]


def test_since_when_somebody_held_a_level_hides_the_months_and_not_the_rate():
	"""Three of eight who rose came from another company: both paths count them as risen, and only their own one from that day on."""
	rose = [spell(f"P{number}", "2022-01-01", "2025-06-30", "L2") for number in range(8)]
	stay = [spell(f"P{number}", "2022-01-01") for number in range(8, 22)]
	moved = [one._replace(began_on=day("2024-01-01")) for one in rose[:3]]
	ladders = {"all": ladder_of("L1", "L2"), "own": ladder_of("L1", "L2")}
	spells = {"all": [*rose, *stay], "own": [*moved, *rose[3:], *stay]}
	scores = {one.person: [(day("2024-12-31"), Decimal(4))] for one in rose}
	rows = figures.rows_of(ladders, spells, figures.Known(scores=scores), [YEAR])
	found = figures.shown_anew(rows, {}, 5)
	shown = {row.kind: found[row.key] for row in rows if row.path == "own" and row.level}
	assert shown == {Kind.PROMOTION_RATE: True, Kind.MONTHS: False, Kind.SCORE: True}


def test_levels_of_one_designation_are_told_apart_by_their_grade():
	"""Three of nine rise to the second grade within the year: the path less its first level would be these three's second."""
	ladder = Ladder(
		(
			Level("L1", "Clerk", "G1"),
			Level("L2", "Clerk", "G2", follows="L1"),
			Level("L3", "Head", follows="L2"),
		)
	)
	rose = [spell(f"P{number}", "2024-01-01", "2025-06-30", "L2") for number in range(3)]
	stay = [spell(f"P{number}", "2024-01-01") for number in range(3, 9)]
	upper = [Spell(one.person, "L2", day("2025-07-01")) for one in rose]
	rows = [
		row
		for row in rows_of({"path": ladder}, {"path": [*rose, *stay, *upper]})
		if row.kind == Kind.PROMOTION_RATE
	]
	found = figures.shown_anew(rows, {}, 5)
	assert {row.level: found[row.key] for row in rows} == {"": True, "L1": False, "L2": False}


def test_of_what_another_company_pays_its_own_path_says_nothing():
	"""The raise came with the move: the first one did not give it, and the other did not pay before."""
	pays = [
		Pay("P", day("2024-01-01"), Decimal(1000), "CNY", "A"),
		Pay("P", day("2025-09-01"), Decimal(1500), "CNY", "B"),
		Pay("Q", day("2024-01-01"), Decimal(1000), "CNY", "A"),
		Pay("Q", day("2025-07-01"), Decimal(1100), "CNY", "A"),
	]
	clerks = [spell(one, "2024-01-01") for one in "PQ"]
	of = {"all": None, "own": "A", "other": "B"}
	rows = figures.rows_of(
		dict.fromkeys(of, ladder_of("L1", "L2")),
		dict.fromkeys(of, clerks),
		figures.Known(pays=pays),
		[YEAR],
		of,
	)
	grew = {row.path: row.figure for row in rows if row.kind == Kind.PAY_GROWTH and row.level}
	assert grew == {
		"all": Figure(Decimal(30), at_level("PQ", "")),
		"own": Figure(Decimal(10), at_level("Q", "")),
	}
