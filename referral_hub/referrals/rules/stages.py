"""Where a referral stands, derived from what HRMS holds. Pure.

`derive` turns facts into a State: the furthest stage, the first outcome that holds, and their dates. The order
in which facts were entered does not matter, and deriving twice changes nothing. HRMS is the source of truth:
when its facts go back, the state goes back. Two facts HRMS forgets: a rejection overwrites the status before it, so what
was known then decides whether the rejected had been in screening; and a declined offer that is cancelled leaves the
applicant Rejected, so what was known then decides whose no it was. What has to be recorded about a change is in `moves`.
"""

from calendar import monthrange
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import blake2b

from referral_hub.referrals.rules.facts import Applicant, Employee, Facts
from referral_hub.referrals.rules.outcomes import (
	Outcome,
	hint_of,
	is_rejected_by_offer,
	outcome_of,
	reason_of,
)
from referral_hub.referrals.rules.stays import LEFT, Service, Stay, services_of

_UNTOUCHED, _REJECTED = "Open", "Rejected"
# an Interview with one of these has not been held, as far as anybody has written
NO_RESULT_YET = ("Pending", "Under Review")


class Stage(StrEnum):
	INVITED = "Invited"
	SUBMITTED = "Submitted"
	SCREENING = "Screening"
	INTERVIEWING = "Interviewing"
	SELECTED = "Selected"
	OFFERED = "Offered"
	JOINED = "Joined"
	CONFIRMED = "Confirmed"

	@property
	def rank(self) -> int:
		return _RANKS[self]


_RANKS = {stage: rank for rank, stage in enumerate(Stage)}


@dataclass(frozen=True, slots=True)
class Appointment:
	"""An interview that is still to come."""

	starts_on: datetime
	round: str
	# the name of the Interview: its round may be renamed, and have two
	interview: str = ""


@dataclass(frozen=True, slots=True)
class State:
	stage: Stage = Stage.INVITED
	outcome: Outcome = Outcome.OPEN
	reason: str | None = None
	hint: str | None = None
	waived_rounds: tuple[str, ...] = ()
	appointments: tuple[Appointment, ...] = ()
	offered_on: date | None = None
	joined_on: date | None = None
	confirmed_on: date | None = None
	left_on: date | None = None
	hired_employee: str | None = None
	no_show_proposed_on: date | None = None
	applicant_is_gone: bool = False
	# what HRMS forgets of a declined offer that HR cancels
	rejected_by_offer: bool = False
	cancelled_declines: int = 0
	# all that have begun, where there was more than one
	stays: tuple[Stay, ...] = ()

	@property
	def fingerprint(self) -> str:
		"""Return what differs when, and only when, two states differ."""
		values = (str(getattr(self, name)) for name in _STATE_FIELDS)
		return blake2b("\x1f".join(values).encode(), digest_size=16).hexdigest()

	@property
	def next_interview_on(self) -> datetime | None:
		return self.appointments[0].starts_on if self.appointments else None


_STATE_FIELDS = tuple(each.name for each in fields(State))


def derive(facts: Facts, now: datetime, recorded: State | None = None) -> State:
	"""Return the state the facts add up to; `recorded` is what was known before, kept when facts are gone."""
	if facts.is_credited_elsewhere:
		return replace(
			recorded or State(), outcome=Outcome.DUPLICATE, appointments=(), no_show_proposed_on=None
		)
	if facts.applicant_is_gone:
		return _without_applicant(facts, now.date(), recorded or State())
	return _from_facts(facts, now, recorded or State())


def depends_on_recorded(facts: Facts) -> bool:
	"""Say whether what was known before decides: HRMS has forgotten something, or all of it."""
	is_rejected = facts.applicant is not None and facts.applicant.status == _REJECTED
	return facts.applicant_is_gone or facts.is_credited_elsewhere or is_rejected


def _from_facts(facts: Facts, now: datetime, recorded: State) -> State:
	today = now.date()
	services = [service for service in services_of(facts.employees) if service.stay.began_on <= today]
	hire = _hire(services, facts.employees)
	joined_on = services[0].stay.began_on if services else None
	confirmed_on = _confirmed_on(services, facts.probation_months, today)
	offers_sent = [offer.offered_on for offer in facts.offers if offer.is_submitted and offer.offered_on]
	by_offer = is_rejected_by_offer(facts, recorded.rejected_by_offer, recorded.cancelled_declines)
	outcome = outcome_of(facts, hire, joined_on, by_offer)
	is_open = outcome is Outcome.OPEN
	return State(
		stage=_stage(facts, joined_on, confirmed_on, recorded.stage),
		outcome=outcome,
		reason=reason_of(facts, outcome),
		hint=hint_of(facts, outcome),
		waived_rounds=_waived_rounds(facts),
		appointments=_appointments(facts.interviews, now) if is_open else (),
		offered_on=max(offers_sent, default=None),
		joined_on=joined_on,
		confirmed_on=confirmed_on,
		left_on=hire.leaves_on if hire and outcome is Outcome.LEFT else None,
		hired_employee=hire.name if hire else None,
		no_show_proposed_on=_no_show_proposed_on(facts, hire, today) if is_open else None,
		rejected_by_offer=by_offer,
		cancelled_declines=facts.cancelled_declines,
		stays=tuple(service.stay for service in services) if len(services) > 1 else (),
	)


