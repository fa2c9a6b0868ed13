"""Which messages exist, and which of them a step of a referral sends. Data first, then one small decision.

Pure. `messages.service` tells what is decided here; `setup.words.email_templates` holds the words; HR edits them.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from referral_hub.referrals.rules.moves import INTERVIEW_OFF

KEY_LENGTH = 140
IMPORTED_NEWS_DAYS = 30


EMPLOYEE, CANDIDATE = "Employee", "Candidate"
INTERVIEW_ON = "interview_on"
CLUB_EVENT = ("title", "starts_on", "place")
# what several messages become for those who want them together
DIGEST = "digest"


@dataclass(frozen=True)
class Event:
	"""One kind of message: what HR calls it, and the facts its words may use besides COMMON_FACTS."""

	title: str
	facts: tuple[str, ...] = ()
	# the fact after which the message is no longer news
	until: str | None = None
	# comes at once even to those who get a digest, unless they said otherwise
	pressing: bool = False
	audience: str = EMPLOYEE
	# the box in Referral Preference and in Referral Hub Settings that switches this message off alone
	switch: str = ""
	# the box in Referral Hub Settings without which there is no page it tells of
	page_switch: str = ""
	# the fact that lists colleagues by their records, who are named when the message goes out
	colleagues: str = ""
	# of what is nobody's but the employee's: HR does not see it in the outbox
	is_private: bool = False


COMMON_FACTS = ("reader_name", "candidate_name", "number", "opening", "link")

EVENTS: dict[str, Event] = {
	"referral_received": Event("Received"),
	"referral_screening": Event("In Screening"),
	"interview_scheduled": Event("Interview Scheduled", (INTERVIEW_ON,), until=INTERVIEW_ON, pressing=True),
	"interview_off": Event("Interview Is Off", (INTERVIEW_ON,), until=INTERVIEW_ON, pressing=True),
	"terms_discussed": Event("Interviews Passed"),
	"offer_made": Event("Offer Made"),
	"candidate_joined": Event("Candidate Joined", ("joined_on",)),
	"candidate_confirmed": Event("Probation Passed", ("confirmed_on",)),
	"not_selected": Event("Not Selected", ("reason", "hint")),
	"candidate_withdrew": Event("Candidate Withdrew", ("reason", "hint")),
	"offer_declined": Event("Offer Declined", ("reason", "hint")),
	"reason_given": Event("Reason Given", ("reason", "hint")),
	"word_from_hr": Event("Word from HR", ("words",)),
	"word_delayed": Event("Word Delayed", ("stage", "next_word_on")),
	"word_overdue": Event("Word Overdue", ("stage", "due_on")),
	"word_still_overdue": Event("Word Still Overdue", ("stage", "due_on")),
	"question_asked": Event("Question Asked", ("asked_by", "question", "due_on")),
	"question_overdue": Event("Question Overdue", ("asked_by", "due_on")),
	"question_answered": Event("Question Answered", ("question", "answer")),
	"refusal_questioned": Event("Refusal Questioned", ("asked_by", "question", "due_on")),
	"refusal_overdue": Event("Refusal Questioned, Overdue", ("asked_by", "due_on")),
	"refusal_answered": Event("Refusal Looked At", ("question", "answer")),
	"named_as_referrer": Event("Named as Referrer", ("lapses_on",)),
	"named_reminder": Event("Named as Referrer, Reminder", ("lapses_on",)),
	"referral_matched": Event("Matched to an Opening"),
	"referral_not_taken": Event("Not Taken", ("refusal",)),
	"credit_given": Event("Credit Given"),
	"credit_moved_away": Event("Credit Moved Away"),
	"recall_asked": Event("Asked to Write to Somebody", ("asked_by", "designation", "due_on")),
	"recall_reminder": Event("Asked to Write to Somebody, Reminder", ("designation", "due_on")),
	"recall_overdue": Event("Asked to Write to Somebody, Overdue", ("designation", "due_on")),
	"recall_withdrawn": Event("No Need to Write Any More", ("designation",)),
	"recall_answered": Event("Recall Request Answered", ("asked_name", "answer")),
	"recall_unanswered": Event("Recall Request Unanswered", ("asked_name", "due_on")),
	"recall_ended": Event("Recall Request Ended", ("asked_name",)),
	"feedback_asked": Event("Question to Answer", ("asked_by", "due_on"), pressing=True),
	"feedback_reminder": Event("Question to Answer, Reminder", ("asked_by", "due_on"), pressing=True),
	"feedback_overdue": Event(
		"Question to Answer, Overdue", ("asked_by", "due_on", "answerer"), pressing=True
	),
	"feedback_answered": Event("Your Question Answered", ("answerer",)),
	"feedback_word": Event("More about a Question", ("said_by",)),
	"reward_earned": Event("Reward Earned", ("reward", "kind", "due_on")),
	"reward_choice": Event("Reward to Choose", ("choose_until_on",)),
	"budget_low": Event("Budget Is Running Out", ("program", "budget_used", "budget_amount")),
	"budget_without_rate": Event(
		"Budget Without Exchange Rate", ("program", "currencies", "budget_currency")
	),
	"reward_prepared": Event("Reward Prepared for Payroll", ("reward", "kind")),
	"reward_paid": Event("Reward Paid", ("reward", "kind")),
	"reward_taken_back": Event("Reward Taken Back", ("reward", "kind", "why", "owed", "was_paid")),
	"points_expiring": Event(
		"Points Expire Soon", ("reward", "kind", "expires_on", "given_by", "is_asked"), until="expires_on"
	),
	"points_moved": Event("Points Moved", ("reward", "kind", "given_by", "taken_by", "why")),
	"contacts_ending": Event(
		"Contacts Will Be Deleted", ("people", "ends_on"), until="ends_on", is_private=True
	),
	"contacts_fit": Event(
		"Contacts Who May Fit",
		("people", "openings", "fresh"),
		switch="tell_contacts_fit",
		is_private=True,
	),
	"order_waits": Event("Order Waits for Approval", ("item", "reward", "kind", "buyer")),
	"order_delivered": Event("Order Delivered", ("item", "words")),
	"draw_won": Event("Prize Won in a Draw", ("item",)),
	"badge_given": Event("Badge Given", ("badge", "why")),
	"badge_withdrawn": Event("Badge Withdrawn", ("badge", "why")),
	"level_reached": Event("Level Reached", ("level", "until_on")),
	"thanks_asked": Event("May We Thank You", page_switch="show_wall"),
	"board_told": Event(
		"Who Refers Best",
		("period", "place", "score", "best"),
		switch="tell_board",
		page_switch="show_leaderboard",
		colleagues="best",
	),
	"thanks_from_hr": Event("Thanks from HR", ("words", "said_by")),
	"club_invited": Event("Invited to the Club"),
	"club_event": Event("Event of the Club", CLUB_EVENT, until="starts_on"),
	"club_event_moved": Event("Event of the Club Has Moved", CLUB_EVENT, until="starts_on", pressing=True),
	"club_event_off": Event("Event of the Club Is Off", CLUB_EVENT, until="starts_on", pressing=True),
	"club_reminder": Event("Event of the Club, Reminder", CLUB_EVENT, until="starts_on", pressing=True),
	"club_seat": Event("Seat at an Event of the Club", CLUB_EVENT, until="starts_on", pressing=True),
	"announcement": Event("Announcement", ("title", "lines", "earn"), switch="tell_announcements"),
	"survey_asked": Event("How Was It", ("answer_until_on",), switch="tell_survey"),
	"mall_stopped": Event("Order Stopped at a Mall", ("item", "buyer", "why")),
	"order_ended": Event("Order Ended", ("item", "reward", "kind", "why")),
	"candidate_invited": Event(
		"To Candidate - Invitation", ("company", "referrer", "message", "invitation_link"), audience=CANDIDATE
	),
	"consent_asked": Event(
		"To Candidate - May We?", ("company", "referrer", "answer_until_on"), audience=CANDIDATE
	),
	"consent_reminder": Event(
		"To Candidate - May We? (Reminder)", ("company", "referrer", "answer_until_on"), audience=CANDIDATE
	),
	"candidate_status": Event("To Candidate - Link to Their Page", ("company",), audience=CANDIDATE),
	"pool_renewal": Event(
		"To Candidate - May We Keep You in Mind?", ("company", "until_on"), audience=CANDIDATE
	),
	"pool_page": Event(
		"To Candidate - Link to Their Page in the Talent Pool", ("company",), audience=CANDIDATE
	),
	"candidate_never_answered": Event("Candidate Never Answered"),
	"invitation_taken_back": Event("Taken Back Before an Answer"),
	"candidate_received": Event("To Candidate - Application Received", ("company",), audience=CANDIDATE),
	"candidate_interview": Event(
		"To Candidate - Interview Date", ("company", INTERVIEW_ON), until=INTERVIEW_ON, audience=CANDIDATE
	),
	"candidate_interview_off": Event(
		"To Candidate - Interview Is Off", ("company", INTERVIEW_ON), until=INTERVIEW_ON, audience=CANDIDATE
	),
	"candidate_result": Event("To Candidate - Result", ("company", "passed"), audience=CANDIDATE),
	"candidate_survey": Event(
		"To Candidate - How Was It?", ("company", "answer_until_on"), audience=CANDIDATE
	),
	"goals_begun": Event("First Goals Have Begun"),
	"goals_check_in": Event("Talk About First Goals", ("newcomer", "month")),
	DIGEST: Event("Digest", ("news", "count")),
}
TOLD_TO_EMPLOYEES = frozenset(
	name for name, event in EVENTS.items() if event.audience == EMPLOYEE and name != DIGEST
)

PRIVATE = tuple(name for name, event in EVENTS.items() if event.is_private)
# message -> the box that switches it off alone
OWN_SWITCHES = {name: event.switch for name, event in EVENTS.items() if event.switch}

# a step of the referral -> the message it sends; what is not named here sends none
STAGE_EVENTS = {
	"Submitted": "referral_received",
	"Screening": "referral_screening",
	"Selected": "terms_discussed",
	"Offered": "offer_made",
	"Joined": "candidate_joined",
	"Confirmed": "candidate_confirmed",
}
REFUSAL = "Not Selected"
OUTCOME_EVENTS = {
	REFUSAL: "not_selected",
	"Withdrawn": "candidate_withdrew",
	"Declined Offer": "offer_declined",
}
NOTE_EVENTS = {"reason": "reason_given", "word": "word_from_hr"}
STAGE_DATES = {"Joined": "joined_on", "Confirmed": "confirmed_on"}


@dataclass(frozen=True)
class Step:
	"""What a Referral Event says, as plain values."""

	kind: str
	stage: str | None = None
	outcome: str | None = None
	happened_on: datetime | None = None
	reason: str | None = None
	imported: bool = False
	# the place of the event among those of its referral, of the last ending before it, and of the last refusal
	seq: int | None = None
	ended_at: int | None = None
	refused_at: int | None = None
	# which kind of note it is, and what HR wrote for the referrer
	note: str | None = None
	words: str | None = None


@dataclass(frozen=True)
class News:
	"""What to tell about a step: the event, what makes it unique within the referral, and its dated facts."""

	event: str
	detail: str
	facts: dict


def news_of(step: Step, now: datetime) -> News | None:
	"""Return what the referrer is told about this step, or None. Corrections tell nothing, notes only what is for the referrer.

	An ending is told each time it happens, a stage once; and once more after an ending that did not last.
	"""
	if step.imported and _is_history(step, now):
		return None
	if step.kind == "Stage" and step.stage in STAGE_EVENTS:
		return News(STAGE_EVENTS[step.stage], _place(step.ended_at), _stage_facts(step))
	if step.kind == "Interview" or step.note == INTERVIEW_OFF:
		return _interview_news(step, now)
	if step.kind == "Note" and step.note in NOTE_EVENTS:
		return News(
			NOTE_EVENTS[step.note], str(step.seq), {"words": step.words} if step.note == "word" else {}
		)
	if step.kind == "Credit":
		return News("credit_given", str(step.seq), {})
	if step.kind == "Outcome" and step.outcome in OUTCOME_EVENTS:
		return News(OUTCOME_EVENTS[step.outcome], _place(step.seq), {})
	return None


def _place(seq: int | None) -> str:
	return "" if seq is None else str(seq)


def event_key(event: str, key: str) -> str:
	"""Return the key stored with the message: the same for the same news, and never too long for its column.

	A long key ends in a hash of the whole, in lower-case hex because the collation ignores case.
	"""
	full = f"{event}:{key}"
	if len(full) <= KEY_LENGTH:
		return full
	return f"{full[: KEY_LENGTH - 65]}:{sha256(full.encode()).hexdigest()}"


def is_stale(event: str, facts: dict, now: datetime) -> bool:
	"""Say whether the moment this message announces has passed while it waited."""
	until = facts.get(EVENTS[event].until) if EVENTS[event].until else None
	return bool(until) and datetime.fromisoformat(str(until)) < now


def known_facts(event: str) -> tuple[str, ...]:
	return COMMON_FACTS + EVENTS[event].facts


def _interview_news(step: Step, now: datetime) -> News | None:
	if not step.happened_on or step.happened_on < now:
		return None
	interview_on = step.happened_on.isoformat(sep=" ", timespec="seconds")
	detail = interview_on if step.seq is None else f"{interview_on}:{step.seq}"  # moved away and back is news
	event = "interview_off" if step.note == INTERVIEW_OFF else "interview_scheduled"
	return News(event, detail, {INTERVIEW_ON: interview_on})


def _stage_facts(step: Step) -> dict:
	fact = STAGE_DATES.get(step.stage)
	return {fact: step.happened_on.date().isoformat()} if fact and step.happened_on else {}


def _is_history(step: Step, now: datetime) -> bool:
	return bool(step.happened_on) and step.happened_on < now - timedelta(days=IMPORTED_NEWS_DAYS)
