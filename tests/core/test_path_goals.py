"""Goals agreed before joining: what may be done when, what somebody agrees to, where a goal stands, when to talk about it."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_hub.paths.rules import goals
from referral_hub.paths.rules.goals import Actual, Change, Course, Goal, State, Step

JOINING = date(2026, 1, 31)
SELL = Goal("Sell 20 tickets", "Counted by the till", 2)


@pytest.mark.parametrize(
	("step", "states"),
	[
		(Step.PROPOSE, {State.DRAFT, State.PROPOSED, State.COMMENTED}),
		(Step.COMMENT, {State.PROPOSED, State.COMMENTED}),
		(Step.ACCEPT, {State.PROPOSED, State.COMMENTED}),
		(Step.START, {State.AGREED}),
		(Step.END, {State.UNDER_WAY}),
		(Step.CANCEL, set(State) - {State.OVER, State.CANCELLED}),
	],
)
def test_each_step_is_taken_from_these_states_alone(step, states):
	assert {state for state in State if goals.may(step, state)} == states


def test_changed_goals_have_to_be_proposed_anew():
	assert {state: goals.after_change(state) for state in State} == {
		**dict.fromkeys((State.DRAFT, State.PROPOSED, State.COMMENTED, State.AGREED), State.DRAFT),
		**{state: state for state in (State.UNDER_WAY, State.OVER, State.CANCELLED)},
	}


@pytest.mark.parametrize(
	"changed",
	[
		[Goal("Sell 21 tickets", SELL.measure, 2)],
		[Goal(SELL.words, "Counted by hand", 2)],
		[Goal(SELL.words, SELL.measure, 3)],
		[SELL, SELL],
		[],
		[Goal("Sell 20 ticketsCounted", " by the till", 2)],
	],
)
def test_whoever_agrees_agrees_to_these_very_goals(changed):
	assert goals.fingerprint(changed) != goals.fingerprint([SELL])
	assert goals.fingerprint([Goal("Sell 20 tickets", "Counted by the till", 2)]) == goals.fingerprint([SELL])


@pytest.mark.parametrize(
	("months", "day"),
	[
		(0, date(2026, 1, 31)),
		(1, date(2026, 2, 28)),
		(2, date(2026, 3, 31)),
		(11, date(2026, 12, 31)),
		(12, date(2027, 1, 31)),
		(25, date(2028, 2, 29)),
	],
)
def test_months_end_on_the_same_day_or_the_last(months, day):
	assert goals.ends_on(JOINING, months) == day


@pytest.mark.parametrize(
	("actual", "today", "course", "expected", "changes"),
	[
		(None, date(2026, 2, 28), Course.DELETED, 0, ()),
		(("Sell 20 tickets", 0, "Pending", None), JOINING, Course.ON_COURSE, 0, ()),
		(("Sell 20 tickets", 0, "Pending", None), date(2026, 1, 1), Course.ON_COURSE, 0, ()),
		(("Sell 20 tickets", 25, "In Progress", None), date(2026, 3, 1), Course.ON_COURSE, 49, ()),
		(("Sell 20 tickets", 23, "In Progress", None), date(2026, 3, 1), Course.BEHIND, 49, ()),
		(("Sell 20 tickets", 90, "In Progress", None), date(2026, 3, 31), Course.ON_COURSE, 100, ()),
		(("Sell 20 tickets", 90, "In Progress", None), date(2026, 4, 1), Course.LATE, 100, ()),
		(("Sell 20 tickets", 100, "Completed", None), date(2026, 4, 1), Course.REACHED, 100, ()),
		(("Sell 20 tickets", 10, "Archived", None), date(2026, 2, 1), Course.SET_ASIDE, 1, ()),
		(
			("Sell 10 tickets", 40, "In Progress", date(2026, 4, 30)),
			date(2026, 3, 16),
			Course.ON_COURSE,
			49,
			(Change.WORDS, Change.DAY),
		),
		(
			("Sell 20 tickets", 0, "Pending", date(2026, 1, 31)),
			date(2026, 1, 31),
			Course.BEHIND,
			100,
			(Change.DAY,),
		),
	],
)
def test_a_goal_stands_where_hrms_says_and_where_an_even_pace_would_be(
	actual, today, course, expected, changes
):
	said = actual and Actual(actual[0], Decimal(actual[1]), actual[2], actual[3])
	found = goals.standing(SELL, JOINING, said, today)
	assert (found.course, found.expected, found.changes) == (course, expected, changes)
	assert found.deviates == (course not in (Course.REACHED, Course.ON_COURSE) or changes != ())


@pytest.mark.parametrize(
	("asked", "today", "due"),
	[
		(0, date(2026, 2, 27), None),
		(0, date(2026, 2, 28), 1),
		(1, date(2026, 3, 30), None),
		(1, date(2026, 3, 31), 2),
		(0, date(2026, 3, 31), 2),  # what was missed is not caught up
		(2, date(2026, 9, 1), None),
	],
)
def test_a_talk_is_due_each_month_once(asked, today, due):
	assert goals.check_in_due(JOINING, 2, asked, today) == due


@pytest.mark.parametrize(
	("ends", "month"),
	[
		([date(2026, 2, 28)], 1),
		([date(2026, 3, 31), date(2026, 2, 28)], 2),
		([date(2026, 4, 1)], 3),
		([date(2025, 1, 1)], 1),
		([date(2030, 1, 1)], 24),
	],
)
def test_the_last_month_is_that_of_the_day_the_last_goal_has_now(ends, month):
	assert goals.last_month(JOINING, ends) == month


def test_a_plan_is_over_the_day_after_a_month_more():
	end = goals.ends_on(JOINING, 3)
	assert not goals.is_over(JOINING, 2, end)
	assert goals.is_over(JOINING, 2, date.fromordinal(end.toordinal() + 1))


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 24), st.integers(0, 900))
def test_every_talk_is_asked_for_before_a_plan_is_over(joining, last_month, days):
	asked = 0
	for day in range(days):
		today = date.fromordinal(joining.toordinal() + day)
		due = goals.check_in_due(joining, last_month, asked, today)
		assert due is None or due == asked + 1
		asked = due or asked
		if goals.is_over(joining, last_month, today):
			assert asked == last_month
			break
