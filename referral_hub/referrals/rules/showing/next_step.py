"""Where a referral stands for the person who made it: five dots, one next step, what still lies ahead.

Owns the portal's view of stage and outcome, as codes. The words are in referrals/showing/sentences.py.
Called by referrals/showing/sentences.py; refuses to read anything but its arguments.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class NextStep(StrEnum):
	INVITED = "Invited"
	ASKED = "Asked"
	BEING_READ = "Being read"
	IN_SCREENING = "In screening"
	INTERVIEW_AHEAD = "Interview ahead"
	INTERVIEW_DONE = "Interview done"
	HR_DECIDES = "HR decides"
	TERMS_DISCUSSED = "Terms discussed"
	OFFER_OUT = "Offer out"
	SETTLING_IN = "Settling in"
	CONFIRMED = "Confirmed"
	APPLICATION_GONE = "Application gone"
	CLOSED = "Closed"


class Dot(StrEnum):
	DONE = "done"
	NOW = "now"
	AHEAD = "ahead"
	STOPPED = "stopped"


# The five dots a referrer sees, each with the stages that light it up.
DOTS = (
	("Received", ("Submitted",)),
	("Screening", ("Screening",)),
	("Interview", ("Interviewing",)),
	("Offer", ("Selected", "Offered")),
	("Joined", ("Joined", "Confirmed")),
)

STAGES = ("Invited", "Submitted", "Screening", "Interviewing", "Selected", "Offered", "Joined", "Confirmed")

# The stages that may still come are told one by one; Submitted is where everybody starts.
TOLD_AHEAD = ("Screening", "Interviewing", "Selected", "Offered", "Joined", "Confirmed")

STILL_MOVING = frozenset({"Open", "Hired"})

_BY_STAGE = {
	"Invited": NextStep.INVITED,
	"Submitted": NextStep.BEING_READ,
	"Screening": NextStep.IN_SCREENING,
	"Selected": NextStep.TERMS_DISCUSSED,
	"Offered": NextStep.OFFER_OUT,
	"Joined": NextStep.SETTLING_IN,
	"Confirmed": NextStep.CONFIRMED,
}


@dataclass(frozen=True)
class Progress:
	"""Five dots, and how far the furthest one is (0 when the candidate has only been invited)."""

	dots: tuple[Dot, ...]
	reached: int


def next_step(
	stage: str,
	outcome: str,
	next_interview_on: datetime | None,
	waits_for_result: bool,
	now: datetime,
	application_is_gone: bool = False,
	is_asked: bool = False,
) -> NextStep:
	"""Return what happens next, as a code.

	`waits_for_result`: an interview has no result yet. `is_asked`: they were referred and asked first, not invited to apply.
	"""
	if outcome not in STILL_MOVING:
		return NextStep.CLOSED
	if application_is_gone and outcome == "Open":
		return NextStep.APPLICATION_GONE
	if stage == "Invited" and is_asked:
		return NextStep.ASKED
	if stage != "Interviewing":
		return _BY_STAGE[stage]
	if next_interview_on is not None and next_interview_on >= now:
		return NextStep.INTERVIEW_AHEAD
	return NextStep.INTERVIEW_DONE if waits_for_result else NextStep.HR_DECIDES


def progress(stage: str, outcome: str) -> Progress:
	"""Return the five dots: everything passed is done, the furthest is now, or stopped when it ended there."""
	reached = next((number for number, (_, stages) in enumerate(DOTS, start=1) if stage in stages), 0)
	return Progress(tuple(_dot(number, reached, stage, outcome) for number in range(1, 6)), reached)


def _dot(number: int, reached: int, stage: str, outcome: str) -> Dot:
	if number > reached:
		return Dot.AHEAD
	if number < reached or stage == "Confirmed":
		return Dot.DONE
	return Dot.NOW if outcome in STILL_MOVING else Dot.STOPPED


def still_ahead(stage: str, outcome: str) -> tuple[str, ...]:
	"""Return the stages that may still come, nearest first."""
	if outcome not in STILL_MOVING:
		return ()
	return tuple(later for later in TOLD_AHEAD if STAGES.index(later) > STAGES.index(stage))
