"""What the employee records of one person add up to: stays, what they reach, and what a correction takes back."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from referral_hub.referrals.rules.facts import Applicant, Employee, Facts
from referral_hub.referrals.rules.outcomes import Outcome
from referral_hub.referrals.rules.stages import Stage, derive
from referral_hub.referrals.rules.stays import Stay, read, services_of, written
from referral_hub.rewards.rules.milestones import Progress, retained_on

NOW = datetime(2026, 11, 22, 9)
TODAY = NOW.date()


def day(days: int) -> date:
	return TODAY + timedelta(days=days)


def here(name: str, since: int, **fields) -> Employee:
	return Employee(name, "Active", day(since), **fields)


def gone(name: str, since: int, until: int | None, **fields) -> Employee:
	return Employee(name, "Left", day(since), leaves_on=None if until is None else day(until), **fields)


def stays_of(*records) -> list[Stay]:
	return [service.stay for service in services_of(records)]


def state_of(*records):
	return derive(Facts(Applicant("Accepted"), employees=records), NOW)


def progress_of(state) -> Progress:
	dates = {name: getattr(state, name) for name in ("joined_on", "confirmed_on", "left_on", "stays")}
	return Progress(state.stage, state.outcome, **dates)


FIRST = gone("A", -200, -20)


@pytest.mark.parametrize(
	("records", "expected"),
	[
		((here("A", -200),), [(-200, None)]),
		((FIRST, here("B", 20)), [(-200, -20), (20, None)]),
		((FIRST, here("B", -20)), [(-200, None)]),
		((FIRST, here("B", -16)), [(-200, None)]),
		((FIRST, here("B", -15)), [(-200, -20), (-15, None)]),
		((FIRST, here("B", 20, continues="A")), [(-200, None)]),
		((FIRST, gone("B", -19, -5), here("C", -4)), [(-200, None)]),
		((here("A", -20, served_since=day(-200)),), [(-200, None)]),
		((gone("A", -200, None), here("B", -20)), [(-200, -200), (-20, None)]),
		((Employee("A", "Active", None),), []),
	],
	ids=[
		"one record",
		"a gap",
		"the same day",
		"a long weekend",
		"longer than a weekend",
		"a transfer with a gap",
		"two transfers by hand",
		"a transfer on the same record",
		"nobody entered the last day",
		"no joining date",
	],
)
def test_records_without_a_break_between_them_are_one_stay(records, expected):
	wanted = [Stay(day(began), None if ended is None else day(ended)) for began, ended in expected]
	assert stays_of(*records) == stays_of(*reversed(records)) == wanted


def test_who_will_come_back_has_left_until_then_and_keeps_what_was_reached():
	state = state_of(FIRST, here("B", 20))
	assert (state.stage, state.outcome, state.hired_employee) == (Stage.CONFIRMED, Outcome.LEFT, "A")
	assert (state.joined_on, state.left_on, state.stays) == (day(-200), day(-20), ())
	assert state == state_of(FIRST)


def test_who_came_back_is_hired_and_keeps_what_was_reached():
	state = state_of(FIRST, here("B", 0))
	assert (state.stage, state.outcome, state.hired_employee) == (Stage.CONFIRMED, Outcome.HIRED, "B")
	assert (state.joined_on, state.confirmed_on) == (day(-200), state_of(FIRST).confirmed_on)
	assert (state.left_on, state.stays) == (None, (Stay(day(-200), day(-20)), Stay(TODAY)))


def test_a_gap_does_not_count_as_having_stayed():
	came_back = progress_of(state_of(FIRST, here("B", -2)))
	assert retained_on(3, came_back) < day(-20)  # the first stay was long enough
	assert retained_on(6, came_back) > TODAY  # the second has to be, from its own first day
	assert retained_on(6, progress_of(state_of(FIRST))) is None


def test_probation_that_was_not_passed_before_is_passed_in_a_later_stay():
	short = gone("A", -300, -280)
	assert state_of(short).stage is Stage.JOINED
	assert state_of(short, here("B", -30)).stage is Stage.JOINED
	state = state_of(short, here("B", -120))
	assert (state.stage, state.joined_on) == (Stage.CONFIRMED, day(-300))


def test_a_transfer_goes_on_from_the_first_day():
	old = gone("A", -200, -10, confirmed_on=day(-100))
	new = here("B", -10, continues="A", confirmed_on=day(60))
	state = state_of(old, new)
	assert (state.stage, state.outcome, state.hired_employee) == (Stage.CONFIRMED, Outcome.HIRED, "B")
	assert (state.joined_on, state.confirmed_on, state.stays) == (day(-200), day(-100), ())
	assert retained_on(6, progress_of(state)) < TODAY


def test_a_probation_that_the_new_contract_ends_counts_when_the_old_one_had_not():
	old = gone("A", -60, -10, confirmed_on=day(30))
	state = state_of(old, here("B", -10, continues="A", confirmed_on=day(-1)))
	assert (state.stage, state.confirmed_on) == (Stage.CONFIRMED, day(-1))


def test_a_wrong_joining_date_that_is_put_right_takes_back():
	hire = here("A", -200)
	assert state_of(hire).stage is Stage.CONFIRMED
	state = state_of(replace(hire, joins_on=day(20)))
	assert (state.outcome, state.joined_on, state.confirmed_on) == (Outcome.OPEN, None, None)


@pytest.mark.parametrize("text", ["yesterday", "2026-01-01/x", "2026-13-01/..", "/"])
def test_what_somebody_wrote_into_the_column_says_nothing(text):
	assert read(text) == ()


def test_stays_are_written_as_intervals():
	stays = (Stay(date(2026, 1, 5), date(2026, 6, 30)), Stay(date(2026, 9, 1)))
	assert written(stays) == "2026-01-05/2026-06-30 2026-09-01/.."
	assert read(written(stays)) == stays
	assert (written(()), read(None), read("")) == (None, (), ())
