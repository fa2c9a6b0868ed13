"""Who belongs in the talent pool: the table of what HRMS can hold of an applicant."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_hub.talent.rules.reasons import (
	DECLINED,
	HAND_PICKED,
	NO_SHOW,
	SILVER_MEDAL,
	WITHDRAWN,
	Ended,
	Hired,
	Keeping,
	Kept,
	Offered,
	Round,
	gone_since,
	has_come,
	is_forgotten_by_hr,
	is_taken_back,
	is_under_way_since,
	kept_until,
	why_kept,
)

TODAY = date(2026, 11, 22)
APPLIED, MET, OFFERED, JOINING = (date(2026, month, 1) for month in (3, 4, 5, 6))
ACCEPTED = Offered("Accepted", OFFERED, JOINING)
REFUSED = Offered("Rejected", OFFERED, JOINING)
GOOD, POOR = Round("Under Review", MET, 0.8), Round("Rejected", MET, 0.4)


def ended(status="Open", **fields):
	return Ended(status, APPLIED, **fields)


@pytest.mark.parametrize(
	("what", "is_kept"),
	[
		(ended(), None),
		(ended("Rejected"), None),
		# silver medallists: a good round, or without a rating one that was cleared
		(ended("Rejected", rounds=(GOOD,)), Kept(SILVER_MEDAL, MET)),
		(ended("Rejected", rounds=(POOR, GOOD)), Kept(SILVER_MEDAL, MET)),
		(ended("Rejected", rounds=(POOR,)), None),
		(ended("Rejected", rounds=(Round("Cleared", MET),)), Kept(SILVER_MEDAL, MET)),
		(ended("Rejected", rounds=(Round("Cleared", MET, 0.5),)), None),
		(ended("Open", rounds=(GOOD,)), None),
		# declined
		(ended("Rejected", offers=(REFUSED,)), Kept(DECLINED, OFFERED)),
		(ended("Accepted", offers=(REFUSED, ACCEPTED)), Kept(NO_SHOW, JOINING, True)),
		(ended("Rejected", reason_kind=DECLINED), Kept(DECLINED, APPLIED)),
		# withdrew: by the reason of the rejection, or on their own page
		(ended("Rejected", reason_kind=WITHDRAWN, rounds=(GOOD,)), Kept(WITHDRAWN, MET)),
		(ended("Open", outcome=WITHDRAWN), Kept(WITHDRAWN, APPLIED)),
		(ended("Open", reason_kind=WITHDRAWN), None),
		# did not come: proposed until HR says so
		(ended("Accepted", offers=(ACCEPTED,)), Kept(NO_SHOW, JOINING, True)),
		(ended("Accepted", offers=(ACCEPTED,), outcome=NO_SHOW), Kept(NO_SHOW, JOINING)),
		(ended("Rejected", offers=(ACCEPTED,), reason_kind=NO_SHOW), Kept(NO_SHOW, JOINING)),
		(ended("Accepted", offers=(Offered("Accepted", OFFERED),)), None),
		(
			ended("Accepted", offers=(ACCEPTED,), onboarding_dates=(date(2026, 7, 1),)),
			Kept(NO_SHOW, date(2026, 7, 1), True),
		),
		(ended("Accepted", offers=(ACCEPTED,), onboarding_dates=(TODAY,)), None),
		# an Employee made in advance who never arrived is none
		(ended("Accepted", offers=(ACCEPTED,), employees=(Hired("Active", JOINING),)), None),
		(ended("Accepted", offers=(ACCEPTED,), employees=(Hired("Active", TODAY + timedelta(9)),)), None),
		(
			ended("Accepted", offers=(ACCEPTED,), employees=(Hired("Left", JOINING, JOINING),)),
			Kept(NO_SHOW, JOINING, True),
		),
		(
			ended("Accepted", offers=(ACCEPTED,), employees=(Hired("Inactive", JOINING),)),
			Kept(NO_SHOW, JOINING, True),
		),
		(
			ended("Accepted", offers=(ACCEPTED,), employees=(Hired("Left", JOINING, date(2026, 8, 1)),)),
			None,
		),
	],
)
def test_who_is_kept_and_why(what, is_kept):
	assert why_kept(what, Keeping(), TODAY) == is_kept


@pytest.mark.parametrize(
	("what", "setting"),
	[
		(ended("Accepted", offers=(ACCEPTED,)), "no_shows"),
		(ended("Rejected", offers=(REFUSED,)), "declined"),
		(ended("Open", outcome=WITHDRAWN), "withdrawn"),
		(ended("Rejected", rounds=(GOOD,)), "silver_medals"),
	],
)
def test_the_company_says_whom_it_keeps(what, setting):
	assert why_kept(what, Keeping(), TODAY)
	assert why_kept(what, Keeping(**{setting: False}), TODAY) is None


@pytest.mark.parametrize(
	("grace", "days_late", "is_proposed"), [(0, 0, False), (0, 1, True), (3, 3, False), (3, 4, True)]
)
def test_a_no_show_is_proposed_after_the_grace(grace, days_late, is_proposed):
	offer = Offered("Accepted", OFFERED, TODAY - timedelta(days_late))
	found = why_kept(ended("Accepted", offers=(offer,)), Keeping(grace_days=grace), TODAY)
	assert bool(found) is is_proposed


statuses = st.sampled_from(["Active", "Inactive", "Left", "Suspended"])
days = st.dates(date(2025, 1, 1), date(2027, 12, 31))
anything = st.builds(
	Ended,
	status=st.sampled_from(["Open", "Replied", "Rejected", "Hold", "Accepted"]),
	applied_on=days,
	reason_kind=st.none() | st.sampled_from([NO_SHOW, DECLINED, WITHDRAWN, "Not Selected"]),
	outcome=st.none() | st.sampled_from([NO_SHOW, DECLINED, WITHDRAWN, "Open", "Hired", "Not Selected"]),
	offers=st.lists(
		st.builds(Offered, st.sampled_from(["Accepted", "Rejected", "Awaiting Response"]), days, days),
		max_size=3,
	).map(tuple),
	onboarding_dates=st.lists(days, max_size=2).map(tuple),
	employees=st.lists(st.builds(Hired, statuses, days, st.none() | days), max_size=2).map(tuple),
	rounds=st.lists(
		st.builds(Round, st.sampled_from(["Pending", "Cleared", "Rejected"]), days, st.floats(0, 1)),
		max_size=3,
	).map(tuple),
)


@given(anything)
def test_nobody_who_came_is_kept_and_only_a_no_show_is_proposed(what):
	found = why_kept(what, Keeping(), TODAY)
	if has_come(what, TODAY):
		assert found is None
	if found and found.is_proposed:
		assert found.reason == NO_SHOW
		assert found.happened_on < TODAY


def test_how_long_somebody_is_kept():
	assert kept_until(TODAY, 730) == date(2028, 11, 21)
	assert kept_until(TODAY, 0) is None


DAYS = {number: TODAY - timedelta(days=number) for number in (10, 100, 400, 900)}


@pytest.mark.parametrize(
	("employees", "since"),
	[
		((), None),
		((Hired("Active", DAYS[900]),), None),
		((Hired("Left", DAYS[900], DAYS[400]),), DAYS[400]),
		((Hired("Left", DAYS[900], DAYS[400]), Hired("Left", DAYS[400], DAYS[100])), DAYS[100]),
		((Hired("Left", DAYS[900], DAYS[400]), Hired("Active", DAYS[100])), None),
		((Hired("Left", DAYS[900]),), None),
		# never came: neither here nor gone
		((Hired("Inactive", DAYS[10]),), None),
		((Hired("Left", DAYS[10], DAYS[10]),), None),
		((Hired("Left", DAYS[900], DAYS[400]), Hired("Inactive", DAYS[10])), DAYS[400]),
	],
)
def test_since_when_somebody_who_came_has_left(employees, since):
	assert gone_since(ended("Accepted", employees=employees), TODAY) == since


@pytest.mark.parametrize(
	("what", "happened_on", "is_so"),
	[
		(ended("Open"), APPLIED, True),
		(ended("Accepted"), APPLIED - timedelta(days=1), True),
		(ended("Open"), APPLIED + timedelta(days=1), False),
		(ended("Rejected"), APPLIED, False),
		(ended("Hold"), None, True),
		# what ended the referral by hand ended the application, whatever HRMS still says of it
		(ended("Open", outcome=WITHDRAWN), APPLIED, False),
		(ended("Accepted", outcome=NO_SHOW), APPLIED, False),
		(ended("Replied", outcome=DECLINED), None, False),
		(ended("Open", outcome="Duplicate"), APPLIED, True),
		(ended("Open", outcome="Open"), APPLIED, True),
	],
)
def test_which_application_is_under_way(what, happened_on, is_so):
	assert is_under_way_since(what, happened_on) is is_so


@pytest.mark.parametrize(
	("reason", "what", "is_so"),
	[
		(WITHDRAWN, ended("Open"), True),
		(WITHDRAWN, ended("Open", outcome=WITHDRAWN), False),
		(DECLINED, ended("Open", offers=(Offered("Rejected"),)), False),
		(DECLINED, ended("Open", offers=(Offered("Rejected"), Offered("Awaiting Response"))), True),
		(NO_SHOW, ended("Accepted", offers=(Offered("Accepted", None, TODAY - timedelta(days=9)),)), False),
		(NO_SHOW, ended("Accepted", offers=(Offered("Accepted", None, TODAY),)), True),
		(SILVER_MEDAL, ended("Open"), True),
		(HAND_PICKED, ended("Open"), False),
		(None, ended("Open"), False),
	],
)
def test_whose_end_was_taken_back(reason, what, is_so):
	assert is_taken_back(reason, what, TODAY) is is_so


@pytest.mark.parametrize(("days", "forgotten"), [(180, False), (181, True)])
def test_an_application_of_which_nothing_is_heard_for_half_a_year_is_in_nobody_s_hands(days, forgotten):
	ended = Ended(
		"Open",
		applied_on=TODAY - timedelta(days=400),
		rounds=(Round("Pending", TODAY - timedelta(days=days)),),
	)
	assert is_forgotten_by_hr(ended, TODAY) is forgotten
