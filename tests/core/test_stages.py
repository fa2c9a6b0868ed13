"""Stage and outcome, case by case: what HRMS holds on one side, where the referral stands on the other."""

from datetime import date, datetime, timedelta

import pytest

from referral_hub.referrals.rules.facts import Applicant, Employee, Facts, Interview, Offer
from referral_hub.referrals.rules.outcomes import Outcome
from referral_hub.referrals.rules.stages import Appointment, Stage, State, add_months, derive

NOW = datetime(2026, 11, 21, 12, 0)
TODAY = NOW.date()
TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)


def applicant(status="Open", **fields):
	return Applicant(status, **fields)


def interview(status="Pending", round_name="Round 1", days=1):
	return Interview(round_name, status, NOW + timedelta(days=days))


def offer(status="Awaiting Response", is_submitted=True, joining_on=None):
	return Offer(is_submitted, status, YESTERDAY, joining_on)


def employee(status="Active", joins_on=YESTERDAY, **fields):
	return Employee(fields.pop("name", "HR-EMP-1"), status, joins_on, **fields)


STAGES = [
	("nobody applied yet", Facts(), Stage.INVITED),
	("applied", Facts(applicant()), Stage.SUBMITTED),
	("HR replied", Facts(applicant("Replied")), Stage.SCREENING),
	("HR holds", Facts(applicant("Hold")), Stage.SCREENING),
	("HR rated", Facts(applicant(is_rated=True)), Stage.SCREENING),
	("HR gave it to somebody", Facts(applicant(is_assigned=True)), Stage.SCREENING),
	("rejected at once: nobody saw a screening", Facts(applicant("Rejected")), Stage.SUBMITTED),
	("rated, then rejected", Facts(applicant("Rejected", is_rated=True)), Stage.SCREENING),
	("given to somebody, then rejected", Facts(applicant("Rejected", is_assigned=True)), Stage.SCREENING),
	("accepted alone is no hire", Facts(applicant("Accepted")), Stage.SCREENING),
	("interview planned", Facts(applicant(), [interview()]), Stage.INTERVIEWING),
	("interview under review", Facts(applicant(), [interview("Under Review", days=-1)]), Stage.INTERVIEWING),
	("interview failed", Facts(applicant(), [interview("Rejected")]), Stage.INTERVIEWING),
	(
		"every round so far cleared, and nobody knows how many there will be",
		Facts(applicant(), [interview("Cleared"), interview("Cleared", "Round 2")]),
		Stage.INTERVIEWING,
	),
	(
		"the only required round cleared",
		Facts(applicant(), [interview("Cleared")], required_rounds=1),
		Stage.SELECTED,
	),
	(
		"the required rounds cleared and another planned",
		Facts(applicant(), [interview("Cleared"), interview("Pending", "Round 2")], required_rounds=1),
		Stage.SELECTED,
	),
	(
		"one of two rounds cleared",
		Facts(applicant(), [interview("Cleared"), interview("Pending", "Round 2")]),
		Stage.INTERVIEWING,
	),
	(
		"fewer rounds cleared than the opening requires",
		Facts(applicant(), [interview("Cleared")], required_rounds=2),
		Stage.INTERVIEWING,
	),
	(
		"as many rounds cleared as the opening requires",
		Facts(
			applicant(),
			[interview("Cleared"), interview("Cleared", "Round 2"), interview("Pending", "Tea")],
			required_rounds=2,
		),
		Stage.SELECTED,
	),
	(
		"the same round twice is one round",
		Facts(applicant(), [interview("Cleared"), interview("Cleared")], required_rounds=2),
		Stage.INTERVIEWING,
	),
	("offer drafted", Facts(applicant("Accepted"), offers=[offer(is_submitted=False)]), Stage.SELECTED),
	("offer made", Facts(applicant(), offers=[offer()]), Stage.OFFERED),
	("offer accepted", Facts(applicant(), offers=[offer("Accepted")]), Stage.OFFERED),
	(
		"joins tomorrow",
		Facts(applicant(), offers=[offer("Accepted")], employees=[employee(joins_on=TOMORROW)]),
		Stage.OFFERED,
	),
	("joins today", Facts(applicant(), employees=[employee(joins_on=TODAY)]), Stage.JOINED),
	("joined without interview or offer", Facts(applicant(), employees=[employee()]), Stage.JOINED),
	(
		"HR ended probation early",
		Facts(applicant(), employees=[employee(confirmed_on=TODAY)]),
		Stage.CONFIRMED,
	),
	(
		"HR will end probation tomorrow",
		Facts(applicant(), employees=[employee(joins_on=date(2025, 1, 1), confirmed_on=TOMORROW)]),
		Stage.JOINED,
	),
	(
		"probation ends today",
		Facts(applicant(), employees=[employee(joins_on=date(2026, 8, 21))], probation_months=3),
		Stage.CONFIRMED,
	),
	(
		"probation ends tomorrow",
		Facts(applicant(), employees=[employee(joins_on=date(2026, 8, 22))], probation_months=3),
		Stage.JOINED,
	),
	(
		"left before the end of probation",
		Facts(applicant(), employees=[employee("Left", date(2026, 1, 1), leaves_on=date(2026, 2, 1))]),
		Stage.JOINED,
	),
	(
		"left after probation",
		Facts(applicant(), employees=[employee("Left", date(2026, 1, 1), leaves_on=date(2026, 6, 1))]),
		Stage.CONFIRMED,
	),
]