def _without_applicant(facts: Facts, today: date, recorded: State) -> State:
	"""Keep what was known; go on following only the employee the person became."""
	state = replace(recorded, appointments=(), no_show_proposed_on=None, applicant_is_gone=True)
	if facts.employees:
		midnight = datetime.combine(today, datetime.min.time())
		followed = _from_facts(replace(facts, applicant=None), midnight, recorded)
		return replace(
			state,
			stage=max(recorded.stage, followed.stage, key=lambda stage: stage.rank),
			outcome=followed.outcome,
			joined_on=followed.joined_on or recorded.joined_on,
			confirmed_on=followed.confirmed_on or recorded.confirmed_on,
			left_on=followed.left_on,
			hired_employee=followed.hired_employee,
			stays=followed.stays,
		)
	if facts.closed_as and recorded.outcome is Outcome.OPEN:
		return replace(state, outcome=Outcome(facts.closed_as), reason=facts.closed_reason)
	return state


def _stage(facts: Facts, joined_on: date | None, confirmed_on: date | None, recorded: Stage) -> Stage:
	if confirmed_on:
		return Stage.CONFIRMED
	if joined_on:
		return Stage.JOINED
	if any(offer.is_submitted for offer in facts.offers):
		return Stage.OFFERED
	if facts.offers or _passed_interviews(facts):
		return Stage.SELECTED
	if facts.interviews:
		return Stage.INTERVIEWING
	if facts.applicant is None:
		return Stage.INVITED
	return Stage.SCREENING if _was_looked_at(facts.applicant, recorded) else Stage.SUBMITTED


def _was_looked_at(applicant: Applicant, recorded: Stage) -> bool:
	"""Say whether HR was seen to consider somebody. A rejection alone is no screening, and undoes none that was seen."""
	if applicant.is_rated or applicant.is_assigned:
		return True
	if applicant.status == _REJECTED:
		return recorded.rank >= Stage.SCREENING.rank
	return applicant.status != _UNTOUCHED


def _passed_interviews(facts: Facts) -> bool:
	"""Say whether the required rounds are Cleared or waived; nobody knows when no number is given.

	At least one has to be Cleared: the green channel shortens the way, it does not replace it.
	"""
	cleared = _cleared_rounds(facts)
	return bool(cleared) and 0 < facts.required_rounds <= len(cleared) + len(_waivable_rounds(facts))


def _waived_rounds(facts: Facts) -> tuple[str, ...]:
	"""Return the rounds that were not held because the green channel allows it, once that has counted."""
	missing = facts.required_rounds - len(_cleared_rounds(facts))
	if missing <= 0 or not _passed_interviews(facts):
		return ()
	return _waivable_rounds(facts)[:missing]


def _waivable_rounds(facts: Facts) -> tuple[str, ...]:
	"""Return the rounds that may be skipped and for which nobody made an interview."""
	held = {interview.round for interview in facts.interviews}
	return tuple(name for name in facts.green_rounds if name not in held)


def _cleared_rounds(facts: Facts) -> set[str]:
	return {interview.round for interview in facts.interviews if interview.status == "Cleared"}


def _hire(services: list[Service], employees) -> Employee | None:
	"""Return the record the person has now: of the stays that began, one that is not Left, else the last to end."""
	records = [record for service in services for record in service.records] or employees
	here = [record for record in records if record.status != LEFT]
	if here:
		return min(here, key=lambda record: (record.joins_on or date.max, record.name))
	return max(
		records,
		key=lambda record: (record.leaves_on or record.joins_on or date.min, record.name),
		default=None,
	)


def _confirmed_on(services: list[Service], probation_months: int, today: date) -> date | None:
	"""Return the first day on which a probation ended that the person was still here for."""
	ended = [
		day
		for service in services
		for record in service.records
		if (day := _probation_ended_on(record, service.stay, probation_months))
		and day <= today
		and record.joins_on <= today
	]
	return min(ended, default=None)


def _probation_ended_on(record: Employee, stay: Stay, probation_months: int) -> date | None:
	"""Return the day probation ends for this record, counted from the first day of the stay; None if they left before."""
	ends_on = record.confirmed_on or add_months(stay.began_on, probation_months)
	left_before = record.status == LEFT and record.leaves_on is not None and record.leaves_on < ends_on
	return None if left_before else ends_on


def _appointments(interviews, now: datetime) -> tuple[Appointment, ...]:
	coming = {
		Appointment(interview.starts_on, interview.round, interview.name)
		for interview in interviews
		if interview.status in NO_RESULT_YET and interview.starts_on and interview.starts_on >= now
	}
	return tuple(sorted(coming, key=lambda coming: (coming.starts_on, coming.round, coming.interview)))


def _no_show_proposed_on(facts: Facts, hire: Employee | None, today: date) -> date | None:
	"""Return the day from which a no-show is likely: an offer was accepted, the date is past, nobody came."""
	if hire or not any(offer.status == "Accepted" and offer.is_submitted for offer in facts.offers):
		return None
	expected = [*facts.onboarding_dates] or [offer.joining_on for offer in facts.offers if offer.joining_on]
	if not expected:
		return None
	proposed_on = max(expected) + timedelta(days=facts.no_show_grace_days + 1)
	return proposed_on if proposed_on <= today else None


def add_months(day: date, months: int) -> date:
	"""Return the same day `months` later, or the last day of a shorter month."""
	year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
	return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
