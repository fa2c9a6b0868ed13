"""HR makes somebody of the talent pool an applicant again. Who referred them first is credited, while the program says so.

Whoever holds the person now (the protection window of a later referral) comes before the first referrer. Where nobody is
credited the applicant is made all the same. Called by `flow.call_back`.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, nowdate

from referral_hub.people import employments
from referral_hub.referrals.making import ownership, situation, standins, submitting
from referral_hub.referrals.making.matching import CantBeMatched
from referral_hub.referrals.making.proposals import Proposal
from referral_hub.referrals.rules.deciding.limits import Limits
from referral_hub.referrals.rules.outcomes import ENDED, NEVER_MEANT, Outcome
from referral_hub.referrals.rules.ownership import Candidate, Holding

CHANNEL = "Talent Pool"


@dataclass(frozen=True)
class Known:
	"""What the pool knows of a person: who they are, and who referred them first, by which referral, when."""

	candidate: Candidate
	first_referrer: str | None = None
	first_referral: str | None = None
	first_referred_on: date | None = None
	note: str = ""
	consent: str | None = None


def check_not_there(applicant: str | None, opening: str) -> None:
	"""Refuse somebody who is an applicant for this opening already: the button was pressed twice."""
	waiting = {"name": applicant, "job_title": opening, "status": ("!=", "Rejected")}
	if applicant and frappe.db.exists("Job Applicant", waiting):
		link = frappe.utils.get_link_to_form("Job Applicant", applicant)
		frappe.throw(
			_("This person is an applicant for this opening already: {0}.").format(link), CantBeMatched
		)


def credited(known: Known, opening: str) -> str | None:
	"""Return the employee who is credited when this person is called back today; None when nobody is.

	Nobody is for an opening that takes no referrals: HR may call somebody back for it all the same.
	"""
	said = frappe.db.get_value("Opening Profile", {"job_opening": opening}, "accepts_referrals")
	if not situation.accepts_referrals(said):
		return None
	holder = ownership.holder_of(known.candidate, getdate(nowdate()))
	employee = _holding(holder) if holder else _first(known, opening)
	employee = employee and employments.record_now(employee)
	is_here = employee and frappe.db.get_value("Employee", employee, "status") == "Active"
	return employee if is_here else None


def recall(known: Known, opening: str, employee: str) -> Document:
	"""Make the referral of this employee, as if they had referred the person today; it counts against no limit of theirs."""
	rows = situation.rows_of(employee, opening)
	rules = replace(submitting.policy_of(rows), limits=Limits())
	proposal = Proposal(
		employee=employee,
		candidate=known.candidate,
		opening=rows.opening.name if rows.opening else opening,
		policy=rules,
		rows=rows,
		note=known.note,
		channel=CHANNEL,
		consent=known.consent,
		is_called_back=True,
	)
	return submitting.make_once(proposal, rules.consent_days if proposal.waits_for_consent else None)


def apply_alone(known: Known, opening: str) -> str:
	"""Make an applicant whom nobody is credited with."""
	applicant = frappe.new_doc("Job Applicant")
	applicant.update(
		{
			"applicant_name": known.candidate.name,
			"email_id": known.candidate.email or standins.make(),
			"phone_number": known.candidate.phone,
			"status": "Open",
			"job_title": opening,
			"designation": frappe.db.get_value("Job Opening", opening, "designation"),
			"cover_letter": known.note,
		}
	)
	return applicant.insert().name


def _first(known: Known, opening: str) -> str | None:
	"""Return the first referrer while the program of the opening still credits them."""
	if not known.first_referrer or not known.first_referred_on:
		return None
	first = employments.record_now(known.first_referrer)
	days = submitting.policy_of(situation.rows_of(first, opening)).pool_credit_days
	if not days:
		return None
	if getdate(nowdate()) > known.first_referred_on + timedelta(days=days):
		return None
	outcome = frappe.db.get_value("Referral", known.first_referral, "outcome")
	return None if outcome in NEVER_MEANT else known.first_referrer


def _holding(holder: Holding) -> str | None:
	"""Return who holds the person, where their referral is over without a hire; refuse while it is open."""
	outcome = holder.referral and frappe.db.get_value("Referral", holder.referral, "outcome")
	if outcome == Outcome.OPEN:
		link = frappe.utils.get_link_to_form("Referral", holder.referral)
		frappe.throw(_("A referral of this person is open: {0}.").format(link), CantBeMatched)
	return holder.referrer if outcome in ENDED else None