@pytest.mark.parametrize(("facts", "stage"), [row[1:] for row in STAGES], ids=[row[0] for row in STAGES])
def test_stage_is_the_furthest_the_facts_allow(facts, stage):
	assert derive(facts, NOW).stage is stage


def test_a_rejection_does_not_undo_the_screening_that_was_seen_before():
	"""HRMS has one status: Rejected takes the place of the Replied that was there."""
	replied = derive(Facts(applicant("Replied")), NOW)
	rejected = derive(Facts(applicant("Rejected")), NOW, replied)
	assert (rejected.stage, rejected.outcome) == (Stage.SCREENING, Outcome.NOT_SELECTED)
	assert derive(Facts(applicant("Rejected")), NOW, rejected) == rejected
	assert derive(Facts(applicant()), NOW, rejected).stage is Stage.SUBMITTED  # put right: nobody looked


def test_an_interview_taken_back_leaves_the_rejected_in_screening():
	interviewed = derive(Facts(applicant(), [interview()]), NOW)
	assert derive(Facts(applicant("Rejected")), NOW, interviewed).stage is Stage.SCREENING


LEFT = employee("Left", leaves_on=YESTERDAY)
OUTCOMES = [
	("applied", Facts(applicant()), Outcome.OPEN),
	("accepted alone", Facts(applicant("Accepted")), Outcome.OPEN),
	("offer accepted", Facts(applicant("Accepted"), offers=[offer("Accepted")]), Outcome.OPEN),
	("joined", Facts(applicant("Accepted"), employees=[employee()]), Outcome.HIRED),
	("joins tomorrow", Facts(applicant("Accepted"), employees=[employee(joins_on=TOMORROW)]), Outcome.OPEN),
	("left", Facts(applicant("Accepted"), employees=[LEFT]), Outcome.LEFT),
	(
		"left and came back",
		Facts(applicant(), employees=[LEFT, employee(name="HR-EMP-2")]),
		Outcome.HIRED,
	),
	("rejected", Facts(applicant("Rejected")), Outcome.NOT_SELECTED),
	("declined: the offer says so", Facts(applicant(), offers=[offer("Rejected")]), Outcome.DECLINED_OFFER),
	(
		"declined: HRMS rejects the applicant too",
		Facts(applicant("Rejected"), offers=[offer("Rejected")]),
		Outcome.DECLINED_OFFER,
	),
	(
		"declined, then a new offer",
		Facts(applicant(), offers=[offer("Rejected"), offer()]),
		Outcome.OPEN,
	),
	(
		"rejected because the candidate withdrew",
		Facts(applicant("Rejected", reason="Moved away", reason_applies_to="Withdrawn")),
		Outcome.WITHDRAWN,
	),
	(
		"rejected because they never came",
		Facts(applicant("Rejected", reason="Silent", reason_applies_to="No-show")),
		Outcome.NO_SHOW,
	),
	(
		"rejected with a reason of the company's",
		Facts(applicant("Rejected", reason="Skills", reason_applies_to="Not Selected")),
		Outcome.NOT_SELECTED,
	),
	(
		"a reason without a rejection says nothing",
		Facts(applicant("Open", reason="Moved away", reason_applies_to="Withdrawn")),
		Outcome.OPEN,
	),
	("withdrawn by hand", Facts(applicant(), closed_as="Withdrawn"), Outcome.WITHDRAWN),
	("no-show by hand", Facts(applicant(), closed_as="No-show"), Outcome.NO_SHOW),
	("expired by hand", Facts(applicant(), closed_as="Expired"), Outcome.EXPIRED),
	("duplicate by hand", Facts(applicant(), closed_as="Duplicate"), Outcome.DUPLICATE),
	("ineligible by hand", Facts(applicant(), closed_as="Ineligible"), Outcome.INELIGIBLE),
	(
		"hire beats withdrawn",
		Facts(applicant(), employees=[employee()], closed_as="Withdrawn"),
		Outcome.HIRED,
	),
	("left beats no-show", Facts(applicant(), employees=[LEFT], closed_as="No-show"), Outcome.LEFT),
	(
		"no-show beats declined",
		Facts(applicant(), offers=[offer("Rejected")], closed_as="No-show"),
		Outcome.NO_SHOW,
	),
	(
		"declined beats withdrawn",
		Facts(applicant(), offers=[offer("Rejected")], closed_as="Withdrawn"),
		Outcome.DECLINED_OFFER,
	),
	("withdrawn beats rejected", Facts(applicant("Rejected"), closed_as="Withdrawn"), Outcome.WITHDRAWN),
	("rejected beats expired", Facts(applicant("Rejected"), closed_as="Expired"), Outcome.NOT_SELECTED),
]


