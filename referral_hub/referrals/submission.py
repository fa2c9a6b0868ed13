"""Makes a referral: one transaction from "may I?" to the receipt, or nothing at all.

The order matters: everything that can be refused without writing comes first, then the lock on the candidate,
then the number (its series is locked until the commit), the applicant, the file and the receipt.
A savepoint undoes the whole of it, also for a caller who catches the refusal and commits.
"""

from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, now_datetime, nowdate

from referral_hub import kept
from referral_hub.referrals import errors, ownership, policy, replay, resumes, situation, standins, timeline
from referral_hub.referrals.policy import Policy
from referral_hub.referrals.rules import contacts, eligibility, stages
from referral_hub.referrals.rules.eligibility import Decision, Situation
from referral_hub.referrals.rules.moves import Kind, Move
from referral_hub.referrals.rules.ownership import Candidate, normalise, owned_until
from referral_hub.referrals.rules.refusal import Refused
from referral_hub.referrals.rules.resume import Resume
from referral_hub.referrals.rules.stages import Outcome, Stage

APPLICANT_SOURCE = "Employee Referral"
LONGEST_NOTE = 5000
_SAVEPOINT = "referral_hub_submit"


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
) -> Document:
	"""Refer somebody; return the Referral.

	The same submission key with the same contents returns the first referral again; with others it is refused.
	"""
	form = replay.form_of(
		employee,
		submission_key,
		candidate,
		opening=opening,
		program=program,
		relation=relation,
		note=note,
		resume=resume,
	)
	request = _Request(employee, opening, program, note or "", resume, channel, relation, form)
	try:
		return replay.made_before(form) or _make_once(request, candidate)
	except Refused as refusal:
		errors.refuse(refusal)


def _make_once(request: "_Request", candidate: Candidate) -> Document:
	"""Make the referral, or return the one that the same form made in another process meanwhile."""
	try:
		return request.make(candidate)
	except (Refused, frappe.UniqueValidationError):
		first = replay.made_before(request.form, locking=True)
		if not first:
			raise
		frappe.clear_messages()
		return first


