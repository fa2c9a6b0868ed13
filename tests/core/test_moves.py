"""The timeline: what is recorded when a referral moves."""

from datetime import date, datetime, timedelta

import pytest

from referral_hub.referrals.rules.moves import INTERVIEW_OFF, Kind, moves
from referral_hub.referrals.rules.outcomes import Outcome
from referral_hub.referrals.rules.stages import Appointment, Stage, State

NOW = datetime(2026, 11, 21, 12, 0)
MONDAY, TUESDAY = datetime(2026, 11, 23, 10), datetime(2026, 11, 24, 10)


def summary(before, after, announced=None):
	return [(move.kind, move.stage, move.outcome) for move in moves(before, after, announced or {}, NOW)]


def test_skipped_stages_are_one_event_that_names_them():
	[move] = moves(
		State(stage=Stage.SUBMITTED), State(stage=Stage.OFFERED, offered_on=date(2026, 11, 20)), {}, NOW
	)
	assert (move.kind, move.stage, move.happened_on) == (Kind.STAGE, Stage.OFFERED, datetime(2026, 11, 20))
	assert move.facts["skipped"] == ["Screening", "Interviewing", "Selected"]


def test_joining_is_a_stage_and_an_outcome():
	before = State(stage=Stage.OFFERED)
	after = State(stage=Stage.JOINED, outcome=Outcome.HIRED, joined_on=date(2026, 11, 1))
	assert summary(before, after) == [
		(Kind.STAGE, Stage.JOINED, Outcome.HIRED),
		(Kind.OUTCOME, Stage.JOINED, Outcome.HIRED),
	]
	assert {move.happened_on for move in moves(before, after, {}, NOW)} == {datetime(2026, 11, 1)}


def test_rejected_at_once_is_screened_then_not_selected():
	after = State(stage=Stage.SCREENING, outcome=Outcome.NOT_SELECTED, reason="Skills")
	told = moves(State(stage=Stage.SUBMITTED), after, {}, NOW)
	assert [(move.kind, move.outcome, move.reason) for move in told] == [
		(Kind.STAGE, Outcome.OPEN, None),
		(Kind.OUTCOME, Outcome.NOT_SELECTED, "Skills"),
	]


def test_taking_an_offer_back_is_a_correction():
	before = State(stage=Stage.OFFERED)
	assert summary(before, State(stage=Stage.INTERVIEWING)) == [
		(Kind.CORRECTION, Stage.INTERVIEWING, Outcome.OPEN)
	]


def test_reopening_and_going_on_is_a_correction_and_a_stage():
	before = State(stage=Stage.SCREENING, outcome=Outcome.NOT_SELECTED)
	assert summary(before, State(stage=Stage.OFFERED)) == [
		(Kind.CORRECTION, Stage.SCREENING, Outcome.OPEN),
		(Kind.STAGE, Stage.OFFERED, Outcome.OPEN),
	]


def test_a_new_interview_date_is_told_with_its_date():
	after = State(stage=Stage.INTERVIEWING, appointments=(Appointment(MONDAY, "Phone", "INT-1"),))
	told = moves(State(stage=Stage.INTERVIEWING), after, {}, NOW)
	assert [(move.kind, move.happened_on, move.facts["round"]) for move in told] == [
		(Kind.INTERVIEW, MONDAY, "Phone")
	]


def test_an_interview_date_is_told_once():
	after = State(stage=Stage.INTERVIEWING, appointments=(Appointment(MONDAY, "Phone", "INT-1"),))
	assert moves(State(stage=Stage.INTERVIEWING), after, {"INT-1": MONDAY}, NOW) == []


def told_interviews(announced, *appointments):
	after = State(stage=Stage.INTERVIEWING, appointments=appointments)
	moved = moves(State(stage=Stage.INTERVIEWING), after, announced, NOW)
	return [(move.facts["interview"], move.happened_on) for move in moved]


def test_a_renamed_round_is_no_news():
	assert told_interviews({"INT-1": MONDAY}, Appointment(MONDAY, "Telephone", "INT-1")) == []


def test_two_interviews_of_one_round_are_both_told():
	both = Appointment(MONDAY, "Phone", "INT-1"), Appointment(TUESDAY, "Phone", "INT-2")
	assert told_interviews({}, *both) == [("INT-1", MONDAY), ("INT-2", TUESDAY)]
	assert told_interviews({"INT-1": MONDAY}, *both) == [("INT-2", TUESDAY)]


def test_two_interviews_at_the_same_time_are_both_told():
	both = Appointment(MONDAY, "Phone", "INT-1"), Appointment(MONDAY, "Test", "INT-2")
	assert told_interviews({"INT-1": MONDAY}, *both) == [("INT-2", MONDAY)]


def test_an_interview_made_anew_for_the_same_date_is_no_news():
	assert told_interviews({"INT-1": MONDAY}, Appointment(MONDAY, "Phone", "INT-2")) == []


def test_an_interview_moved_onto_the_date_of_one_that_is_gone_is_told():
	announced = {"INT-1": MONDAY, "INT-2": TUESDAY}
	assert told_interviews(announced, Appointment(MONDAY, "Test", "INT-2")) == [("INT-2", MONDAY)]


def test_a_moved_interview_says_from_where():
	after = State(stage=Stage.INTERVIEWING, appointments=(Appointment(TUESDAY, "Phone", "INT-1"),))
	[move] = moves(State(stage=Stage.INTERVIEWING), after, {"INT-1": MONDAY}, NOW)
	assert (move.happened_on, move.facts["moved_from"]) == (TUESDAY, MONDAY.isoformat())


@pytest.mark.parametrize(
	("what", "after", "made", "told"),
	[
		("deleted", State(stage=Stage.SCREENING), [], ["INT-1"]),
		("it has a result", State(stage=Stage.INTERVIEWING), ["INT-1"], []),
		("the referral is over", State(outcome=Outcome.NOT_SELECTED), [], []),
		("the applicant is gone", State(applicant_is_gone=True), [], []),
		("made anew", State(appointments=(Appointment(MONDAY, "Phone", "INT-2"),)), ["INT-2"], []),
		(
			"another stays",
			State(appointments=(Appointment(TUESDAY, "Phone", "INT-2"),)),
			["INT-2"],
			["INT-1"],
		),
	],
)
def test_an_announced_interview_that_is_gone_is_noted_while_the_referral_goes_on(what, after, made, told):
	announced = {"INT-1": MONDAY} | ({"INT-2": TUESDAY} if "INT-2" in made else {})
	found = moves(State(stage=Stage.INTERVIEWING), after, announced, NOW, made)
	off = [move for move in found if move.facts.get("note") == INTERVIEW_OFF]
	assert [(move.facts["interview"], move.happened_on) for move in off] == [(name, MONDAY) for name in told]


def test_an_interview_that_has_passed_is_no_news():
	before = State(stage=Stage.INTERVIEWING, appointments=(Appointment(MONDAY, "Phone", "INT-1"),))
	assert moves(before, State(stage=Stage.INTERVIEWING), {"INT-1": MONDAY}, NOW) == []


def test_a_deleted_applicant_is_noted_once():
	before = State(stage=Stage.SCREENING)
	gone = State(stage=Stage.SCREENING, applicant_is_gone=True)
	[note] = moves(before, gone, {}, NOW)
	assert (note.kind, note.facts) == (Kind.NOTE, {"note": "applicant_deleted"})
	assert moves(gone, gone, {}, NOW + timedelta(days=1)) == []
