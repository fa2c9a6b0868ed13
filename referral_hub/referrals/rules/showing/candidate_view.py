"""What a candidate may know about where they stand: a code, never a reason, a rating or another person. Pure.

HR decides whether and how late candidates hear the result; until then they stand where they stood.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from referral_hub.referrals.rules.outcomes import Outcome
from referral_hub.referrals.rules.stages import Stage


class Standing(StrEnum):
	ASKED = "Asked"
	INVITED = "Invited"
	RECEIVED = "Received"
	BEING_READ = "Being read"
	INTERVIEWS = "Interviews"
	INTERVIEW_AHEAD = "Interview ahead"
	PASSED = "Passed"
	OFFER = "Offer"
	JOINED = "Joined"
	WITHDREW = "Withdrew"
	DECLINED = "Declined"
	NOT_SELECTED = "Not selected"
	CLOSED = "Closed"


_BY_STAGE = {
	Stage.INVITED: Standing.INVITED,
	Stage.SUBMITTED: Standing.RECEIVED,
	Stage.SCREENING: Standing.BEING_READ,
	Stage.INTERVIEWING: Standing.INTERVIEWS,
	Stage.SELECTED: Standing.PASSED,
	Stage.OFFERED: Standing.OFFER,
	Stage.JOINED: Standing.JOINED,
	Stage.CONFIRMED: Standing.JOINED,
}
_BY_OUTCOME = {
	Outcome.HIRED: Standing.JOINED,
	Outcome.WITHDRAWN: Standing.WITHDREW,
	Outcome.DECLINED_OFFER: Standing.DECLINED,
}


def standing(
	stage: str,
	outcome: str,
	*,
	is_asked: bool,
	has_interview_ahead: bool,
	closed_on: datetime | None,
	now: datetime,
	tells_result: bool,
	delay_hours: int = 0,
) -> Standing:
	"""Return where the candidate stands as far as they may know."""
	if outcome == Outcome.NOT_SELECTED:
		if not tells_result:
			return Standing.CLOSED
		is_due = closed_on is None or now >= closed_on + timedelta(hours=delay_hours)
		return Standing.NOT_SELECTED if is_due else _on_the_way(stage, False, False)
	if outcome != Outcome.OPEN:
		return _BY_OUTCOME.get(Outcome(outcome), Standing.CLOSED)
	if is_asked:
		return Standing.ASKED
	return _on_the_way(stage, has_interview_ahead, tells_result)


def _on_the_way(stage: str, has_interview_ahead: bool, tells_result: bool) -> Standing:
	if has_interview_ahead:
		return Standing.INTERVIEW_AHEAD
	if stage == Stage.SELECTED and not tells_result:
		return Standing.INTERVIEWS
	return _BY_STAGE[Stage(stage)]
