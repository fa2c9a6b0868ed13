"""Writes what a referral consists of: its row, its applicant, its receipt. Decides nothing.

The order matters: the lock on the candidate comes first, then the number (its series is locked until the commit),
the applicant, the file and the receipt. `all_or_nothing` undoes the whole of it, also for a caller who catches the
refusal and commits.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import frappe
from frappe.model.document import Document
from frappe.query_builder import Order
from frappe.utils import now_datetime

from referral_hub import kept
from referral_hub.database import known_links
from referral_hub.database.prepared import Prepared, given
from referral_hub.referrals.assessing import answers
from referral_hub.referrals.deriving import timeline
from referral_hub.referrals.deriving.following import refresh
from referral_hub.referrals.making import decisions, resumes, standins
from referral_hub.referrals.making.proposals import Examined, Proposal, signals_of
from referral_hub.referrals.rules import stages
from referral_hub.referrals.rules.consent import Consent
from referral_hub.referrals.rules.facts import Applicant, Facts
from referral_hub.referrals.rules.moves import Kind, Move
from referral_hub.referrals.rules.outcomes import Outcome
from referral_hub.referrals.rules.ownership import Candidate
from referral_hub.referrals.rules.stages import Stage

APPLICANT_SOURCE = "Employee Referral"
_SAVEPOINT = "referral_hub_making"
_FIRST_FACTS = {
	Stage.INVITED: Facts(),
	Stage.SUBMITTED: Facts(applicant=Applicant("Open")),
}


@contextmanager
def all_or_nothing() -> Iterator[list]:
	"""Undo every row and file of the block when it fails; a deadlock has undone the rows already.

	The savepoint is not released: the commit does it, and another of its name takes its place.
	"""
	written: list = []
	frappe.db.savepoint(_SAVEPOINT)
	try:
		yield written
	except Exception as error:
		if not isinstance(error, frappe.QueryDeadlockError):
			frappe.db.rollback(save_point=_SAVEPOINT)
		for file in written:
			resumes.discard(file)
		raise


def insert_referral(
	proposal: Proposal, examined: Examined, stage: Stage, invited_until: date | None = None
) -> Document:
	now, ruling = now_datetime(), examined.ruling
	flags = decisions.flags_of(ruling, signals_of(proposal, examined))
	referral = frappe.new_doc("Referral")
	referral.update(_who(proposal, examined) | _what(proposal, examined))
	referral.update(
		{
			"submitted_on": now,
			"stage": stage.value,
			"outcome": Outcome.OPEN.value,
			"stage_changed_on": now,
			"refreshed_on": now,
			"facts_digest": stages.derive(_FIRST_FACTS[stage], now).fingerprint,
			"invited_until": invited_until,
			"may_be_paid": int(not ruling.unpaid_because),
			"decision": decisions.record(proposal.employee, examined.decision, ruling),
			"flagged": int(bool(flags)),
			"flags_data": frappe.as_json(flags),
			"last_event_seq": 1,
			"submission_key": proposal.form.key,
			"submission_digest": proposal.form.digest,
		}
	)
	referral.flags.promises_nothing = not proposal.is_paid
	referral.flags.rows = proposal.rows
	with kept.writing(referral):  # whatever it links to was read a moment ago, in this transaction
		referral.insert(ignore_permissions=True, ignore_links=True)
	referral.flags.rows, referral.flags.known = None, _known(referral, proposal)
	referral.flags.opening = proposal.rows.opening
	return referral


def give_receipt(referral: Document) -> None:
	"""Open the timeline with where the referral begins; whoever follows need not look for what others wrote before."""
	begins = Move(Kind.STAGE, Stage(referral.stage), Outcome.OPEN, referral.submitted_on)
	referral.flags.is_made_now = True
	try:
		timeline.record(referral, 0, [begins])
	finally:
		referral.flags.is_made_now = False


def give_applicant(referral: Document, candidate: Candidate, existing: str | None = None) -> Document:
	"""Make the Job Applicant of a referral, or credit the one that HRMS has already."""
	applicant = _adopt_applicant(referral, existing) if existing else _insert_applicant(referral, candidate)
	referral.job_applicant = applicant.name
	frappe.db.set_value("Referral", referral.name, "job_applicant", applicant.name, update_modified=False)
	return applicant


def _who(proposal: Proposal, examined: Examined) -> dict:
	return {
		"candidate_name": examined.candidate.name,
		"candidate_email": examined.candidate.email,
		"candidate_phone": examined.candidate.phone,
		"referrer": proposal.employee,
		"referrer_name": examined.seen.referrer.employee_name,
	}


def _what(proposal: Proposal, examined: Examined) -> dict:
	opening = proposal.rows.opening or frappe._dict()
	program = proposal.policy.program
	return {
		"channel": proposal.channel,
		"link": proposal.link,
		"employee_referral": proposal.employee_referral,
		"job_opening": proposal.opening,
		"designation": opening.designation or proposal.designation,
		"department": opening.department,
		"company": opening.company or examined.seen.referrer.company,
		"program": program.name if program else None,
		"relation": proposal.relation,
		"note": proposal.note,
		"assessment": answers.kept(proposal.opening, proposal.assessment),
		**resumes.received(proposal.resume),
	} | consent_fields(proposal.waits_for_consent, proposal.consent)


def _known(referral: Document, proposal: Proposal) -> frozenset[tuple[str, str | None]]:
	"""Return what this transaction has read or written itself, of all that an applicant of the referral names."""
	opening = proposal.rows.opening or frappe._dict()
	names = {"Job Opening": opening.name, "Designation": opening.designation, "Employee": proposal.employee}
	return frozenset({**names, "Referral": referral.name}.items())


def consent_fields(is_waited_for: bool, consent: str | None) -> dict:
	"""Return what a referral keeps of the candidate's agreement: `consent` is the words they agreed to.

	While they are waited for the platform's search leaves the referral out (`disabled`).
	"""
	if consent:
		given = {"consent_state": Consent.GIVEN.value, "consent_on": now_datetime(), "consent_text": consent}
		return {**given, "disabled": 0}
	state = Consent.ASKED if is_waited_for else Consent.NOT_NEEDED
	return {"consent_state": state.value, "disabled": int(is_waited_for)}


def _insert_applicant(referral: Document, candidate: Candidate) -> Document:
	email = candidate.email or standins.make()
	_let_former_ones_notice(email)
	applicant = frappe.new_doc("Job Applicant")
	applicant.update(
		{
			"applicant_name": candidate.name,
			"email_id": email,
			"phone_number": candidate.phone,
			"status": "Open",
			"job_title": referral.job_opening,
			"designation": referral.designation,
			"cover_letter": referral.note,
			**_credit(referral),
		}
	)
	applicant.flags.referral_hub_is_new = True
	is_sound = known_links.holds_all(applicant, referral.flags.known or ())
	return applicant.insert(ignore_permissions=True, ignore_links=is_sound)


def _let_former_ones_notice(applicant: str) -> None:
	"""Let the referrals whose applicant HR deleted see that it is gone, before another gets its name: HRMS names by e-mail."""
	former = _of_applicant.run(applicant=applicant)
	if former and not frappe.db.exists("Job Applicant", applicant):
		for (name,) in former:
			refresh(name)


@Prepared
def _of_applicant():
	Referral = frappe.qb.DocType("Referral")
	query = frappe.qb.from_(Referral).select(Referral.name).orderby(Referral.submitted_on, order=Order.desc)
	return query.where((Referral.job_applicant == given("applicant")) & (Referral.applicant_deleted == 0))


def _adopt_applicant(referral: Document, name: str) -> Document:
	"""Credit an applicant who is in HRMS already to this referral; what HR wrote on them stays."""
	applicant = frappe.get_doc("Job Applicant", name, for_update=True)
	applicant.flags.referral_hub_is_new = True
	applicant.db_set(_credit(referral), update_modified=False)
	return applicant


def _credit(referral: Document) -> dict:
	native = {"employee_referral": referral.employee_referral} if referral.employee_referral else {}
	return native | {
		"source": APPLICANT_SOURCE,
		"source_name": referral.referrer,
		"referral_hub_referred": 1,
		"referral_hub_referral": referral.name,
	}
