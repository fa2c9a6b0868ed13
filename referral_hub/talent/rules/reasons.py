"""Why somebody is in the talent pool, since when, and until when they are kept. Pure.

What HRMS holds of one applicant (`Ended`) says whether they are worth knowing: the first rule that holds, in the order of `why_kept`.
A no-show is proposed, never said: HR confirms it.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

OPEN_CHANNEL, HAND_PICKED = "Open Channel", "Hand-picked"
NO_SHOW, DECLINED, WITHDRAWN, SILVER_MEDAL = "No-show", "Declined Offer", "Withdrawn", "Silver Medal"
REASONS = frozenset(
	{OPEN_CHANNEL, HAND_PICKED, NO_SHOW, DECLINED, WITHDRAWN, SILVER_MEDAL, "Not Selected", "Other"}
)
# a referral that ended so says it of the application too, whatever HRMS still says of it
ENDED_BY_HAND = frozenset({NO_SHOW, DECLINED, WITHDRAWN})
STARS = 5
# whoever has heard nothing for half a year is in nobody's hands
_FORGOTTEN_AFTER = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Offered:
	"""A submitted Job Offer."""

	status: str
	offered_on: date | None = None
	joining_on: date | None = None


@dataclass(frozen=True, slots=True)
class Hired:
	"""An Employee made from the applicant, perhaps in advance."""

	status: str
	joins_on: date | None = None
	leaves_on: date | None = None


@dataclass(frozen=True, slots=True)
class Round:
	"""An Interview that was not cancelled; its rating runs from 0 to 1."""

	status: str
	on: date | None = None
	rating: float = 0


@dataclass(frozen=True, slots=True)
class Ended:
	"""How it went with one applicant, as HRMS says; `reason_kind` is the kind of the reason that HR chose."""

	status: str
	applied_on: date | None = None
	reason_kind: str | None = None
	# the outcome of their referral, where somebody referred them
	outcome: str | None = None
	offers: tuple[Offered, ...] = ()
	onboarding_dates: tuple[date, ...] = ()
	employees: tuple[Hired, ...] = ()
	rounds: tuple[Round, ...] = ()


@dataclass(frozen=True, slots=True)
class Keeping:
	"""Whom the company wants to keep, from its settings."""

	no_shows: bool = True
	declined: bool = True
	withdrawn: bool = True
	silver_medals: bool = True
	good_from: float = 3.5 / STARS
	grace_days: int = 3


@dataclass(frozen=True, slots=True)
class Kept:
	reason: str
	happened_on: date | None
	# HR has to confirm it first
	is_proposed: bool = field(default=False)


def why_kept(ended: Ended, keeping: Keeping, today: date) -> Kept | None:
	"""Return why this applicant belongs in the pool, None when they don't: the first that holds."""
	if has_come(ended, today):
		return None
	said = _said(ended)
	if said == NO_SHOW:
		return Kept(NO_SHOW, _expected(ended) or last_day(ended)) if keeping.no_shows else None
	if said == DECLINED or _declined(ended):
		return Kept(DECLINED, _offered_on(ended) or last_day(ended)) if keeping.declined else None
	if proposed_on := no_show_since(ended, keeping.grace_days, today):
		return Kept(NO_SHOW, proposed_on, is_proposed=True) if keeping.no_shows else None
	if said == WITHDRAWN:
		return Kept(WITHDRAWN, last_day(ended)) if keeping.withdrawn else None
	if ended.status == "Rejected" and keeping.silver_medals and is_silver(ended.rounds, keeping.good_from):
		return Kept(SILVER_MEDAL, last_day(ended))
	return None


def has_come(ended: Ended, today: date) -> bool:
	"""Say whether the person works here, did, or is about to: an Employee made in advance who never arrived does not count."""
	return any(not never_arrived(employee, today) for employee in ended.employees)


def gone_since(ended: Ended, today: date) -> date | None:
	"""Return the day on which somebody who came has left again; None while they work here, are about to, or never came."""
	came = [employee for employee in ended.employees if not never_arrived(employee, today)]
	if not came or any(employee.status != "Left" or not employee.leaves_on for employee in came):
		return None
	return max(employee.leaves_on for employee in came)


def is_under_way_since(ended: Ended, happened_on: date | None) -> bool:
	"""Say whether this is an application nobody has ended, HR in HRMS nor anybody on the referral, made after something had happened."""
	is_later = happened_on is None or (ended.applied_on is not None and ended.applied_on >= happened_on)
	return ended.status != "Rejected" and ended.outcome not in ENDED_BY_HAND and is_later


def is_taken_back(reason: str | None, ended: Ended, today: date) -> bool:
	"""Say whether the end for which somebody was kept does not stand any more, of an application that nobody has ended (again).

	Whoever the pool has for another reason, as who was picked while they applied, was not kept for an end.
	"""
	return reason == SILVER_MEDAL or (reason in ENDED_BY_HAND and why_kept(ended, Keeping(), today) is None)


def is_forgotten_by_hr(ended: Ended, today: date) -> bool:
	"""Say whether nothing is known to have happened with this application for so long that nobody works on it any more."""
	last = last_day(ended)
	return last is not None and last + _FORGOTTEN_AFTER < today


def no_show_since(ended: Ended, grace_days: int, today: date) -> date | None:
	"""Return the day on which somebody who accepted should have come, once the grace is over; None where they may still come."""
	if not any(offer.status == "Accepted" for offer in ended.offers):
		return None
	expected = _expected(ended)
	return expected if expected and expected + timedelta(days=grace_days) < today else None


def is_silver(rounds: tuple[Round, ...], good_from: float) -> bool:
	return best_rating(rounds) >= good_from if best_rating(rounds) else _cleared(rounds)


def best_rating(rounds: tuple[Round, ...]) -> float:
	return max((each.rating for each in rounds), default=0)


def kept_until(since: date, days: int) -> date | None:
	"""Return the last day a person is kept without being asked again; None where HR sets no end."""
	return since + timedelta(days=days) if days else None


def last_day(ended: Ended) -> date | None:
	"""Return the last day on which anything is known to have happened with this applicant."""
	days = [offer.offered_on for offer in ended.offers] + [each.on for each in ended.rounds]
	return max(filter(None, (*days, ended.applied_on)), default=None)


def _said(ended: Ended) -> str | None:
	"""Return what HR or the candidate said: by the reason of a rejection, or by hand on the referral."""
	if ended.status == "Rejected" and ended.reason_kind in ENDED_BY_HAND:
		return ended.reason_kind
	return ended.outcome if ended.outcome in ENDED_BY_HAND else None


def _declined(ended: Ended) -> bool:
	return bool(ended.offers) and all(offer.status == "Rejected" for offer in ended.offers)


def _cleared(rounds: tuple[Round, ...]) -> bool:
	return any(each.status == "Cleared" for each in rounds)


def _expected(ended: Ended) -> date | None:
	of_employees = [employee.joins_on for employee in ended.employees if employee.joins_on]
	of_offers = [offer.joining_on for offer in ended.offers if offer.joining_on]
	return max(ended.onboarding_dates or of_offers or of_employees, default=None)


def _offered_on(ended: Ended) -> date | None:
	return max((offer.offered_on for offer in ended.offers if offer.offered_on), default=None)


def never_arrived(employee: Hired, today: date) -> bool:
	"""Say whether HR took the record back on or before the first day, or it was never active."""
	if employee.status == "Active":
		return False
	if employee.leaves_on and employee.joins_on:
		return employee.leaves_on <= employee.joins_on
	return employee.status == "Inactive" or (employee.joins_on or today) >= today
