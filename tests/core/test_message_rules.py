"""Which step tells what, in which language, at which address, and when it is tried again."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_hub.messages.rules.delivery import (
	RETRY_MINUTES,
	first_usable_address,
	is_usable_address,
	language_for,
	next_try_on,
	put_off_until,
)
from referral_hub.messages.rules.events import (
	EVENTS,
	KEY_LENGTH,
	OUTCOME_EVENTS,
	STAGE_EVENTS,
	TOLD_TO_EMPLOYEES,
	Step,
	event_key,
	is_stale,
	known_facts,
	news_of,
)
from referral_hub.messages.rules.standing import is_said_again, is_still_true, is_told_each_time

NOW = datetime(2026, 11, 21, 9, 0)
TOMORROW = datetime(2026, 11, 22, 10, 30)
FIRST_DATE = {"interview_on": "2026-12-02 10:00:00"}


@pytest.mark.parametrize(
	("stage", "event"),
	[
		("Invited", None),
		("Submitted", "referral_received"),
		("Screening", "referral_screening"),
		("Interviewing", None),
		("Selected", "terms_discussed"),
		("Offered", "offer_made"),
		("Joined", "candidate_joined"),
		("Confirmed", "candidate_confirmed"),
	],
)
def test_each_stage_tells_its_message_and_interviewing_waits_for_the_date(stage, event):
	news = news_of(Step("Stage", stage=stage, happened_on=NOW), NOW)
	assert (news and news.event) == event


@pytest.mark.parametrize(
	("outcome", "event"),
	[
		("Open", None),
		("Hired", None),
		("Left", None),
		("No-show", None),
		("Declined Offer", "offer_declined"),
		("Withdrawn", "candidate_withdrew"),
		("Not Selected", "not_selected"),
		("Expired", None),
		("Duplicate", None),
		("Ineligible", None),
	],
)
def test_each_outcome_tells_its_message(outcome, event):
	news = news_of(Step("Outcome", stage="Offered", outcome=outcome, happened_on=NOW), NOW)
	assert (news and news.event) == event


@pytest.mark.parametrize("kind", ["Correction", "Note"])
def test_corrections_and_notes_tell_nothing(kind):
	assert news_of(Step(kind, stage="Joined", outcome="Not Selected", happened_on=TOMORROW), NOW) is None


def test_an_interview_to_come_is_told_with_its_date():
	news = news_of(Step("Interview", stage="Interviewing", happened_on=TOMORROW), NOW)
	assert (news.event, news.facts) == ("interview_scheduled", {"interview_on": "2026-11-22 10:30:00"})


@pytest.mark.parametrize("happened_on", [None, NOW - timedelta(seconds=1), NOW - timedelta(days=300)])
def test_an_interview_that_is_over_is_not_told(happened_on):
	assert news_of(Step("Interview", happened_on=happened_on), NOW) is None


def test_a_moved_interview_is_other_news_and_the_same_date_is_not():
	def detail(moment):
		return news_of(Step("Interview", happened_on=moment), NOW).detail

	assert detail(TOMORROW) == detail(TOMORROW)
	assert detail(TOMORROW) != detail(TOMORROW + timedelta(hours=1))


def test_an_interview_moved_back_to_its_first_date_is_other_news():
	def detail(seq, moment):
		return news_of(Step("Interview", happened_on=moment, seq=seq), NOW).detail

	later = TOMORROW + timedelta(days=1)
	assert len({detail(3, TOMORROW), detail(4, later), detail(5, TOMORROW)}) == 3
	assert detail(3, TOMORROW) == detail(3, TOMORROW)


def test_a_second_refusal_is_other_news_whatever_its_reason():
	def detail(seq):
		return news_of(Step("Outcome", outcome="Not Selected", reason="Pay", seq=seq), NOW).detail

	assert [detail(3), detail(5)] == ["3", "5"]


def test_a_stage_is_told_once_and_again_after_an_ending_that_did_not_last():
	def detail(**ended):
		return news_of(Step("Stage", stage="Offered", seq=9, **ended), NOW).detail

	assert [detail(), detail(ended_at=4), detail(ended_at=7)] == ["", "4", "7"]


def test_joining_says_when():
	news = news_of(Step("Stage", stage="Joined", happened_on=TOMORROW), NOW)
	assert news.facts == {"joined_on": "2026-11-22"}


def test_an_imported_history_is_not_told_but_what_follows_is():
	def told(happened_on):
		return (
			news_of(Step("Stage", stage="Offered", happened_on=happened_on, imported=True), NOW) is not None
		)

	assert [told(NOW - timedelta(days=31)), told(NOW - timedelta(days=30)), told(NOW)] == [False, True, True]


def test_every_message_a_step_can_send_exists():
	assert {*STAGE_EVENTS.values(), *OUTCOME_EVENTS.values()} < TOLD_TO_EMPLOYEES
	assert len({event.title for event in EVENTS.values()}) == len(EVENTS)
	assert all("reader_name" in known_facts(event) for event in EVENTS)


def test_a_message_is_stale_only_when_the_moment_it_announces_has_passed():
	past, future = {"interview_on": "2026-11-21 08:59:59"}, {"interview_on": "2026-11-21 09:00:01"}
	assert is_stale("interview_scheduled", past, NOW)
	assert not is_stale("interview_scheduled", future, NOW)
	assert not is_stale("interview_scheduled", {}, NOW)
	assert not is_stale("candidate_joined", {"joined_on": "2020-01-01"}, NOW)


@given(st.sampled_from(sorted(EVENTS)), st.text(max_size=400), st.text(max_size=400))
def test_a_key_fits_its_column_and_tells_news_apart(event, key, other):
	made = event_key(event, key)
	assert len(made) <= KEY_LENGTH
	assert (made == event_key(event, other)) == (key == other)


@pytest.mark.parametrize(
	("preferred", "available", "language"),
	[
		("en", ["en", "zh"], "en"),
		("zh", ["en", "zh"], "zh"),
		("zh-TW", ["en", "zh"], "zh"),
		("zh_Hant_HK", ["en", "zh"], "zh"),
		("zh-TW", ["en", "zh", "zh-TW"], "zh-TW"),
		("fr", ["en", "zh"], "en"),
		("fr", ["en", "zh", "fr"], "fr"),
		("", ["en", "zh"], "en"),
		(None, ["en", "zh"], "en"),
		("zha", ["en", "zh"], "en"),
		("de", [], "en"),
	],
)
def test_the_language_is_the_readers_else_its_parent_else_english(preferred, available, language):
	assert language_for(preferred, available) == language


@pytest.mark.parametrize(
	("address", "usable"),
	[
		("mei@example.com", True),
		(" mei@example.com ", True),
		("mei@invalid.example.com", True),
		("mei@notinvalid", True),
		("phone-138@referral-hub.invalid", False),
		("mei@INVALID", False),
		("mei@x.invalid.", False),
		("mei", False),
		("@example.com", False),
		("mei@", False),
		("", False),
		(None, False),
	],
)
def test_reserved_and_broken_addresses_are_never_written_to(address, usable):
	assert is_usable_address(address) is usable


def test_the_first_address_that_can_be_used_is_used():
	assert (
		first_usable_address([None, "x@y.invalid", " mei@example.com ", "b@example.com"]) == "mei@example.com"
	)
	assert first_usable_address([None, ""]) is None


def test_what_is_never_taken_is_put_off_for_longer_and_in_the_end_left_to_a_person():
	waits = [put_off_until(times, 60, NOW) for times in range(1, 26)]
	minutes = [60] * 8 + [3600] * 16
	assert waits == [*(NOW + timedelta(seconds=seconds) for seconds in minutes), None]
	assert put_off_until(9, 7200, NOW) == NOW + timedelta(hours=2)


def test_tries_come_further_apart_and_end():
	waits = [next_try_on(failures, NOW) for failures in range(1, len(RETRY_MINUTES) + 2)]
	assert waits[:-1] == [NOW + timedelta(minutes=minutes) for minutes in RETRY_MINUTES]
	assert waits[-1] is None
	assert list(RETRY_MINUTES) == sorted(set(RETRY_MINUTES))


@pytest.mark.parametrize(
	("event", "facts", "stage", "outcome", "holds"),
	[
		("not_selected", {}, "Screening", "Not Selected", True),
		("not_selected", {}, "Screening", "Open", False),
		("offer_declined", {}, "Selected", "Open", False),
		("reason_given", {}, "Screening", "Open", False),
		("offer_made", {}, "Joined", "Hired", True),
		("offer_made", {}, "Screening", "Open", False),
		("candidate_result", {"passed": True}, "Selected", "Not Selected", False),
		("candidate_result", {"passed": False}, "Selected", "Not Selected", True),
		("reward_paid", {}, "Submitted", "Expired", True),
		("interview_scheduled", FIRST_DATE, "Interviewing", "Open", True),
		("candidate_interview", FIRST_DATE, "Offered", "Open", True),
		("interview_off", FIRST_DATE, "Interviewing", "Open", False),
		("interview_off", {"interview_on": "2026-12-02 11:00:00"}, "Screening", "Open", True),
		("candidate_interview_off", {"interview_on": "2026-12-02 11:00:00"}, "Screening", "Expired", False),
		("interview_scheduled", FIRST_DATE, "Interviewing", "Not Selected", False),
		("interview_scheduled", {"interview_on": "2026-12-02 11:00:00"}, "Interviewing", "Open", False),
		("candidate_interview", {"interview_on": "2026-12-02 11:00:00"}, "Interviewing", "Open", False),
	],
)
def test_what_a_message_says_of_its_referral_holds_or_not(event, facts, stage, outcome, holds):
	interviews = [FIRST_DATE["interview_on"], "2026-12-03 10:00:00"]
	assert is_still_true(event, facts, stage, outcome, interviews) is holds


@pytest.mark.parametrize(
	("event", "facts", "newer", "again"),
	[
		("not_selected", {}, [{}], True),
		("not_selected", {}, [], False),
		("offer_made", {}, [{}], False),
		("interview_scheduled", FIRST_DATE, [FIRST_DATE], True),
		("interview_scheduled", FIRST_DATE, [{"interview_on": "2026-12-03 10:00:00"}], False),
	],
)
def test_another_rounds_interview_does_not_take_the_place_of_this_one(event, facts, newer, again):
	assert (is_told_each_time(event, facts) and is_said_again(facts, newer)) is again
