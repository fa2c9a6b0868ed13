"""May this employee refer this person? One case per reason, and one that may."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from referral_hub.referrals.rules.eligibility import (
	AlreadyKnown,
	Applicant,
	Contact,
	NotEligible,
	Opening,
	Program,
	Referrer,
	Situation,
	has_not_applied,
	may_be_referred,
	may_refer,
)
from referral_hub.referrals.rules.ownership import Candidate

TODAY = date(2026, 11, 21)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
CANDIDATE = Candidate("Ada", "ada@example.com", "+8613912345678")
ME = Referrer("E1", company="Acme", contact=Contact(("me@acme.com",), ("138 0000 0000",)))
OPENING = Opening("O1", company="Acme")
PROGRAM = Program("Everyone")
FINE = Situation(CANDIDATE, ME, TODAY, region="CN", opening=OPENING, program=PROGRAM)


def refusal(situation):
	return (may_refer(situation) + may_be_referred(situation)).refusal


def test_an_active_employee_may_refer_a_stranger_for_an_open_opening():
	decision = may_refer(FINE) + may_be_referred(FINE)
	assert decision.refusal is None
	assert [check.name for check in decision.checks] == [
		"referrer",
		"opening",
		"program",
		"not_oneself",
		"no_colleague",
		"cases",
	]


def test_no_opening_and_no_program_are_needed():
	assert refusal(replace(FINE, opening=None, program=None)) is None


NOT_ELIGIBLE = [
	("employee_missing", {"referrer": replace(ME, exists=False)}),
	("employee_inactive", {"referrer": replace(ME, status="Left")}),
	("employee_inactive", {"referrer": replace(ME, status="Suspended")}),
	("employee_inactive", {"referrer": replace(ME, status="Inactive")}),
	("program_missing", {"program": replace(PROGRAM, exists=False)}),
	("program_disabled", {"program": replace(PROGRAM, enabled=False)}),
	("program_not_started", {"program": replace(PROGRAM, starts_on=TOMORROW)}),
	("program_ended", {"program": replace(PROGRAM, ends_on=YESTERDAY)}),
	("program_of_other_company", {"program": replace(PROGRAM, companies=frozenset({"Other"}))}),
	("opening_missing", {"opening": replace(OPENING, exists=False)}),
	("opening_closed", {"opening": replace(OPENING, status="Closed")}),
	("opening_closed", {"opening": replace(OPENING, closes_on=YESTERDAY)}),
	("opening_takes_no_referrals", {"opening": replace(OPENING, accepts_referrals=False)}),
	("self_referral", {"candidate": replace(CANDIDATE, email="ME+x@acme.com")}),
	("self_referral", {"candidate": replace(CANDIDATE, phone="+8613800000000")}),
]


@pytest.mark.parametrize(("reason", "change"), NOT_ELIGIBLE)
def test_not_eligible(reason, change):
	refused = refusal(replace(FINE, **change))
	assert isinstance(refused, NotEligible)
	assert refused.reason == reason


@pytest.mark.parametrize(
	"change",
	[
		{"program": replace(PROGRAM, starts_on=TODAY, ends_on=TODAY)},
		{"program": replace(PROGRAM, companies=frozenset({"Acme"}))},
		{"opening": replace(OPENING, closes_on=TODAY)},
	],
	ids=["the program's only day", "the program of this company", "the opening's last day"],
)
def test_just_within(change):
	assert refusal(replace(FINE, **change)) is None


def test_the_program_is_checked_against_the_company_of_the_opening_before_the_referrers():
	program = replace(PROGRAM, companies=frozenset({"Daughter"}))
	assert refusal(replace(FINE, program=program, opening=replace(OPENING, company="Daughter"))) is None
	assert refusal(replace(FINE, program=program, opening=None)).reason == "program_of_other_company"


@pytest.mark.parametrize(
	"contact", [Contact(emails=("Ada+a@example.com",)), Contact(phones=("139-1234-5678",))]
)
def test_a_colleague_is_known(contact):
	refused = refusal(replace(FINE, colleagues=(Contact(("x@acme.com",)), contact)))
	assert isinstance(refused, AlreadyKnown)
	assert refused.reason == "current_employee"


def applied(days_ago, contact=Contact(("ada@example.com",))):
	at = datetime.combine(TODAY - timedelta(days=days_ago), datetime.min.time())
	return replace(FINE, applicants=(Applicant(at, contact),), known_applicant_days=180)


def test_somebody_who_applied_lately_is_known():
	refused = has_not_applied(applied(180)).refusal
	assert isinstance(refused, AlreadyKnown)
	assert (refused.reason, refused.facts) == ("recent_applicant", {"days": 180})


def test_somebody_who_applied_long_ago_is_not():
	assert has_not_applied(applied(181)).refusal is None


def test_somebody_else_with_a_similar_number_is_not_the_applicant():
	assert has_not_applied(applied(1, Contact(phones=("138-1234-5678",)))).refusal is None


def test_no_days_means_applicants_may_be_referred():
	assert has_not_applied(replace(applied(0), known_applicant_days=0)).refusal is None


def test_a_decision_keeps_what_it_looked_at_up_to_the_check_that_failed():
	decision = may_refer(replace(FINE, opening=replace(OPENING, status="Closed")))
	assert [(check.name, check.passed) for check in decision.checks] == [
		("referrer", True),
		("opening", False),
	]
	assert decision.checks[-1].inputs == {"opening": "O1", "status": "Closed", "closes_on": None}
