"""What must hold for every combination of facts: no order matters, deriving twice changes nothing."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from referral_hub.referrals.rules import stays
from referral_hub.referrals.rules.facts import Applicant, Employee, Facts, Interview, Offer
from referral_hub.referrals.rules.moves import Kind, moves
from referral_hub.referrals.rules.outcomes import CLOSED_BY_HAND, Outcome
from referral_hub.referrals.rules.stages import Stage, State, derive
from referral_hub.rewards.rules.milestones import Progress, reached_on

NOW = datetime(2026, 11, 21, 12, 0)
days = st.dates(date(2025, 10, 1), date(2027, 3, 1))
moments = st.datetimes(datetime(2026, 10, 1), datetime(2027, 1, 1)).map(lambda at: at.replace(microsecond=0))
reasons = st.sampled_from([None, "Not Selected", "Withdrawn", "Declined Offer", "No-show"])

applicants = st.builds(
	Applicant,
	status=st.sampled_from(["Open", "Replied", "Rejected", "Hold", "Accepted"]),
	is_rated=st.booleans(),
	is_assigned=st.booleans(),
	reason=st.sampled_from([None, "A", "B"]),
	reason_applies_to=reasons,
)
interviews = st.lists(
	st.builds(
		Interview,
		round=st.sampled_from(["1", "2", "3"]),
		status=st.sampled_from(["Pending", "Under Review", "Cleared", "Rejected"]),
		starts_on=moments | st.none(),
	),
	max_size=5,
)
offers = st.lists(
	st.builds(
		Offer,
		is_submitted=st.booleans(),
		status=st.sampled_from(["Awaiting Response", "Accepted", "Rejected"]),
		offered_on=days,
		joining_on=days | st.none(),
	),
	max_size=3,
)
employees = st.lists(
	st.builds(
		Employee,
		name=st.sampled_from(["E1", "E2", "E3"]),
		served_since=days | st.none(),
		continues=st.sampled_from([None, "E1", "E2", "E3"]),
		status=st.sampled_from(["Active", "Inactive", "Suspended", "Left"]),
		joins_on=days,
		confirmed_on=days | st.none(),
		leaves_on=days | st.none(),
	),
	max_size=3,
	unique_by=lambda employee: employee.name,
)
all_facts = st.builds(
	Facts,
	applicant=applicants | st.none(),
	interviews=interviews,
	offers=offers,
	cancelled_declines=st.integers(0, 2),
	onboarding_dates=st.lists(days, max_size=2),
	employees=employees,
	closed_as=st.sampled_from([None, *map(str, CLOSED_BY_HAND)]),
	closed_reason=st.sampled_from([None, "A"]),
	required_rounds=st.integers(0, 3),
	probation_months=st.integers(0, 12),
	applicant_is_gone=st.booleans(),
	is_credited_elsewhere=st.booleans(),
)


def shuffled(facts: Facts, data) -> Facts:
	return replace(
		facts,
		interviews=data.draw(st.permutations(facts.interviews)),
		offers=data.draw(st.permutations(facts.offers)),
		onboarding_dates=data.draw(st.permutations(facts.onboarding_dates)),
		employees=data.draw(st.permutations(facts.employees)),
	)


@given(all_facts, st.data())
def test_the_order_in_which_hr_entered_things_does_not_matter(facts, data):
	assert derive(shuffled(facts, data), NOW) == derive(facts, NOW)


@given(all_facts)
def test_deriving_twice_changes_nothing_and_records_nothing(facts):
	named = [replace(interview, name=str(number)) for number, interview in enumerate(facts.interviews)]
	facts = replace(facts, interviews=named)
	once = derive(facts, NOW)
	again = derive(facts, NOW, once)
	assert again == once
	assert again.fingerprint == once.fingerprint
	told = {appointment.interview: appointment.starts_on for appointment in once.appointments}
	assert moves(once, again, told, NOW) == []


@given(all_facts, st.lists(st.integers(0, 20), max_size=8))
def test_the_way_there_does_not_matter(facts, way):
	"""Whatever was seen in between, the last look is what counts."""
	state = State()
	for step in way:
		partial = replace(facts, offers=facts.offers[step % 3 :], employees=facts.employees[step % 2 :])
		state = derive(partial, NOW, state) if not partial.applicant_is_gone else state
	final = replace(facts, applicant_is_gone=False, is_credited_elsewhere=False)
	assert derive(final, NOW, state) == derive(final, NOW)


@given(all_facts)
def test_a_stage_that_needs_an_employee_has_a_date(facts):
	state = derive(replace(facts, applicant_is_gone=False, is_credited_elsewhere=False), NOW)
	assert (state.stage.rank >= Stage.JOINED.rank) == (state.joined_on is not None)
	assert (state.stage is Stage.CONFIRMED) == (state.confirmed_on is not None)
	assert all(day is None or day <= NOW.date() for day in (state.joined_on, state.confirmed_on))


@given(all_facts, st.integers(0, 400))
def test_time_alone_never_takes_a_stage_back(facts, later):
	then = NOW + timedelta(days=later)
	assert derive(facts, then).stage.rank >= derive(facts, NOW).stage.rank


@given(all_facts, st.builds(Employee, st.just("E9"), st.just("Active"), days))
def test_whoever_comes_back_or_is_transferred_keeps_what_was_reached(facts, again):
	"""A further record never takes anything away, whenever it begins."""
	facts = replace(facts, applicant_is_gone=False, is_credited_elsewhere=False)
	before = derive(facts, NOW)
	after = derive(replace(facts, employees=[*facts.employees, again]), NOW)
	assert after.stage.rank >= before.stage.rank
	for months in range(1, 9):
		assert not _retained(before, months) or _retained(after, months)


def _retained(state: State, months: int) -> bool:
	progress = Progress(
		state.stage, state.outcome, joined_on=state.joined_on, left_on=state.left_on, stays=state.stays
	)
	return bool(reached_on("Retained", months, progress, NOW.date()))


@given(all_facts)
def test_stays_are_kept_as_text_without_loss(facts):
	state = derive(facts, NOW)
	assert stays.read(stays.written(state.stays)) == state.stays
	assert len(state.stays) != 1


@given(all_facts, all_facts)
def test_two_states_differ_exactly_when_their_fingerprints_do(one, other):
	first, second = derive(one, NOW), derive(other, NOW)
	assert (first == second) == (first.fingerprint == second.fingerprint)


@given(all_facts, all_facts)
def test_the_timeline_tells_every_change_and_ends_where_the_referral_is(one, other):
	before, after = derive(one, NOW), derive(other, NOW, derive(one, NOW))
	told = [
		move
		for move in moves(before, after, {}, NOW)
		if move.kind in (Kind.STAGE, Kind.OUTCOME, Kind.CORRECTION)
	]
	assert bool(told) == (before.stage is not after.stage or before.outcome is not after.outcome)
	if told:
		stages = [move.stage for move in told]
		assert stages[-1] is after.stage
		assert told[-1].outcome is after.outcome
	assert sum(move.kind is Kind.STAGE for move in told) <= 1


@given(all_facts, all_facts)
def test_going_back_is_a_correction(one, other):
	before, after = derive(one, NOW), derive(other, NOW, derive(one, NOW))
	kinds = [move.kind for move in moves(before, after, {}, NOW)]
	goes_back = after.stage.rank < before.stage.rank
	reopens = after.outcome is Outcome.OPEN and before.outcome is not Outcome.OPEN
	assert kinds.count(Kind.CORRECTION) == int(goes_back or reopens)
