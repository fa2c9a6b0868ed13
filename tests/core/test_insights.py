"""What the figures of reports mean: who counts in which step, what is a weak spot, what is usual."""

import statistics
from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_hub.insights.rules import channels, funnel, hearing, participation, register, weak
from referral_hub.insights.rules.channels import Hires, Reached
from referral_hub.insights.rules.funnel import Count, Step
from referral_hub.insights.rules.hearing import Wait
from referral_hub.insights.rules.register import Phase
from referral_hub.insights.rules.spread import median, nine_of_ten
from referral_hub.insights.rules.weak import Measure, Opened, Share
from referral_hub.referrals.rules.outcomes import Outcome
from referral_hub.referrals.rules.stages import Stage
from referral_hub.rewards.rules import states


@pytest.mark.parametrize(
	("stage", "outcome", "counts_in"),
	[
		("Invited", "Open", {"referred", "open"}),
		("Screening", "Not Selected", {"referred", "applied"}),
		("Selected", "Open", {"referred", "applied", "interviewed", "open"}),
		("Offered", "Declined Offer", {"referred", "applied", "interviewed", "offered"}),
		("Joined", "Left", {"referred", "applied", "interviewed", "offered", "joined"}),
		("Confirmed", "Hired", {"referred", "applied", "interviewed", "offered", "joined", "confirmed"}),
		("Joined", "Duplicate", {"not_counted"}),
		("Submitted", "Ineligible", {"not_counted"}),
	],
)
def test_a_referral_counts_in_every_step_it_reached(stage, outcome, counts_in):
	[line] = funnel.lines([Count("Sales", stage, outcome, 3)])
	assert {step.value for step, number in line.steps.items() if number == 3} == counts_in
	assert set(line.steps.values()) <= {0, 3}


def test_rates_of_a_funnel_are_told_only_where_there_is_something_to_have_a_share_of():
	lines = funnel.lines(
		[
			Count("Sales", "Submitted", "Open", 2),
			Count("Sales", "Joined", "Hired", 1),
			Count("IT", "Invited", "Open", 1),
		]
	)
	assert [line.group for line in lines] == ["Sales", "IT"]
	assert [line.rate(Step.JOINED, Step.REFERRED) for line in lines] == [33.3, 0.0]
	assert [line.rate(Step.CONFIRMED, Step.JOINED) for line in lines] == [0.0, None]
	assert funnel.total(lines).steps[Step.REFERRED] == 4


def test_a_channel_counts_everybody_who_came_at_least_so_far():
	reached = [
		Reached("Board", 0, 6),
		Reached("Board", 1, 2),
		Reached("Board", 3, 2),
		Reached("referral", 3, 1),
	]
	hires = [
		Hires("Board", 10, True, True, 1),
		Hires("Board", 20, False, False, 1),
		Hires("referral", -2, True, False, 1),
	]
	referral, board = channels.lines(reached, hires)
	assert (referral.channel, board.channel) == ("referral", "Board")
	assert list(board.steps.values()) == [10, 4, 2, 2]
	assert (board.days_to_hire, board.year_known, board.stayed) == (15, 1, 100.0)
	assert (referral.days_to_hire, referral.stayed) == (0, 0.0)
	assert channels.share_of_hires([referral, board]) == 33.3


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 5))))
def test_what_is_usual_among_counted_values_is_that_of_the_list_they_stand_for(counted):
	values = sorted(value for value, number in counted for _one in range(number))
	assert median(counted) == (statistics.median(values) if values else None)
	if values:
		found = nine_of_ten(counted)
		assert sum(value <= found for value in values) >= 0.9 * len(values)
		assert sum(value < found for value in values) < 0.9 * len(values)


def test_every_state_of_a_reward_stands_in_one_phase():
	every = [register.states_of(phase) for phase in Phase]
	assert sorted(state for group in every for state in group) == sorted(states.STANDING | states.UNDONE)


def test_rewards_of_two_currencies_are_not_added_up():
	lines = register.lines(
		[
			register.Sum("", "Cash", "CNY", "Paid", 2, 300.0),
			register.Sum("", "Cash", "CNY", "Confirmed", 1, 50.0),
			register.Sum("", "Cash", "USD", "Due", 1, 10.0),
		]
	)
	assert [(line.currency, line.handed_over, line.numbers[Phase.TO_COME]) for line in lines] == [
		("CNY", 350.0, 0),
		("USD", 0, 1),
	]
	assert register.by_currency(lines) == {"CNY": 350.0}


def weak_groups(*shares) -> list[str]:
	found = weak.weak_shares(
		Share("One", group, Measure.ACCEPTED, part, whole) for group, part, whole in shares
	)
	return [spot.group for spot in found]


def test_a_share_is_weak_when_chance_does_not_explain_it():
	assert weak_groups(("A", 2, 20), ("B", 16, 20), ("C", 15, 20)) == ["A"]
	# as far below, but of few
	assert weak_groups(("A", 0, 4), ("B", 16, 20), ("C", 15, 20)) == []
	# below the mean, but not by more than chance
	assert weak_groups(("A", 9, 20), ("B", 11, 20), ("C", 12, 20)) == []
	assert weak_groups(("A", 0, 30)) == []