@pytest.mark.parametrize(
	("facts", "outcome"), [row[1:] for row in OUTCOMES], ids=[row[0] for row in OUTCOMES]
)
def test_outcome_is_the_first_that_holds(facts, outcome):
	assert derive(facts, NOW).outcome is outcome


def no_show(**fields):
	facts = {"offers": [offer("Accepted", joining_on=TODAY - timedelta(days=4))], **fields}
	return derive(Facts(applicant("Accepted"), **facts), NOW).no_show_proposed_on


def test_no_show_is_proposed_when_the_grace_days_are_over():
	assert no_show() == TODAY
	assert no_show(no_show_grace_days=4) is None


def test_no_show_goes_by_the_onboarding_date_before_the_one_on_the_offer():
	assert no_show(onboarding_dates=[TODAY - timedelta(days=1)]) is None
	assert no_show(onboarding_dates=[TODAY - timedelta(days=10)]) == TODAY - timedelta(days=6)


@pytest.mark.parametrize(
	"facts",
	[
		{"offers": [offer("Awaiting Response", joining_on=date(2026, 1, 1))]},
		{"offers": [offer("Accepted", is_submitted=False, joining_on=date(2026, 1, 1))]},
		{"offers": [offer("Accepted")]},
		{"employees": [employee(joins_on=TOMORROW)]},
		{"closed_as": "Withdrawn"},
	],
	ids=["not accepted", "a draft", "no date known", "the employee joins later", "closed already"],
)
def test_no_show_is_not_proposed(facts):
	assert no_show(**facts) is None


def test_a_proposed_no_show_is_still_open():
	facts = Facts(applicant("Accepted"), offers=[offer("Accepted", joining_on=date(2026, 1, 1))])
	assert derive(facts, NOW).outcome is Outcome.OPEN


def test_dates_of_a_hire_are_kept():
	hire = employee(joins_on=date(2026, 1, 31), confirmed_on=date(2026, 5, 2))
	state = derive(Facts(applicant(), offers=[offer("Accepted")], employees=[hire]), NOW)
	assert (state.offered_on, state.joined_on, state.confirmed_on) == (
		YESTERDAY,
		date(2026, 1, 31),
		date(2026, 5, 2),
	)
	assert (state.hired_employee, state.left_on) == ("HR-EMP-1", None)


def test_the_next_interview_is_the_first_still_to_come():
	interviews = [
		interview("Pending", "Past", days=-1),
		interview("Pending", "Later", days=5),
		interview("Under Review", "Next", days=2),
		interview("Cleared", "Done", days=1),
	]
	state = derive(Facts(applicant(), interviews), NOW)
	assert state.next_interview_on == NOW + timedelta(days=2)
	assert [appointment.round for appointment in state.appointments] == ["Next", "Later"]


def test_a_closed_referral_has_no_interview_to_come():
	assert derive(Facts(applicant("Rejected"), [interview()]), NOW).next_interview_on is None


def test_the_reason_of_the_applicant_is_told_before_the_one_given_by_hand():
	rejected = applicant("Rejected", reason="Skills", reason_applies_to="Not Selected")
	assert derive(Facts(rejected, closed_reason="Other"), NOW).reason == "Skills"
	assert derive(Facts(applicant(), closed_as="Expired", closed_reason="Other"), NOW).reason == "Other"


