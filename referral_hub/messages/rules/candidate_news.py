"""What a step of a referral says to the candidate, when HR lets it, in a refusal or in good news. Pure.

Candidates hear that they were recommended, their interview's date and the result either way; never a reason, because
reasons are HR's words to colleagues. Called by `messages.service`; whether it is still true when it goes out is in `standing`.
"""

from datetime import datetime

from referral_hub.messages.rules.events import News, Step, news_of

# the switch in Referral Hub Settings behind each message that HR can turn off
SWITCHES = {
	"candidate_received": "tell_candidate_received",
	"candidate_interview": "tell_candidate_interview",
	"candidate_interview_off": "tell_candidate_interview",
	"candidate_result": "tell_candidate_result",
	"candidate_survey": "tell_candidate_survey",
}
# what the referrer hears of the same step -> what the candidate hears, and whether it is good news
SAID_OF = {
	"referral_received": ("candidate_received", None),
	"interview_scheduled": ("candidate_interview", None),
	"interview_off": ("candidate_interview_off", None),
	"terms_discussed": ("candidate_result", True),
	"offer_made": ("candidate_result", True),
	"not_selected": ("candidate_result", False),
}


def candidate_news_of(step: Step, now: datetime) -> News | None:
	"""Return what the candidate is told about this step, or None. Passed is told once, and again after a refusal; a refusal
	each time it happens.
	"""
	news = news_of(step, now)
	event, passed = SAID_OF.get(news.event, (None, None)) if news else (None, None)
	if not event:
		return None
	if passed is None:
		return News(event, news.detail, news.facts)
	said, place = ("passed", step.refused_at) if passed else ("not selected", step.seq)
	return News(event, said if place is None else f"{said}:{place}", {"passed": passed})


def is_refusal(event: str, facts: dict) -> bool:
	return event == "candidate_result" and not facts.get("passed")
