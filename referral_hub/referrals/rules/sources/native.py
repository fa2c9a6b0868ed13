"""What HRMS's own Employee Referral says to us and we to it: who is referred, its status, whether its bonus was paid. Pure."""

from dataclasses import dataclass

from referral_hub.referrals.rules.outcomes import Outcome
from referral_hub.referrals.rules.ownership import Candidate
from referral_hub.referrals.rules.stages import Stage

PENDING, IN_PROCESS, ACCEPTED, REJECTED = "Pending", "In Process", "Accepted", "Rejected"
PAID, UNPAID = "Paid", "Unpaid"
_HIRED = frozenset({Outcome.HIRED, Outcome.LEFT})
_NOTHING_HAPPENED = frozenset({Stage.INVITED, Stage.SUBMITTED})


def candidates_of(name: str, email: str | None, phone: str | None) -> list[Candidate]:
	"""Return who is referred: as typed, and without a phone number that nobody may be able to dial."""
	with_phone = Candidate(name, email, phone or None)
	return [with_phone, Candidate(name, email)] if phone else [with_phone]


def status_in_hrms(outcome: str, applicant_status: str | None) -> str:
	"""Return the status HRMS would show: it reads the applicant; whom we know as hired or closed says more."""
	if outcome in _HIRED:
		return ACCEPTED
	if outcome != Outcome.OPEN:
		return REJECTED
	if applicant_status in (ACCEPTED, REJECTED):
		return applicant_status
	return IN_PROCESS if applicant_status else PENDING


@dataclass(frozen=True)
class CashOfReferral:
	"""How far the cash of a referral got: what the terms promise, what was handed over, what is still open."""

	promised: int
	handed_over: int
	waiting: int
	can_earn_more: bool


def payment_status(cash: CashOfReferral) -> str:
	"""Say Paid once nothing of it is open any more: HRMS knows one bonus, not shares of it."""
	is_open = cash.waiting or (cash.can_earn_more and cash.handed_over < cash.promised)
	return PAID if cash.handed_over and not is_open else UNPAID


def can_be_taken_back(stage: str, outcome: str) -> bool:
	"""Say whether cancelling the form takes the referral back: only while HR has done nothing about the person."""
	return outcome == Outcome.OPEN and stage in _NOTHING_HAPPENED
