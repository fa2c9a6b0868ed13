"""What a step of a referral says to the candidate, when HR lets it, and whether it is still true when it goes out. Pure.

Candidates hear that they were recommended, their interview's date and the result either way; never a reason, because
reasons are HR's words to colleagues. Called by `messages.service` and, at the moment of sending, by `messages.sending`.
"""

from datetime import datetime

from referral_hub.messages.rules.events import News, Step, news_of

# the switch in Referral Hub Settings behind each message that HR can turn off
SWITCHES = {
	"candidate_received": "tell_candidate_received",
	"candidate_interview": "tell_candidate_interview",
	"candidate_result": "tell_candidate_result",
}
# what the referrer hears of the same step -> what the candidate hears, and whether it is good news
SAID_OF = {
	"referral_received": ("candidate_received", None),
	"interview_scheduled": ("candidate_interview", None),
	"terms_discussed": ("candidate_result", True),
	"offer_made": ("candidate_result", True),
	"not_selected": ("candidate_result", False),
}
PASSED_STAGES = frozenset({"Selected", "Offered", "Joined", "Confirmed"})
PASSED_OUTCOMES = frozenset({"Open", "Hired"})


def candidate_news_of(step: Step, now: datetime) -> News | None:
	"""Return what the candidate is told about this step, or None. Passed is told once, and so is not selected."""
	news = news_of(step, now)
	event, passed = SAID_OF.get(news.event, (None, None)) if news else (None, None)
	if not event:
		return None
	if passed is None:
		return News(event, news.detail, news.facts)
	return News(event, "passed" if passed else "not selected", {"passed": passed})


def is_refusal(event: str, facts: dict) -> bool:
	return event == "candidate_result" and not facts.get("passed")


def is_still_true(event: str, facts: dict, stage: str, outcome: str) -> bool:
	"""Say whether the referral still stands as the message says: a status may have been put right meanwhile."""
	if event != "candidate_result":
		return True
	if is_refusal(event, facts):
		return outcome == "Not Selected"
	return stage in PASSED_STAGES and outcome in PASSED_OUTCOMES
