"""Whether a message that waited still says how its referral stands: a status may have been put right, an interview moved. Pure.

Asked by `messages.sending` at the moment of sending, for the referrer and for the candidate alike.
"""

from collections.abc import Collection

from referral_hub.messages.rules.candidate_news import is_refusal
from referral_hub.messages.rules.events import EVENTS, INTERVIEW_ON, OUTCOME_EVENTS, STAGE_EVENTS
from referral_hub.referrals.rules.outcomes import Outcome
from referral_hub.referrals.rules.stages import Stage

_GOING_WELL = frozenset({Outcome.OPEN, Outcome.HIRED})
_ENDING_OF = {event: outcome for outcome, event in OUTCOME_EVENTS.items()}
_STAGE_OF = {event: Stage(stage) for stage, event in STAGE_EVENTS.items()}


# what says that an interview is off -> what has to have been said before
TAKES_BACK = {"interview_off": "interview_scheduled", "candidate_interview_off": "candidate_interview"}


def is_still_true(
	event: str, facts: dict, stage: str, outcome: str, interviews: Collection[str] = ()
) -> bool:
	"""Say whether the referral still stands as the message says; what says nothing of that is always true.

	`interviews`: when those begin that were made, not cancelled and have no result, in the form of the facts.
	"""
	if is_about_interview(event):
		is_off = event in TAKES_BACK
		return outcome == Outcome.OPEN and (facts.get(INTERVIEW_ON) in interviews) is not is_off
	if event == "candidate_result":
		return outcome == Outcome.NOT_SELECTED if is_refusal(event, facts) else _has_passed(stage, outcome)
	if event in _ENDING_OF:
		return outcome == _ENDING_OF[event]
	if event == "reason_given":
		return outcome not in _GOING_WELL
	return event not in _STAGE_OF or Stage(stage).rank >= _STAGE_OF[event].rank


def is_about_interview(event: str) -> bool:
	return EVENTS[event].until == INTERVIEW_ON


def is_told_each_time(event: str, facts: dict) -> bool:
	"""Say whether the same may be said twice of one referral."""
	return event in _ENDING_OF or is_refusal(event, facts) or is_about_interview(event)


def is_said_again(facts: dict, newer: list[dict]) -> bool:
	"""Say whether a newer message of the same event is enough. `newer`: their facts; another interview's date is other news."""
	return any(other.get(INTERVIEW_ON) == facts.get(INTERVIEW_ON) for other in newer)


def _has_passed(stage: str, outcome: str) -> bool:
	return Stage(stage).rank >= Stage.SELECTED.rank and outcome in _GOING_WELL
