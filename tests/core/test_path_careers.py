"""Who was what from when on: promotions before the history, nothing doubled, renamed words followed, nobody after they left."""

from datetime import date

import pytest

from referral_hub.paths.rules.careers import (
	DESIGNATION,
	GRADE,
	Change,
	FormerName,
	Names,
	Position,
	Record,
	by_person,
	career,
	spells,
	within,
)
from referral_hub.paths.rules.evidence import Spell
from referral_hub.paths.rules.ladder import Ladder, Level

JOINED, FIRST, SECOND = date(2023, 1, 10), date(2024, 3, 1), date(2025, 3, 1)
LEFT = date(2025, 6, 30)


def record(designation: str, grade: str | None = None, left_on: date | None = None) -> Record:
	return Record("E1", "E1", designation, grade, JOINED, left_on)


def promotion(on: date, before: str | None, after: str, field: str = DESIGNATION) -> Change:
	return Change(on, field, before, after)


@pytest.mark.parametrize(
	("changes", "history", "found"),
	[
		((), (), [(JOINED, "Head", None)]),
		(
			[promotion(FIRST, "Clerk", "Head")],
			[(JOINED, "Clerk"), (FIRST, "Head")],
			[(JOINED, "Clerk", None), (FIRST, "Head", None)],
		),
		# the history alone, as it was brought in from elsewhere
		((), [(FIRST, "Head"), (JOINED, "Clerk")], [(JOINED, "Clerk", None), (FIRST, "Head", None)]),
		# what the history tells of days without a promotion
		(
			[promotion(SECOND, "Head", "Chief")],
			[(JOINED, "Clerk"), (FIRST, "Head"), (SECOND, "Chief")],
			[(JOINED, "Clerk", None), (FIRST, "Head", None), (SECOND, "Chief", None)],
		),
		# a day before this record began was copied from another record
		(
			[promotion(date(2020, 1, 1), "Boy", "Clerk")],
			[(date(2019, 1, 1), "Boy")],
			[(JOINED, "Head", None)],
		),
		# a grade of its own day; a promotion without a word before
		(
			[promotion(FIRST, "", "G2", GRADE), promotion(SECOND, "Clerk", "Head")],
			(),
			[(JOINED, "Clerk", None), (FIRST, "Clerk", "G2"), (SECOND, "Head", "G2")],
		),
		# of one day the last that was entered
		(
			[promotion(FIRST, "Clerk", "Head"), promotion(FIRST, "Head", "Chief")],
			(),
			[(JOINED, "Clerk", None), (FIRST, "Chief", None)],
		),
	],
)
def test_a_career_is_put_together(changes, history, found):
	grade = next((one.after for one in changes if one.field == GRADE), None)
	assert career(record("Head", grade), changes, history) == [Position(*one) for one in found]


def test_who_left_is_nothing_from_the_day_after():
	found = career(record("Head", left_on=LEFT), [promotion(FIRST, "Clerk", "Head")])
	assert found[-1] == Position(date(2025, 7, 1), None)
	late = career(record("Head", left_on=LEFT), [promotion(date(2025, 9, 1), "Clerk", "Head")])
	assert [one.on for one in late] == [JOINED, date(2025, 7, 1)]


OTHER_RECORD = date(
	2025, 6, 30
)  # the day of the transfer is the last of the one record and the first of the other


@pytest.mark.parametrize(
	("joined", "left", "found"),
	[
		(OTHER_RECORD, None, [(JOINED, "Clerk"), (LEFT, "Head"), (date(2025, 7, 1), "Head")]),
		# a record whose copy keeps the first day
		(JOINED, None, [(JOINED, "Clerk"), (JOINED, "Head"), (date(2025, 7, 1), "Head")]),
		# who comes back later was gone
		(date(2025, 9, 1), None, [(JOINED, "Clerk"), (date(2025, 7, 1), None), (date(2025, 9, 1), "Head")]),
		(OTHER_RECORD, LEFT, [(JOINED, "Clerk"), (LEFT, "Head"), *2 * [(date(2025, 7, 1), None)]]),
	],
)
def test_who_leaves_one_record_while_another_goes_on_is_not_gone(joined, left, found):
	records = (
		Record("E1", "E1", "Clerk", None, JOINED, LEFT),
		Record("E2", "E1", "Head", None, joined, left),
	)
	((person, positions),) = by_person([(one, career(one)) for one in records])
	assert (person, [(one.on, one.designation) for one in positions]) == ("E1", found)


