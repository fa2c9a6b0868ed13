"""How a referral ended, or that it is still open: the first outcome that holds, and its reason. Pure.

HRMS is the source of truth; what was closed by hand counts only while nothing in HRMS says otherwise. A declined offer
makes HRMS reject the applicant, and cancelling or amending the offer does not take that back: such a rejection is the
candidate's no, not HR's, and a new offer answers it.
"""

from datetime import date
from enum import StrEnum

from referral_hub.referrals.rules.facts import Applicant, Employee, Facts, Offer


class Outcome(StrEnum):
	OPEN = "Open"
	HIRED = "Hired"
	LEFT = "Left"
	NO_SHOW = "No-show"
	DECLINED_OFFER = "Declined Offer"
	WITHDRAWN = "Withdrawn"
	NOT_SELECTED = "Not Selected"
	EXPIRED = "Expired"
	DUPLICATE = "Duplicate"
	INELIGIBLE = "Ineligible"


# Decided here, not in HRMS, and only while nothing in HRMS says otherwise.
CLOSED_BY_HAND = (
	Outcome.NO_SHOW,
	Outcome.WITHDRAWN,
	Outcome.EXPIRED,
	Outcome.DUPLICATE,
	Outcome.INELIGIBLE,
)
# Whoever came to such an end may come again, with the same referrer, while their window is open.
ENDED = frozenset(
	{Outcome.NOT_SELECTED, Outcome.DECLINED_OFFER, Outcome.NO_SHOW, Outcome.WITHDRAWN, Outcome.EXPIRED}
)
NEVER_MEANT = frozenset({Outcome.DUPLICATE, Outcome.INELIGIBLE})
# What a Rejected applicant means depends on the kind of reason HR chose.
_REJECTED_BECAUSE = {
	"No-show": Outcome.NO_SHOW,
	"Declined Offer": Outcome.DECLINED_OFFER,
	"Withdrawn": Outcome.WITHDRAWN,
}
_OUTCOMES_WITH_REASON = frozenset({*CLOSED_BY_HAND, Outcome.DECLINED_OFFER, Outcome.NOT_SELECTED})


def outcome_of(
	facts: Facts, hire: Employee | None, joined_on: date | None, rejected_by_offer: bool = False
) -> Outcome:
	"""Return the first outcome that holds; the order is the rule. For `rejected_by_offer` see `is_rejected_by_offer`."""
	rejected_as = _rejected_by_offer_as(facts) if rejected_by_offer else _rejected_as(facts.applicant)
	if hire and hire.status == "Left":
		return Outcome.LEFT
	if joined_on:
		return Outcome.HIRED
	if Outcome.NO_SHOW in (facts.closed_as, rejected_as):
		return Outcome.NO_SHOW
	if rejected_as == Outcome.DECLINED_OFFER or _every_offer_was_declined(facts.offers):
		return Outcome.DECLINED_OFFER
	if Outcome.WITHDRAWN in (facts.closed_as, rejected_as):
		return Outcome.WITHDRAWN
	if rejected_as:
		return Outcome.NOT_SELECTED
	return Outcome(facts.closed_as) if facts.closed_as else Outcome.OPEN


def _rejected_as(applicant: Applicant | None) -> Outcome | None:
	if applicant is None or applicant.status != "Rejected":
		return None
	return _REJECTED_BECAUSE.get(applicant.reason_applies_to, Outcome.NOT_SELECTED)


def is_rejected_by_offer(facts: Facts, was: bool, known_declines: int) -> bool:
	"""Say whether the applicant is Rejected because an offer was declined, and HR gave no reason of its own since.

	`was` says so of the last look, which counted `known_declines` declined offers that were cancelled: what was cancelled
	before the applicant was seen not rejected explains no later rejection.
	"""
	applicant = facts.applicant
	if applicant is None or applicant.status != "Rejected" or _is_hrs_own(applicant):
		return False
	return was or facts.cancelled_declines > known_declines or any(map(_was_declined, facts.offers))


def _is_hrs_own(applicant: Applicant) -> bool:
	return bool(applicant.reason or applicant.reason_applies_to) and (
		applicant.reason_applies_to != Outcome.DECLINED_OFFER
	)


def _rejected_by_offer_as(facts: Facts) -> Outcome | None:
	"""The no stands until another offer is on the table."""
	return None if any(not _was_declined(offer) for offer in facts.offers) else Outcome.DECLINED_OFFER


def _every_offer_was_declined(offers) -> bool:
	return bool(offers) and all(map(_was_declined, offers))


def _was_declined(offer: Offer) -> bool:
	return offer.status == "Rejected"


def hint_of(facts: Facts, outcome: Outcome) -> str | None:
	"""Return HR's own hint for this referral, where a reason may be given."""
	if (
		outcome not in _OUTCOMES_WITH_REASON
		or facts.applicant is None
		or facts.applicant.status != "Rejected"
	):
		return None
	return facts.applicant.hint


def reason_of(facts: Facts, outcome: Outcome) -> str | None:
	if outcome not in _OUTCOMES_WITH_REASON:
		return None
	if facts.applicant and facts.applicant.status == "Rejected" and facts.applicant.reason:
		return facts.applicant.reason
	return facts.closed_reason
