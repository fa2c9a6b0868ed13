"""Which milestones a referral has reached, since when, and what must follow for its rewards."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_hub.referrals.rules.outcomes import Outcome
from referral_hub.referrals.rules.stages import Stage
from referral_hub.rewards.rules.milestones import MILESTONES, Progress, is_reachable, reached_on, retained_on
from referral_hub.rewards.rules.states import HANDED_OVER, MOVES, OWED, STANDING, can_move, leaves_nothing
from referral_hub.rewards.rules.steps import HIRE_DIFFERS, OTHER_CHOSEN, Do, Existing, Step, next_step
from referral_hub.rewards.rules.terms import Promise

TODAY = date(2026, 6, 15)


def reached(stage, outcome="Open", **dates):
	progress = Progress(stage=stage, outcome=outcome, **dates)
	return [name for name in MILESTONES if reached_on(name, 3, progress, TODAY)]


@pytest.mark.parametrize(
	("stage", "outcome", "milestones"),
	[
		("Invited", "Open", []),
		("Submitted", "Open", ["Received"]),
		("Screening", "Open", ["Received", "Screened"]),
		("Interviewing", "Open", ["Received", "Screened", "Interviewed"]),
		("Selected", "Open", ["Received", "Screened", "Interviewed", "Selected"]),
		("Offered", "Open", ["Received", "Screened", "Interviewed", "Selected", "Offered"]),
		("Joined", "Hired", ["Received", "Screened", "Interviewed", "Selected", "Offered", "Joined"]),
		("Confirmed", "Hired", [*MILESTONES[:-1]]),
		("Interviewing", "Not Selected", ["Received", "Screened", "Interviewed"]),
		("Interviewing", "Withdrawn", ["Received", "Screened", "Interviewed"]),
		("Offered", "Declined Offer", ["Received", "Screened", "Interviewed", "Selected", "Offered"]),
		("Offered", "Duplicate", []),
		("Offered", "Ineligible", []),
	],
)
def test_a_stage_reaches_its_milestone_and_all_before_it(stage, outcome, milestones):
	assert reached(stage, outcome) == milestones


@pytest.mark.parametrize(
	("joined_on", "months", "expected"),
	[
		(date(2026, 3, 15), 3, date(2026, 6, 15)),
		(date(2026, 1, 31), 1, date(2026, 2, 28)),
		(date(2024, 1, 31), 1, date(2024, 2, 29)),
		(date(2024, 2, 29), 12, date(2025, 2, 28)),
		(date(2026, 10, 31), 4, date(2027, 2, 28)),
	],
)
def test_retained_comes_true_on_the_same_day_or_the_last_of_a_shorter_month(joined_on, months, expected):
	progress = Progress("Joined", "Hired", joined_on=joined_on)
	assert retained_on(months, progress) == expected
	assert reached_on("Retained", months, progress, expected) == expected
	assert reached_on("Retained", months, progress, date.fromordinal(expected.toordinal() - 1)) is None


@pytest.mark.parametrize(
	("left_on", "is_reached"),
	[(date(2026, 4, 9), False), (date(2026, 4, 10), True), (date(2026, 5, 1), True), (None, False)],
)
def test_someone_who_left_was_retained_only_until_the_day_they_left(left_on, is_reached):
	progress = Progress("Joined", "Left", joined_on=date(2026, 1, 10), left_on=left_on)
	assert bool(reached_on("Retained", 3, progress, TODAY)) is is_reached


def test_the_day_a_milestone_was_reached_comes_from_hrms_when_hrms_knows_it():
	progress = Progress(
		"Confirmed",
		"Hired",
		stage_changed_on=date(2026, 6, 14),
		offered_on=date(2026, 1, 5),
		joined_on=date(2026, 2, 1),
		confirmed_on=date(2026, 5, 1),
	)
	assert reached_on("Offered", 0, progress, TODAY) == date(2026, 1, 5)
	assert reached_on("Joined", 0, progress, TODAY) == date(2026, 2, 1)
	assert reached_on("Confirmed", 0, progress, TODAY) == date(2026, 5, 1)
	assert reached_on("Interviewed", 0, progress, TODAY) == date(2026, 6, 14)
	assert reached_on("Confirmed", 0, progress, date(2026, 4, 30)) == date(2026, 4, 30)


@pytest.mark.parametrize("outcome", [outcome.value for outcome in Outcome])
def test_only_an_open_referral_or_a_hire_can_reach_more(outcome):
	progress = Progress("Interviewing", outcome)
	reachable = [name for name in MILESTONES if is_reachable(name, progress)]
	assert reachable == {"Open": list(MILESTONES), "Hired": ["Joined", "Confirmed", "Retained"]}.get(
		outcome, []
	)


JOINED = Promise("1", "Joined", "Points", Decimal(300))
RETAINED = Promise("2", "Retained", "Points", Decimal(500), after_months=3)
HIRED = Progress("Joined", "Hired", joined_on=date(2026, 6, 1))
OFFERED = Progress("Offered", "Open")


@pytest.mark.parametrize(
	("promise", "existing", "progress", "step"),
	[
		(JOINED, None, HIRED, Step(Do.EARN, date(2026, 6, 1))),
		(JOINED, Existing("Paid"), HIRED, Step(Do.NOTHING)),
		(JOINED, Existing("On Hold"), HIRED, Step(Do.NOTHING)),
		(JOINED, Existing("Void"), HIRED, Step(Do.EARN, date(2026, 6, 1))),
		(JOINED, Existing("Owed"), HIRED, Step(Do.EARN, date(2026, 6, 1))),
		(JOINED, Existing("Void", decided_by_person=True), HIRED, Step(Do.NOTHING)),
		(JOINED, None, OFFERED, Step(Do.NOTHING)),
		(JOINED, Existing("Due"), OFFERED, Step(Do.UNDO, reason="stage_back")),
		(JOINED, Existing("Paid"), OFFERED, Step(Do.UNDO, reason="stage_back")),
		(JOINED, Existing("Void"), OFFERED, Step(Do.NOTHING)),
		(JOINED, Existing("Due"), Progress("Joined", "Ineligible"), Step(Do.UNDO, reason="not_counted")),
		(RETAINED, None, HIRED, Step(Do.PROMISE, date(2026, 9, 1))),
		(RETAINED, Existing("Promised", date(2026, 9, 1)), HIRED, Step(Do.NOTHING)),
		(RETAINED, Existing("Promised", date(2026, 8, 1)), HIRED, Step(Do.PROMISE, date(2026, 9, 1))),
		(
			RETAINED,
			Existing("Promised", date(2026, 6, 10)),
			Progress("Joined", "Hired", joined_on=date(2026, 3, 10)),
			Step(Do.EARN, date(2026, 6, 10)),
		),
		(RETAINED, Existing("Paid", date(2026, 5, 1)), HIRED, Step(Do.UNDO, reason="too_early")),
		(RETAINED, Existing("Void"), HIRED, Step(Do.PROMISE, date(2026, 9, 1))),
		(RETAINED, Existing("Void", decided_by_person=True), HIRED, Step(Do.NOTHING)),
		(
			RETAINED,
			Existing("Promised", date(2026, 9, 1)),
			Progress("Joined", "Left", joined_on=date(2026, 6, 1), left_on=date(2026, 6, 10)),
			Step(Do.UNDO, reason="left_early"),
		),
		(RETAINED, None, OFFERED, Step(Do.NOTHING)),
	],
)
def test_what_follows_for_one_promise(promise, existing, progress, step):
	assert next_step(promise, existing, progress, TODAY) == step


STAYED = Progress("Joined", "Hired", joined_on=date(2026, 3, 1))


@pytest.mark.parametrize(
	("promise", "existing", "progress", "step"),
	[
		(JOINED, None, HIRED, Step(Do.NOTHING)),
		(JOINED, Existing("Void"), HIRED, Step(Do.NOTHING)),
		(JOINED, Existing("Paid"), HIRED, Step(Do.NOTHING)),
		(JOINED, Existing("Paid"), OFFERED, Step(Do.UNDO, reason="stage_back")),
		(RETAINED, None, HIRED, Step(Do.NOTHING)),
		(RETAINED, None, STAYED, Step(Do.NOTHING)),
		(RETAINED, Existing("Promised", date(2026, 6, 1)), STAYED, Step(Do.EARN, date(2026, 6, 1))),
		(RETAINED, Existing("Promised", date(2026, 9, 1)), HIRED, Step(Do.NOTHING)),
		(RETAINED, Existing("Promised", date(2026, 6, 1)), OFFERED, Step(Do.UNDO, reason="stage_back")),
	],
)
def test_of_a_hire_who_is_something_else_by_now_what_was_promised_stands_and_nothing_is_added(
	promise, existing, progress, step
):
	assert next_step(promise, existing, progress, TODAY, HIRE_DIFFERS) == step


def test_a_no_show_earns_nothing_more_and_keeps_what_was_earned():
	offered = Promise("1", "Offered", "Points", Decimal(10))
	no_show = Progress("Offered", "No-show")
	assert next_step(offered, None, no_show, TODAY) == Step(Do.NOTHING)
	assert next_step(offered, Existing("Due"), no_show, TODAY) == Step(Do.NOTHING)
	assert next_step(offered, Existing("Void"), no_show, TODAY) == Step(Do.NOTHING)


days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
histories = st.lists(
	st.builds(
		Progress,
		stage=st.sampled_from([stage.value for stage in Stage]),
		outcome=st.sampled_from([outcome.value for outcome in Outcome]),
		joined_on=st.none() | days,
		left_on=st.none() | days,
	),
	max_size=8,
)
promises = st.builds(
	Promise,
	share=st.just("1"),
	milestone=st.sampled_from(MILESTONES),
	kind=st.just("Points"),
	amount=st.just(Decimal(1)),
	after_months=st.integers(1, 6),
)


@given(histories, promises, st.data())
def test_following_twice_changes_nothing_and_every_move_is_allowed(history, promise, data):
	existing = None
	for progress in history:
		barred = data.draw(BARRED)
		existing = follow(promise, existing, progress, data.draw, barred)
		assert follow(promise, existing, progress, data.draw, barred) == existing
		existing = later(existing, data.draw)


@given(
	histories,
	st.builds(Progress, stage=st.just("Confirmed"), outcome=st.just("Hired"), joined_on=days),
	promises,
	st.data(),
)
def test_whatever_happened_before_the_same_end_gives_the_same_reward(history, end, promise, data):
	existing = None
	for progress in history:
		barred = data.draw(BARRED)
		existing = later(follow(promise, existing, progress, data.draw, barred), data.draw)
	ends = [follow(promise, start, end, data.draw) for start in (existing, None)]
	assert [bool(each and each.state in STANDING) for each in ends] == [bool(ends[1])] * 2
	assert [each and each.state == "Promised" for each in ends] == [
		ends[1] and ends[1].state == "Promised"
	] * 2


BARRED = st.sampled_from(["", HIRE_DIFFERS, OTHER_CHOSEN])
# what payment makes of a reward between two looks at the referral
LATER = {
	"Due": ["Due", "Approval", "On Hold", "Paid", "Confirmed"],
	"Approval": ["Approval", "Due", "On Hold"],
	"On Hold": ["On Hold", "Due"],
	"Paid": ["Paid", "Confirmed"],
	"Confirmed": ["Confirmed", "Paid", "Due"],
}
UNPAID_TAKEN_BACK = ["Void", "Owed"]
PAID_TAKEN_BACK = ["Void", "Clawed Back", "Owed"]  # a slip may be gone, the money come back, or a part of it


def later(existing, draw):
	"""Return what payroll, or a person who holds it, has made of a reward by the next look."""
	if not existing or existing.state not in LATER:
		return existing
	state = draw(st.sampled_from(LATER[existing.state]))
	is_held = state == "On Hold" and draw(st.booleans())
	return replace(existing, state=state, decided_by_person=is_held)


def follow(promise, existing, progress, draw, barred=""):
	"""Do what a step asks, as the services do, until it asks for nothing; what is left of one taken back is drawn.

	What a person held is undone all the same, and held again when it is earned anew: nobody has decided about it meanwhile.
	"""
	for _round in range(3):
		step = next_step(promise, existing, progress, TODAY, barred)
		if step.do is Do.NOTHING:
			return existing
		was_paid = existing and existing.state in HANDED_OVER
		left = st.sampled_from(PAID_TAKEN_BACK if was_paid else UNPAID_TAKEN_BACK)
		new = draw(left) if step.do is Do.UNDO else {Do.EARN: "Due", Do.PROMISE: "Promised"}[step.do]
		assert existing is None or can_move(existing.state, new)
		existing = Existing(new, step.on)
	raise AssertionError("The steps never end.")


def test_no_state_leads_nowhere():
	assert set(MOVES) == {state for targets in MOVES.values() for state in targets}


@pytest.mark.parametrize("is_decided", [False, True])
@pytest.mark.parametrize("state", sorted(set(MOVES) - {OWED}))
def test_what_would_be_earned_when_it_is_reached_again_is_still_possible(state, is_decided):
	step = next_step(JOINED, Existing(state, decided_by_person=is_decided), HIRED, TODAY)
	assert leaves_nothing(state, is_decided) == (step.do is Do.NOTHING)
