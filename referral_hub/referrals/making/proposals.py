"""What an employee asks for when they refer somebody, and whether it may be.

Decides with the pure rules on what `situation` finds, and writes nothing. Every refusal is raised as the rules' own
`Refused`; the use cases turn it into what the platform shows.
"""

from dataclasses import dataclass, replace
from datetime import date

import frappe
from frappe.utils import getdate, nowdate

from referral_hub.referrals import policy, throwaway
from referral_hub.referrals.making import ownership, resumes, situation
from referral_hub.referrals.making.replay import Form
from referral_hub.referrals.policy import Policy
from referral_hub.referrals.programs import ties, watching
from referral_hub.referrals.rules import contacts, eligibility
from referral_hub.referrals.rules.deciding import signals
from referral_hub.referrals.rules.deciding.cases import Ruling, Ties
from referral_hub.referrals.rules.deciding.limits import allowance
from referral_hub.referrals.rules.deciding.signals import Signal
from referral_hub.referrals.rules.eligibility import Decision, Situation
from referral_hub.referrals.rules.ownership import Candidate, normalise
from referral_hub.referrals.rules.resumes.resume import Resume

LONGEST_NOTE = 5000
_NO_FORM = Form()


@dataclass(frozen=True)
class Proposal:
	"""One employee recommends one person: what was typed, and the policy it falls under."""

	employee: str
	candidate: Candidate
	opening: str | None
	policy: Policy
	rows: situation.Rows
	note: str = ""
	channel: str = "Portal"
	relation: str | None = None
	resume: Resume | None = None
	link: str | None = None
	consent: str | None = None
	form: Form = _NO_FORM
	applicant: str | None = None
	designation: str | None = None
	employee_referral: str | None = None
	is_paid: bool = True
	assessment: dict[str, str] | None = None
	is_called_back: bool = False

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

	@property
	def ruling(self) -> Ruling:
		return eligibility.ruling(self.seen)

	def add(self, decision: Decision) -> "Examined":
		return replace(self, decision=self.decision + agreed(decision))


def examine(proposal: Proposal) -> Examined:
	"""Refuse what can be refused without writing: first by who asks, then by what was typed and whom it names."""
	seen = _look(proposal)
	decision = agreed(eligibility.may_refer(seen))
	candidate = normalise(seen.candidate, seen.region)
	if not proposal.applicant:
		throwaway.ask_for_another(candidate.email)
	_check_words(proposal.note, proposal.relation)
	resumes.check(proposal.resume)
	colleagues = situation.colleagues(candidate, proposal.employee)
	seen = replace(seen, candidate=candidate, colleagues=colleagues)
	return Examined(seen, decision).add(eligibility.may_be_referred(seen))


def check_not_applied(proposal: Proposal, examined: Examined) -> Examined:
	"""Refuse somebody who applied by themselves; asked once the candidate is owned, so that nobody slips in between.

	Whom HR calls back from the talent pool it knows; and the application of one's own referral that is over is no obstacle.
	"""
	if proposal.is_called_back:
		return examined
	found = situation.applicants(
		examined.candidate,
		proposal.today,
		proposal.policy.known_applicant_days,
		besides=proposal.applicant,
		records=proposal.rows.records,
	)
	return examined.add(eligibility.has_not_applied(replace(examined.seen, applicants=found)))


def own(proposal: Proposal, candidate: Candidate, until: date) -> list[str]:
	keys = ownership.keys_of(candidate)
	opening = "" if proposal.is_called_back else proposal.opening
	return ownership.claim(keys, proposal.employee, proposal.today, until, opening)


def check_limits(proposal: Proposal, examined: Examined) -> Examined:
	"""Refuse one more than the program allows this employee, counting with the employee locked."""
	limits = proposal.policy.limits
	is_limited = bool(limits.open_limit or limits.monthly_limit or limits.quality_sample)
	record = watching.record_of(proposal.employee, limits, is_limited, proposal.rows.records)
	return examined.add(eligibility.is_within_limits(allowance(limits, record)))


def signals_of(proposal: Proposal, examined: Examined) -> list[Signal]:
	"""Return what HR should look at."""
	seen = watching.look_around(
		proposal.employee,
		proposal.rows.records,
		examined.candidate,
		proposal.relation,
		proposal.note,
		proposal.resume,
		proposal.policy.watch,
		examined.seen.region,
	)
	return signals.find(seen, proposal.policy.watch)


def agreed(decision: Decision) -> Decision:
	if decision.refusal:
		raise decision.refusal
	return decision


def _look(proposal: Proposal) -> Situation:
	referrer = situation.referrer(proposal.employee, proposal.rows)
	opening = situation.opening(proposal.opening, proposal.rows) if proposal.opening else None
	ties_found = _ties(proposal)
	return Situation(
		candidate=proposal.candidate,
		referrer=referrer,
		today=proposal.today,
		region=policy.region_of((opening and opening.company) or referrer.company),
		opening=opening,
		program=proposal.policy.program,
		known_applicant_days=proposal.policy.known_applicant_days,
		resume_valid_days=proposal.policy.resume_valid_days,
		ties=ties_found,
		treatments=proposal.policy.treatments,
		probation_ends=ties.probation_end(ties_found, proposal.policy),
	)


def _ties(proposal: Proposal) -> Ties:
	standing = ties.standing_of(proposal.employee, proposal.rows.employee)
	return standing.to(proposal.rows.opening, is_family=proposal.relation == "Family")


def _check_words(note: str, relation: str | None) -> None:
	if len(note) > LONGEST_NOTE:
		raise contacts.InvalidCandidate("note_too_long", limit=LONGEST_NOTE)
	known = frappe.get_meta("Referral").get_options("relation").split("\n")
	if relation and relation not in known:
		raise contacts.InvalidCandidate("relation_unknown")