def test_a_record_that_was_over_by_then_says_nothing_of_who_leaves_another():
	records = (
		Record("E1", "E1", "Clerk", None, JOINED),
		Record("E2", "E1", "Head", None, date(2024, 1, 1), LEFT),
		Record("E3", "E1", "Chief", None, FIRST, date(2024, 12, 31)),
	)
	((_person, positions),) = by_person([(one, career(one)) for one in records])
	assert positions[-1] == Position(date(2025, 7, 1), "Clerk")


MOVED, GONE = date(2024, 9, 1), (date(2025, 7, 1), None)
FROM_A_TO_B = (MOVED, "A", "B")
ALL = [(JOINED, "Clerk"), (FIRST, "Head"), GONE]


@pytest.mark.parametrize(
	("company", "moves", "found"),
	[
		("B", [], ALL),
		("A", [], None),
		# the day they go is of both
		("A", [FROM_A_TO_B], [*ALL[:2], (date(2024, 9, 2), None)]),
		("B", [FROM_A_TO_B], [(MOVED, "Head"), GONE]),
		("C", [FROM_A_TO_B], None),
		(
			"B",
			[(FIRST, "B", "A"), (SECOND, "A", "B")],
			[*ALL[:2], (date(2024, 3, 2), None), (SECOND, "Head"), GONE],
		),
		("A", [(FIRST, "B", "A"), (SECOND, "A", "B")], [(FIRST, "Head"), (date(2025, 3, 2), None)]),
		# there and back on one day; and before this record tells of anything
		("B", [(MOVED, "B", "A"), (MOVED, "A", "B")], ALL),
		("A", [(MOVED, "B", "A"), (MOVED, "A", "B")], None),
		("B", [(date(2022, 1, 1), "A", "B")], ALL),
		("A", [(date(2022, 1, 1), "A", "B")], None),
	],
)
def test_of_a_company_is_what_somebody_was_while_their_record_was_of_it(company, moves, found):
	one = record("Head", left_on=LEFT)._replace(company="B")
	known = within((one, career(one, [promotion(FIRST, "Clerk", "Head")])), company, moves)
	assert (known and [(position.on, position.designation) for position in known[1]]) == found


def test_who_goes_to_another_company_is_not_gone_while_another_record_of_theirs_stays():
	moved, stays = (Record(name, "E1", "Clerk", None, JOINED) for name in ("E1", "E2"))
	left = within((moved._replace(company="B"), career(moved)), "A", [FROM_A_TO_B])
	((_person, positions),) = by_person([left, (stays, career(stays))])
	assert {one.designation for one in positions} == {"Clerk"}


def test_words_are_followed_to_the_name_of_today_and_end_where_they_began():
	names = Names(
		[
			FormerName("Clerk", "Seller"),
			FormerName(" seller ", "Advisor"),
			FormerName("A", "B"),
			FormerName("B", "A"),
		]
	)
	assert names.today("CLERK", FIRST) == "Advisor"
	assert names.today("A", FIRST) == "A"
	assert names.today("Head", FIRST) == "Head"
	assert names.today(None, FIRST) is None


def test_a_word_that_is_used_again_means_the_new_designation_from_then_on():
	names = Names([FormerName("Clerk", "Seller", until=FIRST)])
	assert (names.today("Clerk", FIRST), names.today("Clerk", SECOND)) == ("Seller", "Clerk")
	twice = Names([FormerName("Clerk", "Advisor"), FormerName("Clerk", "Seller", until=FIRST)])
	assert (twice.today("Clerk", FIRST), twice.today("Clerk", SECOND)) == ("Seller", "Advisor")


def test_positions_become_spells_on_the_ladder():
	ladder = Ladder((Level("L1", "Seller"), Level("L2", "Head", follows="L1")))
	positions = [
		Position(JOINED, "Clerk"),
		Position(FIRST, "Head"),
		Position(SECOND, "Cook"),
		Position(LEFT, None),
	]
	assert spells([("E1", positions)], ladder, Names([FormerName("Clerk", "Seller")])) == {
		"E1": [
			Spell("E1", "L1", JOINED, date(2024, 2, 29), "L2"),
			Spell("E1", "L2", FIRST, date(2025, 2, 28)),
		]
	}


@pytest.mark.parametrize(
	("designations", "level"), [(("Seller", "Head"), "L2"), (("Head", None), "L2"), ((None, "Seller"), "L1")]
)
def test_of_one_day_a_level_goes_before_none_and_then_the_last(designations, level):
	ladder = Ladder((Level("L1", "Seller"), Level("L2", "Head", follows="L1")))
	positions = [Position(JOINED, designation) for designation in designations]
	assert spells([("E1", positions)], ladder, Names([])) == {"E1": [Spell("E1", level, JOINED)]}
