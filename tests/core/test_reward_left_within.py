"""A reward is taken back when the hire leaves before so many months, counted by the calendar, not by days."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_hub.referrals.rules.moves import Kind, moves
from referral_hub.referrals.rules.outcomes import Outcome
from referral_hub.referrals.rules.stages import Stage, State, add_months
from referral_hub.referrals.rules.stays import Stay
from referral_hub.rewards.rules.milestones import Progress, left_within
from referral_hub.rewards.rules.promising.checks import Problem, find_counting_problems, find_problems
from referral_hub.rewards.rules.states import MOVES, STANDING, UNDONE
from referral_hub.rewards.rules.steps import Do, Existing, Step, next_step
from referral_hub.rewards.rules.terms import Promise, Terms, dump, load

TODAY = date(2026, 11, 20)
JOINED = Promise("1", "Joined", "Cash", Decimal(3000), currency="CNY", back_within=6)
BACK, STAYS = Step(Do.UNDO, reason="left_within"), Step(Do.NOTHING)


def left(joined: date, on: date | None) -> Progress:
	return Progress("Joined", "Left", joined_on=joined, left_on=on)


@pytest.mark.parametrize(
	("joined", "months", "left_on", "is_within"),
	[
		(date(2026, 1, 15), 6, date(2026, 7, 14), True),
		(date(2026, 1, 15), 6, date(2026, 7, 15), False),
		(date(2026, 1, 15), 6, date(2026, 1, 15), True),
		(date(2025, 8, 31), 6, date(2026, 2, 27), True),
		(date(2025, 8, 31), 6, date(2026, 2, 28), False),
		(date(2023, 8, 31), 6, date(2024, 2, 28), True),
		(date(2023, 8, 31), 6, date(2024, 2, 29), False),
		(date(2024, 2, 29), 12, date(2025, 2, 27), True),
		(date(2024, 2, 29), 12, date(2025, 2, 28), False),
		(date(2024, 2, 29), 48, date(2028, 2, 28), True),
		(date(2024, 2, 29), 48, date(2028, 2, 29), False),
		(date(2026, 1, 31), 1, date(2026, 2, 27), True),
		(date(2026, 1, 31), 1, date(2026, 2, 28), False),
		(date(2026, 1, 31), 3, date(2026, 4, 29), True),
		(date(2026, 1, 31), 3, date(2026, 4, 30), False),
		(date(2025, 12, 1), 1, date(2025, 12, 31), True),
		(date(2026, 1, 15), 0, date(2026, 1, 16), False),
		(date(2026, 1, 15), 6, None, False),
	],
)
def test_months_are_counted_by_the_calendar(joined, months, left_on, is_within):
	assert left_within(months, left(joined, left_on)) is is_within


FIRST, SHORT = Stay(date(2026, 2, 1), date(2026, 3, 3)), Stay(date(2026, 10, 31), date(2026, 11, 20))
LONG = Stay(date(2025, 1, 1), date(2025, 7, 1))


@pytest.mark.parametrize(
	("stays", "is_within"),
	[
		((FIRST, SHORT), True),
		((FIRST,), True),
		((LONG, SHORT), False),
		((SHORT, LONG), False),
		((LONG,), False),
	],
)
def test_two_short_stays_are_no_long_one(stays, is_within):
	gone = Progress(
		"Joined",
		"Left",
		joined_on=min(stay.began_on for stay in stays),
		left_on=max(stay.ended_on for stay in stays),
		stays=stays,
	)
	assert left_within(6, gone) is is_within


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(1, 120), st.integers(-40, 40))
def test_the_day_the_months_are_full_divides_them(joined, months, days):
	full = add_months(joined, months)
	assert left_within(months, left(joined, full + timedelta(days=days))) is (days < 0)


@pytest.mark.parametrize("state", sorted(STANDING))
def test_whatever_stands_is_taken_back(state):
	gone = left(date(2026, 6, 1), date(2026, 11, 1))
	assert next_step(JOINED, Existing(state), gone, TODAY) == BACK
	assert UNDONE & MOVES[state]


@pytest.mark.parametrize("existing", [None, Existing("Void"), Existing("Clawed Back"), Existing("Owed")])
def test_what_never_stood_or_was_taken_back_stays_so(existing):
	assert next_step(JOINED, existing, left(date(2026, 6, 1), date(2026, 11, 1)), TODAY) == STAYS


def test_who_left_later_or_without_such_a_row_keeps_the_reward():
	assert next_step(JOINED, Existing("Paid"), left(date(2026, 5, 1), date(2026, 11, 1)), TODAY) == STAYS
	plain = replace(JOINED, back_within=0)
	assert next_step(plain, Existing("Paid"), left(date(2026, 6, 1), date(2026, 6, 2)), TODAY) == STAYS


@pytest.mark.parametrize("state", sorted(UNDONE))
def test_a_hire_who_is_back_earns_it_again(state):
	back = Progress("Joined", "Hired", joined_on=date(2026, 6, 1))
	assert next_step(JOINED, Existing(state), back, TODAY) == Step(Do.EARN, date(2026, 6, 1))


def test_terms_of_before_know_no_months_and_newer_ones_keep_them():
	terms = Terms("r", "Rule", 1, TODAY, (JOINED,))
	frozen = dump(terms)
	assert load(frozen).milestones[0].back_within == 6
	del frozen["milestones"][0]["back_within"]
	assert load(frozen).milestones[0].back_within == 0


def test_only_what_hangs_on_the_hire_can_be_taken_back():
	def problems(**row) -> list[Problem]:
		return find_problems([replace(JOINED, **row)], {})

	assert problems() == []
	assert problems(milestone="Offered") == [Problem("back_without_hire", 1)]
	assert problems(back_within=-1) == [Problem("back_negative", 1)]
	assert problems(back_within=121) == [Problem("months_too_many", 1)]
	assert find_counting_problems([replace(JOINED, hires=2)]) == [Problem("back_of_several", 1)]


def test_a_corrected_last_day_is_noted_once_and_lets_rewards_follow():
	now = datetime(2026, 11, 20, 9)
	before = State(
		Stage.JOINED, Outcome.LEFT, joined_on=date(2026, 1, 1), left_on=date(2026, 6, 1), hired_employee="E"
	)
	(note,) = moves(before, replace(before, left_on=date(2026, 8, 1)), {}, now)
	assert (note.kind, note.words) == (Kind.NOTE, None)
	assert note.facts == {"note": "days_at_work", "left_on": ["2026-06-01", "2026-08-01"]}
	assert moves(before, before, {}, now) == []
