"""What happened to a referral, and what comes next, in sentences for the person who made it.

Owns the words for stages, outcomes and next steps. Reads nothing: the caller hands over the rows.
Called by the portal's pages and api/portal.py. Internal notes never appear here.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import frappe
from frappe import _

from referral_hub.referrals.rules.consent import Consent, was_taken_back
from referral_hub.referrals.rules.moves import INTERVIEW_OFF
from referral_hub.referrals.rules.showing.next_step import STAGES, NextStep, still_ahead


@dataclass
class Entry:
	"""One line of the timeline, with the stage it reached, if it is about one."""

	text: str
	when: datetime
	stage: str | None = None
	reason: str | None = None
	hint: str | None = None
	rewards: list = field(default_factory=list)


def dot_names() -> tuple[str, ...]:
	return (
		_("Received", context="stage of a referral"),
		_("Screening", context="stage of a referral"),
		_("Interview", context="stage of a referral"),
		_("Offer", context="stage of a referral"),
		_("Joined", context="stage of a referral"),
	)


def stage_name(stage: str) -> str:
	return {
		"Invited": _("Invited"),
		"Submitted": _("Received", context="stage of a referral"),
		"Screening": _("In screening"),
		"Interviewing": _("Interviews"),
		"Selected": _("Passed, terms are discussed"),
		"Offered": _("Offer made"),
		"Joined": _("Joined"),
		"Confirmed": _("Probation passed"),
	}[stage]


def outcome_name(outcome: str) -> str:
	return {
		"Open": _("Open", context="Referral Hub"),
		"Hired": _("Joined"),
		"Left": _("Has left"),
		"No-show": _("Did not start"),
		"Declined Offer": _("Declined the offer"),
		"Withdrawn": _("Withdrew"),
		"Not Selected": _("Not selected"),
		"Expired": _("Expired"),
		"Duplicate": _("Referred before"),
		"Ineligible": _("Does not count"),
	}[outcome]


def next_step_words(step: NextStep, outcome: str, interview: str = "", answer_by: str = "") -> str:
	"""Say the next step in a few words; `interview` and `answer_by` are dates as people say them."""
	words = {
		NextStep.INVITED: _("Invited. They can apply until {0}").format(answer_by)
		if answer_by
		else _("Invited. Waiting for them to apply"),
		NextStep.ASKED: _("We asked them. They can agree until {0}").format(answer_by)
		if answer_by
		else _("Waiting for them to agree"),
		NextStep.BEING_READ: _("Next: a recruiter reads the profile"),
		NextStep.IN_SCREENING: _("Next: a decision about an interview"),
		NextStep.INTERVIEW_AHEAD: _("Next: interview {0}").format(interview),
		NextStep.INTERVIEW_DONE: _("Next: the result of the interview"),
		NextStep.HR_DECIDES: _("Interviews are over. Next: HR decides"),
		NextStep.TERMS_DISCUSSED: _("Passed. Next: an offer"),
		NextStep.OFFER_OUT: _("Next: their answer to the offer"),
		NextStep.SETTLING_IN: _("Joined. Next: probation"),
		NextStep.CONFIRMED: _("Joined and settled in"),
		NextStep.APPLICATION_GONE: _("The application was deleted. Next: a word from HR"),
	}
	return words[step] if step in words else outcome_name(outcome)


def history(
	events: list, name: str, say_moment: Callable[[datetime], str], is_asked: bool = False
) -> list[Entry]:
	"""Return one entry for each event worth telling, newest first; `events` are oldest first.

	`is_asked`: they were referred and asked first. Who reads is credited now: of moved credit they are told the last time alone, when it came to them.
	"""
	credits = [event.seq for event in events if event.kind == "Credit"]
	events = [event for event in events if event.kind != "Credit" or event.seq == credits[-1]]
	joined = any(event.kind == "Stage" and event.stage in ("Joined", "Confirmed") for event in events)
	told = (_entry(event, name, say_moment, joined, bool(credits), is_asked) for event in events)
	return [entry for entry in told if entry][::-1]


def future(stage: str, outcome: str) -> list[tuple[str, str]]:
	"""Return (stage, sentence) for what may still come, nearest first."""
	words = {
		"Screening": _("A recruiter gets in touch"),
		"Interviewing": _("Interviews"),
		"Selected": _("Passed, terms are discussed"),
		"Offered": _("An offer"),
		"Joined": _("First day at work"),
		"Confirmed": _("Probation passed"),
	}
	return [(later, words[later]) for later in still_ahead(stage, outcome)]


def latest_change(event, name: str, say_moment: Callable[[datetime], str]) -> str | None:
	"""Say the newest event in one sentence, for the top of the home page."""
	entry = _entry(event, name, say_moment, joined=False)
	return entry.text if entry else None


def is_asked_first(referral) -> bool:
	"""Say whether this person was referred and asked to agree; whoever was invited agrees by applying."""
	return referral.channel != "Invite" and referral.consent_state not in (None, "", Consent.NOT_NEEDED)


def is_after(stage: str, other: str) -> bool:
	return STAGES.index(stage) > STAGES.index(other)


def _entry(
	event, name: str, say_moment, joined: bool, by_another: bool = False, is_asked: bool = False
) -> Entry | None:
	"""A hire is told by its stage, not again by its outcome."""
	if event.kind == "Stage":
		if event.stage == "Invited" and is_asked:
			return Entry(_asked_sentence(name, by_another), _when(event), event.stage)
		sentence = _stage_sentence(event.stage, name, by_another)
		return Entry(sentence, _when(event), event.stage)
	if event.kind == "Credit":
		return Entry(_("HR credited you with this referral."), event.recorded_on)
	if event.kind == "Interview" and event.happened_on:
		text = _("{0} has an interview: {1}.").format(name, say_moment(event.happened_on))
		return Entry(text, event.recorded_on)
	if event.kind == "Correction":
		return Entry(_("The stage was corrected: {0}.").format(stage_name(event.stage)), event.recorded_on)
	if event.kind == "Outcome" and not (event.outcome == "Hired" and joined):
		reason, hint = _reason_words(event)
		text = _taken_back(event) or _outcome_sentence(event.outcome)
		return Entry(text.format(name), _when(event), reason=reason, hint=hint)
	if event.kind == "Note":
		return _note(event, name, say_moment)
	return None


def _note(event, name: str, say_moment) -> Entry | None:
	"""Tell what HR wrote for the referrer, that an interview is off, and that the application of an open referral is gone."""
	if event.outcome != "Open" and (event.reason or event.words):
		reason, hint = _reason_words(event)
		text = _("HR said more about why it ended for {0}.").format(name)
		return Entry(text, event.recorded_on, reason=reason, hint=hint)
	if event.words:
		return Entry(_("HR wrote: {0}").format(event.words), event.recorded_on)
	note = frappe.parse_json(event.facts or "{}").get("note")
	if note == INTERVIEW_OFF:
		text = _("The interview of {0} is off: {1}.").format(name, say_moment(event.happened_on))
		return Entry(text, event.recorded_on)
	if event.outcome == "Open" and note == "applicant_deleted":
		text = _("HR deleted the application of {0}. You will hear how it goes on, or ask about it here.")
		return Entry(text.format(name), event.recorded_on)
	return None


def _when(event) -> datetime:
	return event.happened_on or event.recorded_on


def _reason_words(event) -> tuple[str | None, str | None]:
	"""Choose the reason in the reader's language; HR writes both."""
	chinese = (frappe.local.lang or "").startswith("zh")
	reason = (chinese and event.reason_zh) or event.reason
	hint = event.words or (chinese and event.hint_zh) or event.hint
	return reason or None, hint or None


