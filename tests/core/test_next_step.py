"""The five dots and the next step, for every stage and outcome."""

from datetime import datetime, timedelta

import pytest

from referral_hub.referrals.rules.showing.next_step import (
	STAGES,
	NextStep,
	next_step,
	progress,
	still_ahead,
)

NOW = datetime(2026, 3, 12, 9, 0)
CLOSED = (
	"Left",
	"No-show",
	"Declined Offer",
	"Withdrawn",
	"Not Selected",
	"Expired",
	"Duplicate",
	"Ineligible",
)


def dots(stage: str, outcome: str = "Open") -> str:
	marks = {"done": "#", "now": "o", "ahead": ".", "stopped": "x"}
	return "".join(marks[dot] for dot in progress(stage, outcome).dots)


@pytest.mark.parametrize(
	("stage", "outcome", "expected"),
	[
		("Invited", "Open", "....."),
		("Submitted", "Open", "o...."),
		("Screening", "Open", "#o..."),
		("Interviewing", "Open", "##o.."),
		("Selected", "Open", "###o."),
		("Offered", "Open", "###o."),
		("Joined", "Hired", "####o"),
		("Confirmed", "Hired", "#####"),
		("Screening", "Not Selected", "#x..."),
		("Offered", "Declined Offer", "###x."),
		("Joined", "Left", "####x"),
	],
)
def test_five_dots_show_how_far_it_came_and_where_it_stopped(stage, outcome, expected):
	assert dots(stage, outcome) == expected


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("outcome", CLOSED)
def test_a_closed_referral_waits_for_nothing(stage, outcome):
	assert next_step(stage, outcome, NOW + timedelta(days=1), True, NOW) is NextStep.CLOSED
	assert still_ahead(stage, outcome) == ()


@pytest.mark.parametrize(
	("interview_on", "waits_for_result", "expected"),
	[
		(NOW + timedelta(minutes=1), True, NextStep.INTERVIEW_AHEAD),
		(NOW, True, NextStep.INTERVIEW_AHEAD),
		(NOW - timedelta(minutes=1), True, NextStep.INTERVIEW_DONE),
		(None, True, NextStep.INTERVIEW_DONE),
		(NOW + timedelta(minutes=1), False, NextStep.INTERVIEW_AHEAD),
		(NOW - timedelta(minutes=1), False, NextStep.HR_DECIDES),
		(None, False, NextStep.HR_DECIDES),
	],
)
def test_an_interview_is_ahead_until_it_has_begun_and_hr_decides_once_each_has_a_result(
	interview_on, waits_for_result, expected
):
	assert next_step("Interviewing", "Open", interview_on, waits_for_result, NOW) is expected


def test_every_open_stage_has_a_next_step_of_its_own():
	steps = {next_step(stage, "Open", None, True, NOW) for stage in STAGES}
	assert len(steps) == len(STAGES)
	assert NextStep.CLOSED not in steps


def test_what_lies_ahead_begins_after_the_present_stage_and_ends_with_probation():
	assert still_ahead("Interviewing", "Open") == ("Selected", "Offered", "Joined", "Confirmed")
	assert still_ahead("Joined", "Hired") == ("Confirmed",)
	assert still_ahead("Confirmed", "Hired") == ()


def test_who_is_asked_first_is_waited_for_otherwise_than_who_is_invited():
	assert next_step("Invited", "Open", None, False, NOW, is_asked=True) is NextStep.ASKED
	assert next_step("Invited", "Open", None, False, NOW) is NextStep.INVITED
	assert next_step("Screening", "Open", None, False, NOW, is_asked=True) is NextStep.IN_SCREENING
	assert next_step("Invited", "Expired", None, False, NOW, is_asked=True) is NextStep.CLOSED