class _Request:
	"""One submission, from what was typed to what is written."""

	def __init__(self, employee, opening, program, note, resume, channel, relation, form):
		self.employee, self.opening, self.resume = employee, opening, resume
		self.note, self.channel, self.relation, self.form = note, channel, relation, form
		self.policy: Policy = policy.for_program(program)
		self.today: date = getdate(nowdate())

	def make(self, candidate: Candidate) -> Document:
		seen = self._look(candidate)
		decision = _agreed(eligibility.may_refer(seen))
		seen = self._look_closer(seen)
		decision += _agreed(eligibility.may_be_referred(seen))
		with _all_or_nothing() as written:
			claims = self._own(seen.candidate)
			decision += _agreed(eligibility.has_not_applied(self._with_applicants(seen)))
			referral = self._insert_referral(seen, decision)
			ownership.assign(claims, referral.name)
			applicant = self._insert_applicant(referral, seen.candidate)
			written.append(resumes.attach(self.resume, applicant))
			self._give_receipt(referral)
		return referral

	def _look(self, candidate: Candidate) -> Situation:
		referrer = situation.referrer(self.employee)
		opening = situation.opening(self.opening) if self.opening else None
		return Situation(
			candidate=candidate,
			referrer=referrer,
			today=self.today,
			region=policy.region_of((opening and opening.company) or referrer.company),
			opening=opening,
			program=self.policy.program,
			known_applicant_days=self.policy.known_applicant_days,
		)

	def _look_closer(self, seen: Situation) -> Situation:
		"""Check what was typed, then find who could be the same person."""
		candidate = normalise(seen.candidate, seen.region)
		_check_words(self.note, self.relation)
		resumes.check(self.resume)
		return replace(seen, candidate=candidate, colleagues=situation.colleagues(candidate, self.employee))

	def _with_applicants(self, seen: Situation) -> Situation:
		days = self.policy.known_applicant_days
		found = situation.applicants(seen.candidate, self.today, days)
		return replace(seen, applicants=found)

	def _own(self, candidate: Candidate) -> list[str]:
		until = owned_until(self.today, self.policy.protection_window_days)
		return ownership.claim(ownership.keys_of(candidate), self.employee, self.today, until)

	def _insert_referral(self, seen: Situation, decision: Decision) -> Document:
		opening = self._opening_fields()
		referral = frappe.new_doc("Referral")
		referral.update(
			{
				"candidate_name": seen.candidate.name,
				"candidate_email": seen.candidate.email,
				"candidate_phone": seen.candidate.phone,
				"referrer": self.employee,
				"referrer_name": frappe.db.get_value("Employee", self.employee, "employee_name"),
				"submitted_on": now_datetime(),
				"channel": self.channel,
				"job_opening": self.opening,
				"designation": opening.designation,
				"department": opening.department,
				"company": opening.company or seen.referrer.company,
				"program": self.policy.program.name if self.policy.program else None,
				"relation": self.relation,
				"note": self.note,
				"stage": Stage.SUBMITTED.value,
				"outcome": Outcome.OPEN.value,
				"stage_changed_on": now_datetime(),
				"refreshed_on": now_datetime(),
				"facts_digest": stages.derive(_fresh_facts(), now_datetime()).fingerprint,
				"decision": _recorded(decision, seen),
				"last_event_seq": 1,
				"submission_key": self.form.key,
				"submission_digest": self.form.digest,
			}
		)
		with kept.writing(referral):
			return referral.insert(ignore_permissions=True)

	def _opening_fields(self):
		fields = ("designation", "department", "company")
		row = self.opening and frappe.db.get_value("Job Opening", self.opening, fields, as_dict=True)
		return row or frappe._dict()

	def _insert_applicant(self, referral: Document, candidate: Candidate) -> Document:
		email = candidate.email or standins.make()
		applicant = frappe.new_doc("Job Applicant")
		applicant.update(
			{
				"applicant_name": candidate.name,
				"email_id": email,
				"phone_number": candidate.phone,
				"status": "Open",
				"job_title": self.opening,
				"designation": referral.designation,
				"source": APPLICANT_SOURCE,
				"source_name": self.employee,
				"cover_letter": self.note,
				"referral_hub_referred": 1,
				"referral_hub_referral": referral.name,
			}
		)
		applicant.flags.referral_hub_is_new = True
		applicant.insert(ignore_permissions=True)
		referral.db_set("job_applicant", applicant.name, update_modified=False)
		return applicant

	def _give_receipt(self, referral: Document) -> None:
		received = Move(Kind.STAGE, Stage.SUBMITTED, Outcome.OPEN, referral.submitted_on)
		timeline.record(referral.name, 0, [received])


@contextmanager
def _all_or_nothing():
	"""Undo every row and file of the block when it fails; a deadlock has undone the rows already."""
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
	frappe.db.release_savepoint(_SAVEPOINT)


def _agreed(decision: Decision) -> Decision:
	if decision.refusal:
		raise decision.refusal
	return decision


def _check_words(note: str, relation: str | None) -> None:
	if len(note) > LONGEST_NOTE:
		raise contacts.InvalidCandidate("note_too_long", limit=LONGEST_NOTE)
	known = frappe.get_meta("Referral").get_options("relation").split("\n")
	if relation and relation not in known:
		raise contacts.InvalidCandidate("relation_unknown")


def _fresh_facts() -> stages.Facts:
	return stages.Facts(applicant=stages.Applicant("Open"))


def _recorded(decision: Decision, seen: Situation) -> str:
	"""Return the decision and its inputs as kept on the referral: no contact of anybody."""
	checks = [{"check": check.name, "passed": check.passed, **check.inputs} for check in decision.checks]
	sentence = _("{0} may refer this person: {1} checks passed, and nobody else owns the candidate.").format(
		seen.referrer.employee, len(checks)
	)
	return frappe.as_json({"sentence": sentence, "decided_on": now_datetime(), "checks": checks})