def test_an_open_referral_has_no_reason():
	assert derive(Facts(applicant(reason="Skills")), NOW).reason is None


RECORDED = State(stage=Stage.INTERVIEWING, appointments=(Appointment(NOW, "Round 1"),), offered_on=None)


def test_when_the_applicant_was_deleted_the_referral_stays_as_it_was():
	state = derive(Facts(applicant_is_gone=True), NOW, RECORDED)
	assert (state.stage, state.outcome, state.applicant_is_gone) == (Stage.INTERVIEWING, Outcome.OPEN, True)
	assert state.next_interview_on is None


def test_when_the_applicant_was_deleted_it_can_still_be_closed_by_hand():
	facts = Facts(applicant_is_gone=True, closed_as="Withdrawn", closed_reason="Asked us")
	state = derive(facts, NOW, RECORDED)
	assert (state.outcome, state.reason) == (Outcome.WITHDRAWN, "Asked us")


def test_when_the_applicant_of_a_hire_was_deleted_the_employee_is_followed():
	hired = State(stage=Stage.JOINED, outcome=Outcome.HIRED, hired_employee="HR-EMP-1")
	stayed = Facts(applicant_is_gone=True, employees=[employee(joins_on=date(2026, 1, 1))])
	assert derive(stayed, NOW, hired).stage is Stage.CONFIRMED
	left = Facts(applicant_is_gone=True, employees=[employee("Left", leaves_on=TODAY)])
	assert (derive(left, NOW, hired).outcome, derive(left, NOW, hired).left_on) == (Outcome.LEFT, TODAY)


def test_an_applicant_that_belongs_to_another_referral_makes_this_one_a_duplicate():
	facts = Facts(applicant(), employees=[employee()], is_credited_elsewhere=True)
	state = derive(facts, NOW, RECORDED)
	assert (state.stage, state.outcome) == (Stage.INTERVIEWING, Outcome.DUPLICATE)


@pytest.mark.parametrize(
	("day", "months", "later"),
	[
		(date(2026, 1, 31), 1, date(2026, 2, 28)),
		(date(2024, 1, 31), 1, date(2024, 2, 29)),
		(date(2026, 11, 30), 3, date(2027, 2, 28)),
		(date(2026, 12, 15), 12, date(2027, 12, 15)),
		(date(2026, 5, 5), 0, date(2026, 5, 5)),
	],
)
def test_months_end_with_the_month(day, months, later):
	assert add_months(day, months) == later


NO = Offer(True, "Rejected", YESTERDAY)
REJECTED = applicant("Rejected")


def after(*looks: Facts) -> Outcome:
	"""The outcome after each of these looks in turn."""
	state = State()
	for facts in looks:
		state = derive(facts, NOW, state)
	return state.outcome


@pytest.mark.parametrize(
	("what", "looks", "outcome"),
	[
		("the offer is cancelled", [Facts(REJECTED, offers=[NO]), Facts(REJECTED)], Outcome.DECLINED_OFFER),
		(
			"another offer answers the no",
			[Facts(REJECTED, offers=[NO]), Facts(REJECTED, offers=[offer()], cancelled_declines=1)],
			Outcome.OPEN,
		),
		(
			"nobody looked in between",
			[Facts(REJECTED, offers=[offer()], cancelled_declines=1)],
			Outcome.OPEN,
		),
		(
			"HR took the rejection back and rejects anew",
			[
				Facts(REJECTED, offers=[NO]),
				Facts(applicant("Replied"), offers=[offer()], cancelled_declines=1),
				Facts(REJECTED, offers=[offer()], cancelled_declines=1),
			],
			Outcome.NOT_SELECTED,
		),
		(
			"HR gave a reason of its own",
			[
				Facts(REJECTED, offers=[NO]),
				Facts(
					applicant("Rejected", reason="Skills", reason_applies_to="Not Selected"), offers=[offer()]
				),
			],
			Outcome.NOT_SELECTED,
		),
		(
			"the reason is the candidate's, and another offer answers it",
			[
				Facts(REJECTED, offers=[NO]),
				Facts(
					applicant("Rejected", reason="Pay", reason_applies_to="Declined Offer"), offers=[offer()]
				),
			],
			Outcome.OPEN,
		),
		("no offer was ever declined", [Facts(REJECTED, offers=[offer()])], Outcome.NOT_SELECTED),
	],
)
def test_a_rejection_that_a_declined_offer_left_behind_is_no_refusal(what, looks, outcome):
	assert after(*looks) is outcome, what
