"""How a referral ended, or that it is still open: the first outcome that holds, and its reason. Pure.

HRMS is the source of truth; what was closed by hand counts only while nothing in HRMS says otherwise.
"""

from datetime import date
from enum import StrEnum

from referral_hub.referrals.rules.facts import Applicant, Employee, Facts


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
# What a Rejected applicant means depends on the kind of reason HR chose.
_REJECTED_BECAUSE = {
	"No-show": Outcome.NO_SHOW,
	"Declined Offer": Outcome.DECLINED_OFFER,
	"Withdrawn": Outcome.WITHDRAWN,
}
_OUTCOMES_WITH_REASON = frozenset({*CLOSED_BY_HAND, Outcome.DECLINED_OFFER, Outcome.NOT_SELECTED})


def outcome_of(facts: Facts, hire: Employee | None, joined_on: date | None) -> Outcome:
	"""Return the first outcome that holds; the order is the rule."""
	rejected_as = _rejected_as(facts.applicant)
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


def _every_offer_was_declined(offers) -> bool:
	return bool(offers) and all(offer.status == "Rejected" for offer in offers)


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
