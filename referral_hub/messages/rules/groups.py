"""What a group may be told, and which facts of it: a group is read by whoever is in it, today and later. Pure.

In a group of everybody nobody is named and nothing leads to a person. In one that HR keeps for itself the candidate and the number are
said. News that is only for HR's work goes to such groups alone.
"""

# the box on the channel -> the news behind it
NEWS = {
	"tells_arrivals": ("referral_received",),
	"tells_progress": ("interview_scheduled", "terms_discussed", "offer_made"),
	"tells_hires": ("candidate_joined", "candidate_confirmed"),
	"tells_overdue": (
		"word_overdue",
		"word_still_overdue",
		"question_overdue",
		"refusal_overdue",
		"feedback_overdue",
		"recall_overdue",
	),
	"tells_money": ("budget_low", "budget_without_rate", "order_waits", "mall_stopped"),
}
ONLY_HR = frozenset({"tells_overdue", "tells_money"})
GROUP_EVENTS = frozenset(event for events in NEWS.values() for event in events)
# what says nothing of a person
HARMLESS = frozenset({"opening", "company", "interview_on", "joined_on", "confirmed_on"})
# what colleagues wrote or who they are is not posted even to HR's group: it is read where it was written
NEVER = frozenset(
	{"link", "question", "answer", "words", "asked_by", "asked_name", "answerer", "reason", "hint", "why"}
)


def hears(boxes: dict, event: str, for_hr: bool) -> bool:
	"""Say whether a group with these boxes ticked is told this."""
	ticked = [box for box, events in NEWS.items() if event in events and boxes.get(box)]
	return any(for_hr or box not in ONLY_HR for box in ticked)


def facts_for(facts: dict, for_hr: bool) -> dict:
	if for_hr:
		return {name: value for name, value in facts.items() if name not in NEVER}
	return {name: value for name, value in facts.items() if name in HARMLESS}
