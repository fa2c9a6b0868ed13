"""Which program applies: what it names, when it runs, and that the order of the list says nothing."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_hub.referrals.rules.deciding.program import Place, Program, choose, contradicts, newest, why_not

TODAY = date(2026, 11, 22)
ME = Place("Acme", ("Sales North", "Sales", "All"), "M1")
POST = Place("Acme", ("Store", "Retail", "All"))


def names(*values: str) -> frozenset[str]:
	return frozenset(values)


ALL = Program("All", made_on=datetime(2026, 1, 1))


WHY_NOT = [
	(ALL, POST, ME, None),
	(ALL, None, ME, None),
	(ALL, None, Place(), None),
	(replace(ALL, exists=False), POST, ME, "program_missing"),
	(replace(ALL, enabled=False), POST, ME, "program_disabled"),
	(replace(ALL, starts_on=date(2026, 11, 23)), POST, ME, "program_not_started"),
	(replace(ALL, ends_on=date(2026, 11, 21)), POST, ME, "program_ended"),
	(replace(ALL, starts_on=TODAY, ends_on=TODAY), POST, ME, None),
	(replace(ALL, companies=names("Daughter")), POST, ME, "program_of_other_company"),
	(replace(ALL, companies=names("Daughter", "Acme")), POST, ME, None),
	(replace(ALL, companies=names("Daughter")), Place("Daughter"), ME, None),
	(replace(ALL, companies=names("Daughter")), None, ME, "program_of_other_company"),
	(replace(ALL, departments=names("Sales")), POST, ME, None),
	(replace(ALL, departments=names("Legal")), POST, ME, "program_of_other_department"),
	(replace(ALL, departments=names("Legal")), POST, Place("Acme"), "employee_has_no_department"),
	(replace(ALL, grades=names("M1", "M2")), POST, ME, None),
	(replace(ALL, grades=names("M2")), POST, ME, "program_of_other_grade"),
	(replace(ALL, grades=names("M2")), POST, Place("Acme", ("Sales",)), "employee_has_no_grade"),
	(replace(ALL, opening_departments=names("Retail")), POST, ME, None),
	(replace(ALL, opening_departments=names("Legal")), POST, ME, "program_of_other_openings"),
	(replace(ALL, opening_departments=names("Retail")), None, ME, "program_of_other_openings"),
]


@pytest.mark.parametrize(("program", "opening", "referrer", "reason"), WHY_NOT)
def test_a_program_says_why_it_does_not_apply(program, opening, referrer, reason):
	assert why_not(program, opening, referrer, TODAY) == reason


SALES = replace(ALL, name="Sales", departments=names("Sales"))
CAMPAIGN = replace(ALL, name="Spring", ends_on=date(2026, 12, 31))
OLDER = replace(ALL, name="Older", made_on=datetime(2025, 1, 1))

CHOSEN = [
	([ALL], "All"),
	([], None),
	([replace(ALL, enabled=False)], None),
	([ALL, SALES], "Sales"),
	([ALL, CAMPAIGN], "Spring"),
	([CAMPAIGN, SALES], "Sales"),
	([ALL, OLDER], "All"),
	([SALES, replace(SALES, name="North", departments=names("Sales North"))], "North"),
	([SALES, replace(ALL, name="Both", departments=names("Sales"), grades=names("M1"))], "Both"),
	([ALL, replace(ALL, name="Nil")], "Nil"),
	(
		[SALES, replace(SALES, name="Legal", departments=names("Legal"), made_on=datetime(2026, 9, 1))],
		"Sales",
	),
]


@pytest.mark.parametrize(("programs", "chosen"), CHOSEN)
def test_the_most_specific_that_fits_applies_then_the_newest(programs, chosen):
	found = choose(programs, POST, ME, TODAY)
	assert (found and found.name) == chosen


words = st.frozensets(
	st.sampled_from(["Acme", "Sales", "Sales North", "Retail", "Store", "M1", "Legal"]), max_size=2
)
days = st.none() | st.dates(date(2026, 11, 1), date(2026, 12, 15))
programs = st.lists(
	st.builds(
		Program,
		name=st.sampled_from([f"P{number}" for number in range(12)]),
		enabled=st.booleans(),
		starts_on=days,
		ends_on=days,
		companies=words,
		departments=words,
		grades=words,
		opening_departments=words,
		made_on=st.datetimes(datetime(2026, 1, 1), datetime(2026, 1, 3)),
	),
	max_size=8,
	unique_by=lambda program: program.name,
)


@given(programs, st.randoms(use_true_random=False))
def test_the_order_of_the_list_says_nothing(listed, random):
	shuffled = list(listed)
	random.shuffle(shuffled)
	assert choose(shuffled, POST, ME, TODAY) == choose(listed, POST, ME, TODAY)
	assert newest(shuffled) == newest(listed)


@given(programs)
def test_what_is_chosen_fits_and_nothing_that_fits_names_more(listed):
	chosen = choose(listed, POST, ME, TODAY)
	fitting = [program for program in listed if why_not(program, POST, ME, TODAY) is None]
	assert (chosen is None) == (fitting == [])
	assert all(program.specificity <= chosen.specificity for program in fitting)


@given(programs, programs)
def test_contradiction_is_mutual(ones, others):
	for one in ones:
		for other in others:
			assert contradicts(one, other) == contradicts(other, one)


CONTRADICTIONS = [
	(ALL, OLDER, True),
	(ALL, SALES, False),
	(ALL, replace(OLDER, enabled=False), False),
	(ALL, ALL, False),
	(SALES, replace(SALES, name="Legal", departments=names("Legal")), False),
	(
		CAMPAIGN,
		replace(CAMPAIGN, name="New Year", starts_on=date(2027, 1, 1), ends_on=date(2027, 2, 1)),
		False,
	),
	(
		CAMPAIGN,
		replace(CAMPAIGN, name="Winter", starts_on=date(2026, 12, 31), ends_on=date(2027, 2, 1)),
		True,
	),
]


@pytest.mark.parametrize(("one", "other", "expected"), CONTRADICTIONS)
def test_two_programs_contradict_where_only_their_age_tells_them_apart(one, other, expected):
	assert contradicts(one, other) is expected
