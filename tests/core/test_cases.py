"""Who may refer and who is paid, how many, and what HR is shown: each case of the tables, and that the strictest counts."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_hub.referrals.rules.deciding.cases import DEFAULTS, Case, Ruling, Ties, Treatment, rule
from referral_hub.referrals.rules.deciding.limits import Limits, Record, allowance, is_slowed
from referral_hub.referrals.rules.deciding.signals import Seen, Watch, find, is_stranger

TODAY = date(2026, 11, 22)
YESTERDAY, TOMORROW = date(2026, 11, 21), date(2026, 11, 23)


def held(ties: Ties, probation_ends=None) -> list[Case]:
	return [case for case, _treatment in rule(ties, {}, TODAY, probation_ends).held]


HOLDS = [
	(Ties(), None, []),
	(Ties(is_hiring_manager=True), None, [Case.HIRING_MANAGER]),
	(Ties(is_interviewer=True), None, [Case.INTERVIEWER]),
	(Ties(is_recruiter=True), None, [Case.RECRUITER]),
	(Ties(is_hr_user=True), None, [Case.HR_USER]),
	(Ties(leads_the_post=True), None, [Case.DIRECT_LEADER]),
	(Ties(department="Sales", opening_department="Sales"), None, [Case.SAME_DEPARTMENT]),
	(Ties(department="Sales", opening_department="Legal"), None, []),
	(Ties(department=None, opening_department=None), None, []),
	(Ties(), TOMORROW, [Case.ON_PROBATION]),
	(Ties(), TODAY, []),
	(Ties(confirmed_on=YESTERDAY), TOMORROW, []),
	(Ties(confirmed_on=TOMORROW), YESTERDAY, [Case.ON_PROBATION]),
	(Ties(resigned_on=YESTERDAY), None, [Case.UNDER_NOTICE]),
	(Ties(leaves_on=TODAY), None, [Case.UNDER_NOTICE]),
	(Ties(leaves_on=YESTERDAY), None, []),
	(Ties(is_family=True), None, [Case.FAMILY]),
	(Ties(candidate_works_here=True), None, [Case.CURRENT_EMPLOYEE]),
]


@pytest.mark.parametrize(("ties", "probation_ends", "cases"), HOLDS)
def test_a_case_holds_when_hrms_says_so(ties, probation_ends, cases):
	assert held(ties, probation_ends) == cases


BY_DEFAULT = [
	(Case.HIRING_MANAGER, True, False, False),
	(Case.INTERVIEWER, True, True, True),
	(Case.RECRUITER, True, False, False),
	(Case.HR_USER, True, False, False),
	(Case.DIRECT_LEADER, True, False, False),
	(Case.SAME_DEPARTMENT, True, True, False),
	(Case.ON_PROBATION, True, True, False),
	(Case.UNDER_NOTICE, True, False, True),
	(Case.FAMILY, True, True, True),
	(Case.CURRENT_EMPLOYEE, False, False, True),
]


@pytest.mark.parametrize(("case", "may_refer", "may_be_paid", "flag"), BY_DEFAULT)
def test_what_holds_where_a_program_says_nothing(case, may_refer, may_be_paid, flag):
	assert DEFAULTS[case] == Treatment(may_refer, may_be_paid, flag)


def test_every_case_has_a_default():
	assert set(DEFAULTS) == set(Case)


def test_the_program_says_otherwise():
	ruled = rule(Ties(is_recruiter=True), {Case.RECRUITER: Treatment(may_refer=False)}, TODAY, None)
	assert (ruled.refused_by, ruled.unpaid_because) == (Case.RECRUITER, ())


treatments = st.builds(Treatment, st.booleans(), st.booleans(), st.booleans())


@given(st.lists(st.tuples(st.sampled_from(Case), treatments), max_size=6))
def test_the_strictest_of_several_cases_counts(pairs):
	ruled = Ruling(tuple(pairs))
	assert (ruled.refused_by is None) == all(treatment.may_refer for _case, treatment in pairs)
	assert (ruled.unpaid_because == ()) == all(treatment.may_be_paid for _case, treatment in pairs)
	assert (ruled.shown_to_hr == ()) == (not any(treatment.flag_to_hr for _case, treatment in pairs))


FEW, GOOD = (False,) * 10, (True, *(False,) * 9)

LIMITED = [
	(Limits(), Record(open=99, this_month=99), None),
	(Limits(open_limit=5), Record(open=4), None),
	(Limits(open_limit=5), Record(open=5), "open_limit_reached"),
	(Limits(monthly_limit=3), Record(this_month=2), None),
	(Limits(monthly_limit=3), Record(this_month=3), "monthly_limit_reached"),
	(Limits(), Record(open=2, suitable=FEW), "slowed_down"),
	(Limits(), Record(open=1, suitable=FEW), None),
	(Limits(), Record(open=2, suitable=GOOD), None),
	(Limits(), Record(open=2, suitable=FEW[:9]), None),
	(Limits(quality_sample=0), Record(open=2, suitable=FEW), None),
	(Limits(open_limit=1), Record(open=1, suitable=FEW), "open_limit_reached"),
	(Limits(open_limit=5), Record(open=2, suitable=FEW), "slowed_down"),
]


@pytest.mark.parametrize(("limits", "record", "reason"), LIMITED)
def test_how_many_may_be_open(limits, record, reason):
	assert allowance(limits, record).reason == reason


@given(st.lists(st.booleans(), min_size=10, max_size=30))
def test_one_more_good_referral_never_slows_anybody_down(suitable):
	limits = Limits(quality_share=50)
	before, after = Record(suitable=tuple(suitable)), Record(suitable=(True, *suitable))
	assert is_slowed(limits, before) or not is_slowed(limits, after)


SHOWN = [
	(Seen(), []),
	(Seen(in_the_last_hour=5), []),
	(Seen(in_the_last_hour=6), ["burst"]),
	(Seen(strangers_in_a_row=4), []),
	(Seen(strangers_in_a_row=5), ["strangers"]),
	(Seen(other_names_for_contact=1), ["contact_reused"]),
	(Seen(other_people_with_resume=2), ["resume_reused"]),
	(Seen(referred_the_referrer=True), ["favour_returned"]),
	(Seen(emergency_contact_of=("E1",), referrer="E1"), ["family_not_declared"]),
	(Seen(emergency_contact_of=("E1",), referrer="E1", relation="Family"), []),
	(Seen(emergency_contact_of=("E2",), referrer="E1", relation="Family"), ["family_of_colleague"]),
]


@pytest.mark.parametrize(("seen", "codes"), SHOWN)
def test_what_hr_is_shown(seen, codes):
	assert [signal.code for signal in find(seen, Watch())] == codes


def test_a_watch_of_zero_sees_nothing():
	assert find(Seen(in_the_last_hour=99, strangers_in_a_row=99), Watch(0, 0)) == []


@pytest.mark.parametrize(
	("relation", "note", "stranger"),
	[
		(None, "", True),
		("Professional contact", " ", True),
		("Friend", "", False),
		(None, "Built a bridge", False),
	],
)
def test_a_stranger_is_somebody_nothing_is_said_about(relation, note, stranger):
	assert is_stranger(relation, note) is stranger
