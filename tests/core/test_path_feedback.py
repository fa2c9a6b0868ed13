"""A question of a newcomer: routed, reminded once, escalated, answered, reopened; tables, and whole lives of questions."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_hub.paths.rules import feedback
from referral_hub.paths.rules.feedback import Act, Route, Side, Standing, State, Told

ASKED = datetime(2026, 11, 23, 9, tzinfo=UTC)
DUE = {50: ASKED + timedelta(hours=12), 80: ASKED + timedelta(hours=19), 100: ASKED + timedelta(hours=24)}
NEW, BOSS, ANN, BEN, HEAD = "new@hub", "boss@hub", "ann@hub", "ben@hub", "head@hub"


@pytest.mark.parametrize(
	("manager", "hr", "heads", "options", "expected"),
	[
		(BOSS, [ANN, BEN], [HEAD], {}, Route(BOSS, (ANN, BEN, HEAD))),
		(BOSS, [ANN, BEN], [HEAD], {"manager_first": False}, Route(ANN, (HEAD,))),
		# what only HR may see never reaches the manager
		(BOSS, [ANN], [HEAD], {"only_hr": True}, Route(ANN, (HEAD,))),
		(BOSS, [], [HEAD], {"only_hr": True}, Route(HEAD, ())),
		(BOSS, [], [], {"only_hr": True}, Route(None, ())),
		(None, [ANN], [HEAD], {}, Route(ANN, (HEAD,))),
		(BOSS, [], [], {"manager_first": False}, Route(BOSS, ())),
		# nobody answers their own, and nobody is told twice
		(NEW, [ANN], [], {}, Route(ANN, ())),
		(BOSS, [NEW, ANN], [NEW, HEAD, ANN], {}, Route(BOSS, (ANN, HEAD))),
		(ANN, [ANN, BEN], [ANN], {}, Route(ANN, (BEN,))),
		# nor a manager who is of HR, too
		(ANN, [ANN, BEN], [HEAD, ANN], {"only_hr": True}, Route(BEN, (HEAD,))),
		(ANN, [ANN], [ANN], {"only_hr": True}, Route(None, ())),
		(None, [], [], {}, Route(None, ())),
		# without a head of HR the others of HR hear of it
		(None, [ANN, BEN], [], {}, Route(ANN, (BEN,))),
		(None, [ANN, BEN], [ANN], {}, Route(ANN, (BEN,))),
	],
)
def test_a_question_goes_to_the_manager_or_to_hr(manager, hr, heads, options, expected):
	assert feedback.route([NEW], manager, hr, heads, **options) == expected


@pytest.mark.parametrize(
	("state", "side", "acts"),
	[
		(State.OPEN, Side.ASKER, ["say", "withdraw"]),
		(State.OPEN, Side.ANSWERER, ["say", "answer", "hand_on"]),
		(State.OPEN, Side.TIME, []),
		(State.ANSWERED, Side.ASKER, ["say", "settle", "reopen"]),
		(State.ANSWERED, Side.ANSWERER, ["say"]),
		(State.ANSWERED, Side.TIME, ["close"]),
		*((state, side, []) for state in State if state in feedback.ENDED for side in Side),
	],
)
def test_each_side_may_do_what_is_its_own(state, side, acts):
	assert list(feedback.possible(state, side)) == acts


@pytest.mark.parametrize(
	("hours", "told_up_to", "state", "expected"),
	[
		(11, 0, State.OPEN, None),
		(12, 0, State.OPEN, (50, Told.REMINDED)),
		(18, 50, State.OPEN, None),
		(19, 50, State.OPEN, (80, Told.REMINDED_AGAIN)),
		(24, 80, State.OPEN, (100, Told.ESCALATED)),
		(99, 100, State.OPEN, None),
		# the job was away: one word, the latest
		(20, 0, State.OPEN, (80, Told.REMINDED_AGAIN)),
		(99, 0, State.OPEN, (100, Told.ESCALATED)),
		(99, 0, State.ANSWERED, None),
		(99, 0, State.RESOLVED, None),
		(99, 0, State.WITHDRAWN, None),
	],
)
def test_people_are_told_once_at_each_moment(hours, told_up_to, state, expected):
	standing = Standing(state, DUE, told_up_to)
	assert feedback.to_tell(standing, ASKED + timedelta(hours=hours)) == expected


def test_overdue_is_what_is_open_when_the_time_is_over():
	end = DUE[100]
	assert feedback.is_overdue(Standing(State.OPEN, DUE), end)
	assert not feedback.is_overdue(Standing(State.OPEN, DUE), end - timedelta(seconds=1))
	assert not feedback.is_overdue(Standing(State.ANSWERED, DUE), end)
	assert feedback.was_in_time(end, DUE)
	assert not feedback.was_in_time(end + timedelta(seconds=1), DUE)


@pytest.mark.parametrize(("given", "fine"), [(None, True), (0, False), (1, True), (5, True), (6, False)])
def test_a_rating_is_a_choice(given, fine):
	assert feedback.is_rating(given) is fine


@pytest.mark.parametrize(
	("user", "is_hr", "may"),
	[(NEW, False, True), (BOSS, False, True), (HEAD, False, True), (BEN, False, False), (BEN, True, True)],
)
def test_only_those_it_concerns_read_it(user, is_hr, may):
	assert feedback.may_read(user, [NEW], BOSS, [HEAD], is_hr) is may


def test_a_manager_does_not_read_what_only_hr_may_see():
	way = feedback.route([NEW], BOSS, [ANN], [HEAD], only_hr=True)
	assert not feedback.may_read(BOSS, [NEW], way.answerer, way.escalates_to, False)


users = st.sampled_from([NEW, BOSS, ANN, BEN, HEAD])


@given(
	st.one_of(st.none(), users),
	st.lists(users, max_size=4),
	st.lists(users, max_size=4),
	st.booleans(),
	st.booleans(),
)
def test_nobody_answers_or_hears_of_their_own_question(manager, hr, heads, only_hr, manager_first):
	way = feedback.route([NEW], manager, hr, heads, only_hr=only_hr, manager_first=manager_first)
	told = [way.answerer, *way.escalates_to]
	assert NEW not in told
	assert len(set(told)) == len(told)
	everybody = {*hr, *heads} - {manager} if only_hr else {manager, *hr, *heads}
	assert (way.answerer is None) == (not everybody - {None, NEW})
	if only_hr:
		assert set(told) - {None} <= {*hr, *heads} - {manager}


acts = st.lists(st.tuples(st.sampled_from(list(Act)), st.sampled_from(list(Side))), max_size=30)


@given(acts)
def test_no_life_of_a_question_is_settled_unanswered_and_none_goes_on_after_its_end(life):
	state, answered = State.OPEN, False
	for act, side in life:
		before, state = state, feedback.after(state, act, side) or state
		answered = answered or (act is Act.ANSWER and state is State.ANSWERED and before is State.OPEN)
		if before in feedback.ENDED:
			assert state is before
		if state in (State.ANSWERED, State.RESOLVED):
			assert answered
		if before is not state and state is State.OPEN:
			assert feedback.starts_a_clock(act)


@given(st.lists(st.integers(0, 60), max_size=12).map(sorted))
def test_however_often_one_looks_each_word_is_said_once_and_in_order(hours):
	told_up_to, said = 0, []
	for hour in hours:
		found = feedback.to_tell(Standing(State.OPEN, DUE, told_up_to), ASKED + timedelta(hours=hour))
		if found:
			told_up_to = found[0]
			said.append(found[0])
	assert said == sorted(set(said))
	assert bool(said and said[-1] == 100) == (bool(hours) and hours[-1] >= 24)
