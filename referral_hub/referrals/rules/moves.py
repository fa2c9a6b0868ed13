"""What has to be recorded when a referral's state changed: the entries of its timeline. Pure."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

from referral_hub.referrals.rules.outcomes import Outcome
from referral_hub.referrals.rules.stages import Appointment, Stage, State


class Kind(StrEnum):
	STAGE = "Stage"
	OUTCOME = "Outcome"
	INTERVIEW = "Interview"
	NOTE = "Note"
	CORRECTION = "Correction"
	CREDIT = "Credit"


# the note of an interview that was announced and will not be held
INTERVIEW_OFF = "interview_off"


@dataclass(frozen=True)
class Move:
	kind: Kind
	stage: Stage
	outcome: Outcome
	happened_on: datetime
	reason: str | None = None
	facts: dict = field(default_factory=dict)
	# what the referrer may read, in HR's own words
	words: str | None = None


def moves(
	before: State,
	after: State,
	announced: dict[str, datetime],
	now: datetime,
	made: Collection[str] | None = None,
) -> list[Move]:
	"""Return what happened between two states, in the order it is told.

	`announced` maps an interview to the date that was told last; `made` are those that HRMS has and that were not cancelled.
	"""
	happened = [*_corrections(before, after, now)]
	if after.stage.rank > before.stage.rank:
		happened.append(_stage_move(before, after, now))
	if after.outcome is not before.outcome and after.outcome is not Outcome.OPEN:
		happened.append(_outcome_move(before, after, now))
	happened += _reason_moves(before, after, now)
	told = {} if _is_reopened(before, after) else announced
	happened += _interviews_off(after, told, made, now) + _interview_moves(after, told)
	happened += [] if happened else _date_moves(before, after, now)
	if after.applicant_is_gone and not before.applicant_is_gone:
		happened.append(Move(Kind.NOTE, after.stage, after.outcome, now, facts={"note": "applicant_deleted"}))
	return happened


def is_first_step(kind: str, stage: str, facts: dict) -> bool:
	"""Say whether this entry of the timeline is the one by which somebody became an applicant."""
	came_from = (facts.get("stage") or [Stage.INVITED])[0]
	return kind == Kind.STAGE and stage != Stage.INVITED and came_from == Stage.INVITED


def changed_by_hand(after: State, columns: dict, now: datetime) -> Move:
	"""Return the note that somebody had written into the Referral itself: `columns` maps each to [found, derived]."""
	facts = {"note": "changed_by_hand", "columns": columns}
	return Move(Kind.NOTE, after.stage, after.outcome, now, facts=facts)


def _corrections(before: State, after: State, now: datetime) -> list[Move]:
	went_back = after.stage.rank < before.stage.rank
	if not (went_back or _is_reopened(before, after)):
		return []
	stage = after.stage if went_back else before.stage
	return [Move(Kind.CORRECTION, stage, after.outcome, now, facts=_change(before, after))]


def _is_reopened(before: State, after: State) -> bool:
	return after.outcome is Outcome.OPEN and before.outcome is not Outcome.OPEN


def _stage_move(before: State, after: State, now: datetime) -> Move:
	dates = {
		Stage.OFFERED: after.offered_on,
		Stage.JOINED: after.joined_on,
		Stage.CONFIRMED: after.confirmed_on,
	}
	closes_too = after.outcome is not before.outcome and after.outcome is not Outcome.HIRED
	outcome = Outcome.OPEN if closes_too else after.outcome
	facts = _change(before, after)
	facts["skipped"] = [stage for stage in Stage if before.stage.rank < stage.rank < after.stage.rank]
	if after.waived_rounds and not before.waived_rounds:
		facts["waived_rounds"] = list(after.waived_rounds)
	return Move(Kind.STAGE, after.stage, outcome, _at(dates.get(after.stage), now), facts=facts)


def _outcome_move(before: State, after: State, now: datetime) -> Move:
	came_on = after.stays[-1].began_on if after.stays else after.joined_on
	dates = {Outcome.HIRED: came_on, Outcome.LEFT: after.left_on}
	return Move(
		Kind.OUTCOME,
		after.stage,
		after.outcome,
		_at(dates.get(after.outcome), now),
		reason=after.reason,
		facts=_change(before, after),
		words=after.hint,
	)


def _reason_moves(before: State, after: State, now: datetime) -> list[Move]:
	"""Tell the reason and the hint that HR gave, or changed, only after the outcome was told."""
	said, told = (after.reason, after.hint), (before.reason, before.hint)
	if after.outcome is not before.outcome or after.outcome is Outcome.OPEN or said == told or not any(said):
		return []
	facts = {"note": "reason"}
	return [Move(Kind.NOTE, after.stage, after.outcome, now, after.reason, facts, words=after.hint)]


def _date_moves(before: State, after: State, now: datetime) -> list[Move]:
	"""Note that HR corrected the first or last day of somebody who left: rewards hang on how long they stayed."""
	if before.outcome is not Outcome.LEFT or after.outcome is not Outcome.LEFT:
		return []
	days = {
		name: [str(getattr(before, name) or ""), str(getattr(after, name) or "")]
		for name in ("joined_on", "left_on")
		if getattr(before, name) != getattr(after, name)
	}
	facts = {"note": "days_at_work", **days}
	return [Move(Kind.NOTE, after.stage, after.outcome, now, facts=facts)] if days else []


def _interviews_off(
	after: State, announced: dict[str, datetime], made: Collection[str] | None, now: datetime
) -> list[Move]:
	"""Note each announced interview that is cancelled or deleted, while the referral goes on; not one made anew for its date."""
	if made is None or after.outcome is not Outcome.OPEN or after.applicant_is_gone:
		return []
	dates = {appointment.starts_on for appointment in after.appointments}
	return [
		Move(
			Kind.NOTE, after.stage, after.outcome, starts_on, facts={"note": INTERVIEW_OFF, "interview": name}
		)
		for name, starts_on in announced.items()
		if name not in made and starts_on > now and starts_on not in dates
	]


def _interview_moves(after: State, announced: dict[str, datetime]) -> list[Move]:
	"""Tell the date of each interview once; one that moved back to an earlier date is told again, and each when a referral
	that had ended goes on: nobody is told of interviews while it is over.

	One that takes the place of another on the same date, renamed or made anew, is no news.
	"""
	coming = {appointment.interview for appointment in after.appointments}
	left_behind = {starts_on for interview, starts_on in announced.items() if interview not in coming}
	return [
		_interview_move(after, appointment, announced.get(appointment.interview))
		for appointment in after.appointments
		if announced.get(appointment.interview) != appointment.starts_on
		and not (appointment.interview not in announced and appointment.starts_on in left_behind)
	]


def _interview_move(after: State, appointment: Appointment, told_before: datetime | None) -> Move:
	facts = {
		"interview": appointment.interview,
		"round": appointment.round,
		"starts_on": appointment.starts_on.isoformat(),
	}
	if told_before:
		facts["moved_from"] = told_before.isoformat()
	return Move(Kind.INTERVIEW, after.stage, after.outcome, appointment.starts_on, facts=facts)


def _change(before: State, after: State) -> dict:
	return {
		"stage": [before.stage, after.stage],
		"outcome": [before.outcome, after.outcome],
	}


def _at(day: date | None, now: datetime) -> datetime:
	return datetime.combine(day, time()) if day else now
