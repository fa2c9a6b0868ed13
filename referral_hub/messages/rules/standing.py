"""Whether a message that waited still says how its referral stands: a status may have been put right meanwhile. Pure.

Asked by `messages.sending` at the moment of sending, for the referrer and for the candidate alike.
"""

from referral_hub.messages.rules.candidate_news import is_refusal
from referral_hub.messages.rules.events import OUTCOME_EVENTS, STAGE_EVENTS
from referral_hub.referrals.rules.outcomes import Outcome
from referral_hub.referrals.rules.stages import Stage

_GOING_WELL = frozenset({Outcome.OPEN, Outcome.HIRED})
_ENDING_OF = {event: outcome for outcome, event in OUTCOME_EVENTS.items()}
_STAGE_OF = {event: Stage(stage) for stage, event in STAGE_EVENTS.items()}


def is_still_true(event: str, facts: dict, stage: str, outcome: str) -> bool:
	"""Say whether the referral still stands as the message says; what says nothing of that is always true."""
	if event == "candidate_result":
		return outcome == Outcome.NOT_SELECTED if is_refusal(event, facts) else _has_passed(stage, outcome)
	if event in _ENDING_OF:
		return outcome == _ENDING_OF[event]
	if event == "reason_given":
		return outcome not in _GOING_WELL
	return event not in _STAGE_OF or Stage(stage).rank >= _STAGE_OF[event].rank


def is_told_each_time(event: str, facts: dict) -> bool:
	"""Say whether the same may be said twice of one referral; then the newer message is enough."""
	return event in _ENDING_OF or is_refusal(event, facts)


def _has_passed(stage: str, outcome: str) -> bool:
	return Stage(stage).rank >= Stage.SELECTED.rank and outcome in _GOING_WELL