def test_nobody_is_measured_against_another_company():
	shares = [Share("Two", "A", Measure.ACCEPTED, 2, 20), Share("One", "B", Measure.ACCEPTED, 19, 20)]
	assert weak.weak_shares(shares) == []


def test_wilson_s_upper_end_is_the_published_one():
	# Newcombe, Statistics in Medicine 17, 1998, 857-872, table I, method 3
	for part, whole, upper in ((81, 263, 0.3662), (15, 148, 0.1605), (0, 20, 0.1611), (1, 29, 0.1718)):
		assert weak.upper_end(part, whole) == pytest.approx(upper, abs=0.0001)


def weak_opened(*opened: tuple[int, int]) -> list[tuple[int, float]]:
	"""What the weak ones have and what is usual, of (referrals, days)."""
	found = weak.weak_openings(
		Opened("One", f"O{number}", referrals, days) for number, (referrals, days) in enumerate(opened)
	)
	return [(spot.part, spot.usual) for spot in found]


def test_an_opening_is_weak_when_so_few_referrals_are_rare():
	assert weak_opened(*[(9, 365)] * 9, (1, 365)) == [(1, 8.2)]
	assert weak_opened((2, 365), (0, 365)) == []
	assert weak.at_most(0, 3.0) == pytest.approx(0.0498, abs=0.0001)
	assert weak.at_most(4, 3.0) == pytest.approx(0.8153, abs=0.0001)


def test_a_young_opening_is_measured_by_the_days_it_was_open():
	assert weak_opened(*[(10, 365)] * 10, (1, 36)) == []
	assert weak_opened(*[(100, 365)] * 10, (0, 36)) == [(0, 9.8)]
	# an old one beside young ones that got as many in a tenth of its days
	assert weak_opened((10, 360), *[(10, 36)] * 5) == [(10, 40.0)]


def test_thousands_of_referrals_are_rare_only_where_so_few_are():
	# against the sums of the exact chances
	for number, mean in (
		(940, 1000),
		(1000, 1000),
		(1060, 1000),
		(700, 746),
		(3, 746),
		(100_000, 10),
		(0, 0),
	):
		exact = _exactly_at_most(number, mean)
		assert weak.at_most(number, mean) == pytest.approx(exact, rel=1e-6, abs=1e-12)
	assert weak.at_most(940, 1000) == pytest.approx(0.0290, abs=0.0005)
	assert weak_opened(*[(900, 365)] * 9, (950, 365)) == []
	assert weak_opened(*[(900, 365)] * 9, (800, 365)) == [(800, 890.0)]


def _exactly_at_most(number: int, mean: int) -> float:
	"""The Poisson sum in sixty digits, so that nothing in it becomes 0."""
	with localcontext(prec=60, Emin=-999_999):
		term = total = (-Decimal(mean)).exp()
		for count in range(1, min(number, 5 * mean) + 1):
			term *= Decimal(mean) / count
			total += term
		return float(total)


@pytest.mark.parametrize("measure", weak.SHARES)
def test_who_counts_for_a_share_is_among_those_it_is_of(measure):
	part, whole = (
		{(stage, outcome, box.word) for box in boxes for stage in box.stages for outcome in box.outcomes}
		for boxes in weak.SHARES[measure]
	)
	without_words = {(stage, outcome) for stage, outcome, _word in whole}
	assert {(stage, outcome) for stage, outcome, _word in part} <= without_words
	assert not {outcome for _stage, outcome in without_words} & {Outcome.DUPLICATE, Outcome.INELIGIBLE}
	assert len(whole) == sum(len(box.stages) * len(box.outcomes) for box in weak.SHARES[measure][1])


def test_an_undecided_referral_stands_on_neither_side_of_who_is_interviewed():
	_part, whole = weak.SHARES[Measure.INTERVIEWED]
	counted = {(stage, outcome) for box in whole for stage in box.stages for outcome in box.outcomes}
	assert (Stage.SCREENING, Outcome.OPEN) not in counted
	assert (Stage.SCREENING, Outcome.NOT_SELECTED) in counted
	assert (Stage.INTERVIEWING, Outcome.OPEN) in counted


def test_who_heard_nothing_yet_is_late_only_after_a_while():
	waits = [
		Wait("A", 2, True, False, False, 6),
		Wait("A", 9, False, True, False, 2),
		Wait("A", None, True, False, False, 5),
		Wait("A", None, True, True, True, 2),
	]
	[line] = hearing.lines(waits)
	assert list(line.steps.values()) == [15, 8, 7, 2]
	assert (line.median_days, line.most_days, line.heard_soon) == (2, 9, 60.0)


def test_shares_of_the_staff_are_of_those_they_are_about():
	line = participation.Line("A", dict(zip(participation.Step, (40, 10, 4, 5, 2, 7), strict=True)), 17, 8, 6)
	assert (line.participation, line.repeated, line.personalised) == (25.0, 40.0, 75.0)
	assert (line.promoted_successful, line.promoted_others) == (40.0, 20.0)
	assert participation.total([line, line]).participation == 25.0
