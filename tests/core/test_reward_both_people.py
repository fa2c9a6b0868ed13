"""The referrer counts when they refer, when it is earned and when it is paid; the hire until it is paid; months of every length."""

from datetime import date

import pytest

from referral_hub.rewards.rules.milestones import Progress, retained_on
from referral_hub.rewards.rules.paying.payable import BothPeople, why_not_payable


# who may not be paid when they refer is promised nothing: the four other cases have no reward to pay
@pytest.mark.parametrize(
	("at_hire", "at_payout", "reason"),
	[
		(True, True, None),
		(True, False, "referrer_inactive"),
		(False, True, "referrer_was_away"),
		(False, False, "referrer_inactive"),
	],
)
def test_the_four_cases_of_who_was_promised_something(at_hire, at_payout, reason):
	people = BothPeople("Active" if at_payout else "Left", "Active", was_away_when_earned=not at_hire)
	assert why_not_payable("Joined", people) == reason


def test_a_person_can_release_who_was_away_and_nothing_else():
	away = BothPeople("Active", "Active", was_away_when_earned=True)
	assert why_not_payable("Joined", away, ["referrer_was_away"]) is None
	assert why_not_payable("Joined", away, ["something_else"]) == "referrer_was_away"
	assert why_not_payable("Joined", BothPeople("Left", "Active", True), ["referrer_was_away"]) == (
		"referrer_inactive"
	)
	assert why_not_payable("Joined", BothPeople("Active", "Left", True), ["referrer_was_away"]) == "hire_left"


@pytest.mark.parametrize(
	("joined", "months", "expected"),
	[
		(date(2027, 1, 31), 1, date(2027, 2, 28)),
		(date(2028, 1, 31), 1, date(2028, 2, 29)),
		(date(2028, 2, 29), 12, date(2029, 2, 28)),
		(date(2028, 2, 29), 48, date(2032, 2, 29)),
		(date(2027, 2, 28), 12, date(2028, 2, 28)),
		(date(2027, 8, 31), 6, date(2028, 2, 29)),
		(date(2027, 10, 31), 1, date(2027, 11, 30)),
		(date(2027, 12, 31), 2, date(2028, 2, 29)),
	],
)
def test_months_end_on_the_last_day_there_is(joined, months, expected):
	assert retained_on(months, Progress(stage="Joined", outcome="Hired", joined_on=joined)) == expected
