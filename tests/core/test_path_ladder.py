"""Levels, branches, requirements and what is missing: tables, and what holds for any tree."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_hub.paths.rules import ladder
from referral_hub.paths.rules.ladder import Flaw, Ladder, Level, Requirement

PROJECTS = Requirement("projects", Decimal(10))
TEAM = Requirement("team", Decimal(3))
COMPLAINTS = Requirement("complaints", Decimal(2), at_most=True)

# junior -> engineer -> expert
#                    -> lead -> manager
ENGINEERS = Ladder(
	(
		Level("L1", "Junior Engineer", usual_months=12),
		Level("L2", "Engineer", follows="L1", usual_months=18, requirements=(PROJECTS,)),
		Level("E3", "Expert", follows="L2", branch="Expert", requirements=(PROJECTS,)),
		Level("M3", "Lead", follows="L2", branch="Manager", usual_months=24, requirements=(TEAM, COMPLAINTS)),
		Level("M4", "Manager", follows="M3", branch="Manager"),
	)
)
L1, L2, E3, M3, M4 = ENGINEERS.levels


def path(*levels: Level) -> Ladder:
	return Ladder(levels)


def test_a_path_that_can_be_used_has_no_flaws():
	assert ladder.flaws(ENGINEERS) == []


@pytest.mark.parametrize(
	("wrong", "expected"),
	[
		(path(), [(Flaw.NO_LEVELS, "", "")]),
		(path(replace(L1, code="")), [(Flaw.NO_CODE, "", "")]),
		(
			path(L1, replace(L2, code="L1", follows=None)),
			[(Flaw.SAME_CODE, "L1", ""), (Flaw.SEVERAL_STARTS, "L1", "")],
		),
		(path(L1, replace(L2, follows="L9")), [(Flaw.UNKNOWN_LEVEL, "L2", "")]),
		(path(L1, replace(L2, follows=None)), [(Flaw.SEVERAL_STARTS, "L2", "")]),
		(path(replace(L1, follows="L1")), [(Flaw.CIRCLE, "L1", "")]),
		(
			path(L1, replace(L2, follows="M4"), M3, M4),
			[(Flaw.CIRCLE, code, "") for code in ("L2", "M3", "M4")],
		),
		(
			path(L1, replace(L2, designation=" junior engineer")),
			[(Flaw.SAME_PLACE, "L1", ""), (Flaw.SAME_PLACE, "L2", "")],
		),
		(
			path(replace(L1, requirements=(replace(PROJECTS, target=Decimal(0)),))),
			[(Flaw.NO_TARGET, "L1", "projects")],
		),
		(
			path(replace(L1, requirements=(replace(TEAM, target=Decimal(-1)),))),
			[(Flaw.NO_TARGET, "L1", "team")],
		),
		(path(replace(L1, requirements=(replace(COMPLAINTS, target=Decimal(0)),))), []),
		(
			path(replace(L1, requirements=(replace(TEAM, weight=Decimal(0)),))),
			[(Flaw.NO_WEIGHT, "L1", "team")],
		),
		(path(replace(L1, requirements=(TEAM, TEAM))), [(Flaw.SAME_REQUIREMENT, "L1", "team")]),
	],
)
def test_each_flaw_is_said_with_its_place(wrong, expected):
	assert ladder.flaws(wrong) == expected


GRADED = path(
	Level("A", "Clerk"),
	Level("B", "Clerk", grade="G2", follows="A"),
	Level("C", "Head", follows="B"),
)


@pytest.mark.parametrize(
	("designation", "grade", "expected"),
	[
		("Clerk", None, "A"),
		("Clerk", "G2", "B"),
		("Clerk", "G9", "A"),
		(" clerk ", "g2", "B"),
		("Head", "G2", "C"),
		("Cook", None, None),
		(None, None, None),
		# renamed twice, and names that lead in a circle
		("Writer", None, "A"),
		("Scribe", None, "A"),
		("Egg", None, None),
	],
)
def test_people_stand_at_the_level_of_their_designation_and_grade(designation, grade, expected):
	aliases = {"Writer": "Clerk", "scribe": "Writer", "Egg": "Hen", "Hen": "Egg"}
	level = ladder.level_of(GRADED, designation, grade, aliases)
	assert (level.code if level else None) == expected


def test_who_is_wanted_begins_at_the_lowest_level_of_the_designation():
	upper, lower = Level("B", "Clerk", "G2", follows="A"), Level("A", "Clerk", "G1")
	assert ladder.begins_at(path(upper, lower), "clerk") == lower
	assert ladder.begins_at(path(lower), "Head") is None


def test_a_level_with_a_grade_is_not_for_other_grades():
	assert ladder.level_of(path(Level("B", "Clerk", grade="G2")), "Clerk", "G1") is None


@pytest.mark.parametrize(
	("requirement", "value", "share", "missing"),
	[
		(PROJECTS, 0, "0", 10),
		(PROJECTS, 4, "0.4", 6),
		(PROJECTS, 10, "1", 0),
		(PROJECTS, 15, "1", 0),
		(PROJECTS, -3, "0", 13),
		(PROJECTS, None, "0", None),
		(COMPLAINTS, 0, "1", 0),
		(COMPLAINTS, 2, "1", 0),
		(COMPLAINTS, 3, "0", 1),
		(COMPLAINTS, None, "0", None),
	],
)
def test_progress_says_what_is_missing(requirement, value, share, missing):
	found = ladder.progress(requirement, None if value is None else Decimal(value))
	assert (found.share, found.missing) == (Decimal(share), missing)


def test_both_branches_lie_ahead_each_with_its_own_progress():
	values = {("E3", "projects"): Decimal(9), ("M3", "team"): Decimal(3)}
	expert, lead = ladder.ahead(ENGINEERS, "L2", values, months=7)
	assert (expert.level.code, expert.percent, expert.met, expert.months, expert.usual_months) == (
		"E3",
		90,
		0,
		7,
		18,
	)
	assert [(one.requirement.key, one.missing) for one in expert.missing] == [("projects", 1)]
	assert (lead.level.code, lead.percent, lead.met) == ("M3", 50, 1)
	assert [one.requirement.key for one in lead.unknown] == ["complaints"]
	assert lead.missing == ()


def test_weights_say_how_much_each_requirement_counts():
	heavy = path(L1, replace(L2, requirements=(replace(PROJECTS, weight=Decimal(3)), TEAM)))
	(step,) = ladder.ahead(heavy, "L1", {("L2", "projects"): Decimal(10)})
	assert step.percent == 75


def test_almost_all_is_not_all():
	far = path(L1, replace(L2, requirements=(replace(PROJECTS, target=Decimal(1000)),)))
	(step,) = ladder.ahead(far, "L1", {("L2", "projects"): Decimal(999)})
	assert step.percent == 99


def test_nothing_lies_ahead_of_the_last_level():
	assert ladder.ahead(ENGINEERS, "M4", {}) == ()


def test_the_usual_time_adds_up_along_the_way():
	assert [level.code for level in ladder.way(ENGINEERS, "M4")] == ["L1", "L2", "M3", "M4"]
	assert [ladder.usual_months(ENGINEERS, code) for code in ("L1", "L2", "M4", "E3")] == [0, 12, 54, 30]
	open_ended = path(replace(L1, usual_months=None), L2)
	assert ladder.usual_months(open_ended, "L2") is None


def test_the_diagram_branches_downwards():
	assert [(box.code, box.column, box.lane) for box in ladder.drawn(ENGINEERS)] == [
		("L1", 0, 0),
		("L2", 1, 0),
		("E3", 2, 0),
		("M3", 2, 1),
		("M4", 3, 1),
	]


def test_a_path_may_be_as_long_as_a_file():
	chain = [Level("0", "Job 0")]
	chain += [Level(str(at), f"Job {at}", follows=str(at - 1)) for at in range(1, 1999)]
	assert ladder.drawn(Ladder(tuple(chain)))[-1] == ladder.Box("1998", 1998, 0)


@st.composite
def trees(draw) -> Ladder:
	number = draw(st.integers(1, 12))
	follows = [None, *(f"L{draw(st.integers(0, at - 1))}" for at in range(1, number))]
	levels = [Level(f"L{at}", f"Designation {at}", follows=above) for at, above in enumerate(follows)]
	return Ladder(tuple(draw(st.permutations(levels))))


@given(trees())
def test_every_tree_is_a_path_and_no_two_levels_are_drawn_at_one_place(tree):
	boxes = ladder.drawn(tree)
	assert ladder.flaws(tree) == []
	assert {box.code for box in boxes} == {level.code for level in tree.levels}
	assert len({(box.column, box.lane) for box in boxes}) == len(boxes)
	for box in boxes:
		assert box.column == len(ladder.way(tree, box.code)) - 1


values = st.one_of(st.none(), st.integers(-5, 30).map(Decimal))


@given(st.lists(values, min_size=1, max_size=6), st.lists(st.integers(1, 20), min_size=6, max_size=6))
def test_hundred_percent_means_that_all_is_met(reached, targets):
	needed = tuple(Requirement(str(at), Decimal(targets[at])) for at in range(len(reached)))
	found = {("L2", str(at)): value for at, value in enumerate(reached)}
	(step,) = ladder.ahead(path(L1, replace(L2, requirements=needed)), "L1", found)
	assert 0 <= step.percent <= 100
	assert (step.percent == 100) == (step.met == len(needed))
	assert step.met + len(step.missing) + len(step.unknown) == len(needed)
