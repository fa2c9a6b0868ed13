"""An employee refers somebody: one transaction from "may I?" to the receipt, or nothing at all.

Invitations are the same up to the applicant, who is made when the invited person says yes (`admitting`).
"""

from datetime import date, timedelta

import frappe
from frappe.model.document import Document

from referral_hub.referrals import errors, policy
from referral_hub.referrals.making import ownership, proposals, records, replay, resumes, situation
from referral_hub.referrals.making.proposals import Proposal
from referral_hub.referrals.programs import applying
from referral_hub.referrals.rules.ownership import Candidate, owned_until
from referral_hub.referrals.rules.refusal import Refused
from referral_hub.referrals.rules.resumes.resume import Resume
from referral_hub.referrals.rules.sources.formulas import without_formula
from referral_hub.referrals.rules.stages import Stage


def submit(
	employee: str,
	candidate: Candidate,
	opening: str | None = None,
	program: str | None = None,
	*,
	note: str = "",
	resume: Resume | None = None,
	channel: str = "Portal",
	relation: str | None = None,
	submission_key: str | None = None,
	link: str | None = None,
	consent: str | None = None,
	applicant: str | None = None,
	designation: str | None = None,
	employee_referral: str | None = None,
	is_paid: bool = True,
	assessment: dict[str, str] | None = None,
) -> Document:
	"""Refer somebody; return the Referral.

	The same submission key with the same contents returns the first referral again; with others it is refused.
	`consent` is the words the candidate agreed to. A program that asks for consent first gets no Job Applicant without
	it: the referral waits at Invited until `admit`. `applicant` credits a Job Applicant that is there already; without an
	opening a `designation` can say what for. `employee_referral` is HRMS's own form, where it began there.
	`assessment` is what the referrer thinks of requirements of the opening: {row of its profile: meets, does not, don't know};
	what is no answer to any of them is left out.
	"""
	proposal = _propose(
		employee,
		candidate,
		opening,
		program,
		submission_key,
		note=note,
		channel=channel,
		relation=relation,
		resume=resume,
		link=link,
		consent=consent,
		applicant=applicant,
		designation=designation,
		employee_referral=employee_referral,
		is_paid=is_paid,
		assessment=assessment,
	)
	if proposal.waits_for_consent:
		return make_once(proposal, proposal.policy.consent_days)
	return make_once(proposal)


def invite(
	employee: str,
	candidate: Candidate,
	opening: str | None = None,
	program: str | None = None,
	*,
	note: str = "",
	channel: str = "Invite",
	relation: str | None = None,
	submission_key: str | None = None,
	link: str | None = None,
) -> Document:
	"""Invite somebody to apply; return the Referral at Invited. They are the referrer's until `invited_until`."""
	words = {"note": note, "channel": channel, "relation": relation, "link": link}
	proposal = _propose(employee, candidate, opening, program, submission_key, **words)
	return make_once(proposal, proposal.policy.invitation_days)


def _propose(
	employee: str,
	candidate: Candidate,
	opening: str | None,
	program: str | None,
	submission_key: str | None,
	*,
	note: str,
	relation: str | None,
	resume: Resume | None = None,
	assessment: dict[str, str] | None = None,
	**more,
) -> Proposal:
	"""Put together what is asked for; the form is recognised by what was typed and attached, as it was typed."""
	typed = {"opening": opening, "program": program, "relation": relation, "note": note}
	if assessment:
		typed["assessment"] = frappe.as_json(assessment, indent=None)
	rows = situation.rows_of(employee, opening)
	return Proposal(
		employee=employee,
		candidate=candidate,
		opening=rows.opening.name if rows.opening else opening,
		policy=policy_of(rows, program),
		rows=rows,
		note=without_formula(note or ""),
		relation=relation,
		resume=resume,
		assessment=assessment,
		form=replay.form_of(employee, submission_key, candidate, resume=resume, **typed),
		**more,
	)


def policy_of(rows: situation.Rows, program: str | None = None) -> policy.Policy:
	"""Return the policy of the program that is named, else of the one that applies to this employee and opening."""
	referrer = applying.place_in(rows.employee, rows.tree)
	return policy.for_referral(program, rows.opening, referrer, rows.tree)


def make_once(proposal: Proposal, days_to_answer: int | None = None) -> Document:
	"""Make the referral, or return the one the same form made before, perhaps in another process meanwhile."""
	try:
		return replay.made_before(proposal.form) or _make_or_find(proposal, days_to_answer)
	except Refused as refusal:
		errors.refuse(refusal)


def _make_or_find(proposal: Proposal, days_to_answer: int | None) -> Document:
	try:
		return _make(proposal, days_to_answer)
	except (Refused, frappe.UniqueValidationError):
		first = replay.made_before(proposal.form, locking=True)
		if not first:
			raise
		frappe.clear_messages()
		return first


def _make(proposal: Proposal, days_to_answer: int | None) -> Document:
	examined = proposals.examine(proposal)
	invited_until = _answer_by(proposal, days_to_answer)
	until = invited_until or owned_until(proposal.today, proposal.policy.days_owned)
	with records.all_or_nothing() as written:
		examined = proposals.check_limits(proposal, examined)
		claims = proposals.own(proposal, examined.candidate, until)
		examined = proposals.check_not_applied(proposal, examined)
		stage = Stage.INVITED if invited_until else Stage.SUBMITTED
		referral = records.insert_referral(proposal, examined, stage, invited_until)
		ownership.assign(claims, referral.name)
		if invited_until:
			written.append(resumes.attach(proposal.resume, referral))
		else:
			applicant = records.give_applicant(referral, examined.candidate, proposal.applicant)
			written.append(resumes.attach(proposal.resume, applicant))
		records.give_receipt(referral)
	return referral


def _answer_by(proposal: Proposal, days: int | None) -> date | None:
	return None if days is None else proposal.today + timedelta(days=days)
