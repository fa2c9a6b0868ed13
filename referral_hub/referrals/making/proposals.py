"""What an employee asks for when they refer somebody, and whether it may be.

Decides with the pure rules on what `situation` finds, and writes nothing. Every refusal is raised as the rules' own
`Refused`; the use cases turn it into what the platform shows.
"""

from dataclasses import dataclass, replace
from datetime import date

import frappe
from frappe import _
from frappe.utils import getdate, now_datetime, nowdate

from referral_hub.referrals import ownership, policy, resumes, situation
from referral_hub.referrals.policy import Policy
from referral_hub.referrals.replay import Form
from referral_hub.referrals.rules import contacts, eligibility
from referral_hub.referrals.rules.eligibility import Decision, Situation
from referral_hub.referrals.rules.ownership import Candidate, normalise
from referral_hub.referrals.rules.resume import Resume

LONGEST_NOTE = 5000
_NO_FORM = Form()


@dataclass(frozen=True)
class Proposal:
	"""One employee recommends one person: what was typed, and the policy it falls under."""

	employee: str
	candidate: Candidate
	opening: str | None
	policy: Policy
	note: str = ""
	channel: str = "Portal"
	relation: str | None = None
	resume: Resume | None = None
	link: str | None = None
	consent: str | None = None
	form: Form = _NO_FORM
	applicant: str | None = None

	@property
	def today(self) -> date:
		return getdate(nowdate())

	@property
	def waits_for_consent(self) -> bool:
		return self.policy.consent_first and not self.consent


@dataclass(frozen=True)
class Examined:
	"""A proposal that may be, as far as can be said before the candidate is locked."""

	seen: Situation
	decision: Decision

	@property
	def candidate(self) -> Candidate:
		return self.seen.candidate

	def add(self, decision: Decision) -> "Examined":
		return replace(self, decision=self.decision + agreed(decision))


def examine(proposal: Proposal) -> Examined:
	"""Refuse what can be refused without writing: first by who asks, then by what was typed and whom it names."""
	seen = _look(proposal)
	decision = agreed(eligibility.may_refer(seen))
	candidate = normalise(seen.candidate, seen.region)
	_check_words(proposal.note, proposal.relation)
	resumes.check(proposal.resume)
	colleagues = situation.colleagues(candidate, proposal.employee)
	seen = replace(seen, candidate=candidate, colleagues=colleagues)
	return Examined(seen, decision).add(eligibility.may_be_referred(seen))


def check_not_applied(proposal: Proposal, examined: Examined) -> Examined:
	"""Refuse somebody who applied by themselves; asked once the candidate is owned, so that nobody slips in between."""
	found = situation.applicants(
		examined.candidate, proposal.today, proposal.policy.known_applicant_days, besides=proposal.applicant
	)
	return examined.add(eligibility.has_not_applied(replace(examined.seen, applicants=found)))


def own(proposal: Proposal, candidate: Candidate, until: date) -> list[str]:
	return ownership.claim(ownership.keys_of(candidate), proposal.employee, proposal.today, until)


def recorded(examined: Examined) -> str:
	"""Return the decision and its inputs as kept on the referral: no contact of anybody."""
	checks = [
		{"check": check.name, "passed": check.passed, **check.inputs} for check in examined.decision.checks
	]
	sentence = _("{0} may refer this person: {1} checks passed, and nobody else owns the candidate.").format(
		examined.seen.referrer.employee, len(checks)
	)
	return frappe.as_json({"sentence": sentence, "decided_on": now_datetime(), "checks": checks})


def agreed(decision: Decision) -> Decision:
	if decision.refusal:
		raise decision.refusal
	return decision


def _look(proposal: Proposal) -> Situation:
	referrer = situation.referrer(proposal.employee)
	opening = situation.opening(proposal.opening) if proposal.opening else None
	return Situation(
		candidate=proposal.candidate,
		referrer=referrer,
		today=proposal.today,
		region=policy.region_of((opening and opening.company) or referrer.company),
		opening=opening,
		program=proposal.policy.program,
		known_applicant_days=proposal.policy.known_applicant_days,
		resume_valid_days=proposal.policy.resume_valid_days,
	)


def _check_words(note: str, relation: str | None) -> None:
	if len(note) > LONGEST_NOTE:
		raise contacts.InvalidCandidate("note_too_long", limit=LONGEST_NOTE)
	known = frappe.get_meta("Referral").get_options("relation").split("\n")
	if relation and relation not in known:
		raise contacts.InvalidCandidate("relation_unknown")
