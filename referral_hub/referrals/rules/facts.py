"""What HRMS holds about a referred person, as plain values: what stages and outcomes are derived from. Pure.

Gathered by `referrals/deriving/facts.py`; what they mean is in `stages` and `outcomes`.
"""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(slots=True)
class Applicant:
	status: str
	is_rated: bool = False
	is_assigned: bool = False
	reason: str | None = None
	reason_applies_to: str | None = None
	email: str | None = None
	phone: str | None = None
	hint: str | None = None


@dataclass(slots=True)
class Interview:
	"""An Interview that was not cancelled."""

	round: str
	status: str
	starts_on: datetime | None
	name: str = ""


@dataclass(slots=True)
class Offer:
	"""A Job Offer that was not cancelled."""

	is_submitted: bool
	status: str
	offered_on: date | None
	joining_on: date | None = None


@dataclass(slots=True)
class Employee:
	name: str
	status: str
	joins_on: date | None
	confirmed_on: date | None = None
	leaves_on: date | None = None
	# the first day, where a transfer has moved the joining date of this very record
	served_since: date | None = None
	# the record this one goes on from, where a transfer made it
	continues: str | None = None


@dataclass(slots=True)
class Facts:
	"""What HRMS holds about one referred person, and what HR decided by hand here."""

	applicant: Applicant | None = None
	interviews: tuple[Interview, ...] | list[Interview] = ()
	offers: tuple[Offer, ...] | list[Offer] = ()
	onboarding_dates: tuple[date, ...] | list[date] = ()
	employees: tuple[Employee, ...] | list[Employee] = ()
	# Job Offers that were declined and then cancelled: HRMS leaves the applicant Rejected.
	cancelled_declines: int = 0
	closed_as: str | None = None
	closed_reason: str | None = None
	required_rounds: int = 0
	# rounds that people referred under this program may skip
	green_rounds: tuple[str, ...] = ()
	probation_months: int = 3
	no_show_grace_days: int = 3
	# The applicant was there and is gone: what was known then stays known.
	applicant_is_gone: bool = False
	# HR merged applicants and the one that is left belongs to another referral.
	is_credited_elsewhere: bool = False
	# The applicant names no referral any more, or not yet after HR entered them again: the credit is written again.
	credit_was_lost: bool = False