def _stage_sentence(stage: str, name: str, by_another: bool) -> str:
	return {
		"Invited": _("{0} was invited.") if by_another else _("You invited {0}."),
		"Submitted": _("{0} was referred. The profile is with the recruiting team.")
		if by_another
		else _("You referred {0}. The profile is with the recruiting team."),
		"Screening": _("A recruiter is looking at {0}'s profile."),
		"Interviewing": _("{0} is invited to interviews."),
		"Selected": _("{0} passed the interviews. Terms are being discussed."),
		"Offered": _("{0} has an offer."),
		"Joined": _("{0} has joined the company."),
		"Confirmed": _("{0} passed the probation period."),
	}[stage].format(name)


def _asked_sentence(name: str, by_another: bool) -> str:
	if by_another:
		return _("{0} was referred, and asked whether they agree.").format(name)
	return _("You referred {0}. We asked whether they agree.").format(name)


def _taken_back(event) -> str:
	"""Say of somebody who could still have answered that it was closed before; nothing of any other end."""
	is_over = event.outcome == "Expired" and event.stage == "Invited"
	until = getattr(event, "answer_until", None)
	if not (is_over and was_taken_back(until, _when(event).date())):
		return ""
	return _("HR closed this before {0} answered. You are welcome to refer again.")


def _outcome_sentence(outcome: str) -> str:
	return {
		"Open": _("{0} is in the running again."),
		"Hired": _("{0} has joined the company."),
		"Left": _("{0} has left the company."),
		"No-show": _("{0} did not start."),
		"Declined Offer": _("{0} declined the offer."),
		"Withdrawn": _("{0} decided not to go on."),
		"Not Selected": _("{0} was not selected this time. Thank you for the introduction."),
		"Expired": _("The referral of {0} has expired. You are welcome to refer again."),
		"Duplicate": _("{0} had been referred before you did."),
		"Ineligible": _("The referral of {0} could not be counted."),
	}[outcome]
