"""When people who were asked are reminded and forgotten, and what a candidate may know about where they stand."""

from datetime import date, datetime

import pytest

from referral_hub.referrals.rules.consent import has_run_out, reminders_due, was_taken_back
from referral_hub.referrals.rules.showing.candidate_view import Standing, standing

ASKED = date(2026, 11, 1)


@pytest.mark.parametrize(
	("today", "days", "due"),
	[
		(date(2026, 11, 3), (3, 10), 0),
		(date(2026, 11, 4), (3, 10), 1),
		(date(2026, 11, 10), (3, 10), 1),
		(date(2026, 11, 11), (3, 10), 2),
		(date(2027, 1, 1), (3, 10), 2),
		(date(2027, 1, 1), (0, 10), 1),
		(date(2027, 1, 1), (0, 0), 0),
	],
)
def test_reminders_go_out_after_their_days(today, days, due):
	assert reminders_due(ASKED, today, days) == due


@pytest.mark.parametrize(
	("until", "is_open", "over"),
	[
		(date(2026, 11, 30), True, False),
		(date(2026, 11, 22), True, False),
		(date(2026, 11, 21), True, True),
		(date(2026, 11, 30), False, True),
		(None, True, False),
	],
)
def test_an_answer_is_waited_for_to_its_last_day(until, is_open, over):
	assert has_run_out(until, is_open, date(2026, 11, 22)) is over


CLOSED = datetime(2026, 11, 22, 10)
WAY = {"is_asked": False, "has_interview_ahead": False, "closed_on": CLOSED, "tells_result": True}


@pytest.mark.parametrize(
	("stage", "outcome", "more", "expected"),
	[
		("Invited", "Open", {"is_asked": True}, Standing.ASKED),
		("Invited", "Open", {}, Standing.INVITED),
		("Submitted", "Open", {}, Standing.RECEIVED),
		("Screening", "Open", {}, Standing.BEING_READ),
		("Interviewing", "Open", {}, Standing.INTERVIEWS),
		("Interviewing", "Open", {"has_interview_ahead": True}, Standing.INTERVIEW_AHEAD),
		("Selected", "Open", {}, Standing.PASSED),
		("Selected", "Open", {"tells_result": False}, Standing.INTERVIEWS),
		("Offered", "Open", {}, Standing.OFFER),
		("Joined", "Hired", {}, Standing.JOINED),
		("Screening", "Withdrawn", {}, Standing.WITHDREW),
		("Offered", "Declined Offer", {}, Standing.DECLINED),
		("Screening", "Not Selected", {}, Standing.NOT_SELECTED),
		("Screening", "Not Selected", {"delay_hours": 24}, Standing.BEING_READ),
		("Screening", "Not Selected", {"tells_result": False}, Standing.CLOSED),
		("Joined", "Left", {}, Standing.CLOSED),
		("Screening", "Duplicate", {}, Standing.CLOSED),
		("Submitted", "Ineligible", {}, Standing.CLOSED),
		("Invited", "Expired", {}, Standing.CLOSED),
		("Offered", "No-show", {}, Standing.CLOSED),
	],
)
def test_a_candidate_knows_where_they_stand_as_far_as_hr_lets_them(stage, outcome, more, expected):
	assert standing(stage, outcome, now=datetime(2026, 11, 22, 12), **{**WAY, **more}) is expected


@pytest.mark.parametrize(
	("until", "closed_on", "taken_back"),
	[
		(date(2026, 11, 22), date(2026, 11, 21), True),
		(date(2026, 11, 22), date(2026, 11, 22), True),
		(date(2026, 11, 22), date(2026, 11, 23), False),
		(date(2026, 11, 22), None, False),
		(None, date(2026, 11, 22), False),
	],
)
def test_what_is_closed_while_an_answer_could_come_was_taken_back(until, closed_on, taken_back):
	assert was_taken_back(until, closed_on) is taken_back
